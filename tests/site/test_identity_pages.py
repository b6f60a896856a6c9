"""Pages on which a pseudonym becomes a person. Everybody here is invented."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.need_to_know.workflow import conflicts, matters, registers, seals
from sightline.partnership.people import workflow
from sightline.partnership.people.models import Matching, Person
from tests.factories import accounts, agencies
from tests.partnership.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db

ORLA = {"given_name": "Orla", "family_name": "Testerby", "born_on": date(2014, 3, 5)}


class Story:
    """Two matters in which the same invented child was written down."""

    def __init__(self) -> None:
        agencies.partnership()
        self.manager = accounts.account("BM")
        self.lead = accounts.account("AL")
        self.first, self.known = self.written_in_a_matter(self.lead.agency, address={"lines": "1 Invented Row", "postcode": "ZZ99 1AA"})
        self.second, self.person = self.written_in_a_matter(self.lead.agency)

    def written_in_a_matter(self, agency: Agency, **fields: object) -> tuple[Matter, Person]:
        members = [(self.manager, "Partnership business unit"), (self.lead, "Raised this incident")]
        matter = matters.open_matter("serious_incident", by=self.lead, raised_by_agency=agency, members=members)
        person = workflow.write_down(by=self.lead, **{**ORLA, **fields})
        registers.match_registers(matter, [person], by=self.lead)
        return matter, person

    def browser(self, account: Account) -> Client:
        client = Client()
        sign_in(client, account)
        client.post(reverse("account_reauthenticate"), {"password": accounts.PASSWORD})
        for matter in (self.first, self.second):
            conflicts.state_position(matter, is_connected=False, by=account)
        return client

    def match(self) -> str:
        return reverse("match", args=[self.second.pk, self.person.pk])

    def identity(self) -> str:
        return reverse("identity", args=[self.second.pk, self.person.pk])


@pytest.fixture
def story(db: None) -> Story:
    return Story()


def test_list_of_people_to_match_holds_no_name(story: Story) -> None:
    page = story.browser(story.manager).get(reverse("matching")).content.decode()

    assert story.second.reference in page and story.match() in page
    assert "Orla" not in page and "Testerby" not in page


def test_unit_sees_who_may_be_the_same_and_why(story: Story) -> None:
    page = story.browser(story.manager).get(story.match()).content.decode()

    assert "Same date of birth" in page and story.first.reference in page and "1 Invented Row" in page
    assert AuditEvent.objects.filter(action="identity.compared", object_id=story.known.pk, matter_id=story.first.pk).exists()
    assert AuditEvent.objects.filter(action="match", object_id=story.person.pk, matter_id=story.second.pk).exists()


def test_page_speaks_of_these_only_where_there_are_some(story: Story) -> None:
    browser = story.browser(story.manager)

    with_candidate = browser.get(story.match()).content.decode()
    nobody = browser.post(story.match(), {"do": "search", "given_name": "Zyx", "family_name": "Unheardof"}).content.decode()

    assert "Nobody of these" in with_candidate and "This person was not known before" in with_candidate
    assert "Nobody of these" not in nobody and "or say that this person is new" in nobody and "This person was not known before" in nobody


def test_unit_says_who_it_is_and_takes_it_back(story: Story) -> None:
    browser = story.browser(story.manager)

    browser.post(story.match(), {"do": "same", "known": story.known.pk})
    story.person.refresh_from_db()
    assert (story.person.matching, story.person.same_as) == (Matching.SAME, story.known)
    assert story.first.reference in browser.get(story.identity()).content.decode()

    browser.post(story.match(), {"do": "undo"})
    story.person.refresh_from_db()
    assert story.person.matching == Matching.UNMATCHED

    browser.post(story.match(), {"do": "new"})
    story.person.refresh_from_db()
    assert story.person.matching == Matching.NEW


def test_unit_looks_for_somebody_by_what_is_typed(story: Story) -> None:
    _, other = story.written_in_a_matter(story.lead.agency, given_name="Quill", family_name="Sample", born_on=date(2010, 1, 2))
    browser = story.browser(story.manager)

    typed = {"given_name": "Quil", "family_name": "Sample", "born_on_day": "2", "born_on_month": "1", "born_on_year": "2010"}
    found = browser.post(story.match(), {"do": "search", **typed}).content.decode()
    nothing = browser.post(story.match(), {"do": "search"}).content.decode()

    assert other.pk in found
    assert "Write at least a name" in nothing


def test_protected_address_is_withheld_and_gives_no_reason_away(story: Story) -> None:
    workflow.move_home(
        story.person, moved_on=date(2024, 1, 1), by=story.lead,
        address={"lines": "9 Hidden Court", "postcode": "ZZ99 1AA", "is_protected": True},
    )  # fmt: skip
    browser = story.browser(story.manager)

    page = browser.get(story.match()).content.decode()
    assert "9 Hidden Court" not in page and "Same postcode" not in page
    assert "A protected address is recorded" in page

    seals.clear(
        story.second, account=story.manager, seal="protected_address", reason="Invented reason", by=accounts.account("PC", "IG", "BM")
    )
    assert "9 Hidden Court" in browser.get(story.identity()).content.decode()


def test_conflict_of_the_unit_hides_the_other_record_altogether(story: Story) -> None:
    browser = story.browser(story.manager)
    conflicts.declare(story.first, account=story.manager, reason="Invented connection", by=accounts.account("IG"))

    page = browser.get(story.match()).content.decode()

    assert story.first.reference not in page and "1 Invented Row" not in page
    assert "Nobody like this is known" in page and "Nobody of these" not in page
    assert browser.post(story.match(), {"do": "same", "known": story.known.pk}).status_code == 404
    assert browser.get(reverse("identity", args=[story.first.pk, story.known.pk])).status_code == 404
    assert story.first.reference not in browser.get(reverse("matching")).content.decode()


def test_agency_that_wrote_the_child_down_never_learns_whether_it_is_known(story: Story) -> None:
    browser = story.browser(story.lead)
    browser.get(story.identity())  # takes the greeting of the sign-in away
    before = browser.get(story.identity()).content
    workflow.confirm_same(story.person, known=story.known, by=story.manager)
    after = browser.get(story.identity()).content

    assert b"Orla" in before
    assert without_tokens(before) == without_tokens(after)
    assert browser.get(story.match()).status_code == 404
    assert browser.get(reverse("matching")).status_code == 404


def test_identity_is_not_found_for_whoever_has_no_need(story: Story) -> None:
    browser = Client()
    sign_in(browser, accounts.account("AL"))

    refused = browser.get(story.identity())
    never_was = browser.get(reverse("identity", args=["01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAV"]))

    assert refused.status_code == never_was.status_code == 404
    assert refused.content == never_was.content


def test_person_of_another_matter_is_not_found_under_this_one(story: Story) -> None:
    browser = story.browser(story.manager)

    assert browser.get(reverse("identity", args=[story.second.pk, story.known.pk])).status_code == 404


def without_tokens(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line]
