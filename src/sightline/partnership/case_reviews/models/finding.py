"""What a review's chronologies say together: findings of rules, what people made of them, and what a reader keeps beside them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.chronology.findings.rules import rules
from sightline.procedures.chronology_finding import FindingStatus
from sightline.procedures.references import new_ulid

KINDS = [(kind, rule.title) for kind, rule in rules().items()]
STATUSES = [(status.value, status.label) for status in FindingStatus]


class ChronologyAnalysis(models.Model):
    """The last reading of a review's chronologies by the rules: over which rows, and who was still missing."""

    review = models.OneToOneField("case_reviews.RapidReview", on_delete=models.PROTECT, primary_key=True, related_name="analysis")
    mark = models.CharField("the rows and rules that it read", max_length=64)
    rows = models.PositiveIntegerField("rows read", default=0)
    agencies = models.PositiveSmallIntegerField("agencies whose rows were read", default=0)
    missing = models.JSONField("agencies that were missing", default=list, blank=True)
    seconds = models.FloatField("how long it took", default=0)
    read_at = models.DateTimeField()
    stale_since = models.DateTimeField("rows changed on", null=True, blank=True)

    SENSITIVITY = {
        "review": PARTNERSHIP, "mark": PARTNERSHIP, "rows": PARTNERSHIP, "agencies": PARTNERSHIP, "missing": CHILD, "seconds": PARTNERSHIP,
        "read_at": PARTNERSHIP, "stale_since": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        verbose_name_plural = "chronology analyses"

    def __str__(self) -> str:
        return "Reading of the chronologies by the rules"

    @property
    def matter(self) -> Matter:
        return self.review.matter


class ChronologyRule(models.Model):
    """A rule as one review runs it, where it is not run as the file has it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="chronology_rules")
    kind = models.CharField("rule", max_length=30, choices=KINDS)
    is_on = models.BooleanField(default=True)
    figures = models.JSONField(default=dict, blank=True)
    because = models.TextField("why", blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "kind": PARTNERSHIP, "is_on": PARTNERSHIP, "figures": PARTNERSHIP, "because": CHILD,
        "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["review", "kind"], name="chronology_rule_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class ChronologyFinding(models.Model):
    """One finding of a rule: what it says, the rows it rests on, and what a person said of it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField("rule", max_length=30, choices=KINDS)
    mark = models.CharField("what makes it the same finding again", max_length=32, editable=False)
    said = models.TextField("what it says")
    reasons = models.JSONField(default=list, blank=True)
    about = models.CharField(max_length=60, blank=True)
    values = models.JSONField("what the agencies say", default=list, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    days = models.PositiveIntegerField(null=True, blank=True)
    inside = models.JSONField("rows that lie in it", default=list, blank=True)
    figures = models.JSONField("figures of the rule when it was found", default=dict, blank=True)
    is_current = models.BooleanField("still said by the rows", default=True)
    found_at = models.DateTimeField("first found")
    changed_at = models.DateTimeField("last changed by a reading of the rows")
    status = models.CharField(max_length=20, choices=STATUSES, default=FindingStatus.FOUND.value)
    why_it_made_sense = models.TextField("why it made sense at the time", blank=True)
    because = models.TextField("why it was dismissed or taken up again", blank=True)
    is_good_practice = models.BooleanField("shows good practice", default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "kind": PARTNERSHIP, "mark": PARTNERSHIP, "said": CHILD, "reasons": CHILD, "about": CHILD,
        "values": CHILD, "starts_on": CHILD, "ends_on": CHILD, "days": CHILD, "inside": PARTNERSHIP, "figures": PARTNERSHIP,
        "is_current": PARTNERSHIP, "found_at": PARTNERSHIP, "changed_at": PARTNERSHIP, "status": PARTNERSHIP, "why_it_made_sense": CHILD,
        "because": CHILD, "is_good_practice": PARTNERSHIP, "decided_by": PARTNERSHIP, "decided_at": PARTNERSHIP, "version": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "mark"], name="chronology_finding_once"),
            models.CheckConstraint(name="chronology_finding_dismissed_says_why", condition=~Q(status="dismissed") | ~Q(because="")),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def matter(self) -> Matter:
        return self.review.matter

    @property
    def matter_id(self) -> str:
        return self.review.matter_id

    @property
    def state(self) -> FindingStatus:
        return FindingStatus(self.status)


class FindingRow(models.Model):
    """A row that a finding cites, with the words of it that made the finding."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    finding = models.ForeignKey(ChronologyFinding, on_delete=models.CASCADE, related_name="cited")
    row = models.ForeignKey("case_reviews.ChronologyRow", on_delete=models.PROTECT, related_name="cited_by")
    number = models.PositiveSmallIntegerField()
    sentence = models.TextField("the words that made it", blank=True)

    SENSITIVITY = {"id": PARTNERSHIP, "finding": PARTNERSHIP, "row": PARTNERSHIP, "number": PARTNERSHIP, "sentence": CHILD}

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["finding", "row"], name="finding_row_once")]

    def __str__(self) -> str:
        return "Row of a finding"


class FindingQuestion(models.Model):
    """A finding put to an agency whose rows it cites, before it is accepted; its answer stands in the thread of its request."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    finding = models.ForeignKey(ChronologyFinding, on_delete=models.PROTECT, related_name="questions")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    asked = models.OneToOneField("case_reviews.RequestMessage", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField("what the agency says", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    no_answer_because = models.TextField("why it goes on without an answer", blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "finding": PARTNERSHIP, "agency": CHILD, "asked": PARTNERSHIP, "asked_by": PARTNERSHIP, "asked_at": PARTNERSHIP,
        "answer": CHILD, "answered_at": PARTNERSHIP, "no_answer_because": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["finding", "agency"], name="finding_question_once")]

    def __str__(self) -> str:
        return "Question about a finding"

    @property
    def is_settled(self) -> bool:
        """Answered, or a person said why it goes on without."""
        return bool(self.answered_at or self.no_answer_because)


class KeyEpisode(models.Model):
    """A key practice episode: a stretch of time that tells most, made by a person from findings or rows."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="key_episodes")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField("what happened, without names", blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    rows = models.ManyToManyField("case_reviews.ChronologyRow", related_name="+", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    removed_because = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "number": PARTNERSHIP, "title": CHILD, "text": CHILD, "starts_on": CHILD,
        "ends_on": CHILD, "rows": PARTNERSHIP, "version": PARTNERSHIP, "removed_because": CHILD, "made_by": PARTNERSHIP,
        "made_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["starts_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="key_episode_number_once"),
            models.CheckConstraint(name="key_episode_days_in_order", condition=Q(starts_on__lte=models.F("ends_on"))),
        ]

    def __str__(self) -> str:
        return f"Key practice episode {self.number}"

    @property
    def matter(self) -> Matter:
        return self.review.matter


class FindingUse(models.Model):
    """What a finding was turned into: a key practice episode, a line of enquiry or a learning point."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    finding = models.ForeignKey(ChronologyFinding, on_delete=models.PROTECT, related_name="uses")
    episode = models.ForeignKey(KeyEpisode, on_delete=models.PROTECT, null=True, blank=True, related_name="from_findings")
    line = models.ForeignKey("case_reviews.LineOfEnquiry", on_delete=models.CASCADE, null=True, blank=True, related_name="from_findings")
    point = models.ForeignKey("case_reviews.LearningPoint", on_delete=models.PROTECT, null=True, blank=True, related_name="from_findings")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "finding": PARTNERSHIP, "episode": PARTNERSHIP, "line": PARTNERSHIP, "point": PARTNERSHIP,
        "made_by": PARTNERSHIP, "made_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="finding_use_is_one_thing",
                condition=Q(episode__isnull=False, line__isnull=True, point__isnull=True)
                | Q(episode__isnull=True, line__isnull=False, point__isnull=True)
                | Q(episode__isnull=True, line__isnull=True, point__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return "Use of a finding"
