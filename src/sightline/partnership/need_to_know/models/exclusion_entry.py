"""The private list of people and places that somebody is connected with."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.partnership.people.comparing import Identity
from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class Connection(models.TextChoices):
    """How a person is connected with somebody or with a place."""

    RELATIVE = "relative", "A relative"
    HOUSEHOLD = "household", "Somebody I live with, or used to"
    PARTNER = "partner", "A partner or former partner"
    FRIEND = "friend", "A friend or neighbour"
    PLACE = "place", "An address where I live, or used to"
    OTHER = "other", "Another personal connection"


class ExclusionEntryQuerySet(models.QuerySet):
    def current(self) -> "ExclusionEntryQuerySet":
        return self.filter(removed_at__isnull=True)


class ExclusionEntry(models.Model):
    """Somebody, or an address, that keeps its writer out of any matter it turns up in. Only its writer ever sees it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    connection = models.CharField("connection", max_length=20, choices=Connection.choices)
    given_name = models.CharField("first names", max_length=150, blank=True)
    family_name = models.CharField(max_length=150, blank=True)
    also_known_as = models.CharField("other names", max_length=300, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    first_line = models.CharField("house number and street", max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ExclusionEntryQuerySet.as_manager()

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": OPEN, "account": PARTNERSHIP, "connection": CHILD, "given_name": CHILD, "family_name": CHILD, "also_known_as": CHILD,
        "born_on": CHILD, "first_line": CHILD, "postcode": CHILD, "added_at": PARTNERSHIP, "removed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["added_at", "id"]
        verbose_name_plural = "exclusion entries"
        indexes = [
            models.Index(fields=["born_on"], name="need_to_know_excluded_born"),
            models.Index(fields=["postcode"], name="need_to_know_excluded_place"),
            models.Index(fields=["account"], name="need_to_know_excluded_by"),
        ]
        constraints = [
            models.CheckConstraint(
                name="need_to_know_exclusion_can_be_matched",
                condition=(Q(connection=Connection.PLACE) & ~Q(postcode=""))
                | (~Q(connection=Connection.PLACE) & ~Q(given_name="") & ~Q(family_name="") & (Q(born_on__isnull=False) | ~Q(postcode=""))),
            )
        ]

    def __str__(self) -> str:
        return "An entry of a private list"

    @property
    def is_place(self) -> bool:
        return self.connection == Connection.PLACE

    @property
    def identity(self) -> Identity:
        return Identity.of(
            given_name=self.given_name, family_name=self.family_name, also_known_as=self.also_known_as, born_on=self.born_on,
            postcodes=[self.postcode],
        )  # fmt: skip
