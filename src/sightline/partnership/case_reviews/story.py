"""An incident told from its stored facts: what happened with it, and what comes next for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import access, questions
from sightline.partnership.case_reviews.models import SeriousIncident
from sightline.procedures.case_review import SeriousIncidentStatus as Status


@dataclass(frozen=True)
class Event:
    """One line of the timeline."""

    at: datetime
    title: str
    who: str
    text: str = ""
    tone: str = ""


@dataclass(frozen=True)
class NextStep:
    """What is to be done next, and whether the reader is the one to do it."""

    text: str
    whose: str
    url: str = ""


def events(incident: SeriousIncident, *, with_views: bool, with_family: bool) -> list[Event]:
    """In order of time. Views and family contacts are left out for readers who may not see them."""
    found = [Event(incident.raised_at, "Incident raised", str(incident.raised_by_agency))]
    for answer in incident.safety_answers.select_related("recorded_by__officer"):
        text = f"{answer.get_group_display()}: {answer.get_answer_display()}. {answer.what_was_done}".strip()
        found.append(
            Event(answer.recorded_at, "Safety checked", str(answer.recorded_by), text, "" if answer.answer == "safe" else "danger")
        )
    for concern in incident.immediate_concerns.select_related("raised_by__officer", "answered_by__officer"):
        found.append(Event(concern.raised_at, "Immediate concern raised", str(concern.raised_by), concern.what, "danger"))
        if concern.answered_at:
            found.append(Event(concern.answered_at, "Immediate concern answered", str(concern.answered_by), concern.what_was_done))
    if with_views:
        for view in incident.partner_views.select_related("agency", "given_by__officer", "asked_of__officer"):
            found.append(
                Event(view.asked_at, f"{view.get_partner_role_display()} asked for its view", str(view.agency), f"Asked: {view.asked_of}")
            )
            if view.given_at:
                found.append(
                    Event(view.given_at, f"{view.get_partner_role_display()}: {view.get_view_display()}", str(view.given_by), view.reasons)
                )
    for decision in incident.decisions.select_related("decided_by__officer"):
        title = "Decided to notify" if decision.notify else "Decided: not notifiable"
        found.append(Event(decision.decided_at, title, f"{decision.decided_by}, {decision.decided_as}", decision.reasons))
    for change in incident.status_changes.select_related("changed_by__officer"):
        found.append(Event(change.changed_at, f"Now: {change.get_became_display().lower()}", str(change.changed_by), change.reasons))
    if sent := getattr(incident, "notification", None):
        found.append(Event(sent.notified_at, "Notification submitted", sent.submitted_by_name, sent.late_reasons))
    if referral := getattr(incident, "learning_referral", None):
        found.append(
            Event(referral.referred_at, f"Sent to learning: {referral.get_route_display()}", str(referral.referred_by), referral.reasons)
        )
        if referral.taken_up_at:
            found.append(Event(referral.taken_up_at, "Learning taken up", str(referral.taken_up_by), referral.taken_up_how))
    if with_family:
        for contact in incident.family_contacts.select_related("recorded_by__officer"):
            found.append(Event(contact.happened_at, f"Contact with {contact.told_whom}", contact.told_by, contact.what))
    return sorted(found, key=lambda event: event.at)


def next_step(incident: SeriousIncident, reader: Account) -> NextStep | None:
    """The one thing that moves this incident on."""
    status = Status(incident.status)
    if status == Status.RAISED:
        mine = access.can_consult(reader, incident)
        return NextStep(
            "Ask the three safeguarding partners for their views", "the business unit", _url("consult", incident) if mine else ""
        )
    if status == Status.UNDER_CONSIDERATION:
        mine = access.can_decide(reader, incident)
        left = len(questions.unanswered_legal_test(incident))
        text = "Decide whether to notify" if not left else f"Answer the legal test ({left} left), then decide whether to notify"
        return NextStep(text, "the local authority", _url("decide", incident) if mine else "")
    if status == Status.DECIDED_TO_NOTIFY:
        mine = access.can_submit(reader, incident)
        return NextStep(
            "Submit the notification to the national service, then record it here",
            "the local authority",
            _url("sent", incident) if mine else "",
        )
    referral = getattr(incident, "learning_referral", None)
    if referral and not referral.taken_up_at:
        mine = access.can_consult(reader, incident)
        url = reverse("case_reviews:take_up_learning", args=[referral.pk]) if mine else ""
        return NextStep("Take up the learning below the threshold", "the business unit", url)
    return None


def _url(name: str, incident: SeriousIncident) -> str:
    return reverse(f"case_reviews:{name}", args=[incident.pk])
