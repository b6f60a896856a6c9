"""What people make of findings: asked of an agency, accepted, dismissed, taken up again; and rules switched for one review."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import findings_shown, review_access
from sightline.partnership.case_reviews.models import ChronologyFinding, ChronologyRule, FindingQuestion, RapidReview
from sightline.partnership.case_reviews.workflow import chronology_analysis, chronology_rows, thread
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.chronology.findings.rules import checked
from sightline.procedures.chronology_finding import MOVES, FindingStatus
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.moves import check_move, moves_from

STALE = "Somebody else has said something of this finding since you opened it. Look at it as it is now, then save yours again."


@transaction.atomic
def ask_agency(finding: ChronologyFinding, *, agency: Agency, text: str, by: Account, at: datetime | None = None) -> FindingQuestion:
    """Put a finding to an agency whose row it cites, in the thread of its request. Only its own rows are told there."""
    finding = locked(finding, by)
    if agency.pk not in cited_agencies(finding):
        raise NotAllowedNow("This finding rests on no row of this agency.")
    if finding.questions.filter(agency=agency).exists():
        raise NotAllowedNow("This agency has been asked already. Its answer stands below, or will.")
    request = finding.review.requests.filter(agency=agency).exclude(status=AgencyRequestStatus.WITHDRAWN).order_by("asked_at").first()
    if request is None or request.is_over:
        raise NotAllowedNow("This agency has no open request. Say why it goes on without its answer.")
    if not review_access.can_run_chronology(by, finding.review):
        raise NotPermitted("Only the business unit writes to agencies.")
    rows = finding.cited.filter(row__file__agency=agency).values_list("row__number", flat=True)
    told = f"About your row{'s' if len(rows) > 1 else ''} {', '.join(str(number) for number in rows)}. {text.strip()}"
    question = FindingQuestion.objects.create(finding=finding, agency=agency, asked_by=by, asked_at=at or timezone.now())
    question.asked = thread.say(request, text=told, by=by, row=str(rows[0]) if rows else "", at=at)
    question.save(update_fields=["asked"])
    _record("asked", finding, by)
    return question


@transaction.atomic
def record_answer(question: FindingQuestion, *, text: str, by: Account, at: datetime | None = None) -> FindingQuestion:
    """What the agency says of the finding, in its words or as it told the unit."""
    return _settle(question, by=by, answer=text, at=at)


@transaction.atomic
def go_on_without(question: FindingQuestion, *, because: str, by: Account) -> FindingQuestion:
    """An agency that does not answer holds nothing up for ever; why it goes on without is kept."""
    return _settle(question, by=by, because=because)


@transaction.atomic
def go_on_unasked(finding: ChronologyFinding, *, agency: Agency, because: str, by: Account, at: datetime | None = None) -> FindingQuestion:
    """An agency cannot be asked, or need not be; why is kept."""
    finding = locked(finding, by)
    if agency.pk not in cited_agencies(finding):
        raise NotAllowedNow("This finding rests on no row of this agency.")
    if not because.strip():
        raise NotAllowedNow("Say why this agency is not asked.")
    question, made = FindingQuestion.objects.get_or_create(
        finding=finding, agency=agency, defaults={"asked_by": by, "asked_at": at or timezone.now(), "no_answer_because": because.strip()}
    )
    if not made:
        return _settle(question, by=by, because=because)
    _record("not_asked", finding, by)
    return question


@transaction.atomic
def accept(
    finding: ChronologyFinding, *, by: Account, seen_version: int, why_it_made_sense: str = "", is_good_practice: bool = False,
    at: datetime | None = None,
) -> ChronologyFinding:  # fmt: skip
    """A person holds the finding to be so. The agencies cited have had their say, and what it looked like then is said with it."""
    finding = _moving(finding, FindingStatus.ACCEPTED, by, seen_version)
    if finding.kind == "same_event":
        raise NotAllowedNow("Say on the page whether these rows tell of one event.")
    if waiting := unsettled(finding):
        names = ", ".join(sorted(agency.name for agency in waiting))
        raise NotAllowedNow(f"First hear {names}: ask, or say why it goes on without an answer.")
    if not is_good_practice and not why_it_made_sense.strip():
        raise NotAllowedNow("Say why it made sense at the time to those who did it. Good practice needs no such reason.")
    finding.why_it_made_sense, finding.is_good_practice = why_it_made_sense.strip(), is_good_practice
    return _decided(finding, FindingStatus.ACCEPTED, by, at)


@transaction.atomic
def dismiss(finding: ChronologyFinding, *, because: str, by: Account, seen_version: int, at: datetime | None = None) -> ChronologyFinding:
    """A person holds the finding not to be so, or of no use, and says why. It stays on record and keeps quiet."""
    finding = _moving(finding, FindingStatus.DISMISSED, by, seen_version)
    if not because.strip():
        raise NotAllowedNow("Say why this finding is dismissed.")
    finding.because = because.strip()
    return _decided(finding, FindingStatus.DISMISSED, by, at)


@transaction.atomic
def dismiss_kind(review: RapidReview, *, kind: str, because: str, by: Account, at: datetime | None = None) -> int:
    """Every finding of one kind that nobody has looked at yet, with one reason; how many there were."""
    open_ones = ChronologyFinding.objects.filter(review=review, kind=kind, status=FindingStatus.FOUND.value, is_current=True)
    for finding in list(open_ones):
        dismiss(finding, because=because, by=by, seen_version=finding.version, at=at)
    return open_ones.model.objects.filter(review=review, kind=kind, status=FindingStatus.DISMISSED.value).count()


@transaction.atomic
def take_up_again(
    finding: ChronologyFinding, *, because: str, by: Account, seen_version: int, at: datetime | None = None
) -> ChronologyFinding:
    """Look again at a finding that was accepted or dismissed."""
    finding = _moving(finding, FindingStatus.FOUND, by, seen_version)
    if not because.strip():
        raise NotAllowedNow("Say why it is looked at again.")
    finding.because = because.strip()
    return _decided(finding, FindingStatus.FOUND, by, at)


@transaction.atomic
def confirm_same_event(finding: ChronologyFinding, *, by: Account, seen_version: int, at: datetime | None = None) -> ChronologyFinding:
    """The rows tell of one event: they are linked, each in its agency's words, and count once."""
    finding = _moving(finding, FindingStatus.ACCEPTED, by, seen_version)
    first, *others = [cited.row for cited in finding.cited.select_related("row__file")]
    joined = first
    for other in others:
        if other.file.agency_id != joined.file.agency_id:
            chronology_rows.tell_same_event(joined, other=other, by=by)
    return _decided(finding, FindingStatus.ACCEPTED, by, at)


@transaction.atomic
def change_rule(
    review: RapidReview, *, kind: str, is_on: bool, figures: Mapping[str, int], because: str, by: Account, at: datetime | None = None
) -> ChronologyRule:  # fmt: skip
    """Switch a rule of one review on or off, or give it other figures; the rows are read again."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    check_may_weigh(review, by)
    if not because.strip():
        raise NotAllowedNow("Say why this review changes the rule. Readers see it beside the findings.")
    rule, _ = ChronologyRule.objects.update_or_create(
        review=review, kind=kind,
        defaults={
            "is_on": is_on, "figures": checked(kind, figures), "because": because.strip(), "changed_by": by,
            "changed_at": at or timezone.now(),
        },
    )  # fmt: skip
    chronology_analysis.mark_stale(review)
    trail.record("chronology.rule_changed", rule, by=by, kind="K5", matter_id=review.matter_id, fields=[kind])
    return rule


def cited_agencies(finding: ChronologyFinding) -> dict[str, Agency]:
    """The agencies whose rows a finding cites."""
    return {cited.row.file.agency_id: cited.row.file.agency for cited in finding.cited.select_related("row__file__agency")}


def unsettled(finding: ChronologyFinding) -> Iterable[Agency]:
    """Agencies that have not had their say yet."""
    settled = {question.agency_id for question in finding.questions.all() if question.is_settled}
    return [agency for pk, agency in cited_agencies(finding).items() if pk not in settled]


def check_may_weigh(review: RapidReview, by: Account) -> None:
    """The business unit and the panel's chair say what becomes of findings, until the review has ended."""
    if not review_access.can_work_on_chronology(by, review):
        raise NotPermitted("Only those who work on the review say what becomes of findings.")
    if not review_access.chronology_is_open(review):
        raise NotAllowedNow("This review has ended. Its findings stay as they are.")


def locked(finding: ChronologyFinding, by: Account) -> ChronologyFinding:
    """The finding for a change, by somebody who may read every row that it cites."""
    finding = (
        ChronologyFinding.objects.select_for_update(of=("self",)).select_related("review__incident__matter",
        "review__incident__notification")
        .get(pk=finding.pk)
    )  # fmt: skip
    check_may_weigh(finding.review, by)
    if not findings_shown.may_read(by, finding):
        raise NotPermitted("This finding rests on rows that are withheld from you.")
    return finding


def _moving(finding: ChronologyFinding, to: FindingStatus, by: Account, seen_version: int) -> ChronologyFinding:
    finding = locked(finding, by)
    if finding.version != seen_version:
        raise NotAllowedNow(STALE)
    check_move("finding", finding.state, to, moves_from(MOVES, finding.state))
    return finding


def _decided(finding: ChronologyFinding, status: FindingStatus, by: Account, at: datetime | None) -> ChronologyFinding:
    finding.status, finding.decided_by, finding.decided_at = status.value, by, at or timezone.now()
    finding.version += 1
    finding.save()
    _record(status.value, finding, by)
    return finding


def _settle(question: FindingQuestion, *, by: Account, answer: str = "", because: str = "", at: datetime | None = None) -> FindingQuestion:
    finding = locked(question.finding, by)
    question = FindingQuestion.objects.select_for_update().get(pk=question.pk)
    if not answer.strip() and not because.strip():
        raise NotAllowedNow("Write what the agency says, or why it goes on without its answer.")
    if answer.strip():
        question.answer, question.answered_at, question.no_answer_because = answer.strip(), at or timezone.now(), ""
    else:
        question.no_answer_because = because.strip()
    question.save()
    _record("answered" if answer.strip() else "not_answered", finding, by)
    return question


def _record(what: str, finding: ChronologyFinding, by: Account) -> None:
    trail.record(f"chronology_finding.{what}", finding, by=by, kind="K5", matter_id=finding.matter_id)
