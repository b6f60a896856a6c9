"""What is written to people about practice reviews: that something is asked, never a word of the case."""

from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.case_reviews import routes
from sightline.partnership.case_reviews.models import AgencyReport

LINES: Final[Mapping[str, str]] = {
    "case_reviews.agency_report_asked": "Your agency is asked for its own report in a review. The business unit tells you what it needs.",
}


def line_for(template: str, *, to: Account | Officer, about: str) -> str | None:
    """The line to send; None when somebody else is asked by now, the report has come, or this person must not hear of it."""
    report = (
        AgencyReport.objects.select_related("practice_review__rapid_review__incident__matter", "agency", "asked_officer")
        .filter(pk=about, received_on=None, withdrawn_because="")
        .first()
    )
    officer = to.officer if isinstance(to, Account) else to
    if report is None or officer.pk != report.asked_officer_id or isinstance(to, Account) and not to.is_active:
        return None
    if routes.why_not_asked(officer, report.agency, report.matter, on=timezone.localdate()) is not None:
        return None
    return LINES[template]
