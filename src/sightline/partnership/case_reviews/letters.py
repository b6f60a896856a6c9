"""What is written to people about incidents: that something waits, and where. Never a word of the incident itself."""

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import ImmediateConcern, SeriousIncident

# Template: the line of the message, and whether it must be read today.
LINES = {
    "case_reviews.incident_raised": "A new matter has been raised and waits for the business unit.",
    "case_reviews.view_asked": "You are asked for your partner's view on a matter.",
    "case_reviews.view_given": "A partner has given its view on a matter that you decide.",
    "case_reviews.decided": "A decision has been recorded in a matter.",
    "case_reviews.day_correction": "A day from which a clock counts is to be corrected. It waits for a second person.",
    "case_reviews.immediate_concern": "Something waits for you that must be answered today. Sign in now.",
}


def line_for(template: str, *, to: Account, about: str) -> str | None:
    """The line to send; None when this person may no longer see what it is about."""
    incident = _incident(template, about)
    if incident is None or not to.is_active or not access.can_see(to, incident):
        return None
    return LINES[template]


def _incident(template: str, about: str) -> SeriousIncident | None:
    if template == "case_reviews.immediate_concern":
        concern = ImmediateConcern.objects.select_related("incident__matter").filter(pk=about).first()
        return concern.incident if concern else None
    return SeriousIncident.objects.select_related("matter").filter(pk=about).first()
