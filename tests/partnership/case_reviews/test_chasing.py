"""Agencies are reminded, and lateness climbs: each rung once, to nobody connected with the case."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Absence
from sightline.partnership.case_reviews.models import AgencyRequest, RapidReview
from sightline.partnership.case_reviews.workflow import chasing
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.partnership.need_to_know.workflow import conflicts
from sightline.partnership.notices.models import Notice
from tests.access.world import signed_in
from tests.factories import accounts, agencies, reviews
from tests.factories.incidents import Place
from tests.factories.reviews import DUE_ON

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def asked(place: Place) -> AgencyRequest:
    school = place.school
    school.safeguarding_lead = place.lead.officer
    school.alternate_officer = agencies.officer("Example Alternate", of=school, email="alternate@hartshire.example")
    school.named_executive = agencies.officer("Example Executive", of=school, email="executive@hartshire.example")
    school.save()
    review = reviews.review(place, status=reviews.Status.INFORMATION_REQUESTED)
    teacher = agencies.officer("Example Teacher", of=school, email="teacher@hartshire.example")
    return reviews.asked(review, school, by=place.manager, to=teacher)


def on(day: date) -> datetime:
    return datetime.combine(day, time(9), LONDON)


def letters(asked: AgencyRequest) -> list[tuple[str, str]]:
    found = Notice.objects.filter(about=asked.pk).order_by("queued_at", "pk")
    return [(notice.template.removeprefix("case_reviews.request_"), notice.to) for notice in found]


def officer(whom: object) -> str:
    return f"officer:{whom.pk}"


def test_ladder_is_climbed_to_the_executive_and_the_partners(asked: AgencyRequest, place: Place) -> None:
    school = asked.agency
    day = DUE_ON - timedelta(days=14)
    while day < DUE_ON + timedelta(days=14):
        chasing.chase_all(at=on(day))
        chasing.chase_all(at=on(day) + timedelta(hours=1))
        day += timedelta(days=1)

    teacher, lead = officer(asked.asked_officer), place.lead.pk
    assert letters(asked)[:7] == [
        ("reminder", teacher), ("reminder", teacher), ("overdue", teacher), ("overdue", lead), ("overdue", lead),
        ("overdue", officer(school.alternate_officer)), ("escalated", officer(school.named_executive)),
    ]  # fmt: skip
    assert {to for what, to in letters(asked)[7:]} == {place.director.pk, place.superintendent.pk, place.nurse.pk}
    assert [event.detail.partition(":")[0] for event in asked.events.all()] == [
        "first_reminder", "last_reminder", "late_to_lead", "late_to_alternate", "late_to_executive", "late_to_partners",
    ]  # fmt: skip


def test_nothing_is_sent_on_a_weekend_after_an_answer_or_after_the_end(asked: AgencyRequest) -> None:
    assert chasing.chase_all(at=on(date(2026, 6, 20))) == 0  # a Saturday, three days after the day
    AgencyRequest.objects.filter(pk=asked.pk).update(status="submitted")
    assert chasing.chase_all(at=on(date(2026, 6, 22))) == 0
    AgencyRequest.objects.filter(pk=asked.pk).update(status="sent")
    RapidReview.objects.update(status="stopped_withdrawn")
    assert chasing.chase_all(at=on(date(2026, 6, 22))) == 0


def test_cover_is_written_to_while_somebody_is_away(asked: AgencyRequest, place: Place) -> None:
    cover = agencies.officer("Example Cover", of=asked.agency, email="cover@hartshire.example")
    Absence.objects.create(
        officer=asked.asked_officer, cover=cover, valid_from=DUE_ON - timedelta(days=10), valid_to=DUE_ON + timedelta(days=1)
    )

    chasing.chase_all(at=on(date(2026, 6, 10)))

    assert letters(asked) == [("reminder", officer(cover))]


def test_somebody_connected_is_passed_over(asked: AgencyRequest, place: Place) -> None:
    conflicts.declare(asked.matter, officer=place.lead.officer, reason="A relative of Child 1.", by=accounts.account("IG"))

    chasing.chase_all(at=on(date(2026, 6, 18)))

    assert place.lead.pk not in {to for _, to in letters(asked)}
    assert officer(asked.agency.alternate_officer) in {to for _, to in letters(asked)}


def test_another_day_begins_the_ladder_anew(asked: AgencyRequest) -> None:
    chasing.chase_all(at=on(date(2026, 6, 10)))
    AgencyRequest.objects.filter(pk=asked.pk).update(due_on=date(2026, 6, 24))

    assert chasing.chase_all(at=on(date(2026, 6, 17))) == 1
    assert chasing.chase_all(at=on(date(2026, 6, 17))) == 0


def test_one_that_fails_does_not_keep_the_others_from_their_letters(
    asked: AgencyRequest, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = reviews.asked(asked.review, place.police, by=place.manager)
    chase = chasing.chase

    def fails_for_one(pk: str, **rest: datetime) -> int:
        if pk == asked.pk:
            raise RuntimeError("an invented fault")
        return chase(pk, **rest)

    monkeypatch.setattr(chasing, "chase", fails_for_one)

    with pytest.raises(RuntimeError, match="invented"):
        chasing.chase_all(at=on(date(2026, 6, 10)))
    assert letters(other) and not letters(asked)


def browser_of(account: Account, asked: AgencyRequest) -> object:
    ConflictStatement.objects.get_or_create(matter=asked.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)


def test_dashboard_shows_who_is_late_and_what_goes_next(asked: AgencyRequest, place: Place) -> None:
    AgencyRequest.objects.filter(pk=asked.pk).update(due_on=date(2026, 6, 17))
    chasing.chase_all(at=on(date(2026, 6, 18)))

    page = browser_of(place.manager, asked).get(reverse("case_reviews:chasing")).content.decode()

    assert asked.agency.name in page
    assert "Late" in page
    assert "Late: safeguarding lead told" in page


def test_dashboard_and_figure_tell_nothing_of_reviews_that_may_not_be_read(asked: AgencyRequest, place: Place) -> None:
    stranger = signed_in(place.person("AL", of=place.police))

    for name in ("chasing", "punctuality"):
        page = stranger.get(reverse(f"case_reviews:{name}")).content.decode()
        assert asked.agency.name not in page


def test_punctuality_counts_silence_and_lateness(asked: AgencyRequest, place: Place) -> None:
    on_time = reviews.asked(asked.review, place.police, by=place.manager)
    reviews.submitted(on_time, by=None, submitted_at=on(date(2026, 6, 16)))
    late = reviews.asked(asked.review, place.board, by=place.manager)
    reviews.submitted(late, by=None, submitted_at=on(date(2026, 6, 19)))

    page = browser_of(place.manager, asked).get(reverse("case_reviews:punctuality")).content.decode()

    assert "April to June 2026" in page
    assert "1 of 1 on time" in page
    assert page.count("0 of 1 on time") == 2
