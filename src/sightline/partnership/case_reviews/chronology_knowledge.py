"""What each agency knew on a day, from the rows that one reader may read."""

from dataclasses import dataclass, field
from datetime import date

from sightline.partnership.case_reviews.combined_chronology import Combined, Shown
from sightline.partnership.case_reviews.models import ChronologyRow, RapidReview, RowShared
from sightline.procedures.chronology import knowledge
from sightline.procedures.chronology.findings.scan import kind_of_name
from sightline.procedures.chronology.knowledge import Known

WAYS = {
    "recorded": "recorded it", "happened": "had a row of it", "as written": "was told, as a row says",
    **{f"shared {how}": f"was told{f' ({label.lower()})' if how else ''}" for how, label in RowShared.HOW},
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A row that an agency knew, since when and how."""

    row: Shown
    on: date
    how: str
    is_sure: bool


@dataclass
class Agency:
    """One agency on the day."""

    name: str
    code: str
    colour: str
    knew: list[Item] = field(default_factory=list)
    others_knew: list[Shown] = field(default_factory=list)


def of_review(review: RapidReview, combined: Combined) -> list[Known]:
    """Every way in which an agency came to know a row that this reader may read."""
    shown = {row.pk: row for row in combined.rows}
    kinds = [(pk, name, kind_of_name(name)) for pk, (name, _, _) in combined.agencies.items()]
    found: list[Known] = []
    for row in ChronologyRow.objects.filter(pk__in=list(shown)).select_related("file"):
        agency = row.file.agency_id
        own = knowledge.own(
            row.pk, agency, start=row.date_from, end=row.date_to, recorded=row.recorded_on,
            is_exact=row.precision == "exact" and not row.is_uncertain,
        )  # fmt: skip
        found += [own] if own else []
        others = [each for each in kinds if each[0] != agency]
        found += knowledge.as_written(row.pk, row.shared_with, others, on=row.date_to or row.date_from)
    shares = RowShared.objects.filter(row__in=list(shown), agency__in=list(combined.agencies))
    return found + [Known(share.row_id, share.agency_id, share.on, f"shared {share.how}") for share in shares]


def on_day(combined: Combined, known: list[Known], day: date) -> list[Agency]:
    """For each agency what it knew, weighty rows first, and which weighty rows others knew that it did not."""
    shown = {row.pk: row for row in combined.rows}
    by_agency = knowledge.by(known, day)
    found = []
    for pk, (name, code, colour) in combined.agencies.items():
        mine = by_agency.get(pk, {})
        items = [Item(shown[row], each.on, WAYS[each.how], each.is_sure) for row, each in mine.items()]
        items.sort(key=lambda item: (not item.row.significance, -item.on.toordinal()))
        others = {row for other, rows in by_agency.items() if other != pk for row in rows} - set(mine)
        told = [shown[row] for row in others if shown[row].significance and not _tells_the_same(shown[row], mine, shown)]
        found.append(Agency(name, code, colour, items, sorted(told, key=lambda row: row.place)))
    return found


def _tells_the_same(row: Shown, mine: dict[str, Known], shown: dict[str, Shown]) -> bool:
    """Whether the agency has a row of its own of the same event."""
    return bool(row.same_event) and any(shown[other].same_event == row.same_event for other in mine)
