"""Chronologies of invented agencies: files as they are sent, and rows as they are kept."""

from datetime import date, time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.case_reviews import chronology_people
from sightline.partnership.case_reviews.models import AgencyRequest, ChronologyFile, ChronologyRow, RapidReview

HEADINGS = "Date,Time,Source,Event,Action taken,Child seen"


def csv_file(*rows: str, headings: str = HEADINGS, name: str = "chronology.csv") -> SimpleUploadedFile:
    """A file of rows, each a line of six cells."""
    return SimpleUploadedFile(name, "\n".join([headings, *rows]).encode(), "text/csv")


def kept(review: RapidReview, agency: Agency, *, by: Account, request: AgencyRequest | None = None, **fields: Any) -> ChronologyFile:
    """A chronology as the move leaves it, without a file that would be looked at and read."""
    now = timezone.now()
    given = {"status": "kept", "read_by": by, "read_at": now, "kept_by": by, "kept_at": now}
    return ChronologyFile.objects.create(review=review, agency=agency, request=request, **{**given, **fields})


def row(file: ChronologyFile, event: str, on: date | None = date(2020, 2, 3), at: time | None = None, **fields: Any) -> ChronologyRow:
    """One row of it, with codes in place of names."""
    number = file.rows.count() + 1
    given = {"file": file, "number": number, "date_from": on, "date_to": on, "time": at, "event": event}
    made = ChronologyRow(**{**given, **fields})
    chronology_people.cast_of(file.review).put_into(made)
    made.save()
    ChronologyFile.objects.filter(pk=file.pk).update(kept_rows=number, lines=number)
    return made
