"""A request to one agency, whom it is about, and what happened with it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.references import new_ulid

STATUSES = [(s.value, s.label) for s in AgencyRequestStatus]


class AgencyRequest(models.Model):
    """One agency asked, in one review, about some of its people: by whom, under which law, about which time, and by when to answer."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.CASCADE, related_name="requests")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    coordinated_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="part of the request to"
    )
    status = models.CharField(max_length=40, choices=STATUSES, default=AgencyRequestStatus.SENT.value)
    asked_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+", verbose_name="person asked")
    passed_to = models.ForeignKey(
        "agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="colleague it was passed to"
    )
    route_confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField("answer by")

    lawful_basis = models.CharField(max_length=40)
    period_from = models.DateField("about the time from")
    period_to = models.DateField("to")
    earlier_history = models.TextField("and from before", blank=True)
    message = models.TextField("what the agency needs to know to search", blank=True)
    added_because = models.TextField("why it was asked later", blank=True)
    withdrawn_because = models.TextField("why it is no longer asked", blank=True)

    assured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quality assured by"
    )
    assured_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "agency": CHILD, "coordinated_by": PARTNERSHIP, "status": PARTNERSHIP,
        "asked_officer": PARTNERSHIP, "passed_to": PARTNERSHIP, "route_confirmed_by": PARTNERSHIP, "asked_by": PARTNERSHIP,
        "asked_at": PARTNERSHIP, "due_on": PARTNERSHIP, "lawful_basis": PARTNERSHIP, "period_from": CHILD, "period_to": CHILD,
        "earlier_history": CHILD, "message": CHILD, "added_because": CHILD, "withdrawn_because": CHILD, "assured_by": PARTNERSHIP,
        "assured_at": PARTNERSHIP, "version": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["status", "due_on"], name="agency_request_status_due")]
        constraints = [
            models.CheckConstraint(
                name="agency_request_period_in_order",
                condition=Q(period_from__lte=F("period_to")),
                violation_error_message="The period asked about ends before it begins",
            ),
            models.CheckConstraint(
                name="agency_request_withdrawn_with_reasons",
                condition=~Q(status="withdrawn") | ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="agency_request_assured_together",
                condition=Q(assured_by__isnull=True, assured_at__isnull=True) | Q(assured_by__isnull=False, assured_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Request to {self.agency}"

    # What the policy asks of a protected record: until it is submitted, an answer is its agency's alone.
    @property
    def matter(self) -> Matter:
        return self.review.matter

    @property
    def matter_id(self) -> str:
        return self.matter.pk

    @property
    def owner_agency_id(self) -> str:
        return self.agency_id

    @property
    def access_state(self) -> str:
        """What an agency was still writing when the review ended stays its own: it never said it to anybody."""
        if AgencyRequestStatus(self.status).waits_for_agency:
            return "draft"
        return "closed" if self.is_over else "submitted"

    @property
    def is_over(self) -> bool:
        """Whether nobody asks any more, because the review or its matter has ended."""
        return self.review.is_ended or self.matter.is_ended

    @property
    def who_answers(self) -> "models.Model":
        """The officer who is to write: the colleague it was passed to, or whoever was asked."""
        return self.passed_to or self.asked_officer


class RequestSubject(models.Model):
    """One person whom an agency is to look for, by what the review calls them."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    request = models.ForeignKey(AgencyRequest, on_delete=models.CASCADE, related_name="subjects")
    matter_person = models.ForeignKey("need_to_know.MatterPerson", on_delete=models.PROTECT, related_name="+")
    called = models.CharField("called in this review", max_length=100)
    position = models.PositiveSmallIntegerField()

    SENSITIVITY = {"id": PARTNERSHIP, "request": PARTNERSHIP, "matter_person": CHILD, "called": CHILD, "position": PARTNERSHIP}

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["request", "matter_person"], name="request_subject_once")]

    def __str__(self) -> str:
        return self.called


class AgencyRequestEvent(models.Model):
    """One line of a request's log: what was done, by whom, when. Never a word of the answer itself."""

    WHAT = [
        ("asked", "Asked"), ("added", "Asked about somebody else too"), ("opened", "Opened by the agency"),
        ("begun", "Writing begun"), ("passed_on", "Passed to a colleague"), ("for_sign_off", "Given to be signed off"),
        ("taken_back", "Taken back to writing"), ("submitted", "Submitted"), ("returned", "Returned for correction"),
        ("accepted", "Accepted"), ("nil_accepted", "“Not known to us” accepted"), ("withdrawn", "No longer asked"),
        ("due_changed", "Day of answer changed"), ("chased", "Reminded"), ("link_made", "Link made"), ("link_revoked", "Link revoked"),
        ("link_opened", "Opened by link"), ("split", "Split to providers"), ("assured", "Quality assured"),
        ("officer_changed", "Another person asked"), ("form_received", "Form filled offline received"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    request = models.ForeignKey(AgencyRequest, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=20, choices=WHAT)
    detail = models.CharField("which rung, which officer, which reason from the list", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "request": PARTNERSHIP, "what": PARTNERSHIP, "detail": PARTNERSHIP, "by": PARTNERSHIP, "by_officer": PARTNERSHIP,
        "at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            # Each rung of the ladder is climbed once, whoever dies over it.
            models.UniqueConstraint(fields=["request", "detail"], condition=Q(what="chased"), name="agency_request_rung_once"),
        ]

    def __str__(self) -> str:
        return self.get_what_display()
