"""An officer without account on the pages of a link, and the unit on those that make it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer, SchoolTerm
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews import link_sessions, links
from sightline.partnership.case_reviews.models import AgencyRequest, AnswerLink, LinkDraft, ReturnDraft
from sightline.partnership.case_reviews.workflow import links as moves
from sightline.partnership.need_to_know.models import Conflict
from sightline.partnership.notices.models import Notice
from sightline.procedures.rapid_review import RapidReviewStatus
from tests.factories import matters, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
INSIDE = ("link_request", "link_check", "link_pass_on", "link_say", "link_sent")


@pytest.fixture
def head(place: Place) -> Officer:
    place.school.safeguarding_lead = reviews.reachable(place.school, "Example Head")
    place.school.save()
    return place.school.safeguarding_lead


@pytest.fixture
def asked(place: Place, head: Officer) -> AgencyRequest:
    review = reviews.review(place, status=RapidReviewStatus.INFORMATION_REQUESTED)
    return reviews.asked(review, place.school, by=place.manager, to=head, message="Invented words about the case")


@pytest.fixture
def made(asked: AgencyRequest, place: Place) -> tuple[AnswerLink, str]:
    return moves.make(asked, officer=asked.asked_officer, purpose="answer", by=place.manager)


def url(name: str, *parts: str) -> str:
    return reverse(f"case_reviews:{name}", args=parts)


def way_in(link: AnswerLink) -> str:
    return url("answer", links.token_of(link))


@pytest.fixture
def visit(made: tuple[AnswerLink, str]) -> Client:
    """A browser in which the link was opened with its code."""
    browser, (link, code) = Client(), made
    assert browser.post(way_in(link), {"code": code}).headers["Location"] == url("link_request")
    return browser


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def sign_in(account: Account, asked: AgencyRequest) -> Client:
    matters.statement(asked.matter, account)
    browser = Client()
    browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def test_the_way_in_shows_danger_first_and_nothing_of_the_case(made: tuple[AnswerLink, str], asked: AgencyRequest, head: Officer) -> None:
    response = Client().get(way_in(made[0]))
    page = text(response)
    assert page.index("Nobody watches this page") < page.index("Enter your code</h1>")
    for secret in (asked.agency.name, head.name, asked.message, asked.matter.reference, "child_death"):
        assert secret not in page
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_way_in_looks_the_same_for_a_link_that_never_was(made: tuple[AnswerLink, str]) -> None:
    link, code = made
    real, never = Client().get(way_in(link)), Client().get(url("answer", "7never:was"))
    assert without_tokens(text(real)) == without_tokens(text(never))
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    refused, unknown = Client().post(way_in(link), {"code": wrong}), Client().post(url("answer", "7never:was"), {"code": wrong})
    assert refused.status_code == unknown.status_code
    assert without_tokens(text(refused)) == without_tokens(text(unknown))
    assert moves.REFUSED in text(refused).replace("&#x27;", "'")


def test_nothing_behind_a_link_opens_without_it(made: tuple[AnswerLink, str]) -> None:
    Client().get(way_in(made[0]))
    for name in INSIDE:
        response = Client().get(url(name))
        assert response.status_code == 404 and "Open your link again" in text(response), name
    assert Client().post(url("link_keep_draft", "answer-search"), {"a": "b"}).status_code == 404


def test_one_place_cannot_try_code_after_code() -> None:
    browser = Client()
    answers = [browser.post(url("answer", "7never:was"), {"code": "12345678"}).status_code for _ in range(21)]
    assert answers[:19] == [200] * 19 and answers[-1] == 429


def test_a_visit_sees_its_request_and_nothing_else(visit: Client, asked: AgencyRequest, head: Officer, place: Place) -> None:
    page = visit.get(url("link_request"))
    assert page.status_code == 200 and asked.message in text(page) and "OFFICIAL-SENSITIVE" in text(page)
    asked.refresh_from_db()
    assert asked.status == "acknowledged"
    assert asked.events.filter(what="opened").get().by_officer == head
    for elsewhere in ("/", url("incidents"), url("request", asked.pk), reverse("agencies:directory")):
        assert visit.get(elsewhere).status_code in (302, 404), elsewhere
    assert AuditEvent.objects.filter(action="case_reviews.link_request", actor_id=head.pk).exists()


def test_opening_a_link_ends_what_was_open_in_that_browser(made: tuple[AnswerLink, str], place: Place, asked: AgencyRequest) -> None:
    link, code = made
    browser = sign_in(place.manager, asked)
    before = browser.session.session_key
    browser.post(way_in(link), {"code": code})
    assert browser.session.session_key != before and "_auth_user_id" not in browser.session


def test_whoever_signs_in_afterwards_is_not_inside_by_the_link(visit: Client, place: Place) -> None:
    visit.force_login(place.manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert visit.get(url("link_request")).status_code in (302, 404)


def test_a_visit_is_over_after_an_hour_without_a_page(visit: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr("sightline.partnership.case_reviews.abilities.timezone.now", lambda: now + timedelta(minutes=59))
    assert visit.get(url("link_check")).status_code == 200
    monkeypatch.setattr("sightline.partnership.case_reviews.abilities.timezone.now", lambda: now + timedelta(minutes=120))
    assert visit.get(url("link_check")).status_code == 404
    assert link_sessions._KEY not in visit.session


@pytest.mark.parametrize("end", ["revoked", "connected", "withdrawn", "left the agency"])
def test_a_visit_is_over_as_soon_as_its_ground_is_gone(
    end: str, visit: Client, made: tuple[AnswerLink, str], asked: AgencyRequest, head: Officer, place: Place
) -> None:
    assert visit.get(url("link_check")).status_code == 200
    if end == "revoked":
        moves.revoke(made[0], by=place.manager)
    elif end == "connected":
        Conflict.objects.create(matter=asked.matter, officer=head, source="case_flag", reason="An invented tie", declared_by=place.manager)
    elif end == "withdrawn":
        AgencyRequest.objects.filter(pk=asked.pk).update(status="withdrawn", withdrawn_because="An invented reason")
    else:
        Officer.objects.filter(pk=head.pk).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert visit.get(url("link_check")).status_code == 404
    response = visit.post(url("link_keep_draft", "answer-search"), {"a": "b"})
    assert response.status_code == 404


def test_typing_is_kept_and_found_again_on_another_device(visit: Client, made: tuple[AnswerLink, str]) -> None:
    form = visit.get(url("link_section", "search"))
    assert form.status_code == 200
    answer = visit.post(
        url("link_keep_draft", "answer-search"), {"systems_searched": "Invented records", "draft_page": "", "draft_turn": "1"}
    )
    assert set(answer.json()) == {"saved_at"}
    assert LinkDraft.objects.get().data["systems_searched"] == ["Invented records"]
    telephone, (link, code) = Client(), made
    telephone.post(way_in(link), {"code": code})
    assert "Invented records" in text(telephone.get(url("link_section", "search")))


def test_files_are_added_by_link_and_only_those_of_the_request_are_reached(
    visit: Client, asked: AgencyRequest, place: Place, head: Officer
) -> None:
    other = reviews.asked(asked.review, place.manager.agency, by=place.manager)
    said = {"title": "Invented chronology", "seal": "", "upload": SimpleUploadedFile("notes.txt", b"Invented words of a chronology")}
    assert visit.post(url("link_files"), said).status_code == 302
    file = asked.files.get()
    assert (file.number, file.document.added_by_officer, file.document.is_draft) == (None, head, True)
    assert "Invented chronology" in text(visit.get(url("link_files")))
    taken = visit.get(url("link_file", file.pk))
    assert taken.headers["Content-Disposition"].startswith("attachment") and taken.content == b"Invented words of a chronology"
    type(file).objects.filter(pk=file.pk).update(request=other)
    assert visit.get(url("link_file", file.pk)).status_code == 404
    assert visit.post(url("link_remove_file", file.pk)).status_code == 404
    type(file).objects.filter(pk=file.pk).update(request=asked)
    visit.post(url("link_remove_file", file.pk))
    assert not asked.files.exists()


def test_an_answer_is_submitted_by_link_and_the_link_ends_with_a_receipt(
    visit: Client, asked: AgencyRequest, made: tuple[AnswerLink, str], head: Officer
) -> None:
    visit.get(url("link_request"))
    AgencyRequest.objects.filter(pk=asked.pk).update(status="in_progress")
    ReturnDraft.objects.create(request=asked, is_nil=True, answers=reviews.nil_answers(asked), saved_by_officer=head)
    assert visit.get(url("link_check")).status_code == 200
    response = visit.post(url("link_submit"))
    assert response.headers["Location"] == url("link_sent")
    receipt = text(visit.get(url("link_sent")))
    submitted = asked.returns.get()
    assert (submitted.signed_off_by, submitted.submitted_via) == (head, "link")
    assert submitted.pk in receipt and asked.message not in receipt and "Invented records" not in receipt
    assert visit.get(url("link_request")).headers["Location"] == url("link_sent")
    again = Client().post(way_in(made[0]), {"code": made[1]})
    assert moves.REFUSED in text(again)
    left = visit.post(url("leave_link"))
    assert "storage" in left.headers["Clear-Site-Data"]
    assert visit.get(url("link_sent")).status_code == 404


def test_typing_outlives_a_link_that_is_replaced_and_ends_with_the_answer(
    visit: Client, made: tuple[AnswerLink, str], asked: AgencyRequest, place: Place, head: Officer
) -> None:
    visit.post(url("link_keep_draft", "answer-search"), {"systems_searched": "Invented records", "draft_turn": "1"})
    link, code = moves.make(asked, officer=head, purpose="answer", by=place.manager)
    browser = Client()
    browser.post(way_in(link), {"code": code})
    assert "Invented records" in text(browser.get(url("link_section", "search")))
    AgencyRequest.objects.filter(pk=asked.pk).update(status="in_progress")
    ReturnDraft.objects.create(request=asked, is_nil=True, answers=reviews.nil_answers(asked), saved_by_officer=head)
    browser.post(url("link_submit"))
    assert not LinkDraft.objects.exists()


def test_the_unit_is_told_when_somebody_can_answer_neither_way(asked: AgencyRequest, place: Place, head: Officer) -> None:
    browser = sign_in(place.manager, asked)
    assert "no link that works" in text(browser.get(url("request", asked.pk)))
    moves.make(asked, officer=head, purpose="answer", by=place.manager)
    assert "no link that works" not in text(browser.get(url("request", asked.pk)))


def test_a_colleague_without_account_gets_a_link_of_their_own(visit: Client, asked: AgencyRequest, place: Place) -> None:
    colleague = reviews.reachable(place.school, "Example Colleague")
    response = visit.post(url("link_pass_on"), {"officer": colleague.pk})
    assert response.status_code == 302
    asked.refresh_from_db()
    assert asked.passed_to == colleague
    assert "make a link" in asked.messages.get().text
    assert Notice.objects.filter(template="case_reviews.request_message", to=place.manager.pk).exists()


def test_the_unit_makes_a_link_and_sees_its_code_once(asked: AgencyRequest, place: Place, head: Officer) -> None:
    browser = sign_in(place.manager, asked)
    form = text(browser.get(url("make_link", asked.pk)))
    assert head.phone in form
    refused = text(browser.post(url("make_link", asked.pk), {"who": f"{head.pk}:answer"}))
    assert "ring the number of the directory" in refused and not AnswerLink.objects.exists()
    shown = text(browser.post(url("make_link", asked.pk), {"who": f"{head.pk}:answer", "number_checked": "on"}))
    link = AnswerLink.objects.get()
    code = re.search(r"\b(\d{4} \d{4})\b", shown.split("Code", 1)[1]).group(1)  # type: ignore[union-attr]
    assert links.token_of(link) not in shown and head.phone in shown
    assert moves.open_with_code(links.token_of(link), code) == link
    page = text(browser.get(url("request", asked.pk)))
    assert "Links without account" in page and code not in page and code.replace(" ", "") not in page
    renewed = text(browser.post(url("new_code", link.pk)))
    assert code not in renewed
    assert browser.post(url("revoke_link", link.pk)).status_code == 302
    link.refresh_from_db()
    assert link.revoked_at and link.revoked_by == place.manager


def test_in_school_holidays_the_unit_is_told_whom_to_reach(asked: AgencyRequest, place: Place) -> None:
    today = timezone.localdate()
    place.school.sector, place.school.out_of_term_contact = "education", "Invented Caretaker, 01632 960 222"
    place.school.alternate_officer = reviews.reachable(place.school, "Example Deputy")
    place.school.save()
    soon = {"name": "Invented term", "academic_year": "2099/00", "valid_to": today + timedelta(days=60)}
    term = SchoolTerm.objects.create(valid_from=today + timedelta(days=10), **soon)
    browser = sign_in(place.manager, asked)
    for page in (url("make_link", asked.pk), url("request", asked.pk)):
        shown = text(browser.get(page))
        assert "Invented Caretaker" in shown and "Example Deputy" in shown
    SchoolTerm.objects.filter(pk=term.pk).update(valid_from=today)
    assert "Invented Caretaker" not in text(browser.get(url("make_link", asked.pk)))


def test_others_of_the_partnership_make_no_links(asked: AgencyRequest, made: tuple[AnswerLink, str], place: Place) -> None:
    browser = sign_in(place.director, asked)
    assert browser.get(url("make_link", asked.pk)).status_code == 404
    for name in ("new_code", "revoke_link"):
        assert browser.post(url(name, made[0].pk)).status_code == 404
    assert Client().get(url("make_link", asked.pk)).status_code == 302
