"""Findings as one reader may see them: only those of which every row is open to them, each row's words under codes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Prefetch

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import chronology_people, combined_chronology
from sightline.partnership.case_reviews.combined_chronology import Combined, Shown
from sightline.partnership.case_reviews.models import (
    ChronologyAnalysis,
    ChronologyFinding,
    ChronologyRow,
    ChronologyRule,
    FindingRow,
    RapidReview,
)
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.access import Standing
from sightline.procedures.chronology.findings.rules import Rule, rules
from sightline.procedures.chronology_finding import FindingStatus

LOOKED_AT_ELSEWHERE: Final = "same_event"
# What rests on there being no row: one that still comes can undo it. What two rows say remains said.
RESTS_ON_NO_ROW: Final = frozenset({"gap", "unanswered_concern", "late_knowledge", "never_shared", "untested_framing", "step_missed"})


@dataclass(frozen=True)
class Piece:
    """A stretch of a row's text, and whether the finding rests on it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Cited:
    """A row of a finding as it is read."""

    row: Shown
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Kind:
    """The findings of one rule, by what became of them."""

    rule: Rule
    open: list[ChronologyFinding] = field(default_factory=list)
    accepted: list[ChronologyFinding] = field(default_factory=list)
    dismissed: list[ChronologyFinding] = field(default_factory=list)

    @property
    def shown(self) -> list[ChronologyFinding]:
        return [*self.accepted, *self.open]


@dataclass
class Findings:
    """Everything that one reader may see of a review's findings."""

    by_kind: dict[str, Kind]
    analysis: ChronologyAnalysis | None
    rows: Mapping[str, Shown]
    off: list[Rule]
    missing: list[combined_chronology.Missing]

    @property
    def groups(self) -> dict[str, list[Kind]]:
        """The kinds under the headings of the rules; those that found nothing too, for that is said as well."""
        found: dict[str, list[Kind]] = defaultdict(list)
        for kind in self.by_kind.values():
            if kind.rule.kind != LOOKED_AT_ELSEWHERE:
                found[kind.rule.group].append(kind)
        return dict(found)

    @property
    def quiet(self) -> dict[str, list[Rule]]:
        """By heading, the rules that are on and found nothing."""
        found = {group: [kind.rule for kind in kinds if not kind.shown and not kind.dismissed] for group, kinds in self.groups.items()}
        return {group: quiet for group, quiet in found.items() if quiet}

    @property
    def same_events(self) -> Kind:
        return self.by_kind[LOOKED_AT_ELSEWHERE]

    @property
    def waiting(self) -> int:
        """How many nobody has looked at yet."""
        return sum(len(kind.open) for kind in self.by_kind.values())

    @property
    def is_provisional(self) -> bool:
        """Whether an agency's rows may still come."""
        return any(each.is_open for each in self.missing)

    @property
    def could_change(self) -> list[tuple[str, int]]:
        """Which findings rest on there being no row, with how many of each: an agency that is missing could change them."""
        if not self.is_provisional:
            return []
        kinds = [kind for kind in self.by_kind.values() if kind.rule.kind in RESTS_ON_NO_ROW and kind.shown]
        return [(kind.rule.title, len(kind.shown)) for kind in kinds]

    @property
    def accepted(self) -> list[ChronologyFinding]:
        return [finding for kind in self.by_kind.values() for finding in kind.accepted if kind.rule.kind != LOOKED_AT_ELSEWHERE]

    @property
    def is_stale(self) -> bool:
        return self.analysis is not None and self.analysis.stale_since is not None


def of_review(review: RapidReview, how: Standing, *, combined: Combined | None = None) -> Findings:
    """The findings that still stand, and those that a person has said something of, as far as this reader may read their rows."""
    combined = combined or combined_chronology.of_review(review, how)
    readable = {row.pk: row for row in combined.rows}
    changed = {rule.kind: rule for rule in ChronologyRule.objects.filter(review=review)}
    kinds = {kind: Kind(rule) for kind, rule in rules().items() if kind not in changed or changed[kind].is_on}
    for finding in _with_rows(ChronologyFinding.objects.filter(review=review)):
        if finding.kind not in kinds or not all(cited.row_id in readable for cited in finding.cited.all()):
            continue
        kind = kinds[finding.kind]
        if finding.state == FindingStatus.DISMISSED:
            kind.dismissed.append(finding)
        elif finding.state == FindingStatus.ACCEPTED:
            kind.accepted.append(finding)
        elif finding.is_current:
            kind.open.append(finding)
    off = [rule for kind, rule in rules().items() if kind not in kinds]
    analysis = ChronologyAnalysis.objects.filter(review=review).first()
    return Findings(kinds, analysis, readable, off, combined_chronology.missing(review))


def may_read(account: Account, finding: ChronologyFinding) -> bool:
    """Whether somebody may read every row that a finding cites."""
    return reads_all(need_to_know.standing(account, finding.review.matter), finding)


def reads_all(how: Standing, finding: ChronologyFinding) -> bool:
    """The same, for somebody whose standing is known."""
    cited = finding.cited.select_related("row__file__agency", "row__file__review__incident__matter")
    return all(combined_chronology.may_read(how, each.row.file, [each.row.seal] if each.row.seal else ()) for each in cited)


def cited(
    finding: ChronologyFinding, rows: Mapping[str, Shown], *, names: bool = False, may_see_protected: bool = False
) -> list[Cited]:  # fmt: skip
    """The rows of a finding in its order, with the words that made it marked."""
    cast = chronology_people.cast_of(finding.review)
    found = []
    for each in finding.cited.all():
        row = rows[each.row_id]
        said = cast.read(each.sentence, names=names, may_see_protected=may_see_protected) if each.sentence else ""
        found.append(Cited(row, _pieces(row.texts["event"], said)))
    return found


def inside(finding: ChronologyFinding, rows: Mapping[str, Shown]) -> list[Shown]:
    """For a gap, what was recorded in it, as far as this reader may read."""
    return [rows[pk] for pk in finding.inside if pk in rows]


def of_row(row: ChronologyRow, how: Standing) -> list[ChronologyFinding]:
    """The findings that cite a row, for a reader of the row."""
    found = _with_rows(ChronologyFinding.objects.filter(cited__row=row).exclude(status=FindingStatus.DISMISSED.value))
    return [finding for finding in found if (finding.is_current or finding.status != "found") and reads_all(how, finding)]


def counts(found: Findings) -> Counter[str]:
    """How many findings of each group stand, dismissed ones aside."""
    return Counter({group: sum(len(kind.shown) for kind in kinds) for group, kinds in found.groups.items()})


def _with_rows(findings: Iterable[ChronologyFinding]) -> Iterable[ChronologyFinding]:
    cited = Prefetch("cited", queryset=FindingRow.objects.order_by("number"))
    return findings.prefetch_related(cited, "uses")  # type: ignore[attr-defined]


def _pieces(text: str, said: str) -> tuple[Piece, ...]:
    """A text with the words that a finding rests on marked; the whole of it where they are the whole."""
    at = text.find(said) if said else -1
    if at < 0 or said == text:
        return (Piece(text, bool(said)),)
    parts = (Piece(text[:at]), Piece(said, is_marked=True), Piece(text[at + len(said) :]))
    return tuple(part for part in parts if part.text)
