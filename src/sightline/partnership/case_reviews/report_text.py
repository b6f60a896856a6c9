"""The report of a rapid review as it stands: facts taken live from the case, and what people wrote beside them."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from sightline.partnership.case_reviews import questions, report_facts
from sightline.partnership.case_reviews.chronology_people import cast_of
from sightline.partnership.case_reviews.models import AgencyRequest, RapidReview, Reconsideration
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.review_report import Fact, FilledPart, Gap, Written, exact_text, gaps, parts

NO_RETURN: Final = "no_return_"
NOT_ACCEPTED: Final = "not_accepted_"
NOT_ASKED: Final = "not_asked_"
SAFETY: Final = "safety_open"
FAMILY: Final = "family_told"
_STANDS_WITH: Final = {SAFETY: "safety", FAMILY: "family"}
_ANSWERED_NOT_ACCEPTED: Final = (AgencyRequestStatus.SUBMITTED, AgencyRequestStatus.RETURNED_FOR_CORRECTION)


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
    told = cast_of(review).codes.told
    written = {row.code: Written(told(row.text).text, told(row.nothing_to_say).text) for row in review.report_sections.all()}
    number = 1 + Reconsideration.objects.filter(reply__review=review, how="again").count()
    missing, reasons = _missing(review), {code: each.nothing_to_say for code, each in written.items()}
    facts = {
        # The header is made of references and days alone: a day that is also somebody's birthday stays a day.
        name: found if name == "header" else tuple(Fact(*(told(words).text for words in (f.label, f.words, f.source))) for f in found)
        for name, found in report_facts.gather(review, decision_number=number).items()
    }
    # Why something is not there is said in the report itself: whoever reads it must know what it rests on.
    for code, sentence in missing.items():
        if reasons.get(code):
            facts[_STANDS_WITH.get(code, "agencies")] += (Fact(told(sentence).text, reasons[code]),)
    filled = tuple(FilledPart(part, facts.get(part.facts, ()), written.get(part.code, Written())) for part in parts(review.guidance))
    return Report(filled, gaps(filled, missing, reasons), exact_text(filled), number)


def _missing(review: RapidReview) -> dict[str, str]:
    """What the case itself lacks, by the code under which a reason for it is kept."""
    found: dict[str, str] = {}
    asked = list(AgencyRequest.objects.filter(review=review).select_related("agency").order_by("agency__name", "asked_at"))
    for request in asked:
        status = AgencyRequestStatus(request.status)
        if status in _ANSWERED_NOT_ACCEPTED and request.returns.exists():
            found[f"{NOT_ACCEPTED}{request.agency_id}"] = f"The return from {request.agency} is not accepted yet"
        elif status.waits_for_agency or status == AgencyRequestStatus.WITHDRAWN:
            found[f"{NO_RETURN}{request.agency_id}"] = f"No return from {request.agency}"
    for row in review.incident.professionals.select_related("agency"):
        if row.agency_id and row.agency_id not in {request.agency_id for request in asked}:
            found[f"{NOT_ASKED}{row.agency_id}"] = f"{row.agency} was named when the incident was raised and was not asked"
    if questions.safety_is_open(review.incident):
        found[SAFETY] = "It is not recorded that every child is safe now"
    if not review.incident.family_contacts.exists() and not any(row.code == "family" and row.text for row in review.report_sections.all()):
        found[FAMILY] = "Nothing is recorded of what the family was told"
    return found
