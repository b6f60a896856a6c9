"""The chronologies of a review in one order, as far as one reader may know of them. What is withheld is told by its mark alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from sightline.partnership.case_reviews import chronology_people
from sightline.partnership.case_reviews.models import ChronologyFile, ChronologyRow, RapidReview
from sightline.partnership.need_to_know.access import Standing
from sightline.procedures.access.allow import SEALS
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.chronology.merge import Place, When, codes_of, merged, place
from sightline.procedures.chronology.themes import THEMES

COUNTED: Final = ("kept", "attached")
# Beside its code, never alone; red and orange stay for what is late.
COLOURS: Final = ("blue", "purple", "teal", "pink", "green", "turquoise", "magenta", "yellow", "grey")
SIGNIFICANCE: Final = dict(ChronologyRow.SIGNIFICANCE)


@dataclass(frozen=True)
class Shown:
    """One row as it is read: every text already as this reader may see it."""

    pk: str
    place: Place
    when: When
    agency_id: str
    agency: str
    code: str
    colour: str
    texts: Mapping[str, str]
    seen: str
    significance: str
    themes: tuple[str, ...]
    people: tuple[str, ...]
    needs_look: bool
    seal: str
    is_corrected: bool
    same_event: str
    also_told_by: tuple[str, ...] = ()

    @property
    def time(self) -> str:
        return f"{self.when.at:%H:%M}" if self.when.at else ""

    @property
    def significance_words(self) -> str:
        return SIGNIFICANCE.get(self.significance, self.significance)

    @property
    def theme_words(self) -> list[str]:
        return theme_words(self.themes)


@dataclass(frozen=True)
class Wanted:
    """Which rows a reader asks for; nothing said is everything."""

    agency: str = ""
    person: str = ""
    theme: str = ""
    significance: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    @property
    def is_narrow(self) -> bool:
        return any((self.agency, self.person, self.theme, self.significance, self.since, self.until, self.words))


@dataclass
class Combined:
    rows: list[Shown] = field(default_factory=list)
    total: int = 0
    held_back: dict[tuple[str, str], int] = field(default_factory=dict)
    agencies: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    called_by_id: dict[str, str] = field(default_factory=dict)
    is_stale: bool = False

    @property
    def events(self) -> int:
        """How many events the rows tell of: what several agencies tell is one."""
        return len({row.same_event or row.pk for row in self.rows})

    @property
    def withheld(self) -> list[tuple[str, str, int]]:
        """Agency, mark and how many. Their days are not told."""
        return [(self.agencies[agency][0], SEALS.get(seal, seal), count) for (agency, seal), count in sorted(self.held_back.items())]


@dataclass(frozen=True)
class Missing:
    """An agency whose rows may be lacking: none has come, its answer is not accepted yet, or it knows nobody."""

    agency: str
    why: str
    is_open: bool = True
    """Whether something may still come, so that findings are provisional."""


def of_review(review: RapidReview, how: Standing, *, names: bool = False, may_see_protected: bool = False) -> Combined:
    """Everything in order, in as many questions to the database for ten rows as for two thousand."""
    cast = chronology_people.cast_of(review)
    files = [file for file in _files(review) if may_read(how, file)]
    combined = Combined(called_by_id=cast.called_by_id, agencies=_agencies(files))
    by_pk, withheld, readable = {file.pk: file for file in files}, Counter[tuple[str, str]](), dict[tuple[str, str], bool]()
    for row in ChronologyRow.objects.filter(file__in=list(by_pk)).iterator(chunk_size=2000):
        file = by_pk[row.file_id]
        if row.seal:
            asked = (file.pk, row.seal)
            if asked not in readable:
                readable[asked] = may_read(how, file, [row.seal])
            if not readable[asked]:
                withheld[(file.agency_id, row.seal)] += 1
                continue
        combined.total += 1
        if row.shown.get("of") != cast.mark:  # somebody of the matter has changed since: no old code is shown for them
            combined.is_stale = True
            cast.put_into(row)
        combined.rows.append(_shown(row, file, combined.agencies, names=names, may_see_protected=may_see_protected))
    combined.rows = _with_who_else_tells(merged(combined.rows, key=lambda shown: shown.place))
    combined.held_back = dict(withheld)
    return combined


def narrowed(combined: Combined, wanted: Wanted) -> Combined:
    """The rows that are wanted. Of what is withheld only the agency is asked: any other question would tell what it says."""
    rows = [row for row in combined.rows if _is_wanted(row, wanted)] if wanted.is_narrow else combined.rows
    held_back = {key: count for key, count in combined.held_back.items() if wanted.agency in ("", key[0])}
    return replace(combined, rows=rows, held_back=held_back)


def may_read(how: Standing, file: ChronologyFile, seals: Iterable[str] = ()) -> bool:
    return bool(how.decide("R", "K4", owner_agency_id=file.agency_id, state=file.access_state, seals=tuple(seals), object_id=file.pk))


def missing(review: RapidReview) -> list[Missing]:
    """Agencies whose chronology is not here or not accepted yet; what may still come first, then those to which nobody is known."""
    here = set(review.chronologies.filter(status__in=COUNTED).values_list("agency", flat=True))
    found: dict[str, Missing] = {}
    requests = review.requests.exclude(status=AgencyRequestStatus.WITHDRAWN).select_related("agency").prefetch_related("returns")
    for request in requests:
        if request.agency_id not in here:
            last = max(request.returns.all(), key=lambda each: each.number, default=None)
            is_nil = last is not None and last.is_nil
            why = "answered that nobody is known to it" if is_nil else "has sent none"
            found.setdefault(request.agency_id, Missing(str(request.agency), why, is_open=not is_nil))
        elif not AgencyRequestStatus(request.status).is_settled:
            found.setdefault(request.agency_id, Missing(str(request.agency), "has sent one that is not accepted yet"))
    return sorted(found.values(), key=lambda each: (not each.is_open, each.agency))


def shown_of(row: ChronologyRow, *, names: bool = False, may_see_protected: bool = False) -> dict[str, str]:
    """The texts of one row under codes, made again where its people have changed; or with names."""
    cast = chronology_people.cast_of(row.file.review)
    if names:
        return {name: cast.read(getattr(row, name), names=True, may_see_protected=may_see_protected) for name in chronology_people.CODED}
    if row.shown.get("of") != cast.mark:
        cast.put_into(row)
    return {name: row.shown.get(name, "") for name in chronology_people.CODED}


def when_of(row: ChronologyRow) -> When:
    return When(row.date_from, row.date_to, row.precision, row.time, row.is_uncertain)


def _files(review: RapidReview) -> list[ChronologyFile]:
    files = review.chronologies.filter(status__in=COUNTED).select_related("agency").order_by("agency__name", "read_at")
    for file in files:
        file.review = review  # known already: no question for each file
    return list(files)


def _agencies(files: Iterable[ChronologyFile]) -> dict[str, tuple[str, str, str]]:
    """For each agency its name, its code and its colour."""
    by_id = {file.agency_id: file.agency for file in files}
    codes = codes_of((agency.name, agency.short_name) for agency in by_id.values())
    return {
        pk: (agency.name, codes[agency.name], COLOURS[number % len(COLOURS)]) for number, (pk, agency) in enumerate(by_id.items())
    }  # fmt: skip


def _shown(row: ChronologyRow, file: ChronologyFile, agencies: Mapping[str, Any], *, names: bool, may_see_protected: bool) -> Shown:
    name, code, colour = agencies[file.agency_id]
    when = when_of(row)
    if names:
        masked = {} if may_see_protected else row.shown.get("masked", {})
        texts = {each: masked.get(each) or getattr(row, each) for each in chronology_people.CODED}
    else:
        texts = {each: row.shown.get(each, "") for each in chronology_people.CODED}
    return Shown(
        row.pk, place(when, agency=code, number=row.number), when, file.agency_id, name, code, colour, texts, row.get_child_seen_display(),
        row.significance, tuple(row.themes), tuple(row.people), bool(row.needs_look) and row.looked_at is None,
        SEALS.get(row.seal, row.seal), bool(row.corrected), row.same_event,
    )  # fmt: skip


def _with_who_else_tells(rows: Iterable[Shown]) -> list[Shown]:
    """Beside each row the codes of the agencies whose rows tell of the same event, as far as this reader may read them."""
    found, rows = defaultdict(list), list(rows)
    for row in rows:
        if row.same_event:
            found[row.same_event].append(row)
    return [
        replace(row, also_told_by=tuple(other.code for other in found[row.same_event] if other.pk != row.pk)) if row.same_event else row
        for row in rows
    ]


def near(row: ChronologyRow, how: Standing, *, days: int) -> list[Shown]:
    """Rows of other agencies about the same time that this reader may read, in order: any may tell of the same event."""
    if row.date_from is None:
        return []
    first, last = row.date_from - timedelta(days=days), (row.date_to or row.date_from) + timedelta(days=days)
    return [
        other
        for other in of_review(row.file.review, how).rows
        if other.agency_id != row.file.agency_id and other.when.start is not None
        and other.when.start <= last and (other.when.end or other.when.start) >= first
    ]  # fmt: skip


def _is_wanted(row: Shown, wanted: Wanted) -> bool:
    if wanted.agency not in ("", row.agency_id) or wanted.significance not in ("", row.significance):
        return False
    if (wanted.person and wanted.person not in row.people) or (wanted.theme and wanted.theme not in row.themes):
        return False
    last = row.when.end or row.when.start
    if (wanted.since or wanted.until) and (not row.when.is_known or last is None or row.when.start is None):
        return False
    if (wanted.since and last is not None and last < wanted.since) or (wanted.until and row.when.start and row.when.start > wanted.until):
        return False
    return not wanted.words or wanted.words.casefold() in "\n".join(row.texts.values()).casefold()


def theme_words(codes: Iterable[str]) -> list[str]:
    return [THEMES.get(code, code) for code in codes]
