"""What pages of chronologies need: files stand with their review or with their agency's answer, rows with both and with their mark."""

from typing import Any

from django.http import Http404

from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.abilities import _PartOfReview, rapid_review
from sightline.partnership.case_reviews.models import ChronologyFile, ChronologyRow, GlossaryEntry, RapidReview
from sightline.partnership.case_reviews.workflow.chronologies import RELATED, can_change
from sightline.partnership.need_to_know.abilities import guarded_by
from sightline.partnership.need_to_know.access import Standing

OF_ROW = ("file__review__incident__matter", "file__review__incident__notification", "file__agency", "file__request__agency")


class MarkedRow:
    """A row with what the policy asks of it: its agency's answer, under its own mark."""

    def __init__(self, row: ChronologyRow) -> None:
        self.row, self.pk, self.matter, self.review = row, row.pk, row.file.matter, row.file.review
        self.owner_agency_id, self.access_state = row.file.owner_agency_id, row.file.access_state
        self.seals = (row.seal,) if row.seal else ()


class Original:
    """The file as it was sent. It holds every row, so whoever opens it must be cleared for every mark."""

    def __init__(self, file: ChronologyFile) -> None:
        assert file.document is not None
        self.file, self.pk, self.matter = file, file.pk, file.matter
        self.owner_agency_id, self.access_state = file.owner_agency_id, file.access_state
        self.seals = tuple({*file.document.seals, *file.rows.exclude(seal="").values_list("seal", flat=True)})


def chronology_file(file_id: str, **_: Any) -> Any:
    """A file as part of its review; what an agency has not kept yet is as if it were not there."""
    file = ChronologyFile.objects.select_related(*RELATED, "review__incident__notification").get(pk=file_id)
    if file.status == "read" and file.request_id is not None:
        raise Http404
    return _PartOfReview(file.review, file)


def original(file_id: str, **_: Any) -> Original:
    file = ChronologyFile.objects.select_related(*RELATED).get(pk=file_id)
    if file.document is None:
        raise Http404
    return Original(file)


def chronology_row(row_id: str, **_: Any) -> MarkedRow:
    return MarkedRow(ChronologyRow.objects.select_related(*OF_ROW).get(pk=row_id))


def _may_read_row(how: Standing, row: MarkedRow) -> bool:
    facts = {"owner_agency_id": row.owner_agency_id, "state": row.access_state, "seals": row.seals, "object_id": row.pk}
    return bool(how.decide("R", "K5", state=row.review.access_state) and how.decide("R", "K4", **facts))


def _may_edit_row(how: Standing, row: MarkedRow) -> bool:
    return _may_read_row(how, row) and bool(how.decide("E", "K5", state=review_access.chronology_state(row.review)))


def _may_correct_row(how: Standing, row: MarkedRow) -> bool:
    """The agency's own words hold names, so whoever puts them right must be let in to the identities."""
    owner = {"owner_agency_id": row.matter.raised_by_agency_id, "state": review_access.chronology_state(row.review)}
    return _may_edit_row(how, row) and can_change(how.account, row.row.file) and bool(how.decide("I", "K1", **owner))


def may_read_names(how: Standing, review: RapidReview) -> bool:
    """Who reads the review and is let in to its identities."""
    owner = {"owner_agency_id": review.matter.raised_by_agency_id}
    return bool(how.decide("R", "K5", state=review.access_state) and how.decide("I", "K1", state=review.access_state, **owner))


def _may_read_row_named(how: Standing, row: MarkedRow) -> bool:
    return _may_read_row(how, row) and may_read_names(how, row.review)


def glossary_entry(entry_id: str, **_: Any) -> Any:
    """An entry of a glossary as part of its review."""
    found = GlossaryEntry.objects.select_related("review__incident__matter", "review__incident__notification", "written")
    entry = found.get(pk=entry_id, removed_at__isnull=True)
    return _PartOfReview(entry.review, entry)


def _may_keep_glossary(how: Standing, thing: Any) -> bool:
    """The unit, where it is let in to the identities."""
    review = thing.review if isinstance(thing, _PartOfReview) else thing
    return may_read_names(how, review) and review_access.can_run_chronology(how.account, review)


def may_open_names(how: Standing, review: RapidReview) -> bool:
    """Whether the way to names is shown: it is supposed that the person will confirm who they are, and the page asks again."""
    return may_read_names(how.confirmed(), review)


reads_row = guarded_by("K4", "R", chronology_row, _may_read_row)
edits_row = guarded_by("K5", "E", chronology_row, _may_edit_row)
corrects_row = guarded_by("K1", "I", chronology_row, _may_correct_row)
reads_names = guarded_by("K1", "I", rapid_review, may_read_names)
reads_row_named = guarded_by("K1", "I", chronology_row, _may_read_row_named)
keeps_glossary = guarded_by("K1", "I", rapid_review, _may_keep_glossary)
keeps_glossary_entry = guarded_by("K1", "I", glossary_entry, _may_keep_glossary)


def _runs(how: Standing, thing: Any) -> bool:
    review = thing if isinstance(thing, RapidReview) else thing.review
    return review_access.can_run_chronology(how.account, review)


runs_chronology = guarded_by("K5", "E", rapid_review, _runs)
runs_chronology_file = guarded_by("K5", "E", chronology_file, _runs)
