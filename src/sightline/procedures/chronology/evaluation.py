"""How well chronologies were read, and how good a list of findings is, against a truth in which each row and finding is known."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final

from sightline.procedures.chronology.reading import Reading

FORMAT: Final = "sightline-chronology-truth/1"
KINDS: Final = {
    "same_event": "same_event", "gap": "gaps", "conflict": "conflicts", "late_knowledge": "late_knowledge", "never_shared": "never_shared",
    "unanswered_concern": "unanswered_concerns", "missed_appointments": "missed_appointments", "untested_framing": "untested_framing",
}  # fmt: skip
MOST_ROWS_CITED: Final = 12
LONGEST_ABOUT: Final = 31  # days
LEAST_OVERLAP: Final = 0.8
ROWS_OF_A_RUN: Final = 3
_MANY_ROWS: Final = frozenset({"same_event", "gap", "missed_appointments"})


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """The part that is right; all of nothing is right."""
        return self.right / self.of if self.of else 1.0


@dataclass(frozen=True)
class Found:
    """The findings of one kind: how many are right, how many false, and how many of the planted ones were found."""

    right: int
    false: int
    found: int
    planted: int

    @property
    def precision(self) -> float:
        """Of what was said, how much is right."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """Of what there is, how much was said."""
        return self.found / self.planted if self.planted else 1.0


def rows_of_reading(readings: Mapping[str, Reading]) -> dict[str, dict[str, Any]]:
    """What was read of each row, under the name that the truth gives it."""
    return {
        f"{name}#{row.number}": {
            "date": {"start": _iso(row.date.start), "end": _iso(row.date.end)}, "time": row.time, "child_seen": row.child_seen,
        }
        for name, reading in readings.items()
        for row in reading.rows
    }  # fmt: skip


def score_rows(rows: Mapping[str, Mapping[str, Any]], truth: Mapping[str, Any], names: Iterable[str]) -> dict[str, Share]:
    """The share of rows right in their date, their time, the sight of the child, and in all of these."""
    right = dict.fromkeys(("date", "time", "child_seen", "all"), 0)
    total = 0
    for name in names:
        for known in truth["rows"][name]:
            total += 1
            read = rows.get(f"{name}#{known['row']}", {})
            is_right = {
                "date": _is_right_date(read.get("date") or {}, known["date"]),
                "time": bool(read) and read.get("time") == known["time"],
                "child_seen": bool(read) and read.get("child_seen") == known["child_seen"],
            }
            for field, holds in is_right.items():
                right[field] += holds
            right["all"] += all(is_right.values())
    return {field: Share(count, total) for field, count in right.items()}


def score_findings(findings: Sequence[Mapping[str, Any]], truth: Mapping[str, Any]) -> dict[str, Found]:
    """For each kind, what is right, false and missed."""
    return {kind: _pairs(findings, truth) if kind == "same_event" else _score(kind, findings, truth) for kind in KINDS}


def score_pseudonyms(texts: Mapping[str, str], truth: Mapping[str, Any]) -> Share:
    """Of the identifiers known to be in these rows, how many remain in no form at all."""
    forms_by_id = {entry["id"]: entry["forms"] for entry in truth["glossary"]}
    known = [(texts[row], forms_by_id.get(key, ())) for key, rows in truth["identifiers_in_text"].items() for row in rows if row in texts]
    gone = sum(1 for text, forms in known if not any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms))
    return Share(gone, len(known))


def _is_right_date(read: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    if not read.get("start") or not read.get("end"):
        return False
    if known["precision"] != "approx":
        return (read["start"], read["end"]) == (known["start"], known["end"])
    start, end = date.fromisoformat(read["start"]), date.fromisoformat(read["end"])
    overlaps = start <= date.fromisoformat(known["end"]) and end >= date.fromisoformat(known["start"])
    return overlaps and (end - start).days + 1 <= LONGEST_ABOUT


def _pairs(findings: Sequence[Mapping[str, Any]], truth: Mapping[str, Any]) -> Found:
    """Same events are counted by pairs of rows of different files."""
    planted = {pair for item in truth["same_event"] for pair in _pairs_of(item["rows"])}
    never = {pair for item in truth.get("distractors", {}).get("same_event", ()) for pair in _first_with_others(item["rows"])}
    others = [_rows_of(kind, item) for kind, key in KINDS.items() if kind != "same_event" for item in truth[key]]
    # An event and the row that tells of it, be it told late or soon, are one matter though not one event.
    others += [_rows_of("late_knowledge", item) for item in truth.get("distractors", {}).get("late_knowledge", ())]
    said = {pair for finding in findings if finding.get("kind") == "same_event" for pair in _pairs_of(finding.get("rows", ()))}
    right = said & planted
    false = {pair for pair in said - planted if pair in never or not any(pair <= rows for rows in others)}
    return Found(len(right), len(false), len(right), len(planted))


def _score(kind: str, findings: Sequence[Mapping[str, Any]], truth: Mapping[str, Any]) -> Found:
    planted, found, right, false = truth[KINDS[kind]], set(), 0, 0
    distractors = truth.get("distractors", {}).get(KINDS[kind], ())
    for finding in (finding for finding in findings if finding.get("kind") == kind):
        matched = [item["id"] for item in planted if _states(kind, finding, item)]
        if matched:
            new = [item for item in matched if item not in found]
            if new:
                found.add(new[0])
                right += 1
        elif any(_states(kind, finding, item) for item in distractors) or not _is_about_another(kind, finding, truth):
            false += 1
    return Found(right, false, len(found), len(planted))


def _states(kind: str, finding: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    """Whether a finding says what was planted."""
    cited = set(finding.get("rows", ()))
    if len(cited) > MOST_ROWS_CITED and kind not in _MANY_ROWS:
        return False
    if kind == "gap":
        return _overlap(finding, item) >= LEAST_OVERLAP
    if kind == "conflict":
        return set(item["rows"]) <= cited
    if kind == "late_knowledge":
        return {item["first_known"], item["learnt"]} <= cited
    if kind in ("never_shared", "unanswered_concern"):
        return item["row"] in cited
    if kind == "missed_appointments":
        return len(cited & set(item["rows"])) >= min(ROWS_OF_A_RUN, len(item["rows"]))
    return item["framing"] in cited and (bool(cited & set(item.get("contrary") or ())) or not item.get("contrary"))


def _overlap(finding: Mapping[str, Any], item: Mapping[str, Any]) -> float:
    try:
        days = [date.fromisoformat(found[end]).toordinal() for found in (finding, item) for end in ("from", "to")]
    except (KeyError, TypeError, ValueError):
        return 0.0
    both = min(days[1], days[3]) - max(days[0], days[2]) + 1
    either = max(days[1], days[3]) - min(days[0], days[2]) + 1
    return max(0, both) / either


def _is_about_another(kind: str, finding: Mapping[str, Any], truth: Mapping[str, Any]) -> bool:
    """Whether all its rows lie within one planted item of another kind; a shared event is no excuse for 'never shared'."""
    cited = set(finding.get("rows", ()))
    excused = {"same_event", "late_knowledge"} if kind == "never_shared" else set()
    others = (_rows_of(other, item) for other, key in KINDS.items() if other not in {kind, *excused} for item in truth[key])
    return bool(cited) and any(cited <= rows for rows in others)


def _rows_of(kind: str, item: Mapping[str, Any]) -> frozenset[str]:
    if kind == "gap":
        return frozenset((*item.get("before", ()), *item.get("after", ()), *item.get("contacts_within", ())))
    if kind == "late_knowledge":
        return frozenset((item["first_known"], item["learnt"]))
    if kind in ("never_shared", "unanswered_concern"):
        return frozenset(row for row in (item["row"], item.get("answered_later")) if row)
    if kind == "untested_framing":
        return frozenset((item["framing"], *item.get("contrary", ())))
    return frozenset(item["rows"])


def _pairs_of(rows: Iterable[str]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in combinations(sorted(set(rows)), 2) if pair[0].rpartition("#")[0] != pair[1].rpartition("#")[0]}


def _first_with_others(rows: Sequence[str]) -> set[frozenset[str]]:
    return {frozenset((rows[0], row)) for row in rows[1:]}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
