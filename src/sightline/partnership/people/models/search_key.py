"""What a person is looked up by."""

from typing import ClassVar

from django.db import models

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP

LONGEST_KEY = 80


class SearchKey(models.Model):
    """One derived key (a number, a date, a postcode, a sound of a name) by which records that may be one person find each other."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="search_keys")
    key = models.CharField(max_length=LONGEST_KEY)

    SENSITIVITY: ClassVar[dict[str, str]] = {"id": PARTNERSHIP, "person": CHILD, "key": CHILD}

    class Meta:
        indexes = [models.Index(fields=["key"], name="people_search_key")]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="people_search_key_once")]

    def __str__(self) -> str:
        return "A search key"
