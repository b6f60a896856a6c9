"""The facts of a case that stand in its rapid review's report: read as they are, under pseudonyms, with what is marked held back."""

from collections.abc import Iterator
from typing import Final

from sightline.partnership.agencies.models import Partnership
from sightline.partnership.case_reviews.answers_shown import Marks, in_words
from sightline.partnership.case_reviews.models import AgencyRequest, AgencyReturn, ChronologyRow, ProposedDecision, RapidReview
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.people import pseudonyms
from sightline.procedures import code_lists, review_decision
from sightline.procedures.access.allow import SEALS
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.agency_return import agency_return
from sightline.procedures.review_report import Fact
from sightline.procedures.safety import GROUPS
from sightline.procedures.working_days import long_date

NOT_RECORDED: Final = "Not recorded"
NOTHING_SHOWS: Final = "No row received shows"
KEY_ROWS: Final = ("key", "critical", "turning_point")
GOOD_ROWS: Final = ("good_practice",)
_KEPT: Final = (AgencyRequestStatus.ACCEPTED, AgencyRequestStatus.NIL_ACCEPTED)
Answers = list[tuple[AgencyRequest, AgencyReturn, Marks]]


def gather(review: RapidReview, *, decision_number: int) -> dict[str, tuple[Fact, ...]]:
    """Every group of facts, by the name under which the parts of a report ask for it."""
    answers = _accepted(review)
    decision = ProposedDecision.objects.filter(review=review, number=decision_number).prefetch_related("criteria").first()
    return {
        "header": tuple(_header(review, decision_number)),
        "children": tuple(_children(review)),
        "agencies": tuple(_agencies(review)),
        "safety": (*_safety(review), *_said(answers, "immediate_actions")),
        "incident": tuple(_incident(review)),
        "involvement": tuple(_said(answers, "summary")),
        "episodes": tuple(_rows(review, KEY_ROWS))
        or (Fact("Key practice episodes", f"{NOTHING_SHOWS} an episode that was marked as key."),),
        "voice": (
            *_said(answers, "child_seen"), *_said(answers, "child_spoken_to_alone"),
            *(tuple(_said(answers, "voice")) or (Fact("The child’s voice", f"{NOTHING_SHOWS} what the child said or showed."),)),
        ),
        "analysis": (*_said(answers, "analysis"), *_said(answers, "could_be_better"), *_said(answers, "practice_context")),
        "good_practice": (*_said(answers, "worked_well"), *_rows(review, GOOD_ROWS)),
        "identity": tuple(_said(answers, "identity_considered")),
        "learning": tuple(_learning(review, answers)),
        "criteria": tuple(_criteria(review, decision)),
        "decision": tuple(_decision(decision)),
        "proceedings": tuple(_proceedings(review)),
        "family": tuple(_family(review)),
        "signatures": tuple(_signatures(review)),
    }  # fmt: skip


def _accepted(review: RapidReview) -> Answers:
    """The newest version of each answer that was accepted, agencies in order of their names."""
    found: Answers = []
    for request in review.requests.select_related("agency").prefetch_related("returns").order_by("agency__name", "asked_at"):
        versions = list(request.returns.all())
        if request.status in _KEPT and versions:
            found.append((request, versions[-1], Marks.of(versions[-1])))
    return found


def _header(review: RapidReview, decision_number: int) -> Iterator[Fact]:
    incident, sent = review.incident, getattr(review.incident, "notification", None)
    partnership = Partnership.current()
    yield Fact("Review", review.matter.reference)
    yield Fact("Partnership", partnership.name if partnership else NOT_RECORDED)
    yield Fact("Day of the incident", long_date(incident.happened_on) if incident.happened_on else NOT_RECORDED)
    yield Fact("Notified to the Panel", long_date(as_london_date(sent.notified_at)) if sent else NOT_RECORDED)
    yield Fact("National reference", (sent.national_reference if sent else "") or NOT_RECORDED)
    yield Fact("Guidance", review.guidance_title or NOT_RECORDED)
    yield Fact("Rules", review.rules.title)
    if decision_number > 1:
        yield Fact("Decision", f"Decision {decision_number}, after the National Panel’s reply")


def _children(review: RapidReview) -> Iterator[Fact]:
    for child in review.incident.children.select_related("person", "incident"):
        person, age = child.person, child.age_at_incident
        disabilities = ", ".join(code_lists.label("disability", code) for code in person.disabilities)
        told = [
            "unborn" if person.is_unborn else f"aged {age} at the incident" if age is not None else "age not recorded",
            person.get_sex_display().lower() if person.sex else "sex not recorded",
            f"ethnicity: {person.get_ethnicity_display()}" if person.ethnicity else "ethnicity not recorded",
            *([f"disability: {disabilities}"] if disabilities else []),
            f"outcome: {child.get_outcome_display().lower()}",
            *([", ".join(child.harm_labels).lower()] if child.harm else []),
        ]
        yield Fact(f"Child {child.position}", "; ".join(told))
    # Nobody's sex is told apart from the children's: in a small place it tells which of a family is meant.
    people = list(review.incident.significant_people.all())
    codes = pseudonyms.codes_for([row.relationship for row in people])
    for called, row in zip(codes, people, strict=True):
        yield Fact(called, f"lives with the child: {(row.get_lives_with_child_display() or NOT_RECORDED).lower()}")


def _agencies(review: RapidReview) -> Iterator[Fact]:
    for request in review.requests.select_related("agency").order_by("agency__name", "asked_at"):
        status, versions = AgencyRequestStatus(request.status), list(request.returns.all())
        if status == AgencyRequestStatus.NIL_ACCEPTED:
            yield Fact(str(request.agency), "Searched, and knows nobody")
        elif versions:
            told = f"Answered on {long_date(as_london_date(versions[0].submitted_at))}"
            yield Fact(str(request.agency), told if status in _KEPT else f"{told}; {_not_kept(status)}")
        elif status == AgencyRequestStatus.WITHDRAWN:
            yield Fact(str(request.agency), f"No return; no longer asked: {request.withdrawn_because}")
        else:
            yield Fact(str(request.agency), "No return")


def _not_kept(status: AgencyRequestStatus) -> str:
    return "no longer asked" if status == AgencyRequestStatus.WITHDRAWN else "not accepted yet, so nothing of it is told here"


def _safety(review: RapidReview) -> Iterator[Fact]:
    latest = {row.group: row for row in review.incident.safety_answers.all()}
    for code, title in GROUPS.items():
        row = latest.get(code)
        yield Fact(title, f"{row.get_answer_display()}. {row.what_was_done}".strip() if row else "No answer yet")
    for number, concern in enumerate(review.incident.immediate_concerns.all(), start=1):
        answered = concern.what_was_done or "Not answered yet"
        yield Fact(f"Immediate concern {number}", answered, f"raised on {long_date(as_london_date(concern.raised_at))}")


def _incident(review: RapidReview) -> Iterator[Fact]:
    incident = review.incident
    yield Fact("As it was raised", incident.summary or NOT_RECORDED)
    yield Fact("Grounds", incident.grounds or NOT_RECORDED)
    if incident.family_context_labels:
        yield Fact("Context", ", ".join(incident.family_context_labels))


def _said(answers: Answers, code: str) -> Iterator[Fact]:
    """What each agency answered to one question; what is marked is named as withheld and never copied."""
    question = next(field for section in agency_return().sections for field in section.fields if field.code == code)
    for request, version, marks in answers:
        words = version.answers.get(code)
        if not words:
            continue
        if seals := marks.on_question(code):
            yield Fact(str(request.agency), _withheld(seals), question.label)
        else:
            yield Fact(str(request.agency), in_words(question, words, {}), question.label)


def _withheld(seals: list[str]) -> str:
    return "Withheld from the report: marked “" + "”, “".join(SEALS.get(seal, seal) for seal in dict.fromkeys(seals)) + "”"


def _rows(review: RapidReview, significance: tuple[str, ...]) -> Iterator[Fact]:
    """Rows of chronologies that were marked so; of a row or a file that is sealed, only that it is."""
    rows = ChronologyRow.objects.filter(file__review=review, file__status="kept", significance__in=significance)
    for row in rows.select_related("file__agency", "file__document").order_by("date_from", "time", "pk"):
        seals = [seal for seal in (row.seal, row.file.document.seal if row.file.document else "") if seal]
        when = row.date_as_written or (long_date(row.date_from) if row.date_from else NOT_RECORDED)
        yield Fact(when, _withheld(seals) if seals else str(row.shown.get("event") or row.event), f"{row.file.agency}, row {row.number}")


def _learning(review: RapidReview, answers: Answers) -> Iterator[Fact]:
    for point in review.incident.learning_points.filter(withdrawn_because="", source="rapid_review"):
        yield Fact("Good practice" if point.is_good_practice else f"Learning point {point.number}", point.text)
    for request, version, marks in answers:
        for number, row in enumerate(version.answers.get("learning") or (), start=1):
            if seals := [*marks.on_question("learning"), *marks.on_row("learning", f"learning:{number}", row)]:
                yield Fact(str(request.agency), _withheld(seals))
                continue
            told = [row.get("learning", ""), row.get("action", ""), row.get("owner", ""), row.get("due_on", "")]
            yield Fact(str(request.agency), "; ".join(str(each) for each in told if each), "its own learning")


def _criteria(review: RapidReview, decision: ProposedDecision | None) -> Iterator[Fact]:
    answered = {row.criterion: row for row in decision.criteria.all()} if decision else {}
    for criterion in review_decision.criteria(as_london_date(review.opened_at)):
        row = answered.get(criterion.code)
        yield Fact(criterion.title, f"{row.get_answer_display()}. {row.reasons}" if row else "Not answered yet")


def _decision(decision: ProposedDecision | None) -> Iterator[Fact]:
    if decision is None or not decision.outcome:
        yield Fact("Decision", "Not proposed yet")
        return
    yield Fact("Decision", decision.get_outcome_display())
    yield Fact("Reasons", decision.rationale or NOT_RECORDED)
    for code, why_not in sorted(decision.options.items()):
        yield Fact(f"Considered: {dict(review_decision.OUTCOMES).get(code, code)}", why_not)
    if decision.proposed_scope:
        yield Fact("Scope and lines of enquiry", decision.proposed_scope)


def _proceedings(review: RapidReview) -> Iterator[Fact]:
    rows = list(review.incident.parallel_proceedings.all())
    for row in rows:
        yield Fact(row.get_kind_display(), row.stage or "Stage not recorded")
    if not rows:
        yield Fact("Proceedings", "None recorded")


def _family(review: RapidReview) -> Iterator[Fact]:
    rows = list(review.incident.family_contacts.all())
    for row in rows:
        # Who spoke with them is a practitioner, and no report names one.
        yield Fact(long_date(as_london_date(row.happened_at)), f"Spoken with: {row.told_whom}")
    if not rows:
        yield Fact("Contact with the family", "None recorded")


def _signatures(review: RapidReview) -> Iterator[Fact]:
    on = as_london_date(review.opened_at)
    for role in review.rules.sign_roles:
        if role.period.covers(on):
            yield Fact(role.role.replace("_", " ").capitalize(), role.signs)
