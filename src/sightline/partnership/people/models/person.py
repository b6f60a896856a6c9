"""One written identity in the vault."""

from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.partnership.people.comparing import Identity
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.code_lists import choices
from sightline.procedures.references import new_ulid

IDENTITY_FIELDS = (
    "given_name", "family_name", "also_known_as", "name_not_known", "is_child", "born_on", "expected_on", "sex", "gender_identity",
    "ethnicity", "disabilities", "religion", "first_language", "interpreter", "nhs_number", "upn", "social_care_id", "school",
    "care_experienced",
)  # fmt: skip


class Matching(models.TextChoices):
    """Whether the business unit has said who this is."""

    UNMATCHED = "unmatched", "Not looked at yet"
    NEW = "new", "Not known before"
    SAME = "same", "The same as somebody known"


class PersonQuerySet(models.QuerySet["Person"]):
    def to_match(self) -> "PersonQuerySet":
        """Those whom the business unit has still to look at, or to look at again because what was written has changed."""
        return self.filter(Q(matching=Matching.UNMATCHED) | Q(changed_since_matched=True))


class Person(models.Model):
    """A child or an adult as one incident wrote them down; another incident's record may be found to be the same person."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    is_child = models.BooleanField("a child", default=True)
    given_name = models.CharField("given names", max_length=150, blank=True)
    family_name = models.CharField(max_length=150, blank=True)
    also_known_as = models.CharField("other names", max_length=300, blank=True)
    name_not_known = models.BooleanField(default=False)
    born_on = models.DateField("date of birth", null=True, blank=True)
    expected_on = models.DateField("expected date of birth", null=True, blank=True)
    sex = models.CharField(max_length=20, blank=True, choices=choices("sex"))
    gender_identity = models.CharField(max_length=100, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True, choices=choices("ethnicity"))
    disabilities = models.JSONField(default=list, blank=True)
    religion = models.CharField(max_length=100, blank=True)
    first_language = models.CharField(max_length=100, blank=True)
    interpreter = models.CharField("interpreter needed", max_length=10, blank=True, choices=choices("yes_no_not_known"))
    nhs_number = models.CharField("NHS number", max_length=10, blank=True)
    upn = models.CharField("unique pupil number", max_length=13, blank=True)
    social_care_id = models.CharField("number in the social care system", max_length=40, blank=True)
    school = models.CharField("school, college or nursery", max_length=200, blank=True)
    care_experienced = models.CharField(max_length=10, blank=True, choices=choices("yes_no_not_known"))

    matching = models.CharField(max_length=10, choices=Matching.choices, default=Matching.UNMATCHED, editable=False)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="known_again", editable=False)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    matched_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_since_matched = models.BooleanField(default=False, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonQuerySet.as_manager()

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": PARTNERSHIP, "is_child": CHILD, "given_name": CHILD, "family_name": CHILD, "also_known_as": CHILD, "name_not_known": CHILD,
        "born_on": CHILD, "expected_on": CHILD, "sex": CHILD, "gender_identity": CHILD, "ethnicity": CHILD, "disabilities": CHILD,
        "religion": CHILD, "first_language": CHILD, "interpreter": CHILD, "nhs_number": CHILD, "upn": CHILD, "social_care_id": CHILD,
        "school": CHILD, "care_experienced": CHILD, "matching": CHILD, "same_as": CHILD, "matched_by": PARTNERSHIP,
        "matched_at": PARTNERSHIP, "changed_since_matched": CHILD, "written_by": PARTNERSHIP, "written_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["written_at", "id"]
        verbose_name_plural = "people"
        indexes = [models.Index(fields=["matching", "written_at"], name="people_to_match")]
        constraints = [
            models.CheckConstraint(
                name="people_person_named_or_said_not_to_be",
                condition=~Q(given_name="") | ~Q(family_name="") | Q(name_not_known=True) | Q(expected_on__isnull=False),
                violation_error_message="Enter a name, or tick that the name is not known.",
            ),
            models.CheckConstraint(
                name="people_person_matched_facts_together",
                condition=Q(matching="unmatched", same_as__isnull=True, matched_by__isnull=True, matched_at__isnull=True)
                | Q(matching="new", same_as__isnull=True, matched_by__isnull=False, matched_at__isnull=False)
                | Q(matching="same", same_as__isnull=False, matched_by__isnull=False, matched_at__isnull=False),
            ),
            models.CheckConstraint(name="people_person_not_same_as_itself", condition=~Q(same_as=F("id"))),
        ]

    def __str__(self) -> str:
        # Never a name: a record's text turns up in logs and error reports.
        return "A child" if self.is_child else "An adult"

    @property
    def full_name(self) -> str:
        """The name as people say it; for pages on which this identity is revealed."""
        name = " ".join(part for part in (self.given_name, self.family_name) if part)
        if name:
            return name
        return "Unborn child" if self.is_unborn else "Name not known"

    @property
    def is_unborn(self) -> bool:
        return self.expected_on is not None and self.born_on is None

    @property
    def current_address(self) -> "models.Model | None":
        return self.addresses.filter(to_on__isnull=True).first()

    @property
    def identity(self) -> Identity:
        """Everything by which this person can be told apart; for comparisons that nobody reads."""
        return self._identity(address.postcode for address in self.addresses.all())

    @property
    def identity_shown(self) -> Identity:
        """The same without protected addresses: 'same postcode' would tell a reader where somebody is hidden."""
        return self._identity(address.postcode for address in self.addresses.all() if not address.is_protected)

    def _identity(self, postcodes: Iterable[str]) -> Identity:
        return Identity.of(
            given_name=self.given_name, family_name=self.family_name, also_known_as=self.also_known_as, born_on=self.born_on,
            expected_on=self.expected_on, sex=self.sex, nhs_number=self.nhs_number, upn=self.upn, social_care_id=self.social_care_id,
            postcodes=postcodes,
        )  # fmt: skip
