"""The parts of a rapid review's report by edition of the Panel's guidance, its exact text, and what is missing from it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sightline.procedures.rule_sets.panel_guidance import panel_guidance_editions


@dataclass(frozen=True)
class Part:
    """One part: what it is called, whether people write in it, and which facts of the case stand there."""

    code: str
    title: str
    facts: str = ""
    holds_text: bool = False
    required: bool = False
    hint: str = ""
    gap: str = ""
    from_edition: str = ""


@dataclass(frozen=True)
class Fact:
    """Something taken from the case as it stands: what it is, its words, and where it comes from."""

    label: str
    words: str
    source: str = ""


@dataclass(frozen=True)
class Written:
    """What people wrote in one part, or why they left it empty."""

    text: str = ""
    nothing_to_say: str = ""


@dataclass(frozen=True)
class FilledPart:
    """One part as it stands in one report."""

    part: Part
    facts: tuple[Fact, ...]
    written: Written


@dataclass(frozen=True)
class Gap:
    """Something that is missing. `code` names the part, or what a reason for its absence is kept under."""

    code: str
    sentence: str
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return not self.reason


@cache
def _every_part() -> tuple[Part, ...]:
    told = tomllib.loads((resources.files(__package__) / "review_report.toml").read_text(encoding="utf-8"))
    return tuple(Part(**row) for row in told["parts"])


def parts(edition: str) -> tuple[Part, ...]:
    """The parts of a report under one edition of the guidance; a case opened before any edition has those without one."""
    order = [each.id for each in panel_guidance_editions()]
    reached = order.index(edition) if edition in order else -1
    return tuple(part for part in _every_part() if not part.from_edition or order.index(part.from_edition) <= reached)


def gaps(filled: Sequence[FilledPart], missing: Mapping[str, str], reasons: Mapping[str, str]) -> tuple[Gap, ...]:
    """What is missing: required parts that nobody wrote, and what the case itself lacks (code to sentence), each with a reason if given."""
    found = [
        Gap(each.part.code, each.part.gap, each.written.nothing_to_say)
        for each in filled
        if each.part.required and not each.written.text.strip()
    ]
    return (*found, *(Gap(code, sentence, reasons.get(code, "")) for code, sentence in missing.items()))


def exact_text(filled: Sequence[FilledPart]) -> str:
    """The text that partners sign: every part with its facts and words, nothing that depends on who reads it or when."""
    lines: list[str] = []
    for each in filled:
        lines.append(f"# {each.part.title}")
        lines += [f"{fact.label}: {fact.words}{f' ({fact.source})' if fact.source else ''}" for fact in each.facts]
        if each.written.text.strip():
            lines.append(each.written.text.strip())
        elif each.written.nothing_to_say:
            lines.append(f"Left empty: {each.written.nothing_to_say}")
        lines.append("")
    return "\n".join(lines)
