"""Moves of a review's glossary: who and where else its chronologies name, and by which code each is called."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import review_access, routes
from sightline.partnership.case_reviews.models import GlossaryEntry, RapidReview
from sightline.partnership.case_reviews.workflow import chronology_rows
from sightline.partnership.people import workflow as people
from sightline.procedures.errors import NotAllowedNow


@transaction.atomic
def add(
    review: RapidReview, *, kind: str, called: str, name: str, by: Account, also_written: str = "", about: str = "",
    at: datetime | None = None,
) -> GlossaryEntry:  # fmt: skip
    """Somebody or somewhere that rows name: from now on the code stands in the name's place."""
    review = _for_a_change(review, by)
    _check(review, called=called, name=name, also_written=also_written, about=about)
    written = people.write_name(name=name, also_written=also_written, by=by, matter_id=review.matter_id)
    entry = GlossaryEntry.objects.create(
        review=review, kind=kind, called=called.strip(), about=about.strip(), written=written, added_by=by, added_at=at or timezone.now()
    )
    chronology_rows.pseudonymise_again(review, by=by)
    _record("added", entry, by)
    return entry


@transaction.atomic
def change(
    entry: GlossaryEntry, *, kind: str, called: str, name: str, by: Account, seen_version: int, also_written: str = "", about: str = "",
) -> GlossaryEntry:  # fmt: skip
    """Another code, role or spelling."""
    entry = _locked(entry, by)
    if entry.version != seen_version:
        raise NotAllowedNow("Somebody else has changed this entry since you opened it. Look at it as it is now, then save yours again.")
    _check(entry.review, called=called, name=name, also_written=also_written, about=about, but=entry)
    people.correct_name(entry.written, name=name, also_written=also_written, by=by, matter_id=entry.review.matter_id)
    entry.kind, entry.called, entry.about = kind, called.strip(), about.strip()
    entry.version += 1
    entry.save()
    chronology_rows.pseudonymise_again(entry.review, by=by)
    _record("changed", entry, by)
    return entry


@transaction.atomic
def remove(entry: GlossaryEntry, *, by: Account, at: datetime | None = None) -> None:
    """The name is readable in the rows again, to those who may read them."""
    entry = _locked(entry, by)
    entry.removed_at = at or timezone.now()
    entry.version += 1
    entry.save(update_fields=["removed_at", "version"])
    chronology_rows.pseudonymise_again(entry.review, by=by)
    _record("removed", entry, by)


def _for_a_change(review: RapidReview, by: Account) -> RapidReview:
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_run_chronology(by, review)
    return review


def _locked(entry: GlossaryEntry, by: Account) -> GlossaryEntry:
    entry = (
        GlossaryEntry.objects.select_for_update(of=("self",))
        .select_related("review__incident__matter", "written")
        .get(pk=entry.pk, removed_at__isnull=True)
    )
    review_access.check_can_run_chronology(by, entry.review)
    return entry


def _check(review: RapidReview, *, called: str, name: str, also_written: str, about: str, but: GlossaryEntry | None = None) -> None:
    taken = {each.called.casefold() for each in routes.people_of(review)}
    entries = review.glossary.filter(removed_at__isnull=True)
    taken |= {each.called.casefold() for each in (entries.exclude(pk=but.pk) if but else entries)}
    if not name.strip() or not called.strip():
        raise NotAllowedNow("Write the name as rows have it, and what the review calls it instead.")
    if called.strip().casefold() in taken:
        raise NotAllowedNow(f"“{called.strip()}” is taken. Add a number, as in “Social worker 2”.")
    spelt = [each.strip().casefold() for each in [name, *also_written.split(",")] if len(each.strip()) > 2]
    told = f"{called} {about}".casefold()
    if any(each in told for each in spelt):
        raise NotAllowedNow("The code or the role tells the name. Write what they are to the child, and no name.")


def _record(what: str, entry: GlossaryEntry, by: Account) -> None:
    trail.record(f"glossary.{what}", entry, by=by, kind="K1", matter_id=entry.review.matter_id)
