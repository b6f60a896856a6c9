"""Moves of a reader: how far they have read, private notes, and to whom a row was told."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import combined_chronology
from sightline.partnership.case_reviews.models import ChronologyReader, ChronologyRow, RapidReview, RowNote, RowShared
from sightline.partnership.case_reviews.workflow import chronology_rows
from sightline.partnership.case_reviews.workflow.findings import check_may_weigh
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@transaction.atomic
def have_read(review: RapidReview, *, by: Account, at: datetime | None = None) -> ChronologyReader:
    """From now on only what comes or changes later is new to this reader."""
    when = at or timezone.now()
    mark, made = ChronologyReader.objects.select_for_update().get_or_create(review=review, reader=by, defaults={"read_until": when})
    if not made:
        mark.before_that, mark.read_until = mark.read_until, when
        mark.save(update_fields=["before_that", "read_until"])
    return mark


@transaction.atomic
def have_not_read(review: RapidReview, *, by: Account) -> None:
    """Back to how far they had read before."""
    mark = ChronologyReader.objects.select_for_update().filter(review=review, reader=by).first()
    if mark is None:
        return
    if mark.before_that is None:
        mark.delete()
        return
    mark.read_until, mark.before_that = mark.before_that, None
    mark.save(update_fields=["before_that", "read_until"])


@transaction.atomic
def write_note(row: ChronologyRow, *, text: str, by: Account, at: datetime | None = None) -> RowNote | None:
    """A note that nobody but its author reads; without words it is taken away."""
    _check_reads(row, by)
    if not text.strip():
        RowNote.objects.filter(row=row, author=by).delete()
        return None
    note, _ = RowNote.objects.update_or_create(row=row, author=by, defaults={"text": text.strip(), "changed_at": at or timezone.now()})
    return note


@transaction.atomic
def say_shared(
    row: ChronologyRow, *, agency: Agency, on: date, by: Account, at: time | None = None, how: str = "", words: str = "",
    when: datetime | None = None,
) -> RowShared:  # fmt: skip
    """Another agency was told of what a row says: when, and how."""
    row = _for_a_change(row, by)
    if agency.pk == row.file.agency_id:
        raise NotAllowedNow("This is the agency’s own row. Choose the agency that was told.")
    if row.date_from and on < row.date_from:
        raise NotAllowedNow("Nobody can be told before it happened. Check the day.")
    shared, made = RowShared.objects.get_or_create(
        row=row,
        agency=agency,
        on=on,
        defaults={"at": at, "how": how, "words": words.strip(), "said_by": by, "said_at": when or timezone.now()},
    )
    if not made:
        raise NotAllowedNow("That this agency was told on this day is recorded already.")
    trail.record("chronology_row.shared", row, by=by, kind="K4", matter_id=row.file.matter_id)
    return shared


@transaction.atomic
def take_back_shared(shared: RowShared, *, by: Account) -> None:
    """It was not told after all."""
    row = _for_a_change(shared.row, by)
    RowShared.objects.filter(pk=shared.pk).delete()
    trail.record("chronology_row.not_shared", row, by=by, kind="K4", matter_id=row.file.matter_id)


def _for_a_change(row: ChronologyRow, by: Account) -> ChronologyRow:
    row = ChronologyRow.objects.select_for_update(of=("self",)).select_related(*chronology_rows.RELATED).get(pk=row.pk)
    check_may_weigh(row.file.review, by)
    _check_reads(row, by)
    return row


def _check_reads(row: ChronologyRow, by: Account) -> None:
    how = need_to_know.standing(by, row.file.matter)
    if not combined_chronology.may_read(how, row.file, [row.seal] if row.seal else ()):
        raise NotPermitted("This row is withheld from you.")
