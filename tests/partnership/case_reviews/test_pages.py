"""The pages of a serious incident as people use them: section by section, interrupted, edited by two at once, refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.models import ImmediateConcern, NotificationDecision, SeriousIncident
from sightline.procedures.case_review import SeriousIncidentStatus as Status
from sightline.procedures.section_16c import QUESTIONS
from tests.factories import accounts, matters
from tests.factories.incidents import Place, answer_everything, consulted, decided, in_status, raised, ready, view_of
from tests.partnership.accounts.signing_in import sign_in

PageOf = Callable[[Account], Client]


@pytest.fixture
def browser(db: None) -> PageOf:
    """A new sign-in of this person."""

    def sign_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def known(place: Place) -> Callable[[SeriousIncident], SeriousIncident]:
    """Everybody who has a part in it has said that nothing connects them with the matter."""

    def state(incident: SeriousIncident) -> SeriousIncident:
        for account in (place.manager, place.director, place.superintendent, place.nurse, place.lead):
            matters.statement(incident.matter, account)
        return incident

    return state


def url(name: str, *parts: Any) -> str:
    return reverse(f"case_reviews:{name}", args=[getattr(part, "pk", part) for part in parts])


SECTIONS: dict[str, dict[str, str]] = {
    "what-happened": {
        "summary": "Child 1 was hurt.", "happened_on_day": "31", "happened_on_month": "5", "happened_on_year": "2026",
        "happened_precision": "exact", "place": "own_home", "place_area": "here",
    },
    "awareness": {
        "aware_at_day": "1", "aware_at_month": "June", "aware_at_year": "2026", "aware_at_time": "09:05", "contact_name": "Example Person",
        "contact_phone": "01632 960003",
    },
    "children": {"no_named_child": "on"},
    "context": {"family_context": "domestic_abuse", "family_context_notes": "Invented."},
}  # fmt: skip


def test_an_incident_is_written_section_by_section_and_raised(place: Place, browser: PageOf) -> None:
    page = browser(place.lead)
    started = page.post(url("begin"))
    incident = SeriousIncident.objects.get()
    assert started.url == url("section", incident, "safety")

    for section, answers in SECTIONS.items():
        saved = page.post(url("section", incident, section), {**answers, "seen_version": _version(incident)})
        assert saved.status_code == 302, section
    checked = page.get(url("check", incident))
    done = page.post(url("check", incident))

    incident.refresh_from_db()
    assert "Example Person" in checked.content.decode()
    assert incident.status == "raised"
    assert done.url == url("raised", incident)


def test_the_check_page_names_what_is_missing_and_raises_nothing(place: Place, browser: PageOf) -> None:
    incident = ready(place.lead, summary="", contact_phone="")

    answer = browser(place.lead).post(url("check", incident)).content.decode()

    assert "what happened" in answer
    assert "a telephone number for questions" in answer
    assert SeriousIncident.objects.get().is_draft


def test_a_section_with_a_mistake_is_shown_again_with_what_was_typed(place: Place, browser: PageOf) -> None:
    incident = ready(place.lead)
    answers = {**SECTIONS["what-happened"], "happened_on_month": "13", "summary": "A sentence worth keeping."}

    answer = browser(place.lead).post(url("section", incident, "what-happened"), {**answers, "seen_version": _version(incident)})

    assert answer.status_code == 200
    assert "A sentence worth keeping." in answer.content.decode()
    assert SeriousIncident.objects.get().summary != "A sentence worth keeping."


def test_what_was_typed_is_there_in_a_new_session(place: Place, browser: PageOf) -> None:
    incident = ready(place.lead)
    first = browser(place.lead)
    first.get(url("section", incident, "what-happened"))
    kept = first.post(
        reverse("people:keep_draft", args=["incident-what-happened", incident.pk]), {"summary": "Half a sent", "happened_on_day": "3"}
    )

    again = browser(place.lead).get(url("section", incident, "what-happened"))

    assert "saved_at" in kept.json()
    assert "Half a sent" in again.content.decode()
    assert again.context["form"].initial["happened_on"][0] == "3"


def test_what_was_typed_is_shown_to_nobody_else(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(raised(place))
    browser(place.lead).post(reverse("people:keep_draft", args=["incident-what-happened", incident.pk]), {"summary": "Half a sent"})

    shown = browser(place.manager).get(url("section", incident, "what-happened"))

    assert shown.status_code == 200
    assert "Half a sent" not in shown.content.decode()


def test_a_draft_is_forgotten_once_its_section_is_saved(place: Place, browser: PageOf) -> None:
    incident = ready(place.lead)
    page = browser(place.lead)
    page.post(reverse("people:keep_draft", args=["incident-what-happened", incident.pk]), {"summary": "Half a sent"})

    page.post(url("section", incident, "what-happened"), {**SECTIONS["what-happened"], "seen_version": _version(incident)})

    assert "Half a sent" not in page.get(url("section", incident, "what-happened")).content.decode()


def test_two_people_who_save_the_same_section_both_keep_their_words(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(raised(place))
    lead, manager = browser(place.lead), browser(place.manager)
    seen = lead.get(url("section", incident, "what-happened")).context["seen_version"]
    early = {**SECTIONS["what-happened"], "summary": "The unit's words.", "seen_version": seen}
    manager.post(url("section", incident, "what-happened"), early)

    late = {**SECTIONS["what-happened"], "summary": "The school's words.", "seen_version": seen}
    conflict = lead.post(url("section", incident, "what-happened"), late)

    page = conflict.content.decode()
    assert "Somebody else saved this incident" in page
    assert "The unit&#x27;s words." in page
    assert "The school&#x27;s words." in page
    assert SeriousIncident.objects.get().summary == "The unit's words."
    second = lead.post(url("section", incident, "what-happened"), {**late, "seen_version": conflict.context["seen_version"]})
    assert second.status_code == 302
    assert SeriousIncident.objects.get().summary == "The school's words."


def test_a_child_is_added_changed_and_removed(place: Place, browser: PageOf) -> None:
    incident = ready(place.lead, children=0)
    page = browser(place.lead)
    child = {"details-outcome": "died", "identity-given_name": "Inventine", "identity-family_name": "Examplechild"}

    page.post(url("add_item", incident, "children"), child)
    row = incident.children.get()
    assert (row.person.given_name, row.outcome, row.position) == ("Inventine", "died", 1)

    page.post(url("change_item", incident, "children", row), {**child, "details-outcome": "seriously_harmed"})
    row.refresh_from_db()
    assert row.outcome == "seriously_harmed"

    page.post(url("remove_item", incident, "children", row))
    assert not incident.children.exists()


def test_an_unborn_child_is_written_down_by_the_expected_date(place: Place, browser: PageOf) -> None:
    incident = ready(place.lead, children=0)
    child = {
        "details-outcome": "seriously_harmed", "identity-expected_on_day": "1", "identity-expected_on_month": "2",
        "identity-expected_on_year": "2027", "identity-family_name": "Examplechild",
    }  # fmt: skip

    answer = browser(place.lead).post(url("add_item", incident, "children"), child)

    assert answer.status_code == 302
    assert f"{incident.children.get().person.expected_on:%Y-%m-%d}" == "2027-02-01"


def test_the_fifth_child_is_sent_to_the_words(place: Place, browser: PageOf) -> None:
    incident = ready(place.lead, children=4)

    answer = browser(place.lead).get(url("add_item", incident, "children"))

    assert answer.templates[0].name == "case_reviews/too_many_children.html"


@pytest.mark.parametrize(
    ("section", "row"),
    [
        ("people", {"details-relationship": "mother", "identity-given_name": "Inventa", "identity-family_name": "Examplecarer"}),
        ("professionals", {"details-role": "health visitor", "details-other_agency": "An agency elsewhere"}),
        ("proceedings", {"details-kind": "coroner", "details-stage": "Opened"}),
    ],
)
def test_rows_around_the_child_are_added_and_listed(place: Place, browser: PageOf, section: str, row: dict[str, str]) -> None:
    incident = ready(place.lead)
    page = browser(place.lead)

    added = page.post(url("add_item", incident, section), row)

    assert added.status_code == 302
    assert len(page.get(url("section", incident, section)).context["items"]) == 1


def test_a_concern_ticked_on_the_safety_page_is_recorded(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(raised(place))

    browser(place.lead).post(url("section", incident, "safety"), {"is_concern": "on", "concern": "An invented worry."})

    assert ImmediateConcern.objects.get().what == "An invented worry."


def test_safety_stays_in_view_until_it_is_answered(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(raised(place))
    page = browser(place.lead)
    safe = {"answer": "safe", "checked_by": "Invented worker", "checked_at_day": "1", "checked_at_month": "6", "checked_at_year": "2026"}
    answers = {f"{group}_{part}": value for group in ("this_child", "siblings", "other_children") for part, value in safe.items()}
    assert page.get(url("incident", incident)).context["safety_is_open"]

    page.post(url("section", incident, "safety"), answers)

    assert not page.get(url("incident", incident)).context["safety_is_open"]


def test_three_partners_are_asked_answer_and_the_authority_decides(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(raised(place))
    manager, director = browser(place.manager), browser(place.director)
    asked = {name: value for role, account in place.partners.items() for name, value in ((role, account.pk), (f"{role}_confirmed", "on"))}
    manager.post(url("consult", incident), asked)
    for role, account in place.partners.items():
        given = {"view": "do_not_notify" if role == "health" else "notify", "reasons": "Invented reasons."}
        browser(account).post(url("give_view", view_of(incident, role)), given)
    answers = {question.code: "not_known" for question in QUESTIONS}
    manager.post(url("section", incident, "legal-test"), answers)

    director.post(
        url("decide", incident), {"decision": "notify", "notification_type": "abuse_or_neglect_death", "reasons": "The test is met."}
    )
    sent = {"notified_at_day": "2", "notified_at_month": "6", "notified_at_year": "2026", "notified_at_time": "11:00"}
    manager.post(url("sent", incident), {**sent, "submitted_by_name": "Example"})

    incident.refresh_from_db()
    assert NotificationDecision.objects.get().dissent == "Health partner: do not notify"
    assert incident.status == "notified"


def test_the_decision_page_says_what_is_still_to_be_answered(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(consulted(place))

    answer = browser(place.director).post(
        url("decide", incident), {"decision": "notify", "notification_type": "abuse_or_neglect_death", "reasons": "The test is met."}
    )

    assert "Answer each question of the legal test first" in answer.content.decode()


def test_what_hangs_on_the_decision_is_not_called_optional(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(consulted(place))

    page = browser(place.director).get(url("decide", incident)).content.decode()

    assert "If notify: what kind of notification" in page and "If not notifiable: where the learning goes" in page
    assert "(optional)" not in page


def test_learning_below_the_threshold_is_taken_up_on_its_page(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(decided(place, notify=False))
    page = browser(place.manager)
    assert incident.matter.reference in page.get(url("learning")).content.decode()

    page.post(url("take_up_learning", incident.learning_referral), {"how": "An audit in July."})

    incident.learning_referral.refresh_from_db()
    assert incident.learning_referral.taken_up_how == "An audit in July."


PAGES_OF_AN_INCIDENT = (
    "incident", "raised", "timeline", "why_this_date", "overview", "check", "consult", "decide", "sent", "change_course", "family",
    "add_family_contact", "local_reference",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES_OF_AN_INCIDENT)
def test_a_page_of_an_incident_is_for_a_stranger_as_if_it_had_never_been(place: Place, browser: PageOf, known: Any, name: str) -> None:
    incident = known(consulted(place))
    stranger = browser(accounts.account("AL", of=place.board))

    refused, never = stranger.get(url(name, incident)), stranger.get(url(name, "01JZZZZZZZZZZZZZZZZZZZZZZZ"))

    assert (refused.status_code, never.status_code) == (404, 404)
    assert refused.content == never.content


@pytest.mark.parametrize("name", PAGES_OF_AN_INCIDENT)
def test_a_page_of_an_incident_opens_for_whoever_works_with_it(place: Place, browser: PageOf, known: Any, name: str) -> None:
    incident = known(consulted(place))
    answer_everything(incident, by=place.manager)
    who = place.director if name == "decide" else place.manager

    answer = browser(who).get(url(name, incident), follow=True)

    assert answer.status_code == 200
    assert incident.matter.reference in answer.content.decode()


def test_a_view_once_decided_is_refused_in_words(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(consulted(place))
    view = view_of(incident, "police")
    decided(place, incident=incident)

    answer = browser(place.superintendent).post(url("give_view", view), {"view": "notify", "reasons": "Too late."})

    assert "The decision has been made" in answer.content.decode()
    view.refresh_from_db()
    assert view.view == ""


def test_the_list_shows_a_person_only_their_own_matters(place: Place, browser: PageOf, known: Any) -> None:
    incident = known(raised(place))
    stranger = accounts.account("AL", of=place.board)

    assert incident.matter.reference in browser(place.lead).get(url("incidents")).content.decode()
    assert incident.matter.reference not in browser(stranger).get(url("incidents")).content.decode()


def _version(incident: SeriousIncident) -> int:
    return SeriousIncident.objects.values_list("version", flat=True).get(pk=incident.pk)


@pytest.mark.parametrize(
    ("status", "said", "leads_on"),
    [
        (Status.RAISED, "has not decided yet whether to notify", False),
        (Status.UNDER_CONSIDERATION, "has not decided yet whether to notify", False),
        (Status.DECIDED_TO_NOTIFY, "record that it was notified", True),
        (Status.NOTIFIED, "recorded that this was notified", True),
        (Status.NOT_NOTIFIABLE, "has decided not to notify", False),
    ],
)
def test_the_pack_leads_to_the_record_of_submission_only_once_that_can_be(
    place: Place, known: Any, status: Status, said: str, leads_on: bool
) -> None:
    incident = known(in_status(place, status))
    client = Client()
    sign_in(client, place.manager)
    client.post(reverse("account_reauthenticate"), {"password": accounts.PASSWORD})

    page = client.get(url("notification_pack", incident)).content.decode()

    assert said in page
    assert (url("sent", incident) in page) == leads_on
