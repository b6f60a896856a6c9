"""What was learnt: points from reviews of any kind, their themes and actions, and the briefings that carry them to practice."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.learning import METHODS, LearningReviewStatus
from sightline.procedures.references import new_ulid

STATUSES = [(s.value, s.label) for s in LearningReviewStatus]


class LearningReview(models.Model):
    """Learning below the threshold: a matter that is looked at by another method than a rapid or a practice review."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.OneToOneField("case_reviews.SeriousIncident", on_delete=models.PROTECT, related_name="learning_review")
    method = models.CharField(max_length=40, choices=METHODS)
    why_this_method = models.TextField()
    lead = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+", verbose_name="who leads it")
    status = models.CharField(max_length=20, choices=STATUSES, default=LearningReviewStatus.PLANNED.value)
    questions = models.TextField("what it is to find out", blank=True)
    due_on = models.DateField("by")
    summary = models.TextField("what it found", blank=True)
    finished_on = models.DateField(null=True, blank=True)
    stopped_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "method": PARTNERSHIP, "why_this_method": CHILD, "lead": PARTNERSHIP,
        "status": PARTNERSHIP, "questions": CHILD, "due_on": PARTNERSHIP, "summary": CHILD, "finished_on": PARTNERSHIP,
        "stopped_because": CHILD, "version": PARTNERSHIP, "begun_by": PARTNERSHIP, "begun_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return self.get_method_display()

    @property
    def matter(self) -> Matter | None:
        return self.incident.matter


class LearningPoint(models.Model):
    """One thing learnt, said without names: what was seen, why it made sense at the time, and what is to be different."""

    SOURCES = [
        ("rapid_review", "Rapid review"),
        ("practice_review", "Practice review"),
        ("learning_review", "Learning below the threshold"),
    ]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.PROTECT, related_name="learning_points")
    source = models.CharField(max_length=20, choices=SOURCES)
    number = models.PositiveSmallIntegerField()
    text = models.TextField("what was learnt")
    is_good_practice = models.BooleanField("good practice, to be kept", default=False)
    why_it_made_sense = models.TextField("why it made sense at the time", blank=True)
    what_changes = models.TextField("what is to be different for children", blank=True)
    themes = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    withdrawn_because = models.TextField(blank=True)
    earlier = models.JSONField("what stood here before", default=list, blank=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "source": PARTNERSHIP, "number": PARTNERSHIP, "text": CHILD,
        "is_good_practice": PARTNERSHIP, "why_it_made_sense": CHILD, "what_changes": CHILD, "themes": CHILD, "version": PARTNERSHIP,
        "withdrawn_because": CHILD, "earlier": CHILD, "written_by": PARTNERSHIP, "written_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="learning_point_number_once")]

    def __str__(self) -> str:
        return f"Learning point {self.number}"

    @property
    def matter(self) -> Matter | None:
        return self.incident.matter


class LearningPointAction(models.Model):
    """What somebody is to do because of a learning point."""

    point = models.ForeignKey(LearningPoint, on_delete=models.PROTECT, related_name="actions")
    action = models.OneToOneField("actions.Action", on_delete=models.PROTECT, related_name="+", primary_key=True)

    SENSITIVITY = {"point": PARTNERSHIP, "action": PARTNERSHIP}

    class Meta:
        ordering = ["action"]

    def __str__(self) -> str:
        return "Action from a learning point"


class ReviewTheme(models.Model):
    """A theme that a case belongs to, from a dated list: local or national."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.PROTECT, related_name="themes")
    code = models.CharField("theme", max_length=60)
    tagged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tagged_at = models.DateTimeField()

    SENSITIVITY = {"id": PARTNERSHIP, "incident": PARTNERSHIP, "code": CHILD, "tagged_by": PARTNERSHIP, "tagged_at": PARTNERSHIP}

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["incident", "code"], name="review_theme_once")]

    def __str__(self) -> str:
        return "Theme of a case"


class Briefing(models.Model):
    """A seven-minute briefing: the same seven boxes each time, without anything that tells of one child."""

    STATES = [("draft", "Draft"), ("issued", "Issued"), ("withdrawn", "Withdrawn")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey(
        "case_reviews.SeriousIncident", on_delete=models.PROTECT, null=True, blank=True, related_name="briefings", verbose_name="review"
    )
    title = models.CharField(max_length=120)
    boxes = models.JSONField("what stands in the seven boxes", default=dict, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outgoing_check = models.ForeignKey("case_reviews.OutgoingCheck", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "title": PARTNERSHIP, "boxes": CHILD, "state": PARTNERSHIP, "document": PARTNERSHIP,
        "outgoing_check": PARTNERSHIP, "issued_by": PARTNERSHIP, "issued_at": PARTNERSHIP, "withdrawn_because": CHILD,
        "version": PARTNERSHIP, "written_by": PARTNERSHIP, "written_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="briefing_issued_together",
                condition=Q(issued_at__isnull=True, issued_by__isnull=True) | Q(issued_at__isnull=False, issued_by__isnull=False),
            ),
            models.CheckConstraint(name="briefing_withdrawn_says_why", condition=~Q(state="withdrawn") | ~Q(withdrawn_because="")),
        ]

    def __str__(self) -> str:
        return "Seven-minute briefing"

    @property
    def matter(self) -> Matter | None:
        return self.incident.matter if self.incident else None


class BriefingDelivery(models.Model):
    """A briefing as it was given to a team: how many heard it, what they agreed, and later whether it changed anything."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="deliveries")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=200)
    held_on = models.DateField()
    led_by = models.CharField("manager who led it, by post", max_length=200, blank=True)
    headcount = models.PositiveSmallIntegerField("how many took part")
    discussed = models.TextField("what was discussed", blank=True)
    agreed = models.TextField("what the team will do", blank=True)
    look_again_on = models.DateField("effect to be looked at on", null=True, blank=True)
    effect = models.TextField("what has changed in practice", blank=True)
    effect_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "briefing": PARTNERSHIP, "agency": PARTNERSHIP, "team": PARTNERSHIP, "held_on": PARTNERSHIP,
        "led_by": PARTNERSHIP, "headcount": PARTNERSHIP, "discussed": PARTNERSHIP, "agreed": PARTNERSHIP, "look_again_on": PARTNERSHIP,
        "effect": PARTNERSHIP, "effect_on": PARTNERSHIP, "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name_plural = "briefing deliveries"

    def __str__(self) -> str:
        return "Delivery of a briefing"
