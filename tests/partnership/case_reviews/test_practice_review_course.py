"""A whole practice review through its pages, from commissioned to published, and out of its order refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.models import PracticeReview, Publication, SignedText
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from tests.access.world import signed_in
from tests.factories import practice_reviews as made
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
TERMS_TYPED = {name: words for name, words in made.FULL_TERMS.items() if not isinstance(words, date)}


def day(name: str, on: date) -> dict[str, str]:
    """A date as it is typed into its three boxes."""
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


class Browser:
    """Somebody who has said that they have no connection with the case and types into the pages of one practice review."""

    def __init__(self, review: PracticeReview, account: Account) -> None:
        ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
        self.review, self.client = review, signed_in(account)

    @property
    def status(self) -> str:
        self.review.refresh_from_db()
        return self.review.status

    def types(self, name: str, thing: Any = None, /, **typed: Any) -> None:
        """Fill a page in; what is refused fails the test with what the page says."""
        answer = self.post(name, thing, **typed)
        assert answer.status_code == 302, f"{name}: {said(answer)}"

    def is_told(self, name: str, thing: Any = None, /, **typed: Any) -> str:
        """Fill a page in that refuses it, and read why."""
        answer = self.post(name, thing, **typed)
        assert answer.status_code == 200, name
        return said(answer)

    def post(self, name: str, thing: Any, /, **typed: Any) -> HttpResponse:
        return self.client.post(reverse(f"case_reviews:{name}", args=[(thing or self.review).pk]), typed)

    def goes_to(self, to: Status) -> None:
        self.types("practice_step", to=to.value, reasons="", **day("happened_on", timezone.localdate()))
        assert self.status == to

    def may_not_go_to(self, to: Status) -> str:
        return self.is_told("practice_step", to=to.value, reasons="", **day("happened_on", timezone.localdate()))


def said(answer: HttpResponse) -> str:
    return " ".join(" ".join(errors) for errors in answer.context["form"].errors.values())


def everybody_signs(unit: Browser, place: Place, kind: str) -> None:
    unit.types("put_practice_text", kind=kind)
    for account in place.partners.values():
        text = SignedText.objects.filter(incident=unit.review.rapid_review.incident, kind=kind).last()
        assert text is not None, kind
        partner = Browser(unit.review, account)
        partner.types("sign_practice_text", text, agrees="yes", reasons="", fingerprint=text.sha256)


def with_terms_signed(unit: Browser, place: Place, today: date) -> None:
    assert "Appoint a reviewer" in unit.may_not_go_to(Status.SCOPING)
    unit.types("reviewer_add", name="Example Reviewer", independent="yes", employer="Nobody here", **day("appointed_on", today))
    unit.types("reviewer_named", unit.review.reviewers.get(), **day("on", today))
    unit.goes_to(Status.SCOPING)
    assert "three partners sign the terms of reference" in unit.may_not_go_to(Status.INFORMATION_GATHERING)
    unit.review.refresh_from_db()
    period = day("scope_from", date(2024, 6, 1)) | day("scope_to", date(2026, 6, 1))
    unit.types("practice_terms", **TERMS_TYPED, **period, seen_version=str(unit.review.version))
    unit.types("add_line", question="Why was it not seen earlier?", theme="")
    everybody_signs(unit, place, "terms_of_reference")
    unit.goes_to(Status.INFORMATION_GATHERING)


def with_what_was_found(unit: Browser, today: date) -> None:
    unit.types("practitioner_event", roles="Two health visitors.", headcount="2", notes="Nobody knew.", **day("held_on", today))
    unit.types("add_family_part", called="Mother of Child A", response="accepted", views="She had asked.", **day("invited_on", today))
    unit.goes_to(Status.ANALYSIS)
    line = unit.review.lines_of_enquiry.get()
    found = {"question": line.question, "theme": "", "finding": "It was seen, and not said.", "confidence": "medium"}
    assert "Add the evidence first" in unit.is_told("keep_finding", line, **found, seen_version=str(line.version))
    unit.types("add_evidence", line, kind="family", text="The mother said so.")
    line.refresh_from_db()
    unit.types("keep_finding", line, **found, seen_version=str(line.version))
    unit.goes_to(Status.DRAFT)


def with_facts_checked(unit: Browser, place: Place, today: date) -> None:
    assert "Add the draft" in unit.may_not_go_to(Status.FACTUAL_ACCURACY)
    unfinished = unit.is_told("add_draft", file=made.upload(), is_final="on", **day("given_on", today))
    assert "summary of the improvements" in unfinished
    assert "systemic and underlying reasons" in unfinished
    unit.types("add_draft", file=made.upload(), is_final="on", has_summary="on", has_why="on", **day("given_on", today))
    unit.goes_to(Status.FACTUAL_ACCURACY)
    assert "Nobody has been asked" in unit.may_not_go_to(Status.PARTNER_SIGNOFF)
    draft = unit.review.drafts.get()
    unit.types("ask_accuracy", draft, agency=place.school.pk, who="", **day("due_on", today))
    check = draft.accuracy_checks.get()
    unit.types("accuracy_check", check, comments="The year is wrong.", **day("answered_on", today))
    assert "Say what was done" in unit.may_not_go_to(Status.PARTNER_SIGNOFF)
    unit.types("accuracy_check", check, comments="The year is wrong.", resolution="Put right.", **day("answered_on", today))
    unit.goes_to(Status.PARTNER_SIGNOFF)


def sent(unit: Browser, today: date) -> None:
    now = timezone.localtime()
    unit.types("send_notice", how="secure_email", recipient_confirmed="on", sent_at_time=f"{now:%H:%M}", **day("sent_at", today))
    assert unit.status == Status.PRE_PUBLICATION_NOTICE


def at_notice(place: Place, today: date) -> Browser:
    """Everything up to the notice before publication, each part typed into its page."""
    unit = Browser(made.commissioned(place), place.manager)
    with_terms_signed(unit, place, today)
    with_what_was_found(unit, today)
    with_facts_checked(unit, place, today)
    assert unit.status == Status.PARTNER_SIGNOFF
    everybody_signs(unit, place, "practice_review")
    sent(unit, today)
    return unit


def weeks_pass(review: PracticeReview, today: date) -> None:
    """The report went four weeks ago."""
    Publication.objects.filter(practice_review=review).update(notice_sent_on=today - timedelta(days=28))


def reads(browser: Browser, name: str) -> str:
    client: Client = browser.client
    return client.get(reverse(f"case_reviews:{name}", args=[browser.review.pk])).content.decode()


def test_practice_review_goes_from_commissioned_to_published(place: Place) -> None:
    today = timezone.localdate()
    unit = at_notice(place, today)

    assert "7 working days" in unit.is_told("publish", where="The partnership’s website", **day("published_on", today))
    assert unit.status == Status.PRE_PUBLICATION_NOTICE
    weeks_pass(unit.review, today)
    unit.types("publish", where="The partnership’s website", **day("published_on", today))

    assert unit.status == Status.PUBLISHED
    assert (unit.review.publication.outcome, unit.review.publication.published_on) == ("published", today)
    assert "Published" in reads(unit, "practice_review")


def test_practice_review_is_not_published_and_its_improvements_are(place: Place) -> None:
    today = timezone.localdate()
    unit = at_notice(place, today)
    ends = {"where": "The partnership’s website", **day("decided_on", today), **day("improvements_published_on", today)}

    assert "three partners sign first" in unit.is_told("not_publish", **ends)
    unit.types("plan_publication", consulted="Police and coroner.", reasons="A sibling would be known.", improvements="Three of them.")
    everybody_signs(unit, place, "publication")
    unit.types("not_publish", **ends)

    assert unit.status == Status.NOT_PUBLISHED
    assert "improvements" in reads(unit, "publication")


def test_notice_is_not_recorded_as_sent_before_the_partners_signed(place: Place) -> None:
    review = made.checked(place)
    unit = Browser(review, place.manager)
    today = timezone.localdate()

    refused = unit.is_told("send_notice", how="post", recipient_confirmed="on", sent_at_time="00:01", **day("sent_at", today))

    assert "three partners sign the report" in refused
    assert unit.status == Status.PARTNER_SIGNOFF


def test_what_has_not_happened_yet_is_not_recorded(place: Place) -> None:
    unit = Browser(made.scoping(place), place.manager)
    tomorrow = day("on", timezone.localdate() + timedelta(days=1))
    asked = day("invited_on", timezone.localdate() + timedelta(days=1))

    removed = unit.is_told("reviewer_remove", unit.review.reviewers.get(), because="Work was late.", **tomorrow)
    invited = unit.is_told("add_family_part", called="Mother of Child A", response="accepted", **asked)

    assert "has not come yet" in removed
    assert "has not come yet" in invited
