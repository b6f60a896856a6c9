"""Who might be the same person: what two written identities share and where they differ, said in words, never as a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz.distance import DamerauLevenshtein

from sightline.partnership.people import identifiers, names

# A pregnancy runs to about 40 weeks: a child may be born 17 weeks before the expected date (viability) or three after it.
LONGEST_BEFORE_EXPECTED = timedelta(weeks=17)
LONGEST_AFTER_EXPECTED = timedelta(weeks=3)
EXPECTED_DATES_APART = timedelta(days=35)  # two estimates of one pregnancy, before and after a scan

NAME_REASONS = {
    "same": "Same {which} name",
    "short form": "One {which} name is a short form or another spelling of the other",
    "spelling": "{Which} names are spelt almost the same",
    "sound": "{Which} names sound alike",
}


KNOWN_AS = "One is also known by a name of the other"


@dataclass(frozen=True)
class Identity:
    """What one record says of a person, as far as it helps to tell people apart."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    also_known_as: tuple[str, ...] = ()
    born_on: date | None = None
    expected_on: date | None = None
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    social_care_id: str = ""
    postcodes: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, *, given_name: str = "", family_name: str = "", also_known_as: str = "", born_on: date | None = None,
        expected_on: date | None = None, sex: str = "", nhs_number: str = "", upn: str = "", social_care_id: str = "",
        postcodes: Iterable[str] = (),
    ) -> "Identity":  # fmt: skip
        """An identity from what somebody typed."""
        return cls(
            given=names.words(given_name), family=names.words(family_name), also_known_as=names.words(also_known_as),
            born_on=born_on, expected_on=expected_on, sex="" if sex == "not_known" else sex,
            nhs_number=identifiers.clean_number(nhs_number) if identifiers.is_nhs_number(nhs_number) else "",
            upn=identifiers.clean_number(upn), social_care_id=identifiers.clean_number(social_care_id),
            postcodes=frozenset(identifiers.clean_number(postcode) for postcode in postcodes if identifiers.is_postcode(postcode)),
        )  # fmt: skip

    @property
    def has_name(self) -> bool:
        return bool(self.given or self.family or self.also_known_as)


@dataclass(frozen=True)
class Comparison:
    """What speaks for two records being one person, what speaks against, and whether it is worth a person's look."""

    is_worth_a_look: bool
    reasons: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    strong_reasons: int = 0


@dataclass(frozen=True)
class Evidence:
    """One thing compared: how strong the likeness is (0 none, 1 alike, 2 the same), and what to say either way."""

    strength: int = 0
    reason: str = ""
    difference: str = ""


def compare(one: Identity, other: Identity) -> Comparison:
    """Compare two identities; the order in which they are given makes no difference."""
    family, given = compare_names(one, other)
    born = compare_dates(one, other)
    place = Evidence(2, "Same postcode, now or before") if one.postcodes & other.postcodes else Evidence()
    numbers = [
        compare_numbers("NHS number", one.nhs_number, other.nhs_number),
        compare_numbers("unique pupil number", one.upn, other.upn),
        compare_numbers("social care number", one.social_care_id, other.social_care_id),
    ]
    sex = Evidence(difference="Sex is recorded differently") if one.sex and other.sex and one.sex != other.sex else Evidence()

    parts = [*numbers, born, family, given, place, sex]
    reasons = tuple(part.reason for part in parts if part.reason)
    differences = [part.difference for part in parts if part.difference]
    if born.strength == 2 and family.strength and given.difference and (place.strength or not (one.postcodes and other.postcodes)):
        differences.append("Born on the same day with another given name: could be a twin")

    name_strength = family.strength + given.strength
    is_nameless = not one.has_name or not other.has_name
    is_expected = any(identity.expected_on and not identity.born_on for identity in (one, other))
    worth = (
        any(number.strength for number in numbers)
        or bool(family.strength and given.strength and (born.strength or place.strength or not born.difference))
        or bool(born.strength and place.strength and (name_strength or is_nameless))
        or bool(name_strength >= 2 and not given.difference and born.strength == 2 and not is_expected)
        or bool(family.strength == 2 and not given.difference and is_expected and born.strength)
        or bool(name_strength >= 2 and not given.difference and not born.difference and place.strength)
    )
    return Comparison(worth, reasons, tuple(differences), strong_reasons=sum(part.strength == 2 for part in parts))


def compare_names(one: Identity, other: Identity) -> tuple[Evidence, Evidence]:
    """Family and given names; also names the other way round, and any other name by which a person is known."""
    family = name_evidence("family", one.family, other.family)
    given = name_evidence("given", one.given, other.given)
    if family.strength and given.strength:
        return family, given
    swapped = names.likeness(one.family, other.given), names.likeness(one.given, other.family)
    if all(swapped):
        both = Evidence(2 if swapped == ("same", "same") else 1, "Family and given names are the other way round")
        return both, Evidence(both.strength)
    # An alias is one box, so either of its words may be a given or a family name.
    if not family.strength and any_likeness((one.also_known_as, other.family), (other.also_known_as, one.family)):
        family = Evidence(1, KNOWN_AS)
    if not given.strength and any_likeness((one.also_known_as, other.given), (other.also_known_as, one.given)):
        given = Evidence(1, "" if family.reason == KNOWN_AS else KNOWN_AS)
    return family, given


def any_likeness(*pairs: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    return any(names.likeness(ones, others) for ones, others in pairs)


def name_evidence(which: str, ones: tuple[str, ...], others: tuple[str, ...]) -> Evidence:
    if not ones or not others:
        return Evidence()
    how = names.likeness(ones, others)
    if not how and which == "given" and any(names.begin_alike(one, other) for one in ones for other in others):
        return Evidence(1, "Given names begin alike")  # short forms that no list knows
    if not how:
        return Evidence(difference=f"{which.capitalize()} names differ")
    reason = NAME_REASONS[how].format(which=which, Which=which.capitalize())
    return Evidence(2 if how == "same" else 1, reason)


def compare_dates(one: Identity, other: Identity) -> Evidence:
    if one.born_on and other.born_on:
        return compare_births(one.born_on, other.born_on)
    if one.expected_on and other.expected_on and not one.born_on and not other.born_on:
        apart = abs(one.expected_on - other.expected_on)
        if apart <= EXPECTED_DATES_APART:
            return Evidence(2 if not apart else 1, "Both are expected at about the same time")
        return Evidence(difference="They are expected at different times")
    for born, expected in ((one.born_on, other.expected_on), (other.born_on, one.expected_on)):
        if born and expected:
            if expected - LONGEST_BEFORE_EXPECTED <= born <= expected + LONGEST_AFTER_EXPECTED:
                return Evidence(1, "One was born about when the other was expected")
            return Evidence(difference="One was not born when the other was expected")
    return Evidence()


def compare_births(one: date, other: date) -> Evidence:
    """Two dates of birth, with the ways in which they are commonly mistyped."""
    if one == other:
        return Evidence(2, "Same date of birth")
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return Evidence(1, "Dates of birth have day and month the other way round")
    if (one.month, one.day) == (other.month, other.day):
        return Evidence(1, "Dates of birth differ only in the year") if abs(one.year - other.year) in (1, 10) else differ("Dates of birth")
    if one.year == other.year and DamerauLevenshtein.distance(f"{one:%d%m}", f"{other:%d%m}") == 1:
        return Evidence(1, "Dates of birth differ in one digit")
    return differ("Dates of birth")


def compare_numbers(which: str, one: str, other: str) -> Evidence:
    if not one or not other:
        return Evidence()
    return Evidence(2, f"Same {which}") if one == other else differ(f"{which[0].upper()}{which[1:]}s")


def differ(what: str) -> Evidence:
    return Evidence(difference=f"{what} differ")


def search_keys(identity: Identity) -> set[str]:
    """What to look a person up by: two people whom `compare` finds worth a look share at least one of these, save for rare misspellings."""
    keys = {f"nhs:{identity.nhs_number}"} if identity.nhs_number else set()
    if identity.upn:
        keys.add(f"upn:{identity.upn}")
    if identity.social_care_id:
        keys.add(f"scid:{identity.social_care_id}")
    keys |= {f"post:{postcode}" for postcode in identity.postcodes}
    if identity.born_on:
        keys.add(f"born:{identity.born_on:%Y-%m-%d}")
        if identity.born_on.day <= 12:
            keys.add(f"born:{identity.born_on:%Y-%d-%m}")
    family_words, given_words = {*identity.family, *identity.also_known_as}, {*identity.given, *identity.also_known_as}
    families, givens = sounds_of(family_words), sounds_of(given_words)
    keys |= name_keys(families, given_words) | name_keys(givens, family_words)
    keys |= {f"name:{min(one, other)}&{max(one, other)}" for one in short_forms_of(family_words) for other in short_forms_of(given_words)}
    keys |= {f"due:{family[:4]}:{month}" for family in families for month in months_of_birth(identity)}
    return keys


def sounds_of(words: Iterable[str]) -> set[str]:
    return {names.sound(word) for word in words} - {""}


def short_forms_of(words: Iterable[str]) -> set[int]:
    """The families of given names to which any of these words belongs."""
    return {number for word in words for number in names.short_forms().get(word, ())}


def name_keys(sounds: Iterable[str], others: Iterable[str]) -> set[str]:
    """One name by its sound with the other by its first sound, and by the short forms it belongs to."""
    keys = set()
    for heard in sounds:
        for word in others:
            if names.sound(word):
                keys.add("name:" + "|".join(sorted((heard[:4], names.sound(word)[:1]))))
            keys |= {f"name:{heard[:4]}|{number}" for number in short_forms_of([word])}
    return keys


def months_of_birth(identity: Identity) -> set[str]:
    """The month of birth, or the months in which an unborn child may be born; asked only where a name is hard to come by."""
    if identity.born_on:
        return {f"{identity.born_on:%Y-%m}"}
    if not identity.expected_on:
        return set()
    earliest, latest = identity.expected_on - LONGEST_BEFORE_EXPECTED, identity.expected_on + LONGEST_AFTER_EXPECTED
    return {f"{earliest + timedelta(days=days):%Y-%m}" for days in range((latest - earliest).days + 1)}
