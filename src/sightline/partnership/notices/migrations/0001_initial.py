import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import sightline.procedures.references


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="WorkerDuty",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("next_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "verbose_name_plural": "worker duties",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                ("template", models.CharField(max_length=80)),
                ("to", models.CharField(help_text="An account's id, or invitation: and an invitation's id.", max_length=64)),
                ("about", models.CharField(blank=True, max_length=64)),
                ("matter_id", models.CharField(blank=True, max_length=26)),
                ("message_id", models.CharField(editable=False, max_length=200, unique=True)),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("not_before", models.DateTimeField(default=django.utils.timezone.now, verbose_name="not before")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Given up"),
                            ("withdrawn", "Not sent: no longer permitted"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, max_length=80)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-queued_at"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "queued")), fields=["not_before"], name="notices_waiting"),
                    models.Index(condition=models.Q(("state", "sending")), fields=["lease_until"], name="notices_being_sent"),
                    models.Index(fields=["-queued_at"], name="notices_by_moment"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(("state", "sent"), _negated=True),
                            _connector="OR",
                        ),
                        name="notices_sent_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state", "sending")),
                            models.Q(models.Q(("state", "sending"), _negated=True), ("lease_until__isnull", True)),
                            _connector="OR",
                        ),
                        name="notices_lease_only_while_sending",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentMessage",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                ("to_address", models.EmailField(db_index=True, max_length=254, verbose_name="to")),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
                ("kept_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="sent")),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="kept_message",
                        to="notices.notice",
                    ),
                ),
            ],
            options={
                "ordering": ["-kept_at"],
            },
        ),
    ]
