"""The unit asks the three safeguarding partners; each view is the partner's own, and silence holds nothing up."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.forms import ConsultForm
from sightline.partnership.case_reviews.workflow import consideration
from sightline.partnership.need_to_know.models import Membership
from sightline.procedures.consultation import summary
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import accounts, agencies, matters
from tests.factories.incidents import LONDON, Place, consulted, decided, gave_views, raised, view_of


def test_consulting_takes_the_incident_into_consideration_and_writes_to_each_partner(
    place: Place, written_to: Callable[[str], set[Account]]
) -> None:
    incident = consulted(place)

    assert incident.status == "under_consideration"
    assert [view.view for view in incident.partner_views.all()] == ["", "", ""]
    assert written_to("view_asked") == set(place.partners.values())


def test_consulting_makes_members_of_those_asked(place: Place) -> None:
    incident = consulted(place, ask=["police"])

    assert access.can_see(place.superintendent, incident)
    assert Membership.objects.filter(matter=incident.matter, account=place.superintendent, capacity="partner").exists()
    assert not Membership.objects.filter(matter=incident.matter, account=place.nurse).exists()


def test_consulting_never_reaches_a_person_in_conflict(place: Place, written_to: Callable[[str], set[Account]]) -> None:
    incident = raised(place)
    matters.conflict(incident.matter, place.superintendent, by=place.manager)

    consideration.consult(incident, ask=place.partners, by=place.manager, at=incident.raised_at)

    assert place.superintendent not in written_to("view_asked")
    assert not access.can_see(place.superintendent, incident)


@pytest.mark.parametrize("who", ["lead", "director", "superintendent"])
def test_consulting_is_the_units_alone(place: Place, who: str) -> None:
    incident = raised(place)

    with pytest.raises(NotPermitted):
        consideration.consult(incident, ask=place.partners, by=getattr(place, who))


def test_consulting_asks_only_people_of_that_partner(place: Place) -> None:
    incident = raised(place)

    with pytest.raises(NotAllowedNow, match="does not act for"):
        consideration.consult(incident, ask={"police": place.nurse}, by=place.manager, at=incident.raised_at)


@pytest.mark.parametrize(
    ("on", "who"),
    [(date(2020, 6, 24), "group"), (date(2022, 6, 30), "group"), (date(2022, 7, 1), "board"), (date(2026, 6, 1), "board")],
)
def test_consulting_asks_the_health_partner_of_that_day(place: Place, on: date, who: str) -> None:
    place.board.partner_arrangements.all().delete()
    group = agencies.agency("Hartshire Clinical Commissioning Group", sector="health")
    agencies.arrangement("health", group, valid_to=date(2022, 6, 30))
    agencies.arrangement("health", place.board, valid_from=date(2022, 7, 1))
    people = {"group": place.person("DSP", of=group), "board": place.nurse}
    at = datetime.combine(on, datetime.min.time().replace(hour=10), LONDON)
    incident = raised(place, aware_at=at, happened_on=on, at=at)
    other = next(account for name, account in people.items() if name != who)

    assert access.partner_candidates("health", on) == [people[who]]
    with pytest.raises(NotAllowedNow, match="does not act for"):
        consideration.consult(incident, ask={"health": other}, by=place.manager, at=at)
    consideration.consult(incident, ask={"health": people[who]}, by=place.manager, at=at)
    assert view_of(incident, "health").agency == people[who].agency


def test_consulting_says_when_nobody_holds_a_partners_place(place: Place) -> None:
    place.police.partner_arrangements.all().delete()
    incident = raised(place)

    with pytest.raises(NotAllowedNow, match="Nobody holds"):
        consideration.consult(incident, ask={"police": place.superintendent}, by=place.manager, at=incident.raised_at)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Choose at least one person"),
        ({"police": "SUPERINTENDENT"}, "Check for a connection"),
        ({"police": "SUPERINTENDENT", "police_confirmed": "on"}, ""),
    ],
)
def test_consulting_needs_the_confirmation_that_there_is_no_connection(place: Place, typed: dict[str, str], error: str) -> None:
    typed = {name: place.superintendent.pk if value == "SUPERINTENDENT" else value for name, value in typed.items()}
    form = ConsultForm(typed, incident=raised(place), partners={"police": ("Police", [place.superintendent])})

    assert form.is_valid() is (error == "")
    assert error in str(form.errors)
    if not error:
        assert form.ask() == {"police": place.superintendent}


def test_consulting_after_the_decision_is_refused(place: Place) -> None:
    incident = decided(place)

    with pytest.raises(NotAllowedNow, match="before the decision"):
        consideration.consult(incident, ask=place.partners, by=place.manager)


def test_asking_somebody_else_before_a_view_is_given_replaces_the_person(place: Place) -> None:
    incident = consulted(place)
    deputy = place.person("DSP", of=place.police)

    consideration.consult(incident, ask={"police": deputy}, by=place.manager, at=incident.raised_at)

    assert view_of(incident, "police").asked_of == deputy


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("superintendent", "police", True),
        ("nurse", "health", True),
        ("director", "local_authority", True),
        ("manager", "police", True),
        ("nurse", "police", False),
        ("director", "police", False),
        ("lead", "police", False),
    ],
)
def test_a_view_is_the_partners_own_or_written_down_by_the_unit(place: Place, who: str, role: str, may: bool) -> None:
    incident = consulted(place)
    person = getattr(place, who)
    given: dict[str, Any] = {"answer": "notify", "reasons": "Invented reasons.", "how_received": "by telephone at 10:20", "by": person}

    if may:
        view = consideration.give_view(view_of(incident, role), **given)
        assert (view.view, view.given_by, view.how_received) == ("notify", person, "by telephone at 10:20")
    else:
        with pytest.raises(NotPermitted):
            consideration.give_view(view_of(incident, role), **given)


def test_a_view_is_told_to_those_who_decide(place: Place, written_to: Callable[[str], set[Account]]) -> None:
    incident = consulted(place)

    gave_views(place, incident, {"police": "do_not_notify"})

    assert written_to("view_given") == {place.director}


def test_a_view_after_the_decision_is_refused(place: Place) -> None:
    incident = consulted(place)
    view = view_of(incident, "police")
    decided(place, incident=incident)

    with pytest.raises(NotAllowedNow, match="decision has been made"):
        consideration.give_view(view, answer="notify", reasons="Too late.", by=place.superintendent)


@pytest.mark.parametrize(
    ("views", "outcome"),
    [
        ({}, "awaiting"),
        ({"local_authority": "notify", "police": "notify", "health": "notify"}, "unanimous"),
        ({"local_authority": "notify", "police": "do_not_notify"}, "differing"),
        ({"local_authority": "notify", "police": "notify", "health": "undecided"}, "awaiting"),
    ],
)
def test_the_views_are_read_together(place: Place, views: dict[str, str], outcome: str) -> None:
    incident = consulted(place)

    gave_views(place, incident, views)

    assert summary({view.partner_role: view.view for view in incident.partner_views.all()}).outcome == outcome


def test_an_account_of_a_partner_without_the_role_is_not_a_candidate(place: Place) -> None:
    accounts.account("AL", of=place.police)

    assert access.partner_candidates("police") == [place.superintendent]
