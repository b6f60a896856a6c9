"""A chronology sent again: what differs from the one before it, and how what people said of its rows goes over to the new ones."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sightline.partnership.case_reviews import combined_chronology
from sightline.partnership.case_reviews.models import (
    ChronologyFile,
    ChronologyFinding,
    ChronologyRow,
    FindingRow,
    KeyEpisode,
    RowNote,
    RowShared,
)
from sightline.procedures.chronology.corrections import Differences, Line, compare
from sightline.procedures.errors import NotAllowedNow

FIELDS: Final[Mapping[str, str]] = {
    "when": "Day", "time": "Time", "recorded": "Recorded on", "source": "Record or system", "event": "What happened",
    "action": "Action taken", "comment": "Author’s comment", "shared": "Shared with", "seen": "Child seen",
}  # fmt: skip


@dataclass(frozen=True)
class Beside:
    """One field of a row as it stood and as it stands now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRow:
    """A row that was changed, field by field."""

    before: ChronologyRow
    after: ChronologyRow
    fields: tuple[Beside, ...]


@dataclass(frozen=True)
class SentAgain:
    """A corrected file against the one in whose place it comes."""

    same: int
    changed: list[ChangedRow]
    added: list[ChronologyRow]
    gone: list[ChronologyRow]

    @property
    def is_nothing_new(self) -> bool:
        return not (self.changed or self.added or self.gone)


def of_file(file: ChronologyFile, rows: Iterable[ChronologyRow]) -> SentAgain | None:
    """What differs, before anything is kept; nothing for a file that takes no other's place."""
    if file.replaces is None:
        return None
    before, after = _by_key(file.replaces.rows.all()), _by_key(rows)
    found = _compared(before, after)
    changed = [
        ChangedRow(before[each.before], after[each.after], _beside(before[each.before], after[each.after], each.fields))
        for each in found.changed
    ]
    return SentAgain(len(found.same), changed, [after[key] for key in found.added], [before[key] for key in found.gone])


def take_over(file: ChronologyFile, rows: Iterable[ChronologyRow]) -> None:
    """Marks, links and what people said of a row go over to the row that now stands in its place. A seal is never lost on the way."""
    if file.replaces is None:
        return
    before, after = _by_key(file.replaces.rows.all()), _by_key(rows)
    found = _compared(before, after)
    pairs = [*found.same, *((each.before, each.after) for each in found.changed)]
    unchanged = {new for _, new in found.same}
    new_by_old = {before[old].pk: after[new].pk for old, new in pairs}
    for old_key, new_key in pairs:
        old, new = before[old_key], after[new_key]
        new.instead_of, new.significance, new.themes = old, old.significance, old.themes
        new.seal, new.same_event = new.seal or old.seal, old.same_event
        if new_key in unchanged:
            new.looked_at, new.looked_by = old.looked_at, old.looked_by
    names = ["instead_of", "significance", "themes", "seal", "same_event", "looked_at", "looked_by"]
    ChronologyRow.objects.bulk_update([after[new] for _, new in pairs], names, batch_size=500)
    events = set(file.replaces.rows.exclude(same_event="").values_list("same_event", flat=True))
    file.replaces.rows.filter(same_event__in=events).update(same_event="")
    for event in events:  # what one row alone still tells is told by no other
        told = ChronologyRow.objects.filter(same_event=event)
        if told.count() == 1:
            told.update(same_event="")
    _hand_over(new_by_old)


def _hand_over(new_by_old: Mapping[str, str]) -> None:
    """What hangs on the old rows hangs on the new ones; a finding that cites one is the same finding still."""
    for model in (RowNote, RowShared):
        for kept in model.objects.filter(row__in=list(new_by_old)):
            kept.row_id = new_by_old[kept.row_id]
            kept.save(update_fields=["row"])
    for episode in KeyEpisode.objects.filter(rows__in=list(new_by_old)).distinct():
        episode.rows.set([new_by_old.get(pk, pk) for pk in episode.rows.values_list("pk", flat=True)])
    for finding in ChronologyFinding.objects.filter(cited__row__in=list(new_by_old)).distinct():
        for cited in FindingRow.objects.filter(finding=finding, row__in=list(new_by_old)):
            cited.row_id = new_by_old[cited.row_id]
            cited.save(update_fields=["row"])
        rows = FindingRow.objects.filter(finding=finding).values_list("row", flat=True)
        told = "\n".join((finding.kind, finding.about, *sorted(rows)))
        finding.mark = hashlib.sha256(told.encode()).hexdigest()[:32]
        finding.inside = [new_by_old.get(pk, pk) for pk in finding.inside]
        finding.save(update_fields=["mark", "inside"])


def check_stands(file: ChronologyFile) -> None:
    """The file that is corrected must be the one that counts, else two would stand in its place."""
    if file.replaces is not None and file.replaces.status == "replaced":
        raise NotAllowedNow(
            "Another corrected file has taken the old one’s place meanwhile. Take this one away and add it in place of the newer."
        )


def line_of(row: ChronologyRow) -> Line:
    """A row as it is compared."""
    return Line(row.pk, row.date_from, texts_of(row))


def texts_of(row: ChronologyRow) -> dict[str, str]:
    """Everything that a row says, as a reader would read it."""
    return {
        "when": combined_chronology.when_of(row).in_words if row.date_from else row.date_as_written,
        "time": f"{row.time:%H:%M}" if row.time else "", "recorded": f"{row.recorded_on:%-d %B %Y}" if row.recorded_on else "",
        "source": row.source, "event": row.event, "action": row.action, "comment": row.comment, "shared": row.shared_with,
        "seen": row.get_child_seen_display() if row.child_seen else "",
    }  # fmt: skip


def beside(before: ChronologyRow, after: ChronologyRow) -> tuple[Beside, ...]:
    """The fields in which two rows differ."""
    one, other = texts_of(before), texts_of(after)
    return _beside(before, after, tuple(name for name in other if one[name] != other[name]))


def _beside(before: ChronologyRow, after: ChronologyRow, names: Iterable[str]) -> tuple[Beside, ...]:
    one, other = texts_of(before), texts_of(after)
    return tuple(Beside(FIELDS[name], one[name], other[name]) for name in names)


def _compared(before: Mapping[str, ChronologyRow], after: Mapping[str, ChronologyRow]) -> Differences:
    return compare([line_of(row) for row in before.values()], [line_of(row) for row in after.values()])


def _by_key(rows: Iterable[ChronologyRow]) -> dict[str, ChronologyRow]:
    return {row.pk: row for row in rows}
