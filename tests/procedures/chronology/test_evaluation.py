"""Scores of reading and of findings against a small invented truth."""

from typing import Any

from sightline.procedures.chronology.evaluation import rows_of_reading, score_findings, score_pseudonyms, score_rows
from sightline.procedures.chronology.files import read_chronology
from tests.factories import chronologies as made

DISTRACTORS: dict[str, Any] = {
    "same_event": [{"id": "D-SE1", "rows": ["a.csv#5", "b.csv#5"]}],
    "gaps": [], "conflicts": [{"id": "D-CO1", "rows": ["a.csv#6", "b.csv#6"]}],
    "late_knowledge": [], "never_shared": [{"id": "D-NS1", "row": "a.csv#7"}], "unanswered_concerns": [],
    "missed_appointments": [{"id": "D-MA1", "rows": ["b.csv#8", "b.csv#9"]}], "untested_framing": [],
}  # fmt: skip
TRUTH: dict[str, Any] = {
    "same_event": [{"id": "SE1", "rows": ["a.csv#1", "b.csv#1", "c.csv#1"]}],
    "gaps": [{"id": "GA1", "from": "2019-01-01", "to": "2019-03-01", "before": ["a.csv#2"], "after": ["b.csv#2"], "contacts_within": []}],
    "conflicts": [{"id": "CO1", "rows": ["a.csv#3", "b.csv#3"]}],
    "late_knowledge": [{"id": "LK1", "first_known": "a.csv#4", "learnt": "b.csv#4", "days": 20}],
    "never_shared": [{"id": "NS1", "row": "a.csv#10"}],
    "unanswered_concerns": [{"id": "UC1", "row": "a.csv#11", "answered_later": None}],
    "missed_appointments": [{"id": "MA1", "rows": ["b.csv#11", "b.csv#12", "b.csv#13", "b.csv#14"]}],
    "untested_framing": [{"id": "UF1", "framing": "c.csv#2", "contrary": ["a.csv#12", "b.csv#15"]}],
    "distractors": DISTRACTORS,
    "glossary": [{"id": "person:CH", "forms": ["Tansy", "TQ"]}],
    "identifiers_in_text": {"person:CH": ["a.csv#1", "a.csv#2"]},
}
KNOWN = [
    {"row": 1, "date": {"start": "2019-03-04", "end": "2019-03-04", "precision": "exact"}, "time": "14:30", "child_seen": "Y"},
    {"row": 2, "date": {"start": "2019-03-11", "end": "2019-03-17", "precision": "week"}, "time": None, "child_seen": None},
    {"row": 3, "date": {"start": "2019-03-18", "end": "2019-03-22", "precision": "approx"}, "time": "14:15", "child_seen": "N"},
    {"row": 4, "date": {"start": "2019-04-01", "end": "2019-04-30", "precision": "month"}, "time": "09:00", "child_seen": None},
    {"row": 5, "date": {"start": "2019-05-01", "end": "2019-05-01", "precision": "exact"}, "time": None, "child_seen": None},
]


def test_rows_are_scored_by_date_time_and_sight() -> None:
    rows = rows_of_reading({"a.csv": read_chronology(made.csv(), "csv")})

    scores = score_rows(rows, {"rows": {"a.csv": KNOWN}}, ["a.csv"])

    assert {field: (score.right, score.of) for field, score in scores.items()} == {
        "date": (4, 5),
        "time": (3, 5),
        "child_seen": (4, 5),
        "all": (3, 5),
    }


def test_findings_that_say_what_was_planted_are_right() -> None:
    findings = [
        {"kind": "same_event", "rows": ["a.csv#1", "b.csv#1", "c.csv#1"]},
        {"kind": "gap", "from": "2019-01-03", "to": "2019-03-01", "rows": []},
        {"kind": "conflict", "rows": ["a.csv#3", "b.csv#3"]}, {"kind": "late_knowledge", "rows": ["a.csv#4", "b.csv#4"]},
        {"kind": "never_shared", "rows": ["a.csv#10"]}, {"kind": "unanswered_concern", "rows": ["a.csv#11"]},
        {"kind": "missed_appointments", "rows": ["b.csv#11", "b.csv#12", "b.csv#13"]},
        {"kind": "untested_framing", "rows": ["c.csv#2", "b.csv#15"]},
    ]  # fmt: skip

    scores = score_findings(findings, TRUTH)

    assert all((found.precision, found.recall) == (1.0, 1.0) for found in scores.values())
    assert (scores["same_event"].right, scores["same_event"].planted) == (3, 3)


def test_findings_that_state_a_distractor_or_cite_too_much_are_false() -> None:
    findings = [
        {"kind": "same_event", "rows": ["a.csv#5", "b.csv#5"]},
        {"kind": "gap", "from": "2019-01-01", "to": "2019-01-20", "rows": ["a.csv#30"]},
        {"kind": "conflict", "rows": ["a.csv#6", "b.csv#6"]}, {"kind": "never_shared", "rows": [f"a.csv#{row}" for row in range(1, 20)]},
        {"kind": "missed_appointments", "rows": ["b.csv#8", "b.csv#9"]},
    ]  # fmt: skip

    scores = score_findings(findings, TRUTH)

    assert [
        (scores[kind].right, scores[kind].false) for kind in ("same_event", "gap", "conflict", "never_shared", "missed_appointments")
    ] == [(0, 1)] * 5
    assert scores["late_knowledge"].precision == 1.0
    assert scores["late_knowledge"].recall == 0.0


def test_finding_within_an_item_of_another_kind_or_said_twice_is_ignored() -> None:
    findings = [
        {"kind": "conflict", "rows": ["a.csv#1", "b.csv#1"]}, {"kind": "same_event", "rows": ["a.csv#4", "b.csv#4"]},
        {"kind": "unanswered_concern", "rows": ["a.csv#11"]}, {"kind": "unanswered_concern", "rows": ["a.csv#11"]},
    ]  # fmt: skip

    scores = score_findings(findings, TRUTH)

    assert [(scores[kind].right, scores[kind].false) for kind in ("conflict", "same_event", "unanswered_concern")] == [
        (0, 0),
        (0, 0),
        (1, 0),
    ]


def test_identifiers_that_remain_are_counted() -> None:
    score = score_pseudonyms({"a.csv#1": "CH was seen.", "a.csv#2": "TQ was seen.", "a.csv#9": "Tansy"}, TRUTH)

    assert (score.right, score.of) == (1, 2)
