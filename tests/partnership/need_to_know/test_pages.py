"""The pages on access: what they show, whom they refuse, and that a refusal is the page for what never existed."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.audit_trail import trail
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import BreakGlass, Conflict, ConflictStatement, ExclusionEntry, LegalHold, Membership
from sightline.partnership.need_to_know.workflow import conflicts, seals
from sightline.procedures.references import new_ulid

pytestmark = pytest.mark.django_db

PAGES = [
    "members",
    "add_member",
    "add_grant",
    "conflicts",
    "declare_conflict",
    "seals",
    "seal_agency",
    "clear",
    "hold",
    "place_hold",
    "readers",
]


@pytest.fixture
def enter(client):
    """Sign somebody in, as if a moment ago."""

    def sign_in(account, *, confirmed=True):
        client.force_login(account)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": confirmed}]
        session["account_authentication_methods_user"] = account.pk
        session.save()
        return client

    return sign_in


def stated(account, matter):
    ConflictStatement.objects.get_or_create(account=account, matter=matter, is_connected=False)


def url(name, *args):
    return reverse(f"need_to_know:{name}", args=[getattr(arg, "pk", arg) for arg in args])


def dmy(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_for_the_business_manager(world, enter, page):
    manager = world.person("BM")
    matter = world.matter(manager)
    stated(manager, matter)

    answer = enter(manager).get(url(page, matter))

    assert answer.status_code == 200
    assert matter.reference in answer.content.decode()


@pytest.mark.parametrize("page", [*PAGES, "matter", "statement", "break_glass"])
@pytest.mark.parametrize("who", ["stranger", "blocked", "sealed", "administrator"])
def test_refused_page_is_the_page_that_never_existed(world, enter, page, who):
    roles = {"stranger": ["PM", "LG"], "blocked": ["BM", "PC", "IG", "DSP"], "sealed": ["BM", "PC", "IG", "DSP"], "administrator": ["SA"]}
    account = world.person(*roles[who], agency=world.school)
    by = world.person("IG", agency=world.council)
    matter = world.matter(*([] if who == "stranger" else [account]), by=by)
    if who == "blocked":
        conflicts.declare(matter, account=account, reason="A relative", by=by)
    if who == "sealed":
        seals.place(matter, agency=world.school, named=[], reason="An allegation", by=by)
    client = enter(account)

    refused, unknown = client.get(url(page, matter)), client.get(url(page, new_ulid()))

    assert refused.status_code == unknown.status_code == 404
    assert refused.content == unknown.content
    assert matter.reference not in refused.content.decode()
    assert dict(refused.headers) == dict(unknown.headers)


def test_refusal_of_known_and_unknown_takes_the_same_questions_and_leaves_a_row(world, enter):
    stranger = world.person("PM")
    matter = world.matter()
    client = enter(stranger)
    client.get(url("members", matter))
    questions = []

    for target in (matter.pk, new_ulid()):
        before = AuditEvent.objects.count()
        with CaptureQueriesContext(connection) as queries:
            client.get(url("members", target))
        questions.append([query["sql"].split(" WHERE ")[0].split("VALUES")[0].split('"s1')[0] for query in queries.captured_queries])
        assert AuditEvent.objects.count() == before + 1
        assert AuditEvent.objects.latest("seq").decision == "refused"

    assert questions[0] == questions[1]


def test_reading_is_recorded_before_the_page_is_made(world, enter):
    manager = world.person("BM")
    matter = world.matter(manager)
    stated(manager, matter)

    enter(manager).get(url("members", matter))

    row = AuditEvent.objects.latest("seq")
    assert (row.action, row.kind, row.matter_id, row.actor_id, row.decision) == (
        "need_to_know.members", "K17m", matter.pk, manager.pk, "shown",
    )  # fmt: skip


def test_nothing_is_shown_when_the_reading_cannot_be_recorded(world, enter, monkeypatch):
    manager = world.person("BM")
    matter = world.matter(manager)
    stated(manager, matter)

    def full(*args, **kwargs):
        raise trail.AuditUnavailable

    monkeypatch.setattr(trail, "record_reading", full)
    client = enter(manager)
    client.raise_request_exception = False

    answer = client.get(url("members", matter))

    assert answer.status_code in (500, 503)
    assert matter.reference not in answer.content.decode()


def test_statement_comes_before_the_first_page_of_a_matter(world, enter):
    member = world.person("PM")
    matter = world.matter(member)
    client = enter(member)

    first = client.get(url("readers", matter))
    assert first.headers["Location"] == f"{url('statement', matter)}?next=%2Fmatters%2F{matter.pk}%2Freaders%2F"
    shown = client.get(first.headers["Location"]).content.decode()
    assert f"I have no personal connection with any child, family or professional in matter {matter.reference}" in shown

    after = client.post(first.headers["Location"], {"position": "none"})
    assert after.headers["Location"] == url("readers", matter)
    assert client.get(url("readers", matter)).status_code == 200
    assert ConflictStatement.objects.get().account == member


def test_statement_of_a_connection_ends_on_the_own_page(world, enter):
    member = world.person("PM")
    matter = world.matter(member)
    client = enter(member)

    answer = client.post(url("statement", matter), {"position": "connected"})

    assert answer.headers["Location"] == url("my_conflicts")
    assert matter.reference not in client.get(url("my_conflicts")).content.decode()
    assert client.get(url("statement", matter)).status_code == 404


@pytest.mark.parametrize("onwards", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"])
def test_statement_leads_nowhere_else(world, enter, onwards):
    member = world.person("PM")
    matter = world.matter(member)

    answer = enter(member).post(f"{url('statement', matter)}?next={onwards}", {"position": "none"})

    assert answer.headers["Location"] == url("matter", matter)


def test_statement_left_unanswered_says_so(world, enter):
    member = world.person("PM")

    shown = enter(member).post(url("statement", world.matter(member)), {}).content.decode()

    assert "Choose the statement that is true" in shown


def test_member_is_added_and_taken_out_again(world, enter, today):
    manager, new = world.person("BM"), world.person("PM")
    matter = world.matter(manager)
    stated(manager, matter)
    client = enter(manager)

    client.post(url("add_member", matter), {"account": new.pk, "purpose": "Panel", **dmy("valid_to", today + timedelta(days=9))})
    membership = Membership.objects.get(matter=matter, account=new)
    assert membership.valid_to == today + timedelta(days=9)
    assert new.name in client.get(url("members", matter)).content.decode()
    client.post(url("end_member", matter, membership), {"reason": "Left the panel"})

    assert not access.may_know(new, matter)


def test_member_who_is_there_already_is_refused_with_a_sentence(world, enter):
    manager, member = world.person("BM"), world.person("PM")
    matter = world.matter(manager, member)
    stated(manager, matter)

    shown = enter(manager).post(url("add_member", matter), {"account": member.pk, "purpose": "Panel"}).content.decode()

    assert "already a member" in shown


def test_reader_sees_who_has_looked_but_no_block(world, enter):
    member, manager, subject = world.person("PM"), world.person("BM"), world.person("DSP")
    matter = world.matter(member, manager)
    for account in (member, manager, subject):
        stated(account, matter)
    enter(subject).get(url("readers", matter))
    conflicts.state_position(matter, is_connected=False, by=world.person("BM"))
    conflicts.declare(matter, account=subject, reason="A relative", by=manager)

    shown = enter(member).get(url("readers", matter)).content.decode()

    assert subject.name in shown
    assert "Conflicts of interest" not in shown.replace("My own conflicts of interest", "")
    assert enter(subject).get(url("readers", matter)).status_code == 404


def test_blocks_are_declared_and_lifted_by_two_in_pages(world, enter):
    officer, chair, subject = world.person("IG"), world.person("PC"), world.person("DSP")
    matter = world.matter(chair)
    stated(officer, matter)
    stated(chair, matter)

    enter(officer).post(url("declare_conflict", matter), {"person": f"officer:{subject.officer_id}", "reason": "The child's aunt"})
    conflict = Conflict.objects.get()
    assert not access.may_know(subject, matter)
    assert "The child&#x27;s aunt" in enter(officer).get(url("conflicts", matter)).content.decode()
    enter(officer).post(url("propose_lift", matter, conflict), {"reason": "Another person"})
    assert enter(officer).post(url("confirm_lift", matter, conflict), {"reason": "x"}).status_code == 200
    assert not access.may_know(subject, matter)
    enter(chair).post(url("confirm_lift", matter, conflict), {"reason": "Agreed"})

    assert access.may_know(subject, matter)


def test_reader_never_sees_a_block_about_themselves_even_once_lifted(world, enter):
    officer, chair, subject = world.person("IG"), world.person("PC"), world.person("BM")
    matter = world.matter(chair, subject)
    conflict = conflicts.declare(matter, account=subject, reason="Neighbour of the family", by=officer)
    conflicts.propose_lift(conflict, reason="x", by=officer)
    conflicts.confirm_lift(conflict, reason="x", by=chair)
    stated(subject, matter)

    shown = enter(subject).get(url("conflicts", matter)).content.decode()

    assert subject.name not in shown.split("<main")[1]
    assert enter(subject).get(url("propose_lift", matter, conflict)).status_code == 404


def test_person_cannot_choose_themselves_as_connected(world, enter):
    officer = world.person("IG")
    matter = world.matter()
    stated(officer, matter)

    answer = enter(officer).post(url("declare_conflict", matter), {"person": f"officer:{officer.officer_id}", "reason": "x"})

    assert answer.status_code == 200
    assert not Conflict.objects.exists()


def test_agency_is_kept_out_and_a_person_named(world, enter):
    officer, lead = world.person("IG", agency=world.council), world.person("AL", agency=world.school)
    matter = world.matter(lead)
    stated(officer, matter)
    client = enter(officer)

    client.post(url("seal_agency", matter), {"agency": world.school.pk, "reason": "Allegation against the head"})
    assert not access.may_know(lead, matter)
    seal = matter.agency_seals.get()
    client.post(url("name_person", matter, seal), {"account": lead.pk})
    assert access.may_know(lead, matter)
    assert lead.name in client.get(url("seals", matter)).content.decode()
    client.post(url("unname_person", matter, seal), {"account": lead.pk})

    assert not access.may_know(lead, matter)


def test_person_is_cleared(world, enter):
    manager, chair = world.person("BM"), world.person("PC")
    matter = world.matter(manager, chair)
    stated(manager, matter)

    enter(manager).post(url("clear", matter), {"account": chair.pk, "seal": "police", "reason": "Reads the statements"})

    assert access.decide(chair, "R", "K5", matter=matter, seals=["police"])


def test_emergency_page_asks_who_it_is_first(world, enter):
    partner = world.person("DSP")
    matter = world.matter()

    answer = enter(partner, confirmed=False).get(url("break_glass", matter))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_emergency_opening_and_its_review(world, enter):
    partner, officer = world.person("DSP"), world.person("IG")
    matter = world.matter()
    stated(officer, matter)
    client = enter(partner)
    assert "at least 30 characters" in client.post(url("break_glass", matter), {"category": "other", "reason": "short"}).content.decode()

    client.post(
        url("break_glass", matter), {"category": "child_in_danger", "reason": "Police ask tonight where the siblings may be staying"}
    )
    opening = BreakGlass.objects.get()
    assert "opened this matter in an emergency" in client.get(url("matter", matter)).content.decode()
    assert enter(partner).get(url("review_break_glass", matter, opening)).status_code == 404
    assert "where the siblings may be" in enter(officer).get(url("review_break_glass", matter, opening)).content.decode()
    enter(officer).post(url("review_break_glass", matter, opening), {"finding": "justified", "notes": "Confirmed with the police"})
    opening.refresh_from_db()
    assert opening.finding == "justified"
    assert "Confirmed with the police" in enter(officer).get(url("review_break_glass", matter, opening)).content.decode()
    enter(partner).post(url("close_glass", matter, opening))
    opening.refresh_from_db()
    assert opening.ends_at <= timezone.now()


def test_legal_hold_in_pages(world, enter):
    manager, officer = world.person("BM"), world.person("IG")
    matter = world.matter(manager)
    stated(manager, matter)
    stated(officer, matter)

    enter(manager).post(url("place_hold", matter), {"reason": "Inquest"})
    hold = LegalHold.objects.get()
    assert "Nothing of this matter may be destroyed" in enter(manager).get(url("hold", matter)).content.decode()
    enter(officer).post(url("lift_hold", matter, hold), {"reason": "Inquest is over"})

    assert LegalHold.objects.live().count() == 0


def test_own_list_is_written_and_seen_only_by_its_writer(world, enter):
    writer, officer = world.person("DSP"), world.person("IG")
    client = enter(writer)

    client.post(
        url("add_entry"),
        {
            "connection": "relative",
            "given_name": "Quentin",
            "family_name": "Invented",
            "born_on_day": 29,
            "born_on_month": 2,
            "born_on_year": 2020,
        },
    )
    entry = ExclusionEntry.objects.get()
    assert "Quentin" in client.get(url("my_conflicts")).content.decode()
    assert "Quentin" not in enter(officer).get(url("my_conflicts")).content.decode()
    enter(officer).post(url("remove_entry", entry))
    entry.refresh_from_db()
    assert entry.removed_at is None
    enter(writer).post(url("remove_entry", entry))
    entry.refresh_from_db()
    assert entry.removed_at is not None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"connection": "relative", "given_name": "A", "family_name": "B"}, "Enter a date of birth or a postcode"),
        ({"connection": "relative", "postcode": "ZZ9 9ZZ"}, "first name"),
        ({"connection": "place"}, "Enter the postcode"),
        ({}, "Choose an answer"),
    ],
)
def test_entry_that_cannot_be_matched_says_what_is_missing(world, enter, typed, sentence):
    shown = enter(world.person("DSP")).post(url("add_entry"), typed).content.decode()

    assert sentence in shown
    assert not ExclusionEntry.objects.exists()


def test_answer_to_a_new_entry_is_the_same_whether_or_not_it_matches(world, enter):
    writer = world.person("DSP")
    matter = world.matter()
    conflicts.match_registers(matter, [world.child(postcode="ZZ9 9ZZ")], by=writer)
    client = enter(writer)
    place = {"connection": "place", "first_line": "14 Invented Row"}

    answers = [client.post(url("add_entry"), {**place, "postcode": postcode}) for postcode in ("ZZ9 9ZZ", "ZZ1 1ZZ")]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Conflict.objects.count() == 1


def test_page_that_closes_an_account_ends_its_memberships_too(world, enter):
    administrator, leaver = world.person("BM"), world.person("PC")
    matter = world.matter(leaver)

    answer = enter(administrator).post(reverse("need_to_know:close_account", args=[leaver.pk]), {"reason": "Left the council"})

    assert answer.status_code == 302
    assert Membership.objects.get(matter=matter, account=leaver).ended_at is not None


def test_page_that_closes_an_account_names_the_memberships_that_end(world, enter, today):
    administrator, leaver = world.person("BM"), world.person("PC")
    first, second, third = (world.matter(leaver) for _ in range(3))
    other = world.matter(administrator)
    Membership.objects.filter(matter=third).update(valid_to=today - timedelta(days=1), valid_from=today - timedelta(days=2))

    page = enter(administrator).get(reverse("need_to_know:close_account", args=[leaver.pk])).content.decode()

    assert "2 memberships" in page
    assert first.reference in page and second.reference in page
    assert third.reference not in page and other.reference not in page
    assert reverse("accounts:show", args=[leaver.pk]) in page and "govuk-warning-text" in page


def test_page_that_closes_an_account_is_the_same_with_a_hidden_matter_as_with_none(world, enter):
    administrator, leaver, officer = world.person("BM"), world.person("PC"), world.person("IG")
    client = enter(administrator)
    page = reverse("need_to_know:close_account", args=[leaver.pk])
    client.get(page)
    before = client.get(page).content.decode()

    hidden = world.matter(leaver)
    conflicts.declare(hidden, account=administrator, reason="Invented connection", by=officer)
    after = client.get(page).content.decode()

    assert hidden.reference not in after
    assert without_tokens(before) == without_tokens(after)


def test_page_that_closes_an_account_tells_no_memberships_to_whoever_may_not_read_them(world, enter):
    lead, leaver = world.person("AL", agency=world.school), world.person("AC", agency=world.school)
    matter = world.matter(leaver, raised_by=world.school)

    page = enter(lead).get(reverse("need_to_know:close_account", args=[leaver.pk]))

    assert access.may_know(lead, matter)
    assert page.status_code == 200
    assert matter.reference not in page.content.decode()


def without_tokens(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
