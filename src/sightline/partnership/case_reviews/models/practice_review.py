"""A local child safeguarding practice review: its course, who writes it, what it waits for, and what becomes of its report."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.practice_review import METHODS, PracticeReviewStatus
from sightline.procedures.references import new_ulid
from sightline.procedures.rule_sets import RuleSet

STATUSES = [(s.value, s.label) for s in PracticeReviewStatus]


class PracticeReview(models.Model):
    """What the partners commission when a case is to be looked at more deeply than a rapid review can."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    rapid_review = models.OneToOneField("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="practice_review")
    status = models.CharField(max_length=40, choices=STATUSES, default=PracticeReviewStatus.COMMISSIONED.value)
    commissioned_on = models.DateField("day on which the partners decided to begin it")
    decision_minute = models.TextField("what was decided", blank=True)
    budget = models.DecimalField("budget in pounds", max_digits=9, decimal_places=2, null=True, blank=True)
    method = models.CharField(max_length=30, choices=METHODS, blank=True)
    method_reasons = models.TextField("why this method", blank=True)

    # Terms of reference; their exact text is signed as a SignedText.
    purpose = models.TextField(blank=True)
    called = models.CharField("what the child is called in the review", max_length=100, blank=True)
    scope_from = models.DateField("about the time from", null=True, blank=True)
    scope_to = models.DateField("to", null=True, blank=True)
    agencies_plan = models.TextField("which agencies take part, and how", blank=True)
    family_plan = models.TextField("how the family takes part", blank=True)
    practitioner_plan = models.TextField("how practitioners take part", blank=True)
    parallel_plan = models.TextField("proceedings beside it, and who speaks with whom", blank=True)
    press_plan = models.TextField("press line and who speaks", blank=True)
    timetable = models.TextField(blank=True)
    publication_plan = models.TextField("how it is to be published", blank=True)
    information_plan = models.TextField("how information is kept and shared", blank=True)

    late_reasons = models.TextField("why it is late, as the Panel was told", blank=True)
    late_letter = models.ForeignKey("case_reviews.LetterOut", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    commissioned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    commissioned_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "rapid_review": PARTNERSHIP, "status": PARTNERSHIP, "commissioned_on": PARTNERSHIP, "decision_minute": CHILD,
        "budget": PARTNERSHIP, "method": PARTNERSHIP, "method_reasons": CHILD, "purpose": CHILD, "called": CHILD, "scope_from": CHILD,
        "scope_to": CHILD, "agencies_plan": CHILD, "family_plan": CHILD, "practitioner_plan": CHILD, "parallel_plan": CHILD,
        "press_plan": CHILD, "timetable": CHILD, "publication_plan": CHILD, "information_plan": CHILD, "late_reasons": CHILD,
        "late_letter": PARTNERSHIP, "commissioned_by": PARTNERSHIP, "commissioned_at": PARTNERSHIP, "version": PARTNERSHIP,
        "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-commissioned_on", "-id"]

    def __str__(self) -> str:
        return f"Practice review {self.matter.reference}"

    @property
    def matter(self) -> Matter:
        return self.rapid_review.matter

    @property
    def matter_id(self) -> str:
        return self.matter.pk

    @property
    def access_state(self) -> str:
        return "closed" if PracticeReviewStatus(self.status).is_ended else "open"

    @property
    def rules(self) -> RuleSet:
        """Those of its incident: a case has one set of rules."""
        return self.rapid_review.rules


class PracticeReviewStatusChange(models.Model):
    """One move of a practice review."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    practice_review = models.ForeignKey(PracticeReview, on_delete=models.CASCADE, related_name="status_changes")
    was = models.CharField(max_length=40, choices=STATUSES)
    became = models.CharField(max_length=40, choices=STATUSES)
    reasons = models.TextField(blank=True)
    happened_on = models.DateField("day on which it happened")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "practice_review": PARTNERSHIP, "was": PARTNERSHIP, "became": PARTNERSHIP, "reasons": CHILD,
        "happened_on": PARTNERSHIP, "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["changed_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_was_display()} to {self.get_became_display()}"


class Reviewer(models.Model):
    """Who writes the review: appointed by the partners, independent of the agencies involved, named to Panel, Ofsted and department."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    practice_review = models.ForeignKey(PracticeReview, on_delete=models.CASCADE, related_name="reviewers")
    name = models.CharField(max_length=200)
    employer = models.CharField(max_length=200, blank=True)
    expertise = models.TextField(blank=True)
    is_independent = models.BooleanField("declares no connection with the agencies or the family")
    conflicts = models.TextField("what was declared", blank=True)
    contract_on = models.DateField("contract signed on", null=True, blank=True)
    fee = models.DecimalField("fee in pounds", max_digits=9, decimal_places=2, null=True, blank=True)
    days = models.DecimalField("days agreed", max_digits=5, decimal_places=1, null=True, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appointed_on = models.DateField()
    named_to_national_bodies_on = models.DateField("Panel, Ofsted and department told of the name on", null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True)
    removed_because = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "practice_review": PARTNERSHIP, "name": PARTNERSHIP, "employer": PARTNERSHIP, "expertise": PARTNERSHIP,
        "is_independent": PARTNERSHIP, "conflicts": PARTNERSHIP, "contract_on": PARTNERSHIP, "fee": PARTNERSHIP, "days": PARTNERSHIP,
        "account": PARTNERSHIP, "appointed_on": PARTNERSHIP, "named_to_national_bodies_on": PARTNERSHIP, "removed_on": PARTNERSHIP,
        "removed_because": PARTNERSHIP, "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["appointed_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="reviewer_removed_with_reasons",
                condition=Q(removed_on__isnull=True, removed_because="") | (Q(removed_on__isnull=False) & ~Q(removed_because="")),
            ),
        ]

    def __str__(self) -> str:
        return "Reviewer"


class ParallelPause(models.Model):
    """Proceedings for which publication waits. The six months run on; the learning does not wait."""

    KINDS = [("criminal", "Criminal proceedings"), ("coroner", "Inquest"), ("family_court", "Family court"), ("other", "Other")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    practice_review = models.ForeignKey(PracticeReview, on_delete=models.CASCADE, related_name="pauses")
    kind = models.CharField(max_length=20, choices=KINDS)
    reasons = models.TextField("who asked for it, and why")
    since = models.DateField()
    look_again_on = models.DateField("to be looked at again on")
    letter = models.ForeignKey("case_reviews.LetterOut", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "practice_review": PARTNERSHIP, "kind": CHILD, "reasons": CHILD, "since": CHILD, "look_again_on": PARTNERSHIP,
        "letter": PARTNERSHIP, "ended_on": CHILD, "ended_because": CHILD, "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                name="parallel_pause_ended_with_reasons",
                condition=Q(ended_on__isnull=True, ended_because="") | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
            ),
        ]

    def __str__(self) -> str:
        return "Pause of publication"


class Publication(models.Model):
    """What becomes of the report: planned, sent to Panel and Secretary of State before, then published, put off, or not published."""

    OUTCOMES = [("published", "Published"), ("deferred", "Publication put off"), ("not_published", "Not published")]

    practice_review = models.OneToOneField(PracticeReview, on_delete=models.CASCADE, related_name="publication", primary_key=True)
    planned_on = models.DateField("to be published on", null=True, blank=True)
    notice_letter = models.ForeignKey("case_reviews.LetterOut", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    notice_sent_on = models.DateField("full report sent to the Panel and the Secretary of State on", null=True, blank=True)
    consulted = models.TextField("who was asked: police, prosecutors, coroner, family, legal, press office", blank=True)
    outcome = models.CharField(max_length=20, choices=OUTCOMES, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    reasons = models.TextField("why", blank=True)
    signed_text = models.ForeignKey("case_reviews.SignedText", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    look_again_on = models.DateField("to be looked at again on", null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    where = models.CharField("where it is published", max_length=300, blank=True)
    public_until = models.DateField("stays public at least until", null=True, blank=True)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    improvements = models.TextField("improvements to be made, published instead of the report", blank=True)
    improvements_published_on = models.DateField(null=True, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    SENSITIVITY = {
        "practice_review": PARTNERSHIP, "planned_on": PARTNERSHIP, "notice_letter": PARTNERSHIP, "notice_sent_on": PARTNERSHIP,
        "consulted": CHILD, "outcome": PARTNERSHIP, "decided_on": PARTNERSHIP, "reasons": CHILD, "signed_text": PARTNERSHIP,
        "look_again_on": PARTNERSHIP, "published_on": PARTNERSHIP, "where": PARTNERSHIP, "public_until": PARTNERSHIP,
        "document": PARTNERSHIP, "improvements": CHILD, "improvements_published_on": PARTNERSHIP, "changed_by": PARTNERSHIP,
        "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publication_decided_with_reasons",
                condition=~Q(outcome__in=["deferred", "not_published"]) | ~Q(reasons=""),
            ),
            models.CheckConstraint(
                name="publication_published_on_a_day", condition=~Q(outcome="published") | Q(published_on__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return "Publication"
