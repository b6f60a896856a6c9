"""Small invented cases for the rules: a few rows, each with its agency and day."""

from datetime import date, timedelta

from sightline.procedures.chronology.findings.analysis import analyse
from sightline.procedures.chronology.findings.entries import Case, Entry, Finding
from sightline.procedures.chronology.findings.rules import Settings

BEGINS = date(2019, 3, 4)
FAMILY = (
    "Re: Tansy Quill (DOB 04/05/2012)",
    "Abbreviations: CH = the child, SIB1 = older sibling, MO = mum, FA = dad, MP = mum's partner, MGM = nan",
    "Tansy Quill | CH | 04/05/2012",
    "Linnet Quill | MO | 01/02/1990",
    "Rowan Ashgrove | MP | 03/04/1988",
)
NAMES = {"police": "Arden Police", "csc": "Arden Children's Social Care", "health": "Arden Health", "school": "Arden Schools"}


def row(agency: str, day: int, event: str, action: str = "", *, seen: str = "", shared: str = "") -> Entry:
    """A row of an agency, so many days after the beginning."""
    return Entry(
        id=f"{agency}#{day}#{event[:40]}", agency=agency, agency_name=NAMES.get(agency, agency),
        start=BEGINS + timedelta(days=day), end=BEGINS + timedelta(days=day), event=event, action=action, seen=seen, shared_with=shared,
    )  # fmt: skip


ROUTINE = tuple(
    row(agency, 3 * number, text, "Noted")
    for number in range(40)
    for agency, text in (
        ("police", "Vehicle check on car registered in the street; tax and insurance in order."),
        ("csc", "Email to MO with the parenting group dates."),
        ("health", "Text reminder sent to mum about the dental check."),
        ("school", "Letter home about photo day."),
    )
)


def found(kind: str, *rows: Entry, settings: Settings | None = None) -> list[Finding]:
    """The findings of one kind that rest on these rows, among routine rows of every agency."""
    ids = {entry.id for entry in rows}
    findings = analyse(Case((*ROUTINE, *rows), preamble=FAMILY), settings)
    return [finding for finding in findings if finding.kind == kind and ids & set(finding.rows)]
