"""The moves of the directory."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Appointment, Ward
from sightline.partnership.agencies.workflow import directory, partners
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.procedures.errors import NotAllowedNow
from tests.factories import agencies

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def last_event() -> AuditEvent:
    return AuditEvent.objects.order_by("-seq").first()


def test_entry_added_is_on_the_trail() -> None:
    ward = directory.add(Ward(name="Invented Ward", valid_from=date(2020, 1, 1)), by=None)

    assert (last_event().action, last_event().object_id, last_event().kind) == ("ward.added", ward.pk, "K0")


def test_entry_with_an_overlap_is_not_added() -> None:
    directory.add(Ward(name="Invented Ward", valid_from=date(2020, 1, 1)), by=None)

    with pytest.raises(ValidationError):
        directory.add(Ward(name="invented ward", valid_from=date(2021, 1, 1)), by=None)


def test_change_names_only_the_fields_that_changed() -> None:
    officer = agencies.officer(job_title="Head")

    changed = directory.change(officer, by=None, fields={"job_title": "Headteacher", "name": officer.name})

    assert changed.job_title == "Headteacher"
    assert last_event().action == "officer.changed"
    assert '"fields":["job_title"]' in last_event().payload.replace(" ", "")


def test_agreement_is_of_the_kind_of_accounts() -> None:
    agreement = agencies.agreement(agencies.agency())

    directory.change(agreement, by=None, fields={}, related={"parties": [agencies.agency()]})

    assert last_event().kind == "K17"


def test_person_who_ends_leaves_every_seat() -> None:
    officer = agencies.officer()
    held = Appointment.objects.create(seat=agencies.seat(), officer=officer, valid_from=date(2020, 1, 1))
    over = Appointment.objects.create(seat=agencies.seat(), officer=officer, valid_from=date(2020, 1, 1), valid_to=date(2020, 6, 1))

    directory.end(officer, on=TODAY, by=None)

    held.refresh_from_db(), over.refresh_from_db()
    assert held.valid_to == TODAY
    assert over.valid_to == date(2020, 6, 1)


@pytest.mark.parametrize(("valid_to", "on"), [(None, date(2019, 4, 30)), (date(2020, 1, 1), date(2020, 1, 2))])
def test_end_before_the_start_or_after_the_end_is_refused(valid_to: date | None, on: date) -> None:
    agency = agencies.agency(valid_to=valid_to)

    with pytest.raises(NotAllowedNow):
        directory.end(agency, on=on, by=None)


def test_new_partner_ends_the_one_before_the_day_before() -> None:
    group, board = agencies.agency("Group"), agencies.agency("Board")
    partners.replace(group, partner_role="health", valid_from=date(2019, 5, 1), by=None)

    partners.replace(board, partner_role="health", valid_from=date(2022, 7, 1), by=None)

    assert arrangements.safeguarding_partner("health", date(2022, 6, 30)) == group
    assert arrangements.safeguarding_partner("health", date(2022, 7, 1)) == board


@pytest.mark.parametrize("valid_from", [date(2019, 5, 1), date(2018, 5, 1)])
def test_new_partner_cannot_begin_before_the_one_there_is(valid_from: date) -> None:
    agencies.arrangement("health", agencies.agency())

    with pytest.raises(NotAllowedNow, match="1 May 2019"):
        partners.replace(agencies.agency(), partner_role="health", valid_from=valid_from, by=None)


def test_same_partner_again_is_refused() -> None:
    group = agencies.agency()
    agencies.arrangement("health", group)

    with pytest.raises(NotAllowedNow):
        partners.replace(group, partner_role="health", valid_from=TODAY, by=None)


def test_agency_succeeded_keeps_its_last_day() -> None:
    group, board = agencies.agency("Group"), agencies.agency("Board", valid_from=date(2022, 7, 1))

    group = partners.succeed(group, successor=board, last_day=date(2022, 6, 30), by=None)

    assert (group.succeeded_by, group.valid_to) == (board, date(2022, 6, 30))


def test_partnership_renamed_remembers_each_name() -> None:
    ours = agencies.partnership(name="Hartshire Local Safeguarding Children Partnership")
    ours = partners.rename(
        ours, name="Hartshire Safeguarding Partnership", short_name="TSP", valid_from=date(2022, 9, 1), today=TODAY, by=None
    )
    ours = partners.rename(ours, name="Safer Hartshire", short_name="ST", valid_from=date(2024, 4, 1), today=TODAY, by=None)

    assert ours.name_on(date(2021, 3, 10)) == "Hartshire Local Safeguarding Children Partnership"
    assert ours.name_on(date(2022, 9, 1)) == "Hartshire Safeguarding Partnership"
    assert ours.name_on(date(2024, 3, 31)) == "Hartshire Safeguarding Partnership"
    assert ours.name_on(TODAY) == "Safer Hartshire"


@pytest.mark.parametrize("valid_from", [date(2026, 3, 3), date(2019, 5, 1)])
def test_new_name_in_the_future_or_before_the_old_one_is_refused(valid_from: date) -> None:
    with pytest.raises(NotAllowedNow):
        partners.rename(agencies.partnership(), name="Other", short_name="O", valid_from=valid_from, today=TODAY, by=None)
