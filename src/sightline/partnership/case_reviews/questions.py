"""What an incident still lacks, what its answers say, and when its notification is due: read from stored facts only."""

from dataclasses import dataclass
from datetime import date

from sightline.partnership.case_reviews.models import SafetyAnswer, SeriousIncident
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.procedures import safety, section_16c
from sightline.procedures.case_review import SeriousIncidentStatus as Status
from sightline.procedures.timescales import Clock, serious_incident_notification
from sightline.procedures.working_days import WorkingCalendar

WITHOUT_CLOCK = frozenset({Status.NOT_NOTIFIABLE, Status.DUPLICATE, Status.TRANSFERRED})


@dataclass(frozen=True)
class Missing:
    """One thing to answer, and the section in which to answer it."""

    section: str
    text: str


def missing_before_raising(incident: SeriousIncident) -> list[Missing]:
    """The few facts without which the unit could not act. Safety is asked first but never holds an incident back."""
    missing = []
    if not incident.summary.strip():
        missing.append(Missing("what-happened", "what happened"))
    if not incident.happened_on and incident.happened_precision != "unknown":
        missing.append(Missing("what-happened", "the date of the incident, or that it is not known"))
    if not incident.aware_at:
        missing.append(Missing("awareness", "when the local authority became aware"))
    if not incident.no_named_child and not incident.children.exists():
        missing.append(Missing("children", "at least one child, or that no child can be named yet"))
    if not incident.contact_phone.strip():
        missing.append(Missing("awareness", "a telephone number for questions"))
    return missing


def unanswered_legal_test(incident: SeriousIncident) -> list[section_16c.Question]:
    answered = set(incident.legal_test_answers.values_list("question", flat=True))
    return [question for question in section_16c.QUESTIONS if question.code not in answered]


def latest_safety_answers(incident: SeriousIncident) -> dict[str, SafetyAnswer]:
    """The last word on each group of children, in the order in which the questions are asked."""
    latest = {answer.group: answer for answer in incident.safety_answers.all()}
    return {group: latest[group] for group in safety.GROUPS if group in latest}


def safety_is_open(incident: SeriousIncident) -> bool:
    """Whether somebody has still to look. An agency that tells of danger in its answer asks the question anew."""
    told_of = incident.immediate_concerns.filter(request__isnull=False).order_by("raised_at").last()
    answered = {
        group: row.answer
        for group, row in latest_safety_answers(incident).items()
        if told_of is None or row.recorded_at > told_of.raised_at
    }
    return bool(safety.still_open(answered))


def notification_clock(incident: SeriousIncident, *, on: date, calendar: WorkingCalendar) -> Clock | None:
    """Five working days (as the pinned rule set says) from the day the authority became aware.

    None before that day is known, and where nothing is to be notified: no clock runs on what was decided not notifiable,
    or was another's to notify.
    """
    if incident.aware_on is None or incident.is_draft or incident.status in WITHOUT_CLOCK:
        return None
    sent = getattr(incident, "notification", None)
    stopped_on = as_london_date(sent.notified_at) if sent else None
    return serious_incident_notification(incident.aware_on, rules=incident.rules, calendar=calendar, stopped_on=stopped_on, on=on)
