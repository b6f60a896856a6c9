"""Moves by which chronologies go out as files. Each asks the one door, and none goes out while proceedings are under way."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import chronology_out, combined_chronology, review_access
from sightline.partnership.case_reviews.models import ChronologyFile, ChronologyRow, PracticeReview, RapidReview
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.workflow import chronology_rows, outgoing
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.workflow import matters
from sightline.procedures.errors import NotAllowedNow, NotPermitted

# A family or the public is given nothing yet: for them there are previews on the screen.
READERS: Final = ("partners", "national_panel", "agency")
STOPPED: Final = (
    "Criminal or family proceedings are under way. No chronology goes out as a file while they are: read it here, and ask the police and "
    "the legal adviser before anybody is given anything."
)


def stopped_by(review: RapidReview) -> str:
    """Why nothing goes out now, or nothing."""
    waits = PracticeReview.objects.filter(rapid_review=review, pauses__ended_on__isnull=True, pauses__kind__in=("criminal", "family_court"))
    return STOPPED if review.matter.live_proceedings or waits.exists() else ""


def set_proceedings(review: RapidReview, *, are_live: bool, by: Account) -> RapidReview:
    """Say whether criminal or family proceedings are under way: while they are, no chronology goes out."""
    review_access.check_can_run_chronology(by, review)
    matters.set_proceedings(review.matter, are_live=are_live, by=by)
    return review


def take_out(
    review: RapidReview, *, kind: str, audience: str, recipient: str, by: Account, at: datetime | None = None,
) -> bytes:  # fmt: skip
    """The combined chronology under codes, without marked rows, for one reader."""
    when = at or timezone.now()
    _check(review, kind, audience, by)
    combined = combined_chronology.of_review(review, need_to_know.standing(by, review.matter))
    if not combined.rows:
        raise NotAllowedNow("There is no row yet that could go out.")
    on = timezone.localdate(when)
    missing = combined_chronology.missing(review)
    content = chronology_out.as_file(chronology_out.combined_sheet(combined, missing, reference=review.matter.reference, on=on), kind, on)
    return _let_out(review, content, kind=kind, audience=audience, recipient=recipient, by=by, at=when, what=review)


def take_out_for_agency(file: ChronologyFile, *, kind: str, by: Account, at: datetime | None = None) -> bytes:
    """One agency's own table in its own words, to be sent to it for correction. Its words hold names, so a second person clears it."""
    when = at or timezone.now()
    _check(file.review, kind, "agency", by)
    how = need_to_know.standing(by, file.matter)
    if not combined_chronology.may_read(how, file):
        raise NotPermitted("This chronology is withheld from you.")
    content = _own(file, file.rows.filter(seal=""), kind, timezone.localdate(when))
    return _let_out(file.review, content, kind=kind, audience="agency", recipient=str(file.agency), by=by, at=when, what=file)


@transaction.atomic
def take_own(file: ChronologyFile, *, kind: str, by: Writer, at: datetime | None = None) -> bytes:
    """An agency is given back what it wrote, and what it wrote alone: nobody else's words are in it, so no door stands before it."""
    if file.request is None or not (review_access.can_write(by, file.request) or _reads_own(by, file)):
        raise NotPermitted("Only the agency that wrote this takes it back.")
    if why := stopped_by(file.review):
        raise NotAllowedNow(why)
    rows = [row for row in _in_order(file) if chronology_rows.may_read_mark(by, row)]
    content = _own(file, rows, kind, timezone.localdate(at or timezone.now()))
    trail.record("chronology.taken_back", file, by=by, kind="K4", matter_id=file.matter_id)
    return content


def _reads_own(by: Writer, file: ChronologyFile) -> bool:
    return isinstance(by, Account) and review_access.can_read_own(by, file.request)


def _in_order(file: ChronologyFile) -> Iterable[ChronologyRow]:
    rows = file.rows.select_related("file__review__incident__matter", "file__agency").order_by("number")
    return list(rows)


def _own(file: ChronologyFile, rows: Iterable[ChronologyRow], kind: str, on: date) -> bytes:
    told = list(rows)
    if kind not in chronology_out.KINDS or file.status not in combined_chronology.COUNTED or not told:
        raise NotAllowedNow("There is no kept row of this chronology that could go out.")
    return chronology_out.as_file(chronology_out.own_sheet(told, agency=file.agency.name), kind, on)


def _check(review: RapidReview, kind: str, audience: str, by: Account) -> None:
    review_access.check_can_run_chronology(by, review)
    if why := stopped_by(review):
        raise NotAllowedNow(why)
    if kind not in chronology_out.KINDS or audience not in READERS:
        raise NotAllowedNow("Choose a kind of file and a reader from the lists. A family or the public is given nothing yet.")


def _let_out(
    review: RapidReview, content: bytes, *, kind: str, audience: str, recipient: str, by: Account, at: datetime, what: object,
) -> bytes:  # fmt: skip
    """Through the door, and into the trail. Where the door refuses, its check stays for a second person to look at."""
    outgoing.let_out(review.incident, content=content, extension=kind, audience=audience, recipient=recipient, by=by, at=at)
    with transaction.atomic():
        trail.record("chronology.taken_out", what, by=by, kind="K5", matter_id=review.matter_id, fields=[kind, audience])
    return content
