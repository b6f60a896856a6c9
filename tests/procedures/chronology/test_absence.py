"""Everything planted is found, however it is written; what is found says where; what is clean stays clean."""

import random
from datetime import date

import pytest
from benchmarks.chronology_worlds.banks import bank
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.chronology.absence import PROVES, Absence, listed_of

PLANTED = 500
FILLER = "On this day the worker called at the home and nothing else was recorded. "


def people() -> list[tuple[str, str, date, str, str, str]]:
    """Invented people with a day of birth, a number, an address and a school."""
    words, rng = bank("first"), random.Random("absence")
    found = []
    for number, forename in enumerate((*words.forenames_f, *words.forenames_m)):
        born = date(2005, 1, 1).fromordinal(date(2005, 1, 1).toordinal() + 131 * number)
        digits = f"999{rng.randrange(10**6, 10**7)}"
        address = f"{number + 2} {words.streets[number % len(words.streets)]}"
        found.append(
            (forename, words.surnames[number % len(words.surnames)], born, digits, address, words.schools[number % len(words.schools)])
        )
    return found


def spellings(forename: str, surname: str, born: date, digits: str, address: str, school: str) -> list[str]:
    return [
        f"{forename} {surname}", f"{surname.upper()}, {forename}", forename, forename.upper(), f"{forename}\n{surname}",
        f"{forename[0]}. {surname}",
        forename[:-2] + forename[-1] + forename[-2], f"{forename[0]}{surname[0]}", f"{forename[:2]}\u200b{forename[2:]}",
        f"{born:%d/%m/%Y}", f"{born:%d.%m.%y}", f"{born.day} {born:%B %Y}", born.isoformat(), f"{born:%B} {born.day}, {born.year}",
        digits, f"{digits[:3]} {digits[3:6]} {digits[6:]}", f"{digits[:3]}-{digits[3:6]}-{digits[6:]}", address, address.upper(),
        address.replace(" ", "  "), school, school.lower(),
    ]  # fmt: skip


def test_all_of_five_hundred_planted_identifiers_are_found() -> None:
    everybody = people()
    known = [
        each
        for number, (forename, surname, born, digits, address, school) in enumerate(everybody)
        for each in listed_of(
            of=f"P{number}", names=[f"{forename} {surname}"], born_on=born, numbers=[digits], addresses=[address], schools=[school]
        )
    ]
    scan = Absence(known)
    planted = [spelling for person in everybody for spelling in spellings(*person)][:PLANTED]
    assert len(planted) == PLANTED

    missed = [
        spelling
        for spelling in planted
        if not any(spelling.strip() in hit.words or hit.words in spelling for hit in scan.hits(f"{FILLER}{spelling}. {FILLER}"))
    ]

    assert missed == []


def test_hit_says_what_it_is_and_where() -> None:
    scan = Absence(listed_of(of="Child 1", names=["Tansy Quillon"], born_on=date(2012, 5, 4)))

    [first, second] = scan.hits("Seen with QUILLON, Tansy (born 4th of May 2012).")

    assert (first.listed.of, first.words) == ("Child 1", "QUILLON, Tansy")
    assert (second.listed.kind, second.words) == ("date of birth", "4th of May 2012")


@pytest.mark.parametrize("text", ["", FILLER, "The tan quill was on the table on 4 May 2013.", "TQM meeting", "Number 9991 of the log"])
def test_clean_text_stays_clean(text: str) -> None:
    scan = Absence(listed_of(of="Child 1", names=["Tansy Quillon"], born_on=date(2012, 5, 4), numbers=["9991234567"]))

    assert scan.hits(text) == []


def test_it_says_what_it_does_not_prove() -> None:
    assert "proves only" in PROVES


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["Tansy", "TANSY", "Tansy Quillon", "Quillon, Tansy", "04/05/2012"]))
def test_whatever_stands_around_it(before: str, after: str, planted: str) -> None:
    scan = Absence(listed_of(of="Child 1", names=["Tansy Quillon"], born_on=date(2012, 5, 4)))

    assert scan.hits(f"{before} | {planted} | {after}")
