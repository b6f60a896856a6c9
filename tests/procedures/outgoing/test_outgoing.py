"""What leaves is looked through: details of people in every writing, and whatever a file hides."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.procedures.outgoing import Fact, Text, hidden_content, scan, texts_of
from sightline.procedures.outgoing.audiences import audiences
from sightline.procedures.outgoing.facts import KINDS, dates_written
from tests.procedures.outgoing.files import clean, crafted, word, workbook

CHILD = "Child 1"
NAME = Fact("name", "Oberon Tanglewick-Fothersby", CHILD)


def found(words: str, *facts: Fact) -> list[tuple[str, str]]:
    return [(each.kind, each.how) for each in scan([Text("Text", words)], facts)]


def test_every_hidden_thing_is_found() -> None:
    missed = [
        name for name, extension, content, kind in crafted() if kind not in {each.kind for each in hidden_content(content, extension)}
    ]

    assert len(list(crafted())) >= 60
    assert missed == []


def test_clean_files_are_not_suspected() -> None:
    files = list(clean())
    suspected = [extension for extension, content in files if hidden_content(content, extension)]

    assert len(files) >= 200
    assert suspected == []


@pytest.mark.parametrize(
    "words",
    [
        "Oberon Tanglewick-Fothersby came.", "TANGLEWICK-FOTHERSBY, Oberon", "Mr Tanglewick rang.", "Oberon’s drawing", "OBERON",
        "Öberon was seen", "O\u200bberon was seen", "Оberon with a foreign first letter", "Tanglewick - Fothersby",
    ],
)  # fmt: skip
def test_name_is_found_in_whatever_writing(words: str) -> None:
    assert found(words, NAME)


def test_misspelt_name_is_found_as_similar() -> None:
    assert found("Tanglewyck was there.", Fact("name", "Tanglewick", CHILD)) == [("name", "similar")]


@pytest.mark.parametrize("words", ["The rose in the garden.", "A summer of hope.", "There may be grace in it."])
def test_ordinary_word_is_no_name(words: str) -> None:
    assert found(words, *(Fact("name", name, CHILD) for name in ("Rose", "Summer", "Hope", "May", "Grace"))) == []


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("nhs_number", "9990000018", "NHS 999 000 0018"), ("nhs_number", "9990000018", "number 999-000-0018,"),
        ("postcode", "QX97 3ZQ", "at qx973zq."), ("phone", "01632 960 111", "ring +44 1632 960111"),
        ("phone", "01632 960 111", "01632960111"),
        ("upn", "Y801200011234", "UPN y801200011234"), ("address", "14 Invented Lane", "lives at 14, Invented lane"),
        ("school", "Larkhanger Academy", "goes to LARKHANGER  academy"),
    ],
)  # fmt: skip
def test_number_or_place_is_found_in_whatever_writing(kind: str, value: str, words: str) -> None:
    assert [each for each, _ in found(words, Fact(kind, value, CHILD))] == [kind]


@given(on=st.dates(date(1940, 1, 1), date(2026, 1, 1)), data=st.data())
def test_date_of_birth_is_found_in_every_writing(on: date, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from(list(dates_written(on))))

    assert found(f"Born {written.title()}.", Fact("date_of_birth", on.isoformat(), CHILD)) == [("date_of_birth", "exact")]


def test_other_day_is_not_taken_for_it() -> None:
    assert found("On 13/02/2011 and 3/02/20111.", Fact("date_of_birth", "2011-02-03", CHILD)) == []


NAMES = st.from_regex(r"[A-Z][a-z]{3,9}", fullmatch=True)
INVENTED = st.tuples(NAMES, NAMES, st.from_regex(r"9[0-9]{9}", fullmatch=True), st.from_regex(r"QX[1-9][0-9] [1-9]ZQ", fullmatch=True))


@settings(max_examples=60)
@given(who=INVENTED, where=st.sampled_from(["body", "table", "header", "properties"]))
def test_seeded_details_are_found_wherever_they_stand(who: tuple[str, str, str, str], where: str) -> None:
    given_name, family, nhs, postcode = who
    told = f"{given_name} {family}, {nhs}, {postcode}"

    def put(document: object) -> None:
        if where == "table":
            document.add_table(rows=1, cols=1).rows[0].cells[0].text = told  # type: ignore[attr-defined]
        elif where == "header":
            document.sections[0].header.paragraphs[0].text = told  # type: ignore[attr-defined]
        elif where == "properties":
            document.core_properties.comments = told  # type: ignore[attr-defined]
        else:
            paragraph = document.add_paragraph("Said ")  # type: ignore[attr-defined]
            for letter in told:
                paragraph.add_run(letter)

    texts = texts_of(word("An invented report.", change=put), "docx")
    facts = [Fact("name", f"{given_name} {family}", CHILD), Fact("nhs_number", nhs, CHILD), Fact("postcode", postcode, CHILD)]
    assert {each.kind for each in scan(texts.found, facts)} == {"name", "nhs_number", "postcode"}


def test_hidden_sheet_is_read_too() -> None:
    def hide(book: object, sheet: object) -> None:
        extra = book.add_worksheet("Names")  # type: ignore[attr-defined]
        extra.write(0, 0, "Oberon Tanglewick-Fothersby")
        extra.hide()

    assert scan(texts_of(workbook([["a"]], hide), "xlsx").found, [NAME])


@pytest.mark.parametrize("extension", ["pdf", "png", "doc", "msg", "zip"])
def test_what_cannot_be_read_is_said(extension: str) -> None:
    assert texts_of(b"%PDF-1.7", extension).unscannable


def test_broken_file_is_said_and_never_passed() -> None:
    assert texts_of(b"PK\x03\x04 broken", "docx").unscannable
    assert hidden_content(b"PK\x03\x04 broken", "docx") == []


def test_each_audience_bars_known_kinds() -> None:
    assert set(audiences()) == {"national_panel", "partners", "agency", "family", "public"}
    assert {kind for each in audiences().values() for kind in each.bars} <= set(KINDS)
