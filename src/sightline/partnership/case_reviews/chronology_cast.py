"""Who is who in a review's chronologies: by generation, by what the review calls them, with the rows that name them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sightline.partnership.case_reviews import combined_chronology, routes
from sightline.partnership.case_reviews.chronology_people import glossary_of
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.need_to_know.access import Standing

GENERATIONS: Final = (
    ("Grandparents and their generation", ("grandparent",)),
    ("Parents, carers and their partners", (
        "mother", "father", "step_parent", "parents_partner", "foster_carer", "special_guardian", "adoptive_parent", "private_foster_carer",
        "residential_worker", "aunt_or_uncle",
    )),
    ("Children", ("child", "sibling", "half_or_step_sibling", "own_partner", "own_child")),
)  # fmt: skip


# By these reviews tell people apart without names. None is an abbreviation of a service.
ROLE_CODES: Final = {
    "child": "CH", "mother": "MO", "father": "FA", "step_parent": "STP", "parents_partner": "PTN", "grandparent": "GRP", "sibling": "SIB",
    "half_or_step_sibling": "HSIB", "aunt_or_uncle": "AUN", "foster_carer": "FCA", "special_guardian": "SPG", "adoptive_parent": "ADP",
    "private_foster_carer": "PFC", "residential_worker": "RWK", "own_partner": "OWP", "own_child": "OWC",
}  # fmt: skip


LISTED: Final = {"practitioner": "Practitioners", "bystander": "Other people", "place": "Places and services"}


@dataclass
class Somebody:
    """One person as the review calls them."""

    called: str
    relation: str
    lives_with_child: str = ""
    code: str = ""
    rows: Counter[str] = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None

    @property
    def told(self) -> list[tuple[str, int]]:
        """How many rows of which agency."""
        return sorted(self.rows.items())


def of_review(review: RapidReview, how: Standing) -> list[tuple[str, list[Somebody]]]:
    """Everybody of the matter under codes, in generations; only rows that this reader may read are counted."""
    combined = combined_chronology.of_review(review, how)
    relations = {row.person_id: row for row in review.incident.significant_people.all()}
    by_pk: dict[str, tuple[str, Somebody]] = {}
    for each in routes.people_of(review):
        relation = relations.get(each.matter_person.person_id)
        kind = "child" if each.is_child else relation.relationship if relation else ""
        words = "The child of the review" if each.is_child else relation.get_relationship_display() if relation else "Not said"
        lives = relation.get_lives_with_child_display() if relation and relation.lives_with_child else ""
        by_pk[each.matter_person.pk] = (kind, Somebody(each.called, words, lives, _code(kind, [one for one, _ in by_pk.values()])))
    entries = {entry.pk: (entry.kind, Somebody(entry.called, entry.about or entry.get_kind_display())) for entry in glossary_of(review)}
    by_pk |= entries
    for row in combined.rows:
        for pk in row.people:
            if pk in by_pk:
                person = by_pk[pk][1]
                person.rows[row.code] += 1
                if row.when.is_known and row.when.start:
                    person.first = min(person.first or row.when.start, row.when.start)
                    person.last = max(person.last or row.when.start, row.when.end or row.when.start)
    found = [(title, [person for kind, person in by_pk.values() if kind in kinds]) for title, kinds in GENERATIONS]
    known = {kind for _, kinds in GENERATIONS for kind in kinds}
    others = [person for pk, (kind, person) in by_pk.items() if kind not in known and pk not in entries]
    listed = [(title, [person for kind, person in entries.values() if kind == code]) for code, title in LISTED.items()]
    return [*found, ("Others", others), *listed]


def _code(kind: str, before: list[str]) -> str:
    """A role code with a number from the second of a kind on; children and siblings have one from the first."""
    code = ROLE_CODES.get(kind, "OTH")
    number = before.count(kind) + 1
    return f"{code}{number}" if number > 1 or code in ("CH", "SIB", "HSIB", "OTH") else code
