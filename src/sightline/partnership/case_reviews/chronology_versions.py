"""What one member of a family, or the public, would read of a review's chronologies, as far as this reader may read them."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sightline.partnership.case_reviews import chronology_people, chronology_scan, combined_chronology
from sightline.partnership.case_reviews.combined_chronology import Shown
from sightline.partnership.case_reviews.models import ChronologyRow, KeyEpisode, RapidReview, VersionPreview
from sightline.partnership.need_to_know.access import Standing
from sightline.procedures.chronology.absence import PROVES, Absence, Listed
from sightline.procedures.chronology.merge import When

KEPT_BACK: Final = "[kept back]"
MOST_SHOWN: Final = 300


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or the words that stand where something is kept back."""

    text: str
    is_kept_back: bool = False


@dataclass(frozen=True)
class Line:
    """One row as that reader would see it."""

    number: int
    pk: str
    when: str
    who: str
    pieces: tuple[Piece, ...]


@dataclass
class Version:
    """The rows, how much of them is kept back and why, and what changed since police and lawyers saw it."""

    lines: list[Line] = field(default_factory=list)
    kept_back: Counter[str] = field(default_factory=Counter)
    not_readable: int = 0
    mark: str = ""
    proves: str = PROVES

    @property
    def kept_back_by_kind(self) -> list[tuple[str, int]]:
        return sorted(self.kept_back.items())


def of_preview(preview: VersionPreview, how: Standing) -> Version:
    """Rows under codes with everything listed, and every protected fact of this recipient, taken out."""
    review = preview.review
    chosen = set(chosen_rows(preview))
    shown = [row for row in combined_chronology.of_review(review, how).rows if row.pk in chosen]
    listed = chronology_scan.everything_listed(review)
    protected = [Listed("protected", fact.get_kind_display(), fact.words) for fact in preview.protected.all()]
    absence, version = Absence([*protected, *listed]), Version(not_readable=len(chosen) - len(shown), mark=mark_of(preview))
    sectors = {file.agency_id: file.agency.get_sector_display() for file in review.chronologies.select_related("agency")}
    for number, row in enumerate(shown, start=1):
        text = row.texts["event"]
        if preview.audience == "family" and row.texts["action"]:
            text = f"{text}\nWhat was done: {row.texts['action']}"
        is_public = preview.audience == "public"
        who = sectors.get(row.agency_id) or "An agency" if is_public else row.agency
        version.lines.append(Line(number, row.pk, _when(row, is_public), who, _pieces(text, absence, version.kept_back)))
    return version


def chosen_rows(preview: VersionPreview) -> list[str]:
    """The rows of this version, marked ones never among them."""
    rows = ChronologyRow.objects.filter(file__review=preview.review, file__status__in=combined_chronology.COUNTED, seal="")
    rows = rows.exclude(pk__in=preview.left_out.values("pk"))
    if preview.rows == "marked":
        told = KeyEpisode.objects.filter(review=preview.review, removed_because="").values("rows")
        rows = rows.exclude(significance="") | rows.filter(pk__in=told)
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


def mark_of(preview: VersionPreview) -> str:
    """Changes whenever something in the version does: a row, a code, a protected fact, what is left out."""
    rows = ChronologyRow.objects.filter(pk__in=chosen_rows(preview)).order_by("pk").values_list("pk", "version")
    told = (
        preview.audience, preview.recipient_id, preview.rows, list(rows), chronology_people.cast_of(preview.review).mark,
        sorted(preview.protected.values_list("kind", "words")),
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()


def numbered(preview: VersionPreview, how: Standing, numbers: Iterable[int]) -> list[str]:
    """The rows that a reader means by their numbers on the page."""
    wanted = set(numbers)
    return [line.pk for line in of_preview(preview, how).lines if line.number in wanted]


def recipients(review: RapidReview) -> list[tuple[str, str]]:
    """The family by what the review calls them."""
    return list(chronology_people.called_in_family(review).items())


def _when(row: Shown, is_public: bool) -> str:
    """For the public a month and a year: a day alone can tell who is meant."""
    when = row.when
    if not is_public or not when.is_known or when.start is None:
        return when.in_words
    return When(when.start, when.end, "month").in_words


def _pieces(text: str, absence: Absence, kept_back: Counter[str]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for hit in absence.hits(text):
        kept_back[hit.listed.of if hit.listed.kind == "protected" else f"{hit.listed.kind.capitalize()} that is listed"] += 1
        pieces += [Piece(text[at : hit.start]), Piece(KEPT_BACK, is_kept_back=True)]
        at = hit.end
    return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)
