"""A rapid review: opened by a notification, counted in working days, pinned to the rules of its incident."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.rapid_review import RapidReviewStatus
from sightline.procedures.references import new_ulid
from sightline.procedures.rule_sets import RapidReviewAnchor, RuleSet, panel_guidance_editions

STATUSES = [(s.value, s.label) for s in RapidReviewStatus]
ANCHORS = [(a.value, a.label) for a in RapidReviewAnchor]


class RapidReview(models.Model):
    """What follows a notification: facts gathered from agencies within fifteen working days, and a decision on what comes next."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.OneToOneField("case_reviews.SeriousIncident", on_delete=models.PROTECT, related_name="rapid_review", editable=False)
    status = models.CharField(max_length=40, choices=STATUSES, default=RapidReviewStatus.OPEN.value)
    anchor = models.CharField("counted from", max_length=20, choices=ANCHORS)
    anchor_on = models.DateField("first day, not counted")
    guidance = models.CharField("edition of the Panel's guidance", max_length=40, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    scope_from = models.DateField("agencies are asked about the time from", null=True, blank=True)
    scope_to = models.DateField("to", null=True, blank=True)
    earlier_history = models.TextField("and from before", blank=True)
    scope_notes = models.TextField("what the review is to find out", blank=True)

    late_reasons = models.TextField("why it is late", blank=True)
    late_reasons_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    late_reasons_at = models.DateTimeField(null=True, blank=True)
    unit_hours = models.DecimalField("hours of the business unit", max_digits=7, decimal_places=1, null=True, blank=True)
    unit_cost = models.DecimalField("other cost in pounds", max_digits=9, decimal_places=2, null=True, blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "status": PARTNERSHIP, "anchor": PARTNERSHIP, "anchor_on": PARTNERSHIP,
        "guidance": PARTNERSHIP, "opened_by": PARTNERSHIP, "opened_at": PARTNERSHIP, "scope_from": CHILD, "scope_to": CHILD,
        "earlier_history": CHILD, "scope_notes": CHILD, "late_reasons": CHILD, "late_reasons_by": PARTNERSHIP,
        "late_reasons_at": PARTNERSHIP, "unit_hours": PARTNERSHIP, "unit_cost": PARTNERSHIP, "version": PARTNERSHIP,
        "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="rapid_review_late_reasons_together",
                condition=Q(late_reasons="", late_reasons_by__isnull=True, late_reasons_at__isnull=True)
                | (~Q(late_reasons="") & Q(late_reasons_by__isnull=False, late_reasons_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="rapid_review_scope_in_order",
                condition=Q(scope_from__isnull=True) | Q(scope_to__isnull=True) | Q(scope_from__lte=models.F("scope_to")),
                violation_error_message="The period asked about ends before it begins",
            ),
        ]

    def __str__(self) -> str:
        return f"Rapid review {self.incident.matter.reference}" if self.incident.matter else "Rapid review"

    # What the policy asks of a protected record.
    @property
    def matter(self) -> Matter:
        matter = self.incident.matter
        assert matter is not None  # nothing is reviewed that was not raised
        return matter

    @property
    def matter_id(self) -> str:
        return self.matter.pk

    @property
    def access_state(self) -> str:
        return "closed" if self.is_ended else "open"

    @property
    def guidance_title(self) -> str:
        """The edition of the Panel's guidance that was in force when the review was opened."""
        return next((edition.title for edition in panel_guidance_editions() if edition.id == self.guidance), "")

    @property
    def is_ended(self) -> bool:
        return RapidReviewStatus(self.status).is_ended

    @property
    def rules(self) -> RuleSet:
        """Those of its incident: a case has one set of rules."""
        return self.incident.rules


class RapidReviewStatusChange(models.Model):
    """One move of a rapid review: from where to where, by whom, when and why."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey(RapidReview, on_delete=models.CASCADE, related_name="status_changes")
    was = models.CharField(max_length=40, choices=STATUSES)
    became = models.CharField(max_length=40, choices=STATUSES)
    reasons = models.TextField(blank=True)
    happened_on = models.DateField("day on which it happened")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "was": PARTNERSHIP, "became": PARTNERSHIP, "reasons": CHILD, "happened_on": PARTNERSHIP,
        "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["changed_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_was_display()} to {self.get_became_display()}"


class LocalAnchor(models.Model):
    """From which day this partnership counts its reviews, where that differs from the rule set; never changed, only followed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    rule_set = models.CharField(max_length=40)
    anchor = models.CharField("counted from", max_length=20, choices=ANCHORS)
    valid_from = models.DateField("for reviews opened from")
    reasons = models.TextField("why, and who decided it")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "rule_set": PARTNERSHIP, "anchor": PARTNERSHIP, "valid_from": PARTNERSHIP, "reasons": PARTNERSHIP,
        "chosen_by": PARTNERSHIP, "chosen_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-valid_from", "-chosen_at", "-id"]
        constraints = [models.CheckConstraint(name="local_anchor_has_reasons", condition=~Q(reasons=""))]

    def __str__(self) -> str:
        return f"{self.rule_set}: counted from {self.get_anchor_display()}"

    @classmethod
    def in_force(cls, rule_set: str, on: date) -> "LocalAnchor | None":
        return cls.objects.filter(rule_set=rule_set, valid_from__lte=on).first()
