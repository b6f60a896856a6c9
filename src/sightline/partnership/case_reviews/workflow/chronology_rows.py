"""Moves of one row of a chronology: looked at, put right, marked, typed; and codes put again in place of names."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import chronology_people, review_access
from sightline.partnership.case_reviews.models import ChronologyFile, ChronologyRow, RapidReview
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.workflow import chronologies, chronology_analysis
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.access.allow import SEALS
from sightline.procedures.chronology.themes import THEMES
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.references import new_ulid

CAN_BE_PUT_RIGHT = (
    "date_from", "date_to", "precision", "is_uncertain", "time", "recorded_on", "source", "event", "action", "comment", "shared_with",
    "child_seen",
)  # fmt: skip
RELATED = ("file__review__incident__matter", "file__agency", "file__request__review__incident__matter")


class RowChanged(NotAllowedNow):
    """Somebody else put the row right meanwhile; both texts are shown."""

    def __init__(self, row: ChronologyRow) -> None:
        super().__init__("Somebody else has changed this row since you opened it. Look at what stands there now, then save yours again.")
        self.row = row


@transaction.atomic
def correct_row(row: ChronologyRow, *, by: Writer, seen_version: int, at: datetime | None = None, **fields: Any) -> ChronologyRow:
    """Put a row right. What stood there before is kept, and how the agency wrote its date stays as it is."""
    row = _locked(row, by)
    chronologies.check_can_change(by, row.file)
    _check_live(row.file)
    if unknown := set(fields) - set(CAN_BE_PUT_RIGHT):
        raise NotAllowedNow(f"These fields of a row stay as they are: {', '.join(sorted(unknown))}.")
    if row.version != seen_version:
        raise RowChanged(row)
    _check_days({name: fields.get(name, getattr(row, name)) for name in ("date_from", "date_to", "precision", "event")})
    was = {name: _plain(getattr(row, name)) for name, value in fields.items() if getattr(row, name) != value}
    if not was:
        return row
    for name in was:
        setattr(row, name, fields[name])
    row.corrected = [*row.corrected, {"at": (at or timezone.now()).isoformat(), "by": by.pk, "was": was}]
    row.version += 1
    chronology_people.cast_of(row.file.review).put_into(row)
    row.save()
    chronology_analysis.mark_stale(row.file.review)
    trail.record("chronology_row.corrected", row, by=by, kind="K4", matter_id=row.file.matter_id, fields=sorted(was))
    return row


@transaction.atomic
def mark_row(
    row: ChronologyRow, *, by: Account, seal: str | None = None, significance: str | None = None, themes: list[str] | None = None
) -> ChronologyRow:  # fmt: skip
    """Mark a row: who must not read it, how much it matters, what it is about. What is not given stays."""
    row = _locked(row, by)
    may_weigh = review_access.can_work_on_chronology(by, row.file.review)
    if not may_weigh and not chronologies.can_change(by, row.file):
        raise NotPermitted("Only those who work on the review mark rows.")
    _check_live(row.file)
    if seal is not None and seal != row.seal:
        chronologies.check_can_change(by, row.file)
        if seal and seal not in SEALS:
            raise NotAllowedNow("This mark does not exist. Choose one of the list.")
        row.seal = seal
    if significance is not None:
        if significance not in dict(ChronologyRow.SIGNIFICANCE):
            raise NotAllowedNow("Choose how much the row matters from the list.")
        row.significance = significance
    if themes is not None:
        if set(themes) - set(THEMES):
            raise NotAllowedNow("Choose themes from the list.")
        row.themes = list(dict.fromkeys(themes))
    row.version += 1
    row.save()
    trail.record("chronology_row.marked", row, by=by, kind="K4", matter_id=row.file.matter_id)
    return row


@transaction.atomic
def tell_same_event(row: ChronologyRow, *, other: ChronologyRow, by: Account) -> ChronologyRow:
    """Two agencies' rows tell of one event. Both stay, each in its own words; they count as one event."""
    row, other = _locked(row, by), _locked(other, by)
    _check_may_weigh(row, by)
    _check_live(other.file)
    if other.file.review_id != row.file.review_id or other.file.agency_id == row.file.agency_id:
        raise NotAllowedNow("Choose a row that another agency of this review sent.")
    event = row.same_event or other.same_event or new_ulid()
    joined = Q(pk__in=[row.pk, other.pk])
    if other.same_event:
        joined |= Q(same_event=other.same_event, file__review=row.file.review_id)
    ChronologyRow.objects.filter(joined).update(same_event=event)
    chronology_analysis.mark_stale(row.file.review)
    trail.record("chronology_row.same_event", row, by=by, kind="K4", matter_id=row.file.matter_id)
    return ChronologyRow.objects.get(pk=row.pk)


@transaction.atomic
def tell_apart(row: ChronologyRow, *, by: Account) -> ChronologyRow:
    """This row tells of an event of its own after all."""
    row = _locked(row, by)
    _check_may_weigh(row, by)
    event, row.same_event = row.same_event, ""
    row.save(update_fields=["same_event", "changed_at"])
    left = ChronologyRow.objects.filter(same_event=event) if event else ChronologyRow.objects.none()
    if left.count() == 1:
        left.update(same_event="")
    chronology_analysis.mark_stale(row.file.review)
    trail.record("chronology_row.told_apart", row, by=by, kind="K4", matter_id=row.file.matter_id)
    return row


@transaction.atomic
def look_done(row: ChronologyRow, *, by: Account, at: datetime | None = None) -> ChronologyRow:
    """Somebody has looked at a row that was read with a doubt, and it stands."""
    row = _locked(row, by)
    chronologies.check_can_change(by, row.file)
    _check_live(row.file)
    if not row.needs_look:
        raise NotAllowedNow("Nothing is to be looked at in this row.")
    row.looked_at, row.looked_by = at or timezone.now(), by
    row.version += 1
    row.save(update_fields=["looked_at", "looked_by", "version", "changed_at"])
    trail.record("chronology_row.looked_at", row, by=by, kind="K4", matter_id=row.file.matter_id)
    return row


@transaction.atomic
def type_row(file: ChronologyFile, *, by: Writer, **fields: Any) -> ChronologyRow:
    """Type one row beside a file that is kept as an attachment."""
    related = ("review__incident__matter", "request__review__incident__matter", "document")
    file = ChronologyFile.objects.select_for_update(of=("self",)).select_related(*related).get(pk=file.pk)
    chronologies.check_can_change(by, file)
    _check_live(file)
    if file.status != "attached":
        raise NotAllowedNow("Rows are typed only beside a file that is kept as an attachment.")
    _check_days(fields)
    number = (file.rows.aggregate(last=Max("number"))["last"] or 0) + 1
    given = {"where": "typed", "seal": file.document.seal if file.document else "", "date_to": fields.get("date_from"), **fields}
    row = ChronologyRow(file=file, number=number, **given)
    chronology_people.cast_of(file.review).put_into(row)
    row.save()
    file.kept_rows, file.version = file.kept_rows + 1, file.version + 1
    file.save(update_fields=["kept_rows", "version"])
    chronology_analysis.mark_stale(file.review)
    trail.record("chronology_row.typed", row, by=by, kind="K4", matter_id=file.matter_id)
    return row


@transaction.atomic
def pseudonymise_again(review: RapidReview, *, by: Account) -> int:
    """Put codes again in place of names, after the people of the matter have changed; how many rows were made for other people."""
    review_access.check_can_run_chronology(by, review)
    RapidReview.objects.select_for_update().get(pk=review.pk)
    cast = chronology_people.cast_of(review)
    rows = [row for row in ChronologyRow.objects.filter(file__review=review) if row.shown.get("of") != cast.mark]
    for row in rows:
        cast.put_into(row)
    ChronologyRow.objects.bulk_update(rows, ["shown", "people"], batch_size=200)
    trail.record("chronology.codes_put_again", review, by=by, kind="K5", matter_id=review.matter_id)
    return len(rows)


def may_read_mark(by: Writer, row: ChronologyRow) -> bool:
    """Whether somebody may read a row despite its mark: its agency's writers by link sent it themselves."""
    if isinstance(by, Officer) or not row.seal:
        return True
    return bool(
        need_to_know.decide(
            by, "R", "K4", matter=row.file.matter, owner_agency_id=row.file.agency_id, state=row.file.access_state, seals=[row.seal]
        )
    )


def _locked(row: ChronologyRow, by: Writer) -> ChronologyRow:
    row = ChronologyRow.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=row.pk)
    if not may_read_mark(by, row):
        raise NotPermitted("This row is withheld from you.")
    return row


def _check_may_weigh(row: ChronologyRow, by: Account) -> None:
    if not review_access.can_work_on_chronology(by, row.file.review):
        raise NotPermitted("Only those who work on the review say which rows tell of the same event.")
    _check_live(row.file)


def _check_live(file: ChronologyFile) -> None:
    if not review_access.chronology_is_open(file.review):
        raise NotAllowedNow("This review has ended. Its chronology stays as it is.")
    if file.status == "replaced":
        raise NotAllowedNow("A corrected file has taken the place of this one. Change the row there.")


def _check_days(fields: dict[str, Any]) -> None:
    first, last, precision = fields.get("date_from"), fields.get("date_to"), fields.get("precision", "exact")
    if precision != "unknown" and first is None:
        raise NotAllowedNow("Enter the day, or say that the date is not understood.")
    if precision == "range" and last is None:
        raise NotAllowedNow("Enter the last day of the time, or say that it is one day.")
    if first and last and last < first:
        raise NotAllowedNow("The last day is before the first. Check both days.")
    if not fields.get("event", "").strip():
        raise NotAllowedNow("Write what happened, in the agency’s own words.")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
