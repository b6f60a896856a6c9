"""What the other rooms put on a person's home page: identities to match, accesses to review, agreements that run out."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.case_reviews import access as incident_access
from sightline.partnership.case_reviews import review_access, review_letters
from sightline.partnership.case_reviews.models import AgencyRequest, ClockCorrection
from sightline.partnership.case_reviews.workflow import clock_corrections, panel_replies, signing
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import BreakGlass, Conflict
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.rapid_review import ENDED_RAPID_REVIEW, RapidReviewStatus
from sightline.procedures.signing import SignOff
from sightline.site import home_actions, home_meetings, home_practice, identity_pages

SOON = 2


@dataclass
class Group:
    """A heading, the sentence that is shown when there is nothing, and rows as the home page wants them."""

    heading: str
    zero: str
    rows: list[dict[str, str]] = field(default_factory=list)


def for_account(account: Account, today: date) -> list[Group]:
    roles = {asker.role for asker in askers(account)}
    groups = []
    if roles & {"AL", "AC"}:
        groups.append(_requests(account, today))
        groups[-1].rows += home_practice.for_agency(account, today)
    if "DSP" in roles:
        groups.append(_signatures(account))
        groups[-1].rows += home_practice.texts_to_sign(account)
    if roles & {"BM", "BO"}:
        groups.append(_answers(account, today))
        groups += _sign_off(account, today)
        groups += _where_any("Practice reviews", home_practice.for_unit(account, today))
    if roles & {"BM", "BO", "DSP"}:
        groups += _corrections(account)
    if roles & {"BM", "BO"}:
        groups.append(_identities(account))
    if "IG" in roles:
        groups.append(_reviews(account))
    if roles & {"BM", "SA"}:
        groups.append(_agreements(today))
    groups += _where_any("Meetings", home_meetings.rows(account, today))
    if waiting := home_actions.rows(account, today):
        groups.append(Group("Actions", "", waiting))
    return groups


def _where_any(heading: str, rows: list[dict[str, str]]) -> list[Group]:
    """A heading only where there is something under it."""
    return [Group(heading, "", rows)] if rows else []


def _requests(account: Account, today: date) -> Group:
    """What this person's agency is asked and has not answered."""
    group = Group("Requests to your agency", "Your agency has answered everything that it was asked.")
    found = review_access.requests_shown_to(account).select_related("review__incident__matter", "agency", "coordinated_by")
    for asked in found.order_by("due_on"):
        status = AgencyRequestStatus(asked.status)
        if not status.waits_for_agency or asked.is_over or not review_access.can_read_own(account, asked):
            continue
        group.rows.append({
            "title": f"Answer the request in {asked.matter.reference}",
            "url": reverse("case_reviews:own_request", args=[asked.pk]),
            "why": f"{asked.agency}: {status.label.lower()}",
            "due": f"{asked.due_on:%-d %B}",
            "due_tone": "late" if asked.due_on < today else "due_soon" if (asked.due_on - today).days <= SOON else "",
        })  # fmt: skip
    return group


def _signatures(account: Account) -> Group:
    """Reports and decisions that wait for this partner's word."""
    group = Group("To sign", "Nothing waits for your signature.")
    waiting = review_access.visible_to(account).filter(status=RapidReviewStatus.PARTNER_SIGNOFF).select_related("incident__matter")
    for review in waiting:
        if review_letters.signature_is_awaited(account, review) is not None:
            group.rows.append({
                "title": f"Read and sign the decision in {review.matter.reference}",
                "url": reverse("case_reviews:sign", args=[review.pk]),
                "why": "Each partner signs the same text; it takes a few minutes",
            })  # fmt: skip
    return group


def _sign_off(account: Account, today: date) -> list[Group]:
    """Partners who do not agree, and a National Panel that has not replied; no heading where there is nothing."""
    group, calendar = Group("Decisions on their way", ""), arrangements.working_calendar()
    found = review_access.visible_to(account).filter(status__in=(RapidReviewStatus.PARTNER_SIGNOFF, RapidReviewStatus.SENT_TO_PANEL))
    for review in found.select_related("incident__matter").prefetch_related("status_changes"):
        if not review_access.can_run(account, review):
            continue
        text, chase_on = signing.latest(review.incident), panel_replies.chase_on(review, calendar)
        if text is not None and text.state == "with_partners" and signing.stands_at(text) == SignOff.DISSENT:
            group.rows.append({
                "title": f"The partners do not agree in {review.matter.reference}",
                "url": reverse("case_reviews:escalation", args=[review.pk]),
                "why": "It is not decided, and the clock runs on", "due_tone": "late", "due": "Now",
            })  # fmt: skip
        if chase_on is not None and chase_on <= today:
            group.rows.append({
                "title": f"Ask the National Panel for its reply in {review.matter.reference}",
                "url": reverse("case_reviews:panel_thread", args=[review.pk]),
                "why": "Fifteen working days have passed since it was sent", "due": f"{chase_on:%-d %B}", "due_tone": "late",
            })  # fmt: skip
    return [group] if group.rows else []


def _answers(account: Account, today: date) -> Group:
    """Answers that came in, and agencies that are late, in reviews that this person runs."""
    group = Group("Answers of agencies", "No answer waits for you and no agency is late.")
    found = AgencyRequest.objects.filter(review__in=review_access.visible_to(account)).exclude(review__status__in=ENDED_RAPID_REVIEW)
    for asked in found.select_related("review__incident__matter", "agency").order_by("due_on"):
        status = AgencyRequestStatus(asked.status)
        is_late = status.waits_for_agency and asked.due_on < today
        if not (is_late or status == AgencyRequestStatus.SUBMITTED) or not review_access.can_run(account, asked.review):
            continue
        title = f"{asked.agency} is late in {asked.matter.reference}" if is_late else f"Read the answer of {asked.agency}"
        group.rows.append({
            "title": title,
            "url": reverse("case_reviews:request", args=[asked.pk]),
            "why": "It is reminded by itself; a call may help" if is_late else f"It was submitted in {asked.matter.reference}",
            "due": f"{asked.due_on:%-d %B}" if is_late else "",
            "due_tone": "late" if is_late else "",
        })  # fmt: skip
    return group


def _corrections(account: Account) -> list[Group]:
    """Days to be corrected that somebody else proposed; no heading where there are none, as they are rare."""
    group = Group("Days to be corrected", "")
    waiting = ClockCorrection.objects.filter(decided_at=None, incident__in=incident_access.visible_to(account))
    for correction in waiting.exclude(proposed_by=account).select_related("incident__matter"):
        if clock_corrections.can_change_clocks(account, correction.incident):
            group.rows.append({
                "title": f"Agree to a corrected day in {correction.incident.matter.reference}",
                "url": reverse("case_reviews:decide_correction", args=[correction.pk]),
                "why": f"{correction.proposed_by.name} proposed it; a second person decides",
            })  # fmt: skip
    return [group] if group.rows else []


def _identities(account: Account) -> Group:
    group = Group("Identities to match", "Everybody who was written down has been matched.")
    waiting = identity_pages.matching_queue(account).count()
    if waiting:
        people = "1 person" if waiting == 1 else f"{waiting} people"
        group.rows.append(
            {
                "title": f"Say who {people} are",
                "url": reverse("matching"),
                "why": "Only the business unit compares with people already known",
            }
        )
    return group


def _reviews(account: Account) -> Group:
    group = Group("Reviews of access", "No access waits for your review.")
    visible = need_to_know.visible_matters(account)
    for glass in BreakGlass.objects.filter(reviewed_at__isnull=True, matter__in=visible).select_related("matter"):
        group.rows.append(
            {
                "title": f"Emergency access to {glass.matter.reference}",
                "url": reverse("need_to_know:review_break_glass", args=[glass.matter_id, glass.pk]),
                "why": "Each use of emergency access is reviewed",
                "due": f"{glass.review_due_on:%-d %B}",
                "due_tone": "due_soon",
            }
        )
    for conflict in Conflict.objects.filter(matter__in=visible, lift_proposed_at__isnull=False, lifted_at__isnull=True).select_related(
        "matter"
    ):
        group.rows.append(
            {
                "title": f"Lifting of a conflict in {conflict.matter.reference}",
                "url": reverse("need_to_know:conflicts", args=[conflict.matter_id]),
                "why": "Two people lift a conflict; one has proposed it",
            }
        )
    return group


def _agreements(today: date) -> Group:
    group = Group("Sharing agreements", "No sharing agreement runs out in the next 60 days.")
    for agreement in arrangements.agreements_near_expiry(today):
        group.rows.append({
            "title": f"{agreement.title} runs out", "url": reverse("agencies:agreement", args=[agreement.pk]),
            "why": f"{agreement.days_left(today)} days left. It never stops a live statutory review", "due": f"{agreement.valid_to:%-d %B}",
            "due_tone": "late" if agreement.days_left(today) <= 30 else "due_soon",
        })  # fmt: skip
    return group
