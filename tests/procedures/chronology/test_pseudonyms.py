"""Names of invented people in many forms, each of which must give way to what the review calls them."""

from datetime import date

import pytest

from sightline.procedures.chronology.pseudonyms import Known, Pseudonyms

TANSY = Known(
    "c1", "Child 1", given="Tansy Maud", family="Quernthistle", other_names=("TQ", "Tansybell"), born_on=date(2013, 3, 4),
    nhs_number="9434765919", addresses=(("3 Mushroom Lane, Fenwick", "ZZ9 9ZZ"),), school="Fenwick Invented Primary",
    phones=("01632 960123",),
)  # fmt: skip
VERITY = Known("m", "Mother", given="Verity", family="Quernthistle")
UNCLE = Known("u", "Uncle", given="Ignatius", family="O'Slip-Öhrn")


@pytest.fixture(scope="module")
def pseudonyms():
    return Pseudonyms([TANSY, VERITY, UNCLE])


@pytest.mark.parametrize(
    ("text", "told", "people"),
    [
        ("Tansy was seen.", "Child 1 was seen.", ("c1",)),
        ("QUERNTHISTLE, Tansy seen", "Child 1 seen", ("c1",)),
        ("Tansy Maud Quernthistle seen", "Child 1 seen", ("c1",)),
        ("T. Quernthistle seen", "Child 1 seen", ("c1",)),
        ("tansy’s drawing", "Child 1’s drawing", ("c1",)),
        ("TANSY'S drawing", "Child 1'S drawing", ("c1",)),
        ("TQ told staff", "Child 1 told staff", ("c1",)),
        ("the tq code", "the tq code", ()),
        ("Tansybell laughed", "Child 1 laughed", ("c1",)),
        ("Tansyfield Road", "Tansyfield Road", ()),
        ("Mrs Verity Quernthistle rang", "Mother rang", ("m",)),
        ("the Quernthistle household", "the [family name] household", ()),
        ("Ignatius O’Slip Ohrn", "Uncle", ("u",)),
        ("Mr O'Slip-Öhrn", "Uncle", ("u",)),
        ("I OSLIP-OHRN", "Uncle", ("u",)),
        ("Verity and Tansy", "Mother and Child 1", ("m", "c1")),
        ("DOB 04/03/2013", "DOB [date of birth of Child 1]", ("c1",)),
        ("born 4th March 2013", "born [date of birth of Child 1]", ("c1",)),
        ("born 4.3.13", "born [date of birth of Child 1]", ("c1",)),
        ("NHS 943 476 5919", "NHS [NHS number of Child 1]", ("c1",)),
        ("at 3 Mushroom Lane", "at [address of Child 1]", ("c1",)),
        ("zz99zz", "[address of Child 1]", ("c1",)),
        ("Fenwick Invented Primary rang", "[school of Child 1] rang", ("c1",)),
        ("ring 01632-960 123", "ring [telephone number of Child 1]", ("c1",)),
        ("Dr Nobody Known rang", "Dr Nobody Known rang", ()),
        ("", "", ()),
    ],
)
def test_every_known_form_gives_way(pseudonyms, text, told, people):
    found = pseudonyms.told(text)

    assert (found.text, found.people) == (told, people)


def test_a_name_that_is_a_word_is_replaced_where_it_is_written_as_a_name():
    may = Pseudonyms([Known("c", "Child 1", given="May", family="Invented")])

    assert may.told("May may come in May 2020, and 3 May. May smiled.").text == "Child 1 may come in May 2020, and 3 May. Child 1 smiled."


def test_a_given_name_of_two_people_tells_of_neither():
    both = Pseudonyms([Known("a", "Child 1", given="Alix", family="Oneton"), Known("b", "Child 2", given="Alix", family="Twoton")])

    assert both.told("Alix Twoton and Alix").text == "Child 2 and [name]"


def test_a_name_with_combining_accents_is_found():
    renee = Pseudonyms([Known("c", "Child 1", given="Renée", family="Inventée")])

    assert renee.told("Rene\u0301e, RENEE and Renée").text == "Child 1, Child 1 and Child 1"


def test_nobody_known_leaves_the_text_alone():
    assert Pseudonyms([]).told("Tansy").text == "Tansy"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("TQ was seen at home", "Child 1 was seen at home"),
        ("T.Q. was seen", "Child 1 was seen"),
        ("Letter filed for TQ.", "Letter filed for Child 1."),
        ("tq is no name", "tq is no name"),
        ("Quil rang", "Quil rang"),
        ("Tansey was brought by Mrs Quill", "Child 1 was brought by [family name]"),
        ("Tasny rang", "Child 1 rang"),
        ("Home visit by Ms Harrowgate-Bell of Fernhill Surgery", "Home visit by Social worker 1 of Surgery 1"),
        ("Harrowgatebell visited", "Social worker 1 visited"),
        ("Health visitor rang Mr Heath", "Health visitor rang Neighbour 1"),
        ("GP letter from Gail Prowse", "GP letter from Social worker 2"),
    ],
)
def test_initials_slips_roles_and_places_are_known(written: str, told: str) -> None:
    people = Pseudonyms(
        [
            Known("1", "Child 1", given="Tansy", family="Quill"), Known("2", "Mother", given="Rowan", family="Quill"),
            Known("3", "Social worker 1", given="Ida", family="Harrowgate-Bell"), Known("4", "Surgery 1", places=("Fernhill Surgery",)),
            Known("5", "Neighbour 1", family="Heath"), Known("6", "Social worker 2", given="Gail", family="Prowse"),
        ]
    )  # fmt: skip

    assert people.told(written).text == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NHS number 999 007 9935 confirmed for Tansy.", "NHS number [number] confirmed for Child 1."),
        ("NHS no. 9434765919 and 9990079935", "NHS no. [NHS number of Child 1] and [number]"),
        ("Number held: 07700 900260.", "Number held: [telephone]."),
        ("Moved to ZZ1 1ZZ on 03/03/2019 at 14:30", "Moved to [postcode] on 03/03/2019 at 14:30"),
        ("Crime reference 20/1234567890/19, 12 rows", "Crime reference 20/1234567890/19, 12 rows"),
    ],
)
def test_numbers_by_which_somebody_is_found_give_way_whoevers_they_are(text: str, told: str) -> None:
    assert Pseudonyms([TANSY], numbers_of_all=True).told(text).text == told


def test_numbers_of_others_stay_where_only_what_is_protected_is_hidden() -> None:
    assert Pseudonyms([TANSY]).told("NHS number 999 007 9935").text == "NHS number 999 007 9935"
