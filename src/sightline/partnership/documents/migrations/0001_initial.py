import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sightline.procedures.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("need_to_know", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("incident", "Document of an incident")], default="incident", editable=False, max_length=20),
                ),
                ("title", models.CharField(max_length=200)),
                ("file_name", models.CharField(editable=False, max_length=130, verbose_name="name of the file when it was added")),
                ("extension", models.CharField(editable=False, max_length=10)),
                ("media_type", models.CharField(editable=False, max_length=100)),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="size in bytes")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="fingerprint")),
                ("warnings", models.JSONField(default=list, editable=False, verbose_name="what its reader should know")),
                (
                    "seal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("legal_privilege", "Legally privileged"),
                            ("police", "Police or Crown Prosecution Service"),
                            ("adoption", "Adoption"),
                            ("whistleblower", "Whistleblower"),
                            ("protected_address", "Protected address"),
                        ],
                        max_length=20,
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("removed_reason", models.CharField(blank=True, editable=False, max_length=300, verbose_name="why it was removed")),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="need_to_know.matter"
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="DocumentContent",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="documents.document",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at__isnull", True), ("removed_by__isnull", True), ("removed_reason", "")),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False), models.Q(("removed_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="documents_document_removed_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("seal__in", ["", "adoption", "legal_privilege", "police", "protected_address", "whistleblower"])),
                name="documents_document_seal_is_known",
            ),
        ),
    ]
