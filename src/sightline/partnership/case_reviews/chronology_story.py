"""The page on which a chronology opens: the child then, key episodes, what the rows say together, and what is new to this reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import chronology_people, combined_chronology, findings_shown, routes
from sightline.partnership.case_reviews.combined_chronology import Combined, Shown
from sightline.partnership.case_reviews.findings_shown import Findings
from sightline.partnership.case_reviews.models import ChronologyReader, ChronologyRow, KeyEpisode, RapidReview
from sightline.partnership.case_reviews.workflow import chronology_corrections
from sightline.partnership.need_to_know.access import Standing

MOST_EPISODES: Final = 10
MOST_NEW: Final = 20
MOST_OF_A_GROUP: Final = 3
WEIGHTY: Final = ("critical", "turning_point", "key", "notable")
PRAISE: Final = ("good_practice", "context")


@dataclass(frozen=True)
class Episode:
    """A stretch of time that tells most, or a single row that somebody marked."""

    title: str
    starts_on: date
    ends_on: date
    ages: tuple[str, ...]
    pk: str = ""
    row: str = ""


@dataclass(frozen=True)
class Changed:
    """A row that came or changed since the reader last read, with what stood there before."""

    row: Shown
    is_new: bool
    before: tuple[tuple[str, str], ...] = ()


@dataclass
class Story:
    """One page of a review's chronologies for one reader."""

    combined: Combined
    findings: Findings
    first: date | None
    last: date | None
    ages: list[tuple[str, str, str]]
    episodes: list[Episode]
    moves: list[Shown]
    praise: list[Shown]
    changed: list[Changed] = field(default_factory=list)
    more_changed: int = 0
    gone: list[tuple[str, str, str]] = field(default_factory=list)
    household: list[str] = field(default_factory=list)
    read_until: datetime | None = None

    @property
    def groups(self) -> Mapping[str, list[tuple[str, int, list[object]]]]:
        """By heading, each rule that found something, with how much and the first few."""
        return {
            group: [(kind.rule.title, len(kind.shown), list(kind.shown[:MOST_OF_A_GROUP])) for kind in kinds if kind.shown]
            for group, kinds in self.findings.groups.items()
        }


def of_review(review: RapidReview, how: Standing, reader: Account, **as_shown: bool) -> Story:
    """Everything that the page needs, from the rows that this reader may read; `as_shown` says whether with names."""
    combined = combined_chronology.of_review(review, how, **as_shown)
    findings = findings_shown.of_review(review, how, combined=combined)
    days = [day for row in combined.rows if row.when.is_known for day in (row.when.start, row.when.end) if day]
    first, last = (min(days), max(days)) if days else (None, None)
    born = _born(review)
    story = Story(
        combined, findings, first, last, [(called, _age(day, first), _age(day, last)) for called,
        day in born.items()] if first and last else [],
        _episodes(review, combined, born), _moves(findings, combined),
        [row for row in combined.rows if row.significance in PRAISE][:MOST_EPISODES],
    )  # fmt: skip
    story.household = _household(review)
    _what_is_new(story, review, reader, how, **as_shown)
    return story


def ages_on(review: RapidReview, day: date) -> list[str]:
    """How old each child was on a day: never a date of birth."""
    return [f"{called}, {_age(born, day)}" for called, born in _born(review).items()]


def _born(review: RapidReview) -> dict[str, date]:
    children = review.incident.children.select_related("person").order_by("position")
    return {f"Child {child.position}": child.person.born_on for child in children if child.person.born_on}


def _age(born: date, day: date | None) -> str:
    if day is None:
        return ""
    if day < born:
        return "not born yet"
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    if months < 24:
        return f"{months} month{'' if months == 1 else 's'} old"
    return f"{months // 12} years old"


def _episodes(review: RapidReview, combined: Combined, born: Mapping[str, date]) -> list[Episode]:
    """Key practice episodes that people wrote; where there are none yet, the rows that they marked as weighty."""
    written = KeyEpisode.objects.filter(review=review, removed_because="").prefetch_related("rows")
    readable = {row.pk for row in combined.rows}
    found = [
        Episode(each.title, each.starts_on, each.ends_on, _ages(born, each.starts_on), pk=each.pk)
        for each in written
        if all(row.pk in readable for row in each.rows.all())
    ]
    if not found:
        marked = [row for weight in WEIGHTY for row in combined.rows if row.significance == weight and row.when.start]
        found = [
            Episode(row.texts["event"], row.when.start, row.when.end or row.when.start, _ages(born, row.when.start), row=row.pk)
            for row in marked[:MOST_EPISODES] if row.when.start
        ]  # fmt: skip
    return sorted(found[:MOST_EPISODES], key=lambda episode: episode.starts_on)


def _ages(born: Mapping[str, date], day: date | None) -> tuple[str, ...]:
    return tuple(f"{called} {_age(when, day)}" for called, when in born.items())


def _household(review: RapidReview) -> list[str]:
    """Who lives with the child, as the incident tells it, by what the review calls them."""
    with_child = set(review.incident.significant_people.filter(lives_with_child="yes").values_list("person", flat=True))
    return [each.called for each in routes.people_of(review) if each.matter_person.person_id in with_child]


def _moves(findings: Findings, combined: Combined) -> list[Shown]:
    """Rows that tell of a house move, for the household by date."""
    rows = {row.pk: row for row in combined.rows}
    kind = findings.by_kind.get("move")
    moves = [finding for finding in (kind.shown if kind else ()) if finding.about == "house move"]
    return [rows[finding.cited.all()[0].row_id] for finding in moves]


def _what_is_new(story: Story, review: RapidReview, reader: Account, how: Standing, **as_shown: bool) -> None:
    """What came or was put right since this reader said that they had read."""
    mark = ChronologyReader.objects.filter(review=review, reader=reader).first()
    if mark is None:
        return
    story.read_until = mark.read_until
    shown = {row.pk: row for row in story.combined.rows}
    changed = (
        ChronologyRow.objects.filter(file__review=review, changed_at__gt=mark.read_until)
        .select_related("file", "instead_of").order_by("-changed_at")
    )
    cast = chronology_people.cast_of(review)
    found: list[Changed] = []
    for row in changed:
        if row.pk not in shown:
            continue
        is_since = (row.file.kept_at or row.file.read_at) > mark.read_until
        is_new = is_since and row.instead_of is None
        before = [] if is_new else _put_right_since(row, mark.read_until)
        if is_since and row.instead_of is not None:
            before += [(each.label, each.before or "nothing") for each in chronology_corrections.beside(row.instead_of, row)]
        if is_new or before:
            told = tuple((label, cast.read(text, **as_shown)) for label, text in before)
            found.append(Changed(shown[row.pk], is_new, told))
    story.changed, story.more_changed = found[:MOST_NEW], max(0, len(found) - MOST_NEW)
    story.gone = _gone_since(review, how, mark.read_until, lambda text: cast.read(text, **as_shown))


def _put_right_since(row: ChronologyRow, since: datetime) -> list[tuple[str, str]]:
    return [
        (str(ChronologyRow._meta.get_field(name).verbose_name).capitalize(), str(value))
        for each in row.corrected if datetime.fromisoformat(each["at"]) > since
        for name, value in each["was"].items() if value not in (None, "")
    ]  # fmt: skip


def _gone_since(review: RapidReview, how: Standing, since: datetime, read: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """Rows of a file in whose place a corrected one came, that the corrected one no longer has: agency, day and words."""
    replaced = review.chronologies.filter(status="replaced", replaced_by__status__in=combined_chronology.COUNTED,
                                          replaced_by__kept_at__gt=since).select_related("agency")  # fmt: skip
    found = []
    for file in replaced.distinct():
        file.review = review
        for row in file.rows.filter(replaced_by__isnull=True):
            if combined_chronology.may_read(how, file, [row.seal] if row.seal else ()):
                found.append((file.agency.name, combined_chronology.when_of(row).in_words, read(row.event)))
    return found[:MOST_NEW]
