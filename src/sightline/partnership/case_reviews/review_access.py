"""Who may see or do what with a rapid review, a request to an agency and its answer. Facts are gathered here; the one policy decides."""

from typing import TypeAlias

from django.db.models import Q, QuerySet

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.abilities import is_entitled
from sightline.partnership.agencies.models import Officer
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.access import BUSINESS_UNIT
from sightline.partnership.case_reviews.models import AgencyRequest, AgencyReturn, PracticeReview, RapidReview, SeriousIncident
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.practice_review import PracticeReviewStatus
from sightline.procedures.rapid_review import RapidReviewStatus

READS_CHRONOLOGY = frozenset(
    {
        PracticeReviewStatus.COMMISSIONED, PracticeReviewStatus.SCOPING, PracticeReviewStatus.INFORMATION_GATHERING,
        PracticeReviewStatus.ANALYSIS, PracticeReviewStatus.DRAFT,
    }
)  # fmt: skip
Writer: TypeAlias = Account | Officer
"""Whoever answers: somebody who has signed in, or an officer who came by a link and its code."""


def visible_to(account: Account) -> QuerySet[RapidReview]:
    """Reviews of the matters that this account may know of."""
    return RapidReview.objects.filter(incident__matter__in=need_to_know.visible_matters(account))


def can(account: Account, action: str, review: RapidReview) -> bool:
    """What the policy says of the review's own record."""
    return bool(need_to_know.decide(account, action, "K5", matter=review.matter, state=review.access_state))


def can_run(account: Account, review: RapidReview) -> bool:
    """The business unit runs a review: opens its stages, asks agencies, accepts answers."""
    if not can(account, "E", review):
        return False
    return any(asker.role in BUSINESS_UNIT for asker in need_to_know.standing(account, review.matter).roles)


def chronology_is_open(review: RapidReview) -> bool:
    """Chronologies are worked on until the rapid review ends, and in the practice review that follows until its report is signed."""
    if not review.is_ended:
        return True
    following = PracticeReview.objects.filter(rapid_review=review).first()
    return following is not None and PracticeReviewStatus(following.status) in READS_CHRONOLOGY


def chronology_state(review: RapidReview) -> str:
    """The state of a review's chronologies for the policy: open for as long as either of its two reviews works on them."""
    is_over = review.matter.is_ended or review.incident.access_state == "closed"
    return "closed" if is_over or not chronology_is_open(review) else "open"


def can_work_on_chronology(account: Account, review: RapidReview) -> bool:
    """Who works on the review works on its chronologies, in the practice review that follows too."""
    return bool(need_to_know.decide(account, "E", "K5", matter=review.matter, state=chronology_state(review)))


def can_run_chronology(account: Account, review: RapidReview) -> bool:
    """The business unit, for as long."""
    if not can_work_on_chronology(account, review):
        return False
    return any(asker.role in BUSINESS_UNIT for asker in need_to_know.standing(account, review.matter).roles)


def check_can_run_chronology(account: Account, review: RapidReview) -> None:
    if not can_run_chronology(account, review):
        raise NotPermitted("Only the partnership's business unit does this.")


def check_can_run(account: Account, review: RapidReview) -> None:
    if not can_run(account, review):
        raise NotPermitted("Only the partnership's business unit does this.")


def can_write_report(account: Account, review: RapidReview) -> bool:
    """Whoever may edit the review, the panel's chair too, until it has gone to the National Panel."""
    return RapidReviewStatus(review.status).takes_text and can(account, "E", review)


def check_can_write_report(account: Account, review: RapidReview) -> None:
    if not can(account, "E", review):
        raise NotPermitted("Only the business unit and the panel’s chair write the report and the decision.")
    if not RapidReviewStatus(review.status).takes_text:
        label = RapidReviewStatus(review.status).label
        raise NotAllowedNow(f"This rapid review is “{label}”. Its report and decision are not changed any more.")


def can_run_incident(account: Account, incident: SeriousIncident) -> bool:
    """The business unit, for what belongs to a case whichever review it has come to."""
    if not need_to_know.decide(account, "E", "K5", matter=incident.matter):
        return False
    return any(asker.role in BUSINESS_UNIT for asker in need_to_know.standing(account, incident.matter).roles)


def check_can_run_incident(account: Account, incident: SeriousIncident) -> None:
    if not can_run_incident(account, incident):
        raise NotPermitted("Only the partnership's business unit does this.")


def is_scrutineer_of(account: Account, incident: SeriousIncident, kind: str) -> bool:
    """The independent scrutineer reads what the partners sign, and says a word beside it; nothing is decided by it."""
    how = need_to_know.standing(account, incident.matter)
    return any(asker.role == "SC" for asker in how.roles) and bool(how.decide("R", kind))


def check_is_scrutineer_of(account: Account, incident: SeriousIncident, kind: str) -> None:
    if not is_scrutineer_of(account, incident, kind):
        raise NotPermitted("Only the independent scrutineer comments here.")


def can_plan(account: Account) -> bool:
    """Whether somebody keeps the partnership's own plan and way of counting, as they keep its directory."""
    return is_entitled(account, "E", "K0")


def check_can_plan(account: Account) -> None:
    if not can_plan(account):
        raise NotPermitted("Only the partnership's business unit keeps the plan of reviews.")


def requests_shown_to(account: Account) -> QuerySet[AgencyRequest]:
    """Requests to this person's agency, or that it coordinates, in matters from which nobody keeps them."""
    if account.agency_id is None:
        return AgencyRequest.objects.none()
    ours = Q(agency=account.agency_id) | Q(coordinated_by__agency=account.agency_id)
    return AgencyRequest.objects.filter(ours).exclude(need_to_know.kept_from(account, "review__incident__matter"))


def can_with_request(account: Account, action: str, request: AgencyRequest) -> bool:
    """What the policy says of a request and the answer being written: its agency's own, and its coordinator's."""
    if action != "R" and (request.status == AgencyRequestStatus.WITHDRAWN or request.is_over):
        return False
    owners = [request.agency_id] + ([request.coordinated_by.agency_id] if request.coordinated_by else [])
    return any(
        need_to_know.decide(account, action, "K4", matter=request.matter, owner_agency_id=owner, state=request.access_state)
        for owner in owners
    )


def can_read_own(account: Account, request: AgencyRequest) -> bool:
    """Whether somebody belongs to the side that answers, however far the answer has come: they read what is told of the people too."""
    owners = [request.agency_id] + ([request.coordinated_by.agency_id] if request.coordinated_by else [])
    return any(need_to_know.decide(account, "R", "K4", matter=request.matter, owner_agency_id=owner, state="draft") for owner in owners)


def can_read_return(account: Account, submitted: AgencyReturn) -> bool:
    request = submitted.request
    owners = [request.agency_id] + ([request.coordinated_by.agency_id] if request.coordinated_by else [])
    return any(
        need_to_know.decide(account, "R", "K4", matter=request.matter, owner_agency_id=owner, state=submitted.access_state)
        for owner in owners
    )


def can_write(writer: Writer, request: AgencyRequest) -> bool:
    """An officer who came by a link was let in to this request by the unit; an account is asked of the policy."""
    if isinstance(writer, Officer):
        return request.status != AgencyRequestStatus.WITHDRAWN and not request.is_over
    return can_with_request(writer, "E", request)


def check_can_write(writer: Writer, request: AgencyRequest) -> None:
    if not can_write(writer, request):
        raise NotPermitted("Only the agency that was asked writes this answer.")


def signs_for_agency(officer: Officer | None, request: AgencyRequest) -> bool:
    """Whether an officer signs off for the agency asked: its safeguarding lead or alternate."""
    agency = request.agency
    return officer is not None and officer.pk in (agency.safeguarding_lead_id, agency.alternate_officer_id)


def can_sign_off(writer: Writer, request: AgencyRequest) -> bool:
    """The agency's lead or alternate; an account also needs the policy's leave to submit."""
    if isinstance(writer, Officer):
        return can_write(writer, request) and signs_for_agency(writer, request)
    return can_with_request(writer, "S", request)


def check_can_sign_off(writer: Writer, request: AgencyRequest) -> None:
    if not can_sign_off(writer, request):
        raise NotPermitted("Only the agency's safeguarding lead or alternate officer signs off its answer.")


def unit_of(review: RapidReview) -> list[Account]:
    """The business managers who hear of a review; a person in conflict is passed over when the letter is sent."""
    return access.business_managers()
