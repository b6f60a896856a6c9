"""Who and where else the chronologies of a review name, each by the code that stands in its place."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class GlossaryEntry(models.Model):
    """A practitioner by role, a bystander or a place: what the review calls them. The name itself is in the vault."""

    KINDS = [("practitioner", "Practitioner"), ("bystander", "Somebody else"), ("place", "Place or service")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="glossary")
    kind = models.CharField("who or what it is", max_length=15, choices=KINDS)
    called = models.CharField("what the review calls them", max_length=60)
    about = models.CharField("role, without a name", max_length=200, blank=True)
    written = models.OneToOneField("people.WrittenName", on_delete=models.PROTECT, related_name="+", verbose_name="name in the vault")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "kind": PARTNERSHIP, "called": PARTNERSHIP, "about": PARTNERSHIP, "written": CHILD,
        "added_by": PARTNERSHIP, "added_at": PARTNERSHIP, "removed_at": PARTNERSHIP, "version": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["kind", "called", "id"]
        verbose_name_plural = "glossary entries"
        constraints = [
            models.UniqueConstraint(fields=["review", "called"], condition=Q(removed_at__isnull=True), name="glossary_code_once"),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def matter(self) -> Matter:
        return self.review.matter
