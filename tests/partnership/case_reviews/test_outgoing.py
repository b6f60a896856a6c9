"""Nothing leaves unchecked: exact bytes, for one reader, cleared by a second person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.models import LetterOut, OutgoingCheck, SeriousIncident
from sightline.partnership.case_reviews.workflow import letters_out, outgoing, report_texts
from sightline.partnership.documents.workflow import content_of
from sightline.partnership.need_to_know.models import ConflictStatement, Membership
from sightline.partnership.people.models import Address
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import incidents
from tests.factories import signing as factory
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(place: Place) -> SeriousIncident:
    found = incidents.notified(place)
    person = found.children.get().person
    person.given_name, person.family_name, person.school = "Oberon", "Tanglewick", "Larkhanger Academy"
    person.save()
    Address.objects.filter(person=person).delete()
    Address.objects.create(person=person, lines="14 Invented Lane, Arden", postcode="QX97 3ZQ", is_protected=True)
    return found


def second(place: Place, incident: SeriousIncident) -> Account:
    account = place.person("BM", of=place.council)
    Membership.objects.create(
        matter=incident.matter, account=account, purpose="Second reader", valid_from="2020-01-01", added_by=place.manager
    )
    return account


def checked(incident: SeriousIncident, place: Place, words: str, audience: str = "public") -> OutgoingCheck:
    return outgoing.check(incident, content=words.encode(), extension="txt", audience=audience, by=place.manager)


def test_finding_says_whom_by_pseudonym_and_never_what(place: Place, incident: SeriousIncident) -> None:
    row = checked(incident, place, "Oberon lives at 14 Invented Lane.")

    assert {(each["kind"], each["about"]) for each in row.findings} == {("name", "Child 1"), ("address", "Child 1")}
    assert "Oberon" not in str(row.findings)


@pytest.mark.parametrize(
    ("audience", "words", "is_found"),
    [
        ("partners", "Oberon Tanglewick", False), ("partners", "QX97 3ZQ", True), ("family", "Oberon", False),
        ("family", "14 Invented Lane", True), ("agency", "Larkhanger Academy", True), ("national_panel", "Tanglewick", True),
    ],
)  # fmt: skip
def test_each_reader_must_not_learn_something_else(
    place: Place, incident: SeriousIncident, audience: str, words: str, is_found: bool
) -> None:  # fmt: skip
    assert bool(checked(incident, place, words, audience).findings) is is_found


def let_out(incident: SeriousIncident, place: Place, content: bytes, *, audience: str = "public", extension: str = "txt") -> OutgoingCheck:
    return outgoing.let_out(incident, content=content, extension=extension, audience=audience, by=place.manager)


def test_bytes_changed_after_the_check_may_not_leave(place: Place, incident: SeriousIncident) -> None:
    first = let_out(incident, place, b"Oberon is a play.", audience="family")

    assert let_out(incident, place, b"Oberon is a play.", audience="family") == first
    assert let_out(incident, place, b"Oberon is a play!", audience="family") != first
    for _ in range(2):  # another reader: it is looked through for them, once, and the check stays
        with pytest.raises(NotAllowedNow, match="must not learn"):
            let_out(incident, place, b"Oberon Tanglewick.", audience="public")
    assert OutgoingCheck.objects.filter(incident=incident).count() == 3


def test_what_was_found_is_cleared_by_a_second_person_with_reasons(place: Place, incident: SeriousIncident) -> None:
    row = checked(incident, place, "Oberon.")
    with pytest.raises(NotAllowedNow, match="second person"):
        outgoing.clear(row, because="It is fine.", by=place.manager)
    other = second(place, incident)
    with pytest.raises(NotAllowedNow, match="Say for each"):
        outgoing.clear(row, because=" ", by=other)
    with pytest.raises(NotAllowedNow, match="must not learn"):
        let_out(incident, place, b"Oberon.")
    outgoing.clear(row, because="It is the name of a play.", by=other)

    assert let_out(incident, place, b"Oberon.").cleared_by == other


def test_only_the_business_unit_checks(place: Place, incident: SeriousIncident) -> None:
    with pytest.raises(NotPermitted):
        outgoing.check(incident, content=b"x", extension="txt", audience="public", by=place.nurse)


def test_report_of_a_review_is_checked_when_it_is_kept(place: Place) -> None:
    review = factory.decided(place)
    document = report_texts.file_to_send(review, by=place.manager)

    row = OutgoingCheck.objects.get(document=document)
    assert (row.audience, row.findings, row.hidden, row.unscannable) == ("national_panel", [], [], "")
    assert let_out(review.incident, place, content_of(document), audience="national_panel", extension="docx") == row


def test_file_is_checked_and_cleared_on_the_pages(place: Place, incident: SeriousIncident) -> None:
    other = second(place, incident)
    browser, colleague = browser_of(place.manager, incident), browser_of(other, incident)
    upload = SimpleUploadedFile("letter.txt", b"Dear Oberon Tanglewick")
    answer = browser.post(
        reverse("case_reviews:check_outgoing", args=[incident.pk]),
        {"file": upload, "audience": "public", "recipient": "Website"},
        follow=True,
    )
    row = OutgoingCheck.objects.get()
    page = answer.content.decode()
    assert "Details that this reader must not learn" in page
    assert "Tanglewick" not in page
    colleague.post(reverse("case_reviews:clear_outgoing", args=[row.pk]), {"because": "A play of that name."})

    row.refresh_from_db()
    assert row.cleared_by == other
    assert "Cleared by" in browser.get(reverse("case_reviews:outgoing_checks", args=[incident.pk])).content.decode()


def test_check_without_a_file_says_what_to_do(place: Place, incident: SeriousIncident) -> None:
    answer = browser_of(place.manager, incident).post(reverse("case_reviews:check_outgoing", args=[incident.pk]), {"audience": "public"})

    assert "Choose a file that is kept, or another file" in answer.content.decode()


def test_check_does_not_hold_for_people_named_since(place: Place, incident: SeriousIncident) -> None:
    let_out(incident, place, b"Seen with Rosamund Thistlewood.")
    person = incident.children.get().person
    person.also_known_as = "Rosamund Thistlewood"
    person.save()

    with pytest.raises(NotAllowedNow, match="must not learn"):
        let_out(incident, place, b"Seen with Rosamund Thistlewood.")


def test_check_holds_for_one_kind_of_file_only(place: Place, incident: SeriousIncident) -> None:
    let_out(incident, place, b"Nothing of anybody.", extension="txt")
    with pytest.raises(NotAllowedNow, match="must not learn"):
        let_out(incident, place, b"Nothing of anybody.", extension="pdf")  # a person looks at what no search reads


def letter(incident: SeriousIncident, place: Place, words: str, **fields: object) -> LetterOut:
    told = {"kind": "to_family", "audience": "family", "title": "A letter", "to_whom": "The mother", "how": "post", **fields}
    upload = SimpleUploadedFile("letter.txt", words.encode())
    return letters_out.record(incident, file=upload, sent_at=timezone.now(), recipient_confirmed=True, by=place.manager, **told)


def test_letter_is_recorded_when_what_was_found_is_removed_or_cleared(place: Place, incident: SeriousIncident) -> None:
    with pytest.raises(NotAllowedNow, match="must not learn"):
        letter(incident, place, "They live at 14 Invented Lane.")
    assert not LetterOut.objects.exists()
    outgoing.clear(OutgoingCheck.objects.get(), because="It is the mother's own address.", by=second(place, incident))

    assert letter(incident, place, "They live at 14 Invented Lane.").document is not None
    assert letter(incident, place, "They live where they lived.").note == ""


def test_letter_of_each_kind_is_looked_through_for_its_own_reader(place: Place, incident: SeriousIncident) -> None:
    with pytest.raises(NotAllowedNow, match="Say who reads this file"):
        letter(incident, place, "Dear parents", kind="other", audience="")
    with pytest.raises(NotAllowedNow, match="is read by: The family"):
        letter(incident, place, "They live at 14 Invented Lane.", audience="partners")
    assert not LetterOut.objects.exists()


def test_letter_that_went_before_anybody_looked_says_so(place: Place, incident: SeriousIncident) -> None:
    row = letter(incident, place, "14 Invented Lane", despite="It was posted on the first day.")
    assert row.note == "Sent although something was found in it: It was posted on the first day."
    assert OutgoingCheck.objects.get().findings


def browser_of(account: Account, incident: SeriousIncident) -> Client:
    ConflictStatement.objects.get_or_create(matter=incident.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)
