"""Who may find which matter in a list, worked out beforehand."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP

EVERYBODY = "all"


def agency_principal(agency_id: str) -> str:
    return f"agency:{agency_id}"


def member_principal(account_id: str) -> str:
    return f"account:{account_id}"


def grantee_principal(account_id: str) -> str:
    return f"grant:{account_id}"


class CaseAccessQuerySet(models.QuerySet):
    def in_force(self, on: date) -> "CaseAccessQuerySet":
        """Rows that hold on a day: a membership that begins tomorrow shows nothing today."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class CaseAccess(models.Model):
    """A row derived from memberships, grants and the raising agency, so that a page of a list is read from one index."""

    principal = models.CharField(max_length=40)
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.CASCADE, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    objects = CaseAccessQuerySet.as_manager()

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": OPEN, "principal": PARTNERSHIP, "matter": PARTNERSHIP, "opened_at": PARTNERSHIP, "valid_from": PARTNERSHIP,
        "valid_to": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        verbose_name = "case access"
        verbose_name_plural = "case access"
        indexes = [
            models.Index(F("principal"), F("opened_at").desc(), F("matter").desc(), name="need_to_know_case_access"),
            models.Index(fields=["matter"], name="need_to_know_case_access_of"),
        ]

    def __str__(self) -> str:
        return "Case access"
