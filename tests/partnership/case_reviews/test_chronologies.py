"""An agency's chronology: received, every line's fate told before anything is kept, then kept, put right, marked or replaced."""

from base64 import b64decode
from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews.models import AgencyRequest, ChronologyFile, ChronologyRow, RapidReview
from sightline.partnership.case_reviews.workflow import chronologies, chronology_rows
from sightline.partnership.documents.models import Document
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import chronology, people, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db

ROWS = (
    "03/02/2020,09:05,Register,Absent from school,Rang home,No",
    "w/c 10.02.20,,Pastoral log,Tired all week,None,Yes",
    "?/01/2019,,Memory of staff,A fall,None,",
    "End of chronology,,,,,",
)


@pytest.fixture
def review(place: Place) -> RapidReview:
    return reviews.review(place)


@pytest.fixture
def asked(place: Place, review: RapidReview) -> AgencyRequest:
    return reviews.asked(review, place.school, by=place.manager, to=place.lead.officer)


def received(asked: AgencyRequest, by: Account, *rows: str) -> ChronologyFile:
    return chronologies.receive(asked.review, chronology.csv_file(*(rows or ROWS)), agency=asked.agency, by=by, request=asked)


def test_nothing_is_kept_before_the_fates_were_seen(asked: AgencyRequest, place: Place) -> None:
    file = received(asked, place.lead)

    assert (file.status, file.rows.count(), file.document.is_draft) == ("read", 0, True)
    assert file.lines == len(chronologies.reading_of(file).rows) + len(file.explained)


def test_rows_in_are_rows_kept_and_rows_explained(asked: AgencyRequest, place: Place) -> None:
    file = chronologies.keep_rows(received(asked, place.lead), by=place.lead, decisions={2: "Belongs to another child."})

    rows = list(file.rows.all())
    assert file.status == "kept"
    assert not Document.objects.get(pk=file.document_id).is_draft
    assert file.lines == len(rows) + len(file.explained)
    assert [row.number for row in rows] == [1, 3]
    assert (rows[0].date_from, rows[0].time, rows[0].child_seen) == (date(2020, 2, 3), time(9, 5), "N")
    assert rows[1].date_as_written == "?/01/2019"
    assert rows[1].is_uncertain or rows[1].precision != "exact"
    assert ("left_out", "Belongs to another child.") in [(line["fate"], line["why"]) for line in file.explained]
    assert AuditEvent.objects.filter(action="chronology.kept").exists()


def test_a_row_is_left_out_only_with_a_reason(asked: AgencyRequest, place: Place) -> None:
    file = received(asked, place.lead)

    with pytest.raises(NotAllowedNow):
        chronologies.keep_rows(file, by=place.lead, decisions={1: " "})
    assert not ChronologyRow.objects.exists()


def test_rows_are_kept_once(asked: AgencyRequest, place: Place) -> None:
    file = chronologies.keep_rows(received(asked, place.lead), by=place.lead)

    with pytest.raises(NotAllowedNow):
        chronologies.keep_rows(file, by=place.lead)
    with pytest.raises(NotAllowedNow):
        chronologies.discard(file, by=place.lead)


def test_what_was_never_kept_leaves_nothing(asked: AgencyRequest, place: Place) -> None:
    file = received(asked, place.lead)

    chronologies.discard(file, by=place.lead)

    assert not ChronologyFile.objects.exists()
    assert not Document.objects.filter(kind="return").exists()


def test_the_unit_does_not_touch_what_its_agency_has_not_kept(asked: AgencyRequest, place: Place) -> None:
    file = received(asked, place.lead)

    for move in (chronologies.keep_rows, chronologies.discard):
        with pytest.raises(NotPermitted):
            move(file, by=place.manager)


def test_the_unit_puts_in_what_an_agency_sent(asked: AgencyRequest, place: Place) -> None:
    file = chronologies.receive(asked.review, chronology.csv_file(*ROWS), agency=place.school, by=place.manager, request=asked)

    file = chronologies.keep_rows(file, by=place.manager)

    assert (file.request, file.kept_by) == (asked, place.manager)


@pytest.mark.parametrize("of", ["board", "police"])
def test_other_agencies_add_nothing(asked: AgencyRequest, place: Place, of: str) -> None:
    with pytest.raises(NotPermitted):
        received(asked, place.person("AL", of=getattr(place, of)))


def test_an_officer_by_link_keeps_what_they_sent(asked: AgencyRequest) -> None:
    officer = asked.asked_officer

    file = chronologies.keep_rows(received(asked, officer), by=officer)

    assert (file.read_by_officer, file.kept_by, file.status) == (officer, None, "kept")


def test_a_mark_on_the_file_is_on_every_row(asked: AgencyRequest, place: Place) -> None:
    file = chronologies.receive(
        asked.review, chronology.csv_file(*ROWS), agency=asked.agency, by=place.lead, request=asked, seal="police"
    )  # fmt: skip

    chronologies.keep_rows(file, by=place.lead)

    assert set(ChronologyRow.objects.values_list("seal", flat=True)) == {"police"}


def test_a_person_says_what_the_columns_hold(asked: AgencyRequest, place: Place) -> None:
    upload = chronology.csv_file("03/02/2020,Absent from school,Register", headings="Q,W,E")
    file = chronologies.receive(asked.review, upload, agency=asked.agency, by=place.lead, request=asked)

    file = chronologies.say_columns(file, columns={0: "date", 1: "event", 2: "source"}, by=place.lead)
    chronologies.keep_rows(file, by=place.lead)

    row = ChronologyRow.objects.get(event="Absent from school")
    assert row.source == "Register"


def test_a_pasted_table_is_read_like_a_file(asked: AgencyRequest, place: Place) -> None:
    text = "Date\tEvent\n03/02/2020\tAbsent from school\n04/02/2020\tSeen at the gate"

    file = chronologies.receive_pasted(asked.review, text, agency=asked.agency, by=place.lead, request=asked)

    assert [row.event for row in chronologies.reading_of(file).rows] == ["Absent from school", "Seen at the gate"]


def test_what_cannot_be_read_is_an_attachment_with_rows_typed_beside_it(asked: AgencyRequest, place: Place) -> None:
    upload = SimpleUploadedFile("picture.png", _dot(), "image/png")

    file = chronologies.receive(asked.review, upload, agency=asked.agency, by=place.lead, request=asked)
    row = chronology_rows.type_row(file, by=place.lead, date_from=date(2020, 2, 3), event="Absent from school")

    file.refresh_from_db()
    assert (file.status, file.kept_rows, len(file.notes)) == ("attached", 1, 1)
    assert (row.number, row.date_to) == (1, date(2020, 2, 3))


def test_a_corrected_file_takes_the_place_of_the_old(asked: AgencyRequest, place: Place) -> None:
    old = chronologies.keep_rows(received(asked, place.lead), by=place.lead)
    new = chronologies.replace(old, chronology.csv_file(*ROWS[:2]), by=place.lead)
    old.refresh_from_db()
    assert old.status == "kept"

    chronologies.keep_rows(new, by=place.lead)

    old.refresh_from_db()
    assert (old.status, old.rows.exists()) == ("replaced", True)


# ---- rows ----


@pytest.fixture
def row(asked: AgencyRequest, place: Place) -> ChronologyRow:
    file = chronology.kept(asked.review, place.school, by=place.manager, request=asked)
    return chronology.row(file, "Absent from school", date_as_written="3/2/20", needs_look="Which year?")


def test_a_row_put_right_keeps_what_it_was(row: ChronologyRow, place: Place) -> None:
    right = chronology_rows.correct_row(row, by=place.manager, seen_version=1, event="Late for school", date_from=row.date_from)

    assert (right.event, right.version, right.date_as_written) == ("Late for school", 2, "3/2/20")
    assert right.corrected[0]["was"] == {"event": "Absent from school"}
    assert right.shown["event"] == "Late for school"


def test_a_stale_correction_is_refused(row: ChronologyRow, place: Place) -> None:
    chronology_rows.correct_row(row, by=place.manager, seen_version=1, event="Late for school")

    with pytest.raises(chronology_rows.RowChanged) as refusal:
        chronology_rows.correct_row(row, by=place.manager, seen_version=1, event="Truant")
    assert refusal.value.row.event == "Late for school"


@pytest.mark.parametrize(
    "fields",
    [
        {"date_from": None}, {"event": " "}, {"date_from": date(2020, 2, 3), "date_to": date(2020, 2, 1), "precision": "range"},
        {"number": 7}, {"date_as_written": "yesterday"},
    ],
)  # fmt: skip
def test_a_row_stays_a_row(row: ChronologyRow, place: Place, fields: dict[str, object]) -> None:
    with pytest.raises(NotAllowedNow):
        chronology_rows.correct_row(row, by=place.manager, seen_version=1, **fields)


def test_a_row_is_marked_and_weighed(row: ChronologyRow, place: Place) -> None:
    marked = chronology_rows.mark_row(row, by=place.manager, seal="police", significance="key", themes=["neglect"])

    assert (marked.seal, marked.significance, marked.themes) == ("police", "key", ["neglect"])


def test_whoever_may_not_read_a_marked_row_does_not_change_it(row: ChronologyRow, place: Place) -> None:
    chronology_rows.mark_row(row, by=place.manager, seal="police")

    with pytest.raises(NotPermitted):
        chronology_rows.mark_row(row, by=place.manager, seal="")


def test_a_doubt_is_looked_at_once_by_the_unit(row: ChronologyRow, place: Place) -> None:
    assert chronology_rows.look_done(row, by=place.manager).looked_by == place.manager
    with pytest.raises(NotPermitted):
        chronology_rows.look_done(row, by=place.person("AL", of=place.board))


def test_codes_follow_the_people_of_the_matter(row: ChronologyRow, place: Place) -> None:
    review = row.file.review
    child = review.incident.children.get()
    ChronologyRow.objects.filter(pk=row.pk).update(event="Quillip was late")
    assert chronology_rows.pseudonymise_again(review, by=place.manager) == 0

    people.workflow.correct(child.person, by=place.manager, given_name="Quillip")

    assert chronology_rows.pseudonymise_again(review, by=place.manager) == 1
    row.refresh_from_db()
    assert (row.shown["event"], len(row.people)) == ("Child 1 was late", 1)


def _dot() -> bytes:

    return b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
