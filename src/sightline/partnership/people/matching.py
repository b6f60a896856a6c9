"""Records in the vault that may be the same person as one that has been written down."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from sightline.partnership.people import comparing
from sightline.partnership.people.comparing import Identity
from sightline.partnership.people.models import Person, SearchKey

MOST_COMPARED = 400
MOST_SHOWN = 20


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the same person: why, and what speaks against it, in words."""

    person: Person
    reasons: tuple[str, ...]
    differences: tuple[str, ...] = ()


def candidates(person: Person, *, among: QuerySet[Person] | None = None) -> list[Candidate]:
    """Who in the vault may be this person, the likeliest first.

    `among` limits whom the reader may learn of. It is the caller's, because only a room above knows whose matters these are.
    """
    pool = (Person.objects.all() if among is None else among).exclude(pk__in=records_of(person))
    return look_up(person.identity_shown, among=pool)


def look_up(identity: Identity, *, among: QuerySet[Person]) -> list[Candidate]:
    """Who among some people may be the person described, the likeliest first."""
    shared = (
        SearchKey.objects.filter(key__in=comparing.search_keys(identity), person__in=among)
        .values("person").annotate(number=Count("id")).order_by("-number", "person")[:MOST_COMPARED]
    )  # fmt: skip
    found = []
    for other in Person.objects.filter(pk__in=[row["person"] for row in shared]).prefetch_related("addresses"):
        comparison = comparing.compare(identity, other.identity_shown)
        if comparison.is_worth_a_look:
            found.append((comparison, other))
    found.sort(key=lambda pair: (-pair[0].strong_reasons, len(pair[0].differences), -len(pair[0].reasons), pair[1].pk))
    return [Candidate(other, comparison.reasons, comparison.differences) for comparison, other in found[:MOST_SHOWN]]


def records_of(person: Person) -> set[str]:
    """Every record that has been said to be this person, itself included."""
    first = person
    while first.same_as is not None:
        first = first.same_as
    known, newest = {first.pk}, {first.pk}
    while newest:
        newest = set(Person.objects.filter(same_as__in=newest).values_list("pk", flat=True)) - known
        known |= newest
    return known
