"""Moves of an agency's chronology: received, looked at line by line, kept or discarded; a corrected one takes the place of the old."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, time

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import chronology_people, review_access
from sightline.partnership.case_reviews.chronology_reading import read_apart
from sightline.partnership.case_reviews.models import AgencyRequest, ChronologyFile, ChronologyRow, RapidReview
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.workflow import chronology_analysis, chronology_corrections
from sightline.partnership.documents import workflow as documents
from sightline.partnership.documents.models import Document
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.chronology.reading import FATES, FIELDS, CannotRead, Reading, Row
from sightline.procedures.errors import NotAllowedNow, NotPermitted

LEFT_OUT = "left_out"
RELATED = ("review__incident__matter", "agency", "request__review__incident__matter", "document__matter", "replaces")
FATE_WORDS = {**FATES, LEFT_OUT: "Left out by whoever kept the file"}


def receive(
    review: RapidReview, upload: UploadedFile, *, agency: Agency, by: Writer, request: AgencyRequest | None = None, seal: str = "",
    replaces: ChronologyFile | None = None, at: datetime | None = None,
) -> ChronologyFile:  # fmt: skip
    """Keep the original and read it. Its rows are kept by a second step, after somebody has seen what became of every line.

    Until then it is its agency's own, or the unit's where the unit was sent it. What cannot be read is kept as an attachment.
    """
    request = _side(review, agency, request, by)
    _check_not_ended(review)
    at = at or timezone.now()
    document = documents.keep(
        upload, matter=review.matter, title="Chronology", by=by, seal=seal, kind="return", agency=agency, is_draft=True
    )
    reading, sentence = _read(review, document)
    with transaction.atomic():
        who = {"read_by_officer": by} if isinstance(by, Officer) else {"read_by": by}
        file = ChronologyFile.objects.create(
            review=review, agency=agency, request=request, document=document, replaces=replaces, read_at=at, **who, **_facts(reading)
        )
        if sentence:
            file.notes = [sentence]
            _attach(file, document, by=by, at=at)
        trail.record("chronology.received", file, by=by, kind="K4", matter_id=review.matter_id)
    return file


def receive_pasted(review: RapidReview, text: str, *, agency: Agency, by: Writer, **more: object) -> ChronologyFile:
    """A table that was copied out of a message: kept as a text file, and read like any other."""
    if not text.strip():
        raise NotAllowedNow("Paste the table, with its headings if it has any.")
    upload = SimpleUploadedFile("pasted.txt", text.encode(), "text/plain")
    return receive(review, upload, agency=agency, by=by, **more)  # type: ignore[arg-type]


def replace(file: ChronologyFile, upload: UploadedFile, *, by: Writer, seal: str = "", at: datetime | None = None) -> ChronologyFile:
    """A corrected file from the agency. The old one counts until the new one is kept, and stays on record after it."""
    if file.status not in ("kept", "attached"):
        raise NotAllowedNow("Only a chronology that was kept can be replaced.")
    return receive(file.review, upload, agency=file.agency, by=by, request=file.request, seal=seal, replaces=file, at=at)


def reading_of(file: ChronologyFile, columns: Mapping[int, str] | None = None) -> Reading:
    """The original read again: between the look and the keeping, nothing of its rows is stored."""
    assert file.document is not None
    reading, sentence = _read(file.review, file.document, columns if columns is not None else _told(file))
    if sentence:
        raise NotAllowedNow(sentence)
    return reading


def differences(file: ChronologyFile, reading: Reading) -> chronology_corrections.SentAgain | None:
    """What a corrected file changes, before it is kept."""
    assert file.document is not None
    return chronology_corrections.of_file(file, [_row(file, row, file.document.seal) for row in reading.rows])


def say_columns(file: ChronologyFile, *, columns: Mapping[int, str], by: Writer) -> ChronologyFile:
    """What the columns hold, said by a person; the file is read again by it."""
    if unknown := [field for field in columns.values() if field not in (*FIELDS, "other")]:
        raise NotAllowedNow(f"“{unknown[0]}” is not something that a column can hold. Choose one of the list.")
    check_can_change(by, file)
    reading = reading_of(file, columns)  # before the transaction: nobody else waits while a file is read
    with transaction.atomic():
        file = _locked_draft(file, by)
        for name, value in _facts(reading).items():
            setattr(file, name, value)
        file.version += 1
        file.save()
        trail.record("chronology.columns_said", file, by=by, kind="K4", matter_id=file.matter_id)
    return file


def keep_rows(
    file: ChronologyFile, *, by: Writer, decisions: Mapping[int, str] | None = None, at: datetime | None = None
) -> ChronologyFile:  # fmt: skip
    """Keep the rows. `decisions` gives, by its number, why a row is left out; every other row is kept."""
    check_can_change(by, file)
    file = ChronologyFile.objects.select_related(*RELATED).get(pk=file.pk)
    _check_draft(file)
    at, left_out = at or timezone.now(), {number: reason.strip() for number, reason in (decisions or {}).items()}
    if without := [number for number, reason in left_out.items() if not reason]:
        raise NotAllowedNow(f"Say why row {without[0]} is left out, or keep it.")
    reading, seen_version = reading_of(file), file.version
    if not reading.is_whole:
        raise RuntimeError(f"Chronology {file.pk}: lines of it have no fate.")
    if unknown := sorted(set(left_out) - {row.number for row in reading.rows}):
        raise NotAllowedNow(f"There is no row {unknown[0]} to leave out. Look at the numbers of the rows.")
    with transaction.atomic():
        file = _locked_draft(file, by)
        if file.version != seen_version:
            raise NotAllowedNow("Somebody else said what the columns hold meanwhile. Look at the rows again, then keep them.")
        chronology_corrections.check_stands(file)
        cast, seal = chronology_people.cast_of(file.review), file.document.seal
        rows = [_row(file, row, seal) for row in reading.rows if row.number not in left_out]
        for row in rows:
            cast.put_into(row)
        ChronologyRow.objects.bulk_create(rows)
        chronology_corrections.take_over(file, rows)
        for name, value in _facts(reading).items():
            setattr(file, name, value)
        file.explained += [
            {"where": row.where, "fate": LEFT_OUT, "why": left_out[row.number], "text": row.event or ""}
            for row in reading.rows
            if row.number in left_out
        ]
        file.status, file.kept_rows = "kept", len(rows)
        _hand_over(file, by=by, at=at)
        trail.record("chronology.kept", file, by=by, kind="K4", matter_id=file.matter_id)
    return file


@transaction.atomic
def discard(file: ChronologyFile, *, by: Writer) -> None:
    """Take away a file that was never kept. A legal hold stops this too."""
    file = _locked_draft(file, by)
    document, pk, matter_id = file.document, file.pk, file.matter_id
    file.delete()
    if document is not None:
        documents.discard_draft(document, by=by)
    file.pk = pk
    trail.record("chronology.discarded", file, by=by, kind="K4", matter_id=matter_id)


@transaction.atomic
def attach(file: ChronologyFile, *, by: Writer, at: datetime | None = None) -> ChronologyFile:
    """Keep a file as an attachment although it could be read: its rows are typed beside it."""
    file = _locked_draft(file, by)
    _attach(file, file.document, by=by, at=at or timezone.now())
    trail.record("chronology.attached", file, by=by, kind="K4", matter_id=file.matter_id)
    return file


def can_change(by: Writer, file: ChronologyFile) -> bool:
    """Whether somebody may change what was received: its agency while it writes its answer, or the unit once it has it."""
    if file.request is not None and may_write(by, file.request):
        return True
    is_of_the_unit = file.request is None or file.status != "read"
    return is_of_the_unit and isinstance(by, Account) and review_access.can_run_chronology(by, file.review)


def check_can_change(by: Writer, file: ChronologyFile) -> None:
    if not can_change(by, file):
        raise NotPermitted("Only the agency, while it writes its answer, and the business unit change a chronology.")


def may_write(by: Writer, request: AgencyRequest) -> bool:
    return AgencyRequestStatus(request.status).waits_for_agency and review_access.can_write(by, request)


def _side(review: RapidReview, agency: Agency, request: AgencyRequest | None, by: Writer) -> AgencyRequest | None:
    """The request where its agency sends the file, nothing where the unit puts it in; anybody else is refused."""
    if request is not None and (request.review_id != review.pk or request.agency_id != agency.pk):
        raise NotAllowedNow("This request was sent to another agency.")
    if request is not None and may_write(by, request):
        return request
    if isinstance(by, Account) and review_access.can_run_chronology(by, review):
        return None
    raise NotPermitted("Only the agency that was asked and the business unit add its chronology.")


def _check_not_ended(review: RapidReview) -> None:
    if not review_access.chronology_is_open(review):
        raise NotAllowedNow("This review has ended. Nothing more is added to it.")


def _locked_draft(file: ChronologyFile, by: Writer) -> ChronologyFile:
    file = ChronologyFile.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=file.pk)
    check_can_change(by, file)
    _check_draft(file)
    return file


def _check_draft(file: ChronologyFile) -> None:
    _check_not_ended(file.review)
    if file.status != "read":
        raise NotAllowedNow("This chronology has been kept already. If it is wrong, add the corrected file in its place.")


def _attach(file: ChronologyFile, document: Document | None, *, by: Writer, at: datetime) -> None:
    assert document is not None
    file.status, file.kept_rows = "attached", 0
    _hand_over(file, by=by, at=at)


def _hand_over(file: ChronologyFile, *, by: Writer, at: datetime) -> None:
    """The file is the review's from here on: its original is submitted, and what it corrects no longer counts."""
    if file.request is None:
        waiting = file.review.requests.filter(agency=file.agency).exclude(status=AgencyRequestStatus.WITHDRAWN)
        file.request = waiting.order_by("asked_at").first()
    file.kept_by, file.kept_at = by if isinstance(by, Account) else None, at
    file.version += 1
    file.save()
    Document.objects.filter(pk=file.document_id).update(is_draft=False)
    if file.replaces_id:
        ChronologyFile.objects.filter(pk=file.replaces_id).update(status="replaced")
    chronology_analysis.mark_stale(file.review)


def _read(review: RapidReview, document: Document, columns: Mapping[int, str] | None = None) -> tuple[Reading, str]:
    """What was read, or the sentence why it could not be."""
    period = (review.scope_from, review.scope_to) if review.scope_from and review.scope_to else None
    try:
        return read_apart(
            documents.content_of(document), document.extension, period=period, columns=columns or None,
            names=chronology_people.names_of_children(review),
        ), ""  # fmt: skip
    except CannotRead as refusal:
        return Reading(), refusal.sentence


def _told(file: ChronologyFile) -> dict[int, str]:
    return {column["number"]: column["field"] for column in file.columns if column["by"] == "told"}


def _facts(reading: Reading) -> dict[str, object]:
    return {
        "columns": [asdict(column) for column in reading.columns], "explained": [asdict(line) for line in reading.explained],
        "notes": list(reading.notes), "lines": reading.lines,
    }  # fmt: skip


def _row(file: ChronologyFile, row: Row, seal: str) -> ChronologyRow:
    """A row as it is stored. What has no place of its own, or is too long for it, goes to the comment: nothing is lost."""
    more = [f"{heading}: {text}" if heading else text for heading, text in row.other]
    if row.recorded_as_written and row.recorded is None:
        more.append(f"Recorded: {row.recorded_as_written}")
    as_written = {
        "date_as_written": (row.date.as_written, 200), "time_as_written": (row.time_as_written or "", 100),
        "child_seen_as_written": (row.child_seen_as_written or "", 200),
    }  # fmt: skip
    more += [text for text, longest in as_written.values() if len(text) > longest]
    seen = (row.child_seen or "").upper()[:1]
    return ChronologyRow(
        file=file, number=row.number, where=row.where[:120], needs_look="; ".join(row.needs_look)[:300], date_from=row.date.start,
        date_to=row.date.end or row.date.start, precision=row.date.precision, is_uncertain=row.date.uncertain,
        time=time.fromisoformat(row.time) if row.time else None, recorded_on=row.recorded, source=row.source or "",
        event=row.event or "", action=row.action or "", comment="\n".join([*([row.comment] if row.comment else []), *more]),
        shared_with=row.shared_with or "", child_seen=seen if seen in ("Y", "N") else "", seal=seal,
        **{name: text[:longest] for name, (text, longest) in as_written.items()},
    )  # fmt: skip
