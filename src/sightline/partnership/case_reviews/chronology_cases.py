"""A review's kept rows as one case for the rules, in their agencies' own words, and the people whom the matter knows."""

import hashlib
from collections.abc import Iterable

from django.db.models import QuerySet

from sightline.partnership.case_reviews import routes
from sightline.partnership.case_reviews.combined_chronology import COUNTED
from sightline.partnership.case_reviews.models import ChronologyFile, ChronologyRow, ChronologyRule, RapidReview
from sightline.partnership.people.models import Person
from sightline.procedures.chronology.findings.entries import Case, Entry, KnownPerson
from sightline.procedures.chronology.findings.rules import Settings

# The role codes of the rules for how the people of a matter are related; whoever is not listed keeps the name that the review gives them.
CODES = {
    "mother": "MO", "father": "FA", "step_parent": "MP", "parents_partner": "MP", "sibling": "SIB1", "half_or_step_sibling": "SIB2",
    "grandparent": "MGM",
}  # fmt: skip


def case_of(review: RapidReview) -> Case:
    """Every row that counts, with what stood outside the rows of its file."""
    files = list(review.chronologies.filter(status__in=COUNTED).select_related("agency"))
    by_pk = {file.pk: file for file in files}
    entries = tuple(_entry(row, by_pk[row.file_id]) for row in _rows(files).iterator(chunk_size=2000))
    preamble = tuple(line.get("text", "") for file in files for line in file.explained if line.get("fate") in ("outside", "family"))
    return Case(entries, people=tuple(_people(review)), preamble=preamble)


def settings_of(review: RapidReview) -> Settings:
    """Which rules the review runs, and with which figures."""
    chosen = list(ChronologyRule.objects.filter(review=review))
    figures = {name: value for rule in chosen for name, value in rule.figures.items()}
    return Settings(off=frozenset(rule.kind for rule in chosen if not rule.is_on), figures=figures)


def mark_of(review: RapidReview) -> str:
    """Changes whenever a row, a file, somebody of the matter or a rule does."""
    told = [
        *_rows(review.chronologies.filter(status__in=COUNTED)).order_by("pk").values_list("pk", "version", "same_event", "file_id"),
        *ChronologyRule.objects.filter(review=review).order_by("kind").values_list("kind", "is_on", "figures"),
        *sorted(repr(person) for person in _people(review)),
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _rows(files: Iterable[ChronologyFile]) -> QuerySet[ChronologyRow]:
    return ChronologyRow.objects.filter(file__in=files)


def _entry(row: ChronologyRow, file: ChronologyFile) -> Entry:
    return Entry(
        id=row.pk, agency=file.agency_id, agency_name=file.agency.name, start=row.date_from, end=row.date_to,
        is_exact=row.precision == "exact" and not row.is_uncertain, at=row.time, event=row.event, action=row.action, comment=row.comment,
        source=row.source, shared_with=row.shared_with, recorded=row.recorded_on, seen=row.child_seen, same_event=row.same_event,
    )  # fmt: skip


def _people(review: RapidReview) -> Iterable[KnownPerson]:
    """The people of the matter by the codes of the rules; two of one relationship are told apart by the review's own names for them."""
    asked = routes.people_of(review)
    vault = Person.objects.in_bulk([each.matter_person.person_id for each in asked])
    relations = {row.person_id: row.relationship for row in review.incident.significant_people.all()}
    taken: set[str] = set()
    for each in asked:
        person = vault[each.matter_person.person_id]
        wanted = "CH" if each.is_child else CODES.get(relations.get(person.pk, ""), "")
        code = wanted if wanted and wanted not in taken else each.called
        taken.add(code)
        names = [f"{person.given_name} {person.family_name}".strip(), *(part.strip() for part in person.also_known_as.split(","))]
        yield KnownPerson(code, names=tuple(name for name in names if name), is_subject=each.is_child)
