"""The bytes of a file, in the database and so encrypted with it."""

from typing import ClassVar

from django.db import models

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP


class DocumentContent(models.Model):
    """Exactly what was uploaded, unchanged."""

    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, primary_key=True, related_name="content")
    content = models.BinaryField()

    SENSITIVITY: ClassVar[dict[str, str]] = {"document": PARTNERSHIP, "content": CHILD}

    def __str__(self) -> str:
        return "Content of a document"
