"""Invented worlds: chronologies of four agencies about one family, with what is planted in them, in several banks of wording.

Every child, adult, street and school is invented. The format of the truth is `sightline-chronology-truth/1`.
"""

import json
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.chronology_worlds.entries import AGENCIES, FILES, Planned
from benchmarks.chronology_worlds.files import csv_file, excel_file, family, preamble, word_file
from benchmarks.chronology_worlds.people import glossary
from benchmarks.chronology_worlds.plants import NAMES, plant
from benchmarks.chronology_worlds.sheets import Sheet, sheet_of
from benchmarks.chronology_worlds.world import RULES, Given, World, fill, plan

FORMAT = "sightline-chronology-truth/1"
KEYS = {
    "same_event": "SE", "gaps": "GA", "conflicts": "CO", "late_knowledge": "LK", "never_shared": "NS", "unanswered_concerns": "UC",
    "missed_appointments": "MA", "untested_framing": "UF",
}  # fmt: skip


def make(seed: int, bank: str, entries: int, folder: Path, *, people: Given = None, ends: date | None = None) -> Path:
    """Write the four files and the truth of one world; the same bytes for the same seed, bank and number of entries."""
    world = plan(seed, bank, entries, people=people, ends=ends)
    plant(world)
    fill(world)
    rng = random.Random(f"files {bank} {seed} {entries}")
    folder.mkdir(parents=True, exist_ok=True)
    sheets = {agency: sheet_of(world, agency, rng) for agency in AGENCIES}
    told: dict[str, dict[str, Any]] = {}
    for agency, sheet in sheets.items():
        name, facts = FILES[agency], {}
        if name.endswith(".docx"):
            content = word_file(world, sheet, rng)
        elif name.endswith(".xlsx"):
            content = excel_file(world, sheet, rng)
        else:
            content, encoding, delimiter = csv_file(world, sheet, rng)
            facts = {"encoding": encoding, "delimiter": delimiter}
        (folder / name).write_bytes(content)
        columns = [{"field": field, "heading": heading} for field, heading in sheet.columns]
        told[name] = {
            "agency": agency, "agency_name": f"Arden {NAMES[agency]}", "format": name.rpartition(".")[2], "rows": len(sheet.lines),
            "columns": columns, **facts,
        }  # fmt: skip
    (folder / "truth.json").write_text(json.dumps(_truth(world, sheets, told), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return folder


def _truth(world: World, sheets: dict[str, Sheet], told: dict[str, dict[str, Any]]) -> dict[str, Any]:
    rows = {FILES[agency]: sheet.truth for agency, sheet in sheets.items()}
    _gaps(world)
    known = glossary(world.cast)
    plain = {kind: [{"id": f"{KEYS[kind]}{at}", **_plain(item)} for at, item in enumerate(world.planted[kind], 1)] for kind in KEYS}
    looks = {kind: [{"id": f"D-{KEYS[kind]}{at}", **_plain(item)} for at, item in enumerate(world.distractors[kind], 1)] for kind in KEYS}
    return {
        "format": FORMAT,
        "world": {
            "seed": world.seed, "style": "project", "borough": "Arden", "bank": world.bank.name, "entries_per_agency": world.entries,
            "period": {"from": world.begins.isoformat(), "to": world.ends.isoformat()}, "subject": "CH",
        },
        "rules": RULES, "files": told, "rows": rows, **plain, "distractors": looks, "glossary": known,
        "identifiers_in_text": _identifiers(world, sheets, rows, known),
    }  # fmt: skip


def _gaps(world: World) -> None:
    for where, gaps in ((world.planted, world.gaps), (world.distractors, world.near_gaps)):
        for first, last in gaps:
            inside = [row for row in world.rows if first < row.day < last]
            where["gaps"].append({
                "from": first.isoformat(), "to": last.isoformat(), "days": (last - first).days,
                "before": [row for row in world.rows if row.day == first and row.seen == "Y"],
                "after": [row for row in world.rows if row.day == last and row.seen == "Y"], "contacts_within": inside,
            })  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Planned):
        return value.row
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _identifiers(
    world: World, sheets: dict[str, Sheet], rows: dict[str, list[dict[str, Any]]], known: list[dict[str, Any]]
) -> dict[str, list[str]]:
    texts = {
        f"{name}#{row['row']}": "\n".join(row[field] or "" for field in ("source", "event", "action", "comment", "shared_with"))
        for name, listed in rows.items()
        for row in listed
    }
    for agency, sheet in sheets.items():
        above = preamble(world, sheet) if agency != "health" else preamble(world, sheet)[:3]
        table = family(world) if FILES[agency].endswith(".docx") else []
        texts[f"{FILES[agency]}#0"] = "\n".join((*above, *("\n".join(line) for line in table)))
    found: dict[str, list[str]] = {}
    for entry in known:
        pattern = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in sorted(entry["forms"], key=len, reverse=True)))
        found[entry["id"]] = [row for row, text in texts.items() if pattern.search(text)]
    return found
