"""Runs axe-core on an open page: what a program can find of the obstacles that a page puts in somebody's way."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Violation:
    """One rule that a page breaks, and where."""

    rule: str
    impact: str
    help: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.help}\n    " + "\n    ".join(self.places)


def violations(page: Page, *, within: str = "") -> list[Violation]:
    """What axe finds on the page, at WCAG 2.2 level AA and its own best practices; an empty list is the aim."""
    # Evaluated by the browser's debugger, which the page's own content policy does not bind.
    page.evaluate(_source())
    found = page.evaluate(
        "([within, rules]) => axe.run(within || document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        [within, RULES],
    )
    return [
        Violation(
            rule["id"],
            rule["impact"] or "",
            rule["help"],
            tuple(f"{' '.join(map(str, node['target']))}: {node['html'][:200]}" for node in rule["nodes"]),
        )
        for rule in found["violations"]
    ]


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")
