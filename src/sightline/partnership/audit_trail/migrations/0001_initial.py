from django.db import migrations, models

import sightline.procedures.references


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="VerificationRun",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                ("verified_at", models.DateTimeField(db_index=True)),
                ("is_whole", models.BooleanField()),
                ("rows", models.BigIntegerField()),
                ("first_bad_seq", models.BigIntegerField(blank=True, null=True)),
                ("why", models.CharField(max_length=400)),
            ],
            options={
                "ordering": ["-verified_at"],
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("seq", models.BigIntegerField(editable=False, primary_key=True, serialize=False)),
                ("payload", models.TextField(editable=False)),
                ("prev_hash", models.CharField(editable=False, max_length=64, verbose_name="hash of the row before")),
                ("hash", models.CharField(editable=False, max_length=64)),
                ("signature", models.CharField(editable=False, max_length=128)),
                ("at", models.DateTimeField(editable=False)),
                ("actor_id", models.CharField(blank=True, editable=False, max_length=64)),
                ("agency_id", models.CharField(blank=True, editable=False, max_length=64)),
                ("action", models.CharField(editable=False, max_length=80)),
                ("kind", models.CharField(blank=True, editable=False, max_length=8)),
                ("object_id", models.CharField(blank=True, editable=False, max_length=80)),
                ("matter_id", models.CharField(blank=True, editable=False, max_length=64)),
                ("decision", models.CharField(editable=False, max_length=20)),
            ],
            options={
                "verbose_name": "audit event",
                "ordering": ["seq"],
                "indexes": [
                    models.Index(fields=["matter_id", "at"], name="audit_by_matter"),
                    models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
                    models.Index(fields=["agency_id", "at"], name="audit_by_agency"),
                    models.Index(fields=["action", "at"], name="audit_by_action"),
                    models.Index(fields=["at"], name="audit_by_moment"),
                ],
            },
        ),
    ]
