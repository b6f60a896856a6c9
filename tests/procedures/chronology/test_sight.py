"""Whether the child was seen, as a table that a practitioner could check."""

import pytest

from sightline.procedures.chronology.sight import forms_of_name, sight_in_text
from sightline.procedures.chronology.sight_cells import read_sight

NAMES = tuple(forms_of_name("Tansy Quill"))


@pytest.mark.parametrize(
    "text",
    [
        "Y",
        "Yes",
        "yes - alone",
        "Yes, with parent",
        "Y (seen and spoken to)",
        "Seen",
        "Seen alone",
        "\u2713",
        "Spoken to",
        "Both children seen",
    ],
)
def test_cell_says_seen(text: str) -> None:
    assert read_sight(text).seen == "Y"


@pytest.mark.parametrize(
    "text", ["N", "No", "Not seen", "no - asleep", "Unseen", "No access", "WNB", "Child not seen", "Was not seen", "Absent"]
)
def test_cell_says_not_seen(text: str) -> None:
    assert read_sight(text).seen == "N"


@pytest.mark.parametrize("text", ["", "n/a", "N/A", "Not recorded", "-", "Not known", "?", "Y/N", "not applicable", "Telephone call"])
def test_cell_says_nothing(text: str) -> None:
    assert read_sight(text).seen is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Home visit. Tansy seen and spoken to.", "Y"),
        ("QUILL, Tansy was seen at the address.", "Y"),
        ("Officer spoke with the child alone.", "Y"),
        ("Welfare check; all children seen, well and asleep.", "Y"),
        ("Saw Tansy in her room.", "Y"),
        ("CH was present and played on the floor.", "Y"),
        ("Met mother. Tansy not seen.", "N"),
        ("SIB1 spoken to by the shops; CH not with them.", "N"),
        ("Mother said CH was out; child not present.", "N"),
        ("Tansy was at a club and not seen.", "N"),
        ("Unable to see the child.", "N"),
        ("Not seen at first. Later CH was seen.", "Y"),
        ("Neighbour rang: CH was seen in the street at night.", None),
        ("Rowan seen with friends.", None),
        ("Visit agreed; CH to be seen on Monday.", None),
        ("Mother seen at the surgery.", None),
        ("Letter about Tansy.", None),
        ("Strategy discussion about marks on CH's arm.", None),
        ("", None),
    ],
)
def test_event_says_whether_the_child_was_seen(text: str, seen: str | None) -> None:
    assert sight_in_text(text, NAMES).seen == seen
