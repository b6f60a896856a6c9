"""The pages of the directory."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import entries
from sightline.partnership.agencies.models import Appointment, Body, DutyTurn, Officer, Partnership, SharingAgreement, Ward
from sightline.partnership.audit_trail.models import AuditEvent
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


@pytest.fixture
def manager() -> Client:
    return client_of(accounts.account("BM"))


@pytest.fixture
def reader() -> Client:
    return client_of(accounts.account("PM"))


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def test_health_partner_on_10_march_2021_was_the_commissioning_group_and_in_2023_the_board(reader: Client) -> None:
    group = agencies.agency("Hartshire Clinical Commissioning Group", valid_to=date(2022, 6, 30))
    board = agencies.agency("Hartshire Integrated Care Board", valid_from=date(2022, 7, 1))
    agencies.arrangement("health", group, valid_to=date(2022, 6, 30))
    agencies.arrangement("health", board, valid_from=date(2022, 7, 1))

    then = reader.get("/directory/partners/", day("on", date(2021, 3, 10)))
    later = reader.get("/directory/partners/", day("on", date(2023, 3, 10)))

    assert [agency for label, agency, _ in then.context["partners"] if label == "Health"] == [group]
    assert [agency for label, agency, _ in later.context["partners"] if label == "Health"] == [board]
    assert "On 10 March 2021" in then.content.decode()


def test_date_that_is_none_is_an_error_with_its_cure(reader: Client) -> None:
    body = reader.get("/directory/partners/", {"on_day": "31", "on_month": "2", "on_year": "2021"}).content.decode()

    assert "is not a day in the calendar" in body


@pytest.mark.parametrize("entry", entries.ENTRIES, ids=lambda entry: entry.slug)
class TestEveryKindOfEntry:
    def test_list_says_so_when_it_is_empty(self, manager: Client, entry: entries.Entry) -> None:
        entry.model.objects.filter(pk__in=Ward.objects.values("pk")).delete()

        assert manager.get(entry.url("list"), {"search": "no such thing"}).status_code == 200

    def test_form_with_nothing_in_it_names_what_is_missing(self, manager: Client, entry: entries.Entry) -> None:
        assert manager.get(entry.url("add")).status_code == 200

        answer = manager.post(entry.url("add"), {})

        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert "There is a problem" in answer.content.decode()

    def test_nobody_without_the_right_adds_anything(self, reader: Client, entry: entries.Entry) -> None:
        assert reader.get(entry.url("add")).status_code == 404
        assert reader.post(entry.url("add"), {}).status_code == 404
        assert AuditEvent.objects.order_by("-seq").first().decision == "refused"

    def test_entry_that_never_was_is_not_found(self, manager: Client, entry: entries.Entry) -> None:
        assert manager.get(entry.url("show", "01JUNKJUNKJUNKJUNKJUNKJUNK")).status_code == 404


def test_everybody_signed_in_reads_the_directory_but_agreements_are_for_fewer(reader: Client) -> None:
    agreement = agencies.agreement(agencies.agency())

    assert reader.get("/directory/").status_code == 200
    assert reader.get("/directory/bodies/").status_code == 200
    assert reader.get("/directory/agreements/").status_code == 404
    assert reader.get(f"/directory/agreements/{agreement.pk}/").status_code == 404
    assert "agreements" not in reader.get("/directory/").content.decode()


def test_ward_is_added_changed_and_ended_in_pages(manager: Client) -> None:
    added = manager.post("/directory/wards/add/", {"name": "Invented Ward", "code": "", **day("valid_from", date(2020, 1, 1))})
    ward = Ward.objects.get()
    assert added.url == f"/directory/wards/{ward.pk}/"

    manager.post(f"/directory/wards/{ward.pk}/change/", {"name": "Invented Ward", "code": "X1", **day("valid_from", date(2020, 1, 1))})
    ended = manager.post(f"/directory/wards/{ward.pk}/end/", day("on", date(2021, 1, 1)))

    ward.refresh_from_db()
    assert (ended.status_code, ward.code, ward.valid_to) == (302, "X1", date(2021, 1, 1))
    assert "This entry ended on 1 January 2021" in manager.get(f"/directory/wards/{ward.pk}/").content.decode()
    assert "Invented Ward" not in manager.get("/directory/wards/").content.decode()
    assert "Invented Ward" in manager.get("/directory/wards/", day("on", date(2020, 6, 1))).content.decode()
    assert "Invented Ward" in manager.get("/directory/wards/?all=1").content.decode()


def test_end_before_the_start_is_an_error_in_the_form(manager: Client) -> None:
    ward = Ward.objects.create(name="Invented Ward", valid_from=date(2020, 1, 1))

    answer = manager.post(f"/directory/wards/{ward.pk}/end/", day("on", date(2019, 1, 1)))

    assert "The last day cannot be before the first day" in answer.content.decode()


def test_appointment_that_overlaps_is_an_error_that_names_the_holder(manager: Client) -> None:
    seat, holder, other = agencies.seat(), agencies.officer("Example Holder"), agencies.officer()
    Appointment.objects.create(seat=seat, officer=holder, valid_from=date(2020, 1, 1))

    answer = manager.post("/directory/appointments/add/", {"seat": seat.pk, "officer": other.pk, **day("valid_from", date(2021, 1, 1))})

    assert "These dates overlap with Example Holder" in answer.content.decode()


def test_agreement_is_written_down_with_its_parties(manager: Client) -> None:
    parties = [agencies.agency(), agencies.agency()]
    said = {"title": "Sharing for reviews", "parties": [p.pk for p in parties], "purposes": ["case_review"]}

    answer = manager.post(
        "/directory/agreements/add/", {**said, **day("valid_from", date(2026, 1, 1)), **day("valid_to", date(2027, 1, 1))}
    )

    agreement = SharingAgreement.objects.get(title="Sharing for reviews")
    assert answer.url == f"/directory/agreements/{agreement.pk}/"
    assert set(agreement.parties.all()) == set(parties)
    shown = manager.get(answer.url).content.decode()
    assert "Serious incidents and practice reviews" in shown
    assert "1 January 2027" in shown


def test_history_of_a_seat_is_shown(reader: Client) -> None:
    seat, first, second = agencies.seat("Police"), agencies.officer("Example First"), agencies.officer("Example Second")
    Appointment.objects.create(seat=seat, officer=first, valid_from=date(2019, 5, 1), valid_to=date(2021, 1, 31))
    Appointment.objects.create(seat=seat, officer=second, valid_from=date(2021, 2, 1))

    page = reader.get(f"/directory/seats/{seat.pk}/").content.decode()

    assert page.index("Example Second") < page.index("Example First")
    assert "31 January 2021" in page


def test_partnership_is_written_down_renamed_and_shown(manager: Client) -> None:
    said = {
        "name": "Hartshire Safeguarding Children Partnership",
        "short_name": "TSCP",
        "area": "Hartshire",
        "front_door_name": "Hartshire Front Door",
        "front_door_phone": "01632 960001",
        "out_of_hours_phone": "01632 960002",
    }
    assert "Not set up yet" in manager.get("/directory/partnership/").content.decode()

    manager.post("/directory/partnership/change/", {**said, **day("arrangements_live_on", date(2019, 5, 1))})
    manager.post("/directory/partnership/rename/", {"name": "Safer Hartshire", "short_name": "ST", **day("valid_from", date(2022, 9, 1))})

    assert Partnership.current().name == "Safer Hartshire"
    page = manager.get("/directory/partnership/").content.decode()
    assert "Hartshire Safeguarding Children Partnership (TSCP), 1 May 2019 to 31 August 2022" in page


def test_new_partner_in_a_page_ends_the_one_before(manager: Client) -> None:
    group, board = agencies.agency("Group"), agencies.agency("Board")
    agencies.arrangement("health", group)

    answer = manager.post(
        "/directory/partners/replace/", {"partner_role": "health", "agency": board.pk, **day("valid_from", date(2022, 7, 1))}
    )

    assert answer.url == "/directory/partners/"
    assert group.partner_arrangements.get().valid_to == date(2022, 6, 30)


def test_agency_that_another_follows_says_so(manager: Client) -> None:
    group, board = agencies.agency("Group"), agencies.agency("Board")

    answer = manager.post(f"/directory/agencies/{group.pk}/succeeded/", {"successor": board.pk, **day("last_day", date(2022, 6, 30))})

    assert "Board" in manager.get(answer.url).content.decode()


def test_long_list_has_its_next_part(reader: Client) -> None:
    Ward.objects.bulk_create([Ward(name=f"Invented Ward {number:03}", valid_from=date(2020, 1, 1)) for number in range(60)])

    first = reader.get("/directory/wards/")
    second = reader.get("/directory/wards/" + first.context["page"].older_url)

    assert (len(first.context["page"].rows), len(second.context["page"].rows)) == (50, 10)
    assert second.context["page"].newer_url
    assert first.context["count"] == 60


@pytest.mark.parametrize("bad", ["start=x", "start=-1", "on_day=x", "start=99999", "search=%00"])
def test_odd_questions_break_nothing(reader: Client, bad: str) -> None:
    assert reader.get(f"/directory/wards/?{bad}").status_code == 200


def test_a_person_who_has_ended_is_not_offered_for_the_rota(manager: Client) -> None:
    gone: Any = agencies.officer("Example Gone", valid_to=date(2020, 1, 1))
    here = agencies.officer("Example Here")

    offered = manager.get(reverse("agencies:add_duty_turn")).context["form"].fields["officer"].queryset

    assert here in offered
    assert gone not in offered
    assert Officer.objects.count() > offered.count()
    assert not DutyTurn.objects.exists()
    assert not Body.objects.exists()
