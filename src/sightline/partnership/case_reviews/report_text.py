"""The report of a rapid review as it stands: facts taken live from the case, and what people wrote beside them."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from sightline.partnership.case_reviews import report_facts
from sightline.partnership.case_reviews.models import AgencyRequest, RapidReview, Reconsideration
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.review_report import FilledPart, Gap, Written, exact_text, gaps, parts
from sightline.procedures.safety import GROUPS

NO_RETURN: Final = "no_return_"
NOT_ASKED: Final = "not_asked_"
SAFETY: Final = "safety_open"


@dataclass(frozen=True)
class Report:
    """The parts, what is missing, and the exact text that is signed."""

    parts: tuple[FilledPart, ...]
    gaps: tuple[Gap, ...]
    text: str
    decision_number: int

    @property
    def open_gaps(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.is_open)

    @property
    def content(self) -> dict[str, Any]:
        """The same as plain values, kept with what is signed."""
        return {"parts": [asdict(each) for each in self.parts], "decision_number": self.decision_number}


def assembled(review: RapidReview) -> Report:
    """Everything that the report holds now. It says nothing that changes by itself with the day or the reader."""
    written = {row.code: Written(row.text, row.nothing_to_say) for row in review.report_sections.all()}
    number = 1 + Reconsideration.objects.filter(reply__review=review, how="again").count()
    facts = report_facts.gather(review, decision_number=number)
    filled = tuple(FilledPart(part, facts.get(part.facts, ()), written.get(part.code, Written())) for part in parts(review.guidance))
    reasons = {code: each.nothing_to_say for code, each in written.items()}
    return Report(filled, gaps(filled, _missing(review), reasons), exact_text(filled), number)


def _missing(review: RapidReview) -> dict[str, str]:
    """What the case itself lacks, by the code under which a reason for it is kept."""
    found: dict[str, str] = {}
    asked = list(AgencyRequest.objects.filter(review=review).select_related("agency").order_by("agency__name", "asked_at"))
    for request in asked:
        status = AgencyRequestStatus(request.status)
        if status.waits_for_agency or status == AgencyRequestStatus.WITHDRAWN:
            found[f"{NO_RETURN}{request.agency_id}"] = f"No return from {request.agency}"
    for row in review.incident.professionals.select_related("agency"):
        if row.agency_id and row.agency_id not in {request.agency_id for request in asked}:
            found[f"{NOT_ASKED}{row.agency_id}"] = f"{row.agency} was named when the incident was raised and was not asked"
    answered = {row.group for row in review.incident.safety_answers.all()}
    if set(GROUPS) - answered:
        found[SAFETY] = "No answer yet to whether every child is safe now"
    if not review.incident.family_contacts.exists() and not any(row.code == "family" and row.text for row in review.report_sections.all()):
        found["family_told"] = "Nothing is recorded of what the family was told"
    return found
