"""How the pages of this room find an incident and ask whether this person may."""

from collections.abc import Callable
from functools import wraps
from operator import attrgetter
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, link_sessions, review_access
from sightline.partnership.case_reviews.models import (
    AgencyRequest,
    AnswerLink,
    ClockCorrection,
    ImmediateConcern,
    InformationAsked,
    LearningReferral,
    OutgoingCheck,
    PartnerView,
    PlanTask,
    RapidReview,
    Reconsideration,
    ReturnFile,
    SeriousIncident,
)
from sightline.partnership.case_reviews.workflow import signing
from sightline.partnership.documents.models import Document
from sightline.partnership.need_to_know.abilities import guarded_by, needs
from sightline.partnership.need_to_know.access import Standing
from sightline.procedures.errors import NotPermitted

View = Callable[..., HttpResponse]


def raised_incident(incident_id: str, **_: Any) -> SeriousIncident:
    """An incident that has been raised; a draft is nobody's but its author's."""
    try:
        return SeriousIncident.objects.exclude(status="draft").select_related("matter", "raised_by_agency").get(pk=incident_id)
    except SeriousIncident.DoesNotExist:
        raise Http404 from None


class _PartOfIncident:
    """Lets a row of an incident be asked about as if it were the incident itself."""

    def __init__(self, incident: SeriousIncident, part: Any) -> None:
        self.part, self.incident = part, incident
        self.matter = incident.matter
        self.owner_agency_id, self.owner_account_id = incident.owner_agency_id, incident.owner_account_id
        self.access_state = incident.access_state
        self.pk = part.pk


def part_of_incident(model: type, through: str = "incident") -> Callable[..., _PartOfIncident]:
    def find(part_id: str, **_: Any) -> _PartOfIncident:
        try:
            part = model.objects.select_related(f"{through}__matter").exclude(**{f"{through}__status": "draft"}).get(pk=part_id)
        except model.DoesNotExist:
            raise Http404 from None
        return _PartOfIncident(attrgetter(through.replace("__", "."))(part), part)

    return find


partner_view = part_of_incident(PartnerView)
immediate_concern = part_of_incident(ImmediateConcern)
learning_referral = part_of_incident(LearningReferral)
clock_correction = part_of_incident(ClockCorrection)


def outgoing_check(check_id: str, **_: Any) -> _PartOfIncident:
    """A check of a file as part of its incident."""
    return part_of_incident(OutgoingCheck)(part_id=check_id)


def rapid_review(review_id: str, **_: Any) -> RapidReview:
    """A review as a protected record of its matter."""
    try:
        return RapidReview.objects.select_related("incident__matter", "incident__notification").get(pk=review_id)
    except RapidReview.DoesNotExist:
        raise Http404 from None


def agency_request(request_id: str, **_: Any) -> AgencyRequest:
    """A request to an agency, with everything that the policy asks of it."""
    try:
        return AgencyRequest.objects.select_related(
            "review__incident__matter", "agency", "asked_officer__agency", "passed_to__agency", "coordinated_by__agency"
        ).get(pk=request_id)
    except AgencyRequest.DoesNotExist:
        raise Http404 from None


def of_its_review(request_id: str, **_: Any) -> Any:
    """A request as part of its review: for the unit that asks, reminds and accepts."""
    request = agency_request(request_id)
    return _PartOfReview(request.review, request)


def plan_task(task_id: str, **_: Any) -> Any:
    """A task as part of its review."""
    try:
        task = PlanTask.objects.select_related("review__incident__matter", "review__incident__notification").get(pk=task_id)
    except PlanTask.DoesNotExist:
        raise Http404 from None
    return _PartOfReview(task.review, task)


def panel_question(question_id: str, **_: Any) -> Any:
    """A question of the National Panel as part of its review."""
    try:
        asked = InformationAsked.objects.select_related("reply__review__incident__matter", "reply__review__incident__notification").get(
            pk=question_id
        )
    except InformationAsked.DoesNotExist:
        raise Http404 from None
    return _PartOfReview(asked.reply.review, asked)


def reconsidered(reconsideration_id: str, **_: Any) -> Any:
    """A decision that is looked at again, as part of its review."""
    try:
        found = Reconsideration.objects.select_related(
            "reply__review__incident__matter", "reply__review__incident__notification", "first_decision"
        ).get(pk=reconsideration_id)
    except Reconsideration.DoesNotExist:
        raise Http404 from None
    return _PartOfReview(found.reply.review, found)


class ReportPartOf:
    """One part of the report of a review, as part of that review."""

    def __init__(self, review: RapidReview, code: str) -> None:
        self.review, self.code = review, code
        self.matter, self.access_state, self.pk = review.matter, review.access_state, review.pk


def report_part(review_id: str, code: str, **_: Any) -> ReportPartOf:
    return ReportPartOf(rapid_review(review_id), code)


def file_of_an_answer(file_id: str, **_: Any) -> Document:
    """The file itself: whose it is, whether it was submitted, and its seal decide."""
    try:
        file = ReturnFile.objects.select_related("document__matter").get(pk=file_id)
    except ReturnFile.DoesNotExist:
        raise Http404 from None
    return file.document


class _PartOfReview:
    """Lets a row of a review be asked about as if it were the review itself."""

    def __init__(self, review: RapidReview, part: Any) -> None:
        self.review, self.part = review, part
        self.matter, self.access_state, self.pk = review.matter, review.access_state, part.pk


def runs_review(view: View) -> View:
    """For steps that the business unit alone takes; whoever else may edit the review is answered as if the page were not there."""

    @wraps(view)
    def wrapper(request: HttpRequest, found: Any) -> HttpResponse:
        review = found.review if isinstance(found, _PartOfReview) else found
        if not review_access.can_run(request.user, review):
            raise Http404
        return view(request, found.part if isinstance(found, _PartOfReview) else found)

    return wrapper


def may_read_request(how: Standing, request: AgencyRequest) -> bool:
    """The agency asked, or whoever coordinates it; what the unit sees of it stands on the review's own pages."""
    return review_access.can_read_own(how.account, request)


def may_write_request(how: Standing, request: AgencyRequest) -> bool:
    return review_access.can_with_request(how.account, "E", request)


def may_sign_request(how: Standing, request: AgencyRequest) -> bool:
    return review_access.can_with_request(how.account, "S", request)


reads_own_request = guarded_by("K4", "R", agency_request, may_read_request)
writes_own_request = guarded_by("K4", "E", agency_request, may_write_request)
signs_own_request = guarded_by("K4", "S", agency_request, may_sign_request)


def may_sign_review(how: Standing, review: RapidReview) -> bool:
    """A partner, or whom the partner delegated it to, who has just confirmed who they are: their word binds the partner."""
    text = signing.latest(review.incident)
    if text is None or text.state != "with_partners" or signing.signer_of(text, how.account) is None:
        return False
    return any(asker.stepped_up for asker in how.roles)


signs_review = guarded_by("K5", "V", rapid_review, may_sign_review)


def may_scrutinise(how: Standing, review: RapidReview) -> bool:
    return review_access.is_scrutineer_of(how.account, review.incident, "K5")


scrutinises_review = guarded_by("K5", "R", rapid_review, may_scrutinise)


def link_of_its_review(link_id: str, **_: Any) -> Any:
    """A link as part of its review: for the unit that makes and ends it."""
    try:
        link = AnswerLink.objects.select_related(
            "request__review__incident__matter", "request__agency", "request__asked_officer", "officer__agency"
        ).get(pk=link_id)
    except AnswerLink.DoesNotExist:
        raise Http404 from None
    return _PartOfReview(link.request.review, link)


def may_take_pack(how: Standing, incident: SeriousIncident) -> bool:
    # Asked of the standing, which knows whether the person has just confirmed who they are. A grant of one record is not enough:
    # the pack tells of everybody in the incident.
    owner = {"owner_agency_id": incident.owner_agency_id, "owner_account_id": incident.owner_account_id}
    may_reveal = how.decide("I", "K1", state=incident.access_state, **owner)
    return bool(may_reveal) and access.can_take_notification_pack(how.account, incident)


takes_notification_pack = guarded_by("K1", "I", raised_incident, may_take_pack)


def raises_incidents(view: View) -> View:
    """For pages on which an incident begins: anybody whose role may raise one."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not access.can_raise(request.user):
            raise Http404
        return view(request, **kwargs)

    wrapper.ability = ("K3", "C")
    return wrapper


def edits_incident(view: View) -> View:
    """For the sections of an incident: its author while it is a draft, afterwards whoever the policy lets edit."""
    once_raised = needs("K3", "E", of=raised_incident)(view)

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        draft = SeriousIncident.objects.filter(pk=kwargs["incident_id"], status="draft", raised_by=request.user).first()
        if draft is not None and access.can_raise(request.user):
            return view(request, draft)
        return once_raised(request, **kwargs)

    wrapper.ability = ("K3", "E")
    return wrapper


def answers_by_link(view: View) -> View:
    """For whoever came by a link and its code: the view is given that link, and with it one request and one officer.

    Everybody else gets one page, the same whatever there is at the address.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        link = link_sessions.link_of(request, at=now)
        if link is None:
            if link_sessions.used_link_of(request, at=now) is not None:
                return redirect("case_reviews:link_sent")
            return visit_over(request)
        _note_reading(request, link)
        try:
            return view(request, link, **kwargs)
        except NotPermitted:
            return visit_over(request)

    wrapper.ability = ("K4", "answers_by_link")
    return login_not_required(wrapper)


def sees_receipt(view: View) -> View:
    """For the page after an answer was submitted by link; the link itself opens nothing any more."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        link = link_sessions.used_link_of(request, at=timezone.now())
        if link is None:
            return visit_over(request)
        _note_reading(request, link)
        return view(request, link, **kwargs)

    wrapper.ability = ("K4", "answers_by_link")
    return login_not_required(wrapper)


def visit_over(request: HttpRequest) -> HttpResponse:
    """Nothing to see; what was just sent without being saved can still be fetched back from the browser."""
    return render(request, "case_reviews/link_over.html", {"was_sent": request.method == "POST"}, status=404)


def _note_reading(request: HttpRequest, link: AnswerLink) -> None:
    if request.method in ("GET", "HEAD"):
        name = request.resolver_match.view_name.replace(":", ".")
        trail.record_reading(name, link.request, by=link.officer, kind="K4", matter_id=link.request.matter_id, rule="link")
