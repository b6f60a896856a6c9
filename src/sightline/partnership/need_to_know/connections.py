"""Whether an entry of somebody's private list is a person named in a matter, or where that person lives."""

import re

from sightline.partnership.need_to_know.models import ExclusionEntry
from sightline.partnership.people.comparing import Identity, compare_dates, compare_names
from sightline.partnership.people.identifiers import clean_number
from sightline.partnership.people.models import Person

SAME = 2


def is_connected(entry: ExclusionEntry, person: Person) -> bool:
    """Names alike, by spelling or by sound, and the same date of birth or postcode; for a place, the same house.

    Where the matter knows neither date of birth nor postcode, the very same names are enough: a wrong block can be lifted, a leak cannot.
    """
    if entry.is_place:
        return any(_is_same_house(entry, address.lines, address.postcode) for address in person.addresses.all())
    theirs, listed = person.identity, entry.identity
    family, given = compare_names(listed, theirs)
    if not (family.strength and given.strength):
        return False
    if compare_dates(listed, theirs).strength == SAME or listed.postcodes & theirs.postcodes:
        return True
    return family.strength == given.strength == SAME and not _can_be_told_apart(theirs)


def _can_be_told_apart(theirs: Identity) -> bool:
    return bool(theirs.born_on or theirs.expected_on or theirs.postcodes)


def _is_same_house(entry: ExclusionEntry, lines: str, postcode: str) -> bool:
    """The same postcode, and no house number that says otherwise."""
    if not postcode or clean_number(entry.postcode) != clean_number(postcode):
        return False
    ours, theirs = _house_number(entry.first_line), _house_number(lines)
    return not ours or not theirs or ours == theirs


def _house_number(line: str) -> str:
    """The number of a house as it stands in an address, with its letter: '14a'."""
    found = re.search(r"\d+\s?[a-z]?\b", line.casefold())
    return found.group().replace(" ", "") if found else ""
