"""Versions of a chronology for a family or for publication. They are looked at on the screen, and leave by no way."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.chronology_preview import PreviewStatus
from sightline.procedures.references import new_ulid


class VersionPreview(models.Model):
    """What one member of the family, or the public, would read."""

    AUDIENCES = [("family", "One member of the family"), ("public", "The public")]
    ROWS = [("marked", "Rows that somebody marked as weighty, and rows of key episodes"), ("all", "Every row that is not marked")]
    STATUSES = [(status.value, status.label) for status in PreviewStatus]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="previews")
    audience = models.CharField("who would read it", max_length=10, choices=AUDIENCES)
    recipient = models.ForeignKey(
        "need_to_know.MatterPerson", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who in the family"
    )
    rows = models.CharField("which rows", max_length=10, choices=ROWS, default="marked")
    left_out = models.ManyToManyField("case_reviews.ChronologyRow", related_name="+", blank=True, verbose_name="rows left out")
    status = models.CharField(max_length=25, choices=STATUSES, default=PreviewStatus.PREPARED.value)
    put_forward_mark = models.CharField("what police and lawyers were asked about", max_length=64, blank=True, editable=False)
    because = models.TextField("why it was taken back or dropped", blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "audience": PARTNERSHIP, "recipient": CHILD, "rows": PARTNERSHIP,
        "left_out": PARTNERSHIP, "status": PARTNERSHIP, "put_forward_mark": PARTNERSHIP, "because": CHILD, "made_by": PARTNERSHIP,
        "made_at": PARTNERSHIP, "version": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="version_preview_family_names_its_reader",
                condition=Q(audience="family", recipient__isnull=False) | Q(audience="public", recipient__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Preview of a version for {self.get_audience_display().lower()}"

    @property
    def matter(self) -> Matter:
        return self.review.matter

    @property
    def state(self) -> PreviewStatus:
        return PreviewStatus(self.status)


class ProtectedFact(models.Model):
    """Something that the reader of one version must not learn from it, in the words in which rows tell it."""

    KINDS = [
        ("whereabouts", "Where somebody lives, works, learns or can be met"), ("who_told", "Who told an agency"),
        ("health", "Somebody’s health"), ("relationship", "A relationship, a pregnancy or a parentage"),
        ("police", "What the police ask to be kept back"), ("other_family", "Another family"), ("other", "Something else"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    preview = models.ForeignKey(VersionPreview, on_delete=models.PROTECT, related_name="protected")
    kind = models.CharField("what it is", max_length=20, choices=KINDS)
    words = models.CharField("the words in which rows tell it", max_length=300)
    why = models.CharField("why this reader must not learn it", max_length=300)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "preview": PARTNERSHIP, "kind": PARTNERSHIP, "words": CHILD, "why": CHILD, "added_by": PARTNERSHIP,
        "added_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [models.CheckConstraint(name="protected_fact_says_something", condition=~Q(words="") & ~Q(why=""))]

    def __str__(self) -> str:
        return self.get_kind_display()


class PreviewView(models.Model):
    """What the police or a lawyer said of one version, as it then was."""

    SIDES = [("police", "Police"), ("legal", "Legal adviser")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    preview = models.ForeignKey(VersionPreview, on_delete=models.PROTECT, related_name="views")
    side = models.CharField("whose view", max_length=10, choices=SIDES)
    agrees = models.BooleanField("nothing in it need be kept from this reader")
    given_by = models.CharField("who gave it, with their post", max_length=200)
    given_on = models.DateField()
    words = models.TextField("what they said", blank=True)
    mark = models.CharField("the version that they saw", max_length=64, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "preview": PARTNERSHIP, "side": PARTNERSHIP, "agrees": PARTNERSHIP, "given_by": PARTNERSHIP,
        "given_on": PARTNERSHIP, "words": CHILD, "mark": PARTNERSHIP, "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [models.CheckConstraint(name="preview_view_says_what_is_wrong", condition=Q(agrees=True) | ~Q(words=""))]

    def __str__(self) -> str:
        return f"View of a version: {self.get_side_display().lower()}"
