"""Who is who in a review's chronologies: by generation, by what the review calls them, with the rows that name them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sightline.partnership.case_reviews import combined_chronology, routes
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


@dataclass
class Somebody:
    """One person as the review calls them."""

    called: str
    relation: str
    lives_with_child: str
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
        by_pk[each.matter_person.pk] = (kind, Somebody(each.called, words, lives))
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
    return [*found, ("Others", [person for kind, person in by_pk.values() if kind not in known])]
