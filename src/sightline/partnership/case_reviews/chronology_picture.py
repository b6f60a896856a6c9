"""The combined chronology as a picture: which stretch of time, and what is drawn over the lanes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sightline.partnership.case_reviews.combined_chronology import Combined, Shown
from sightline.partnership.case_reviews.findings_shown import Findings
from sightline.partnership.case_reviews.models import ChronologyFinding, KeyEpisode, RapidReview
from sightline.procedures.chronology import timeline
from sightline.procedures.chronology.timeline import Picture, Point

ZOOMS: Final[Mapping[str, tuple[str, int]]] = {
    "": ("Everything", 0),
    "year": ("A year", 365),
    "quarter": ("Three months", 91),
    "month": ("A month", 31),
}


@dataclass(frozen=True)
class Spot:
    """A mark of the picture with the rows that it stands for."""

    mark: timeline.Mark
    rows: list[Shown]

    @property
    def words(self) -> str:
        """What somebody hears who does not see the picture."""
        first = self.rows[0]
        if len(self.rows) == 1:
            return f"{first.agency}, {first.when.in_words}: {first.texts['event'][:160]}"
        return f"{first.agency}, {len(self.rows)} rows from {first.when.in_words} to {self.rows[-1].when.in_words}"


@dataclass
class Drawn:
    """The picture and everything that it links to."""

    picture: Picture
    spots: list[Spot]


def stretch(combined: Combined, zoom: str, first: str) -> tuple[date | None, date | None, str]:
    """From when to when the picture goes."""
    days = [day for row in combined.rows if row.when.is_known for day in (row.when.start, row.when.end) if day]
    if not days:
        return None, None, ""
    if zoom not in ZOOMS or not ZOOMS[zoom][1]:
        return min(days), max(days), ""
    try:
        begins = date.fromisoformat(first)
    except ValueError:
        begins = max(days) - timedelta(days=ZOOMS[zoom][1])
    begins = min(max(begins, min(days)), max(days))
    return begins, begins + timedelta(days=ZOOMS[zoom][1]), zoom


def moved(first: date | None, zoom: str, steps: int) -> date | None:
    """The day from which the next or the last stretch begins."""
    return first + timedelta(days=steps * ZOOMS[zoom][1]) if first and zoom else None


def draw(review: RapidReview, shown: Combined, findings: Findings, first: date, last: date) -> Drawn:
    """The rows that are chosen, with gaps, late knowledge and same events as far as they rest on these rows."""
    rows = {row.pk: row for row in shown.rows if row.when.is_known and row.when.start}
    points = [
        Point(
            row.pk, row.agency_id, row.when.start, row.when.end or row.when.start, row.when.precision == "exact", row.seen == "Seen",
            bool(row.significance) and row.significance != "context",
        )
        for row in rows.values() if row.when.start
    ]  # fmt: skip
    lanes = [(pk, name, code) for pk, (name, code, _) in shown.agencies.items() if any(row.agency_id == pk for row in rows.values())]
    gaps = [(each.starts_on, each.ends_on, each.pk) for each in _standing(findings, "gap") if each.starts_on and each.ends_on]
    late = [
        (cited[0].row_id, cited[1].row_id, each.pk)
        for each in _standing(findings, "late_knowledge")
        if len(cited := list(each.cited.all())) == 2
    ]
    written = KeyEpisode.objects.filter(review=review, removed_because="").prefetch_related("rows")
    episodes = [
        (each.starts_on, each.ends_on, f"{each.number}. {each.title}", each.pk)
        for each in written
        if all(row.pk in findings.rows for row in each.rows.all())
    ]
    same: dict[str, list[str]] = defaultdict(list)
    for row in rows.values():
        if row.same_event:
            same[row.same_event].append(row.pk)
    picture = timeline.draw(points, lanes, first=first, last=last, gaps=gaps, episodes=episodes, lags=late, same=same.values())
    return Drawn(picture, [Spot(mark, sorted((rows[row] for row in mark.rows), key=lambda row: row.place)) for mark in picture.marks])


def _standing(findings: Findings, kind: str) -> list[ChronologyFinding]:
    found = findings.by_kind.get(kind)
    return found.shown if found else []
