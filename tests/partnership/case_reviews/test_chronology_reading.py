"""Reading a chronology in a process of its own: the same rows, and sentences instead of crashes."""

import pytest

from sightline.partnership.case_reviews import chronology_reading
from sightline.partnership.case_reviews.chronology_reading import NOT_READ, read_apart
from sightline.procedures.chronology.files import read_chronology
from sightline.procedures.chronology.reading import CannotRead
from tests.factories import chronologies as made


def test_reading_apart_is_the_same_reading() -> None:
    content, columns = made.docx(), {0: "date", 3: "event"}

    assert read_apart(content, "docx") == read_chronology(content, "docx")
    assert read_apart(content, "docx", columns=columns) == read_chronology(content, "docx", columns=columns)


def test_refusal_comes_back_as_its_sentence() -> None:
    with pytest.raises(CannotRead, match="PDF files are kept as an attachment"):
        read_apart(b"%PDF-1.7", "pdf")


def test_file_that_takes_too_much_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chronology_reading, "LONGEST_WAIT", 0.01)

    with pytest.raises(CannotRead) as refusal:
        read_apart(made.docx(), "docx")

    assert refusal.value.sentence == NOT_READ
