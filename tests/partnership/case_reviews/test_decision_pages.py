"""Pages on the way to a decision: the report, the criteria, the sign-off, and the correspondence with the Panel."""

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import report_text
from sightline.partnership.case_reviews.models import RapidReview, ReportSection, SignedText
from sightline.partnership.case_reviews.workflow import deciding, signing
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures import review_decision
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from tests.access.world import signed_in
from tests.factories import reviews
from tests.factories import signing as factory
from tests.factories.incidents import Place
from tests.factories.signing import PUT_AT

pytestmark = pytest.mark.django_db


def browser_of(account: Account, review: RapidReview, *, confirmed: bool = False) -> Client:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    return signed_in(account, stepped_up=confirmed)


def url(name: str, review: RapidReview, *more: str) -> str:
    return reverse(f"case_reviews:{name}", args=[review.pk, *more])


def review_of(text: SignedText) -> RapidReview:
    return RapidReview.objects.select_related("incident__matter").get(incident=text.incident)


def test_report_lists_what_is_missing_first(place: Place) -> None:
    review = reviews.review(place, status=Status.DRAFT)
    reviews.asked(review, place.school, by=place.manager)
    page = browser_of(place.manager, review).get(url("review_report", review)).content.decode()

    assert "No analysis of ethnicity and identity" in page
    assert "No return from Hartshire Invented School" in page
    assert page.index("No analysis of ethnicity and identity") < page.index('id="header"')


def test_part_of_the_report_is_written_and_a_stale_one_shows_both_texts(place: Place) -> None:
    review = reviews.review(place, status=Status.DRAFT)
    browser, where = browser_of(place.manager, review), url("edit_report_part", review, "men")
    browser.post(where, {"text": "The first words.", "nothing_to_say": "", "seen_version": "0"})
    answer = browser.post(where, {"text": "The second words.", "nothing_to_say": "", "seen_version": "0"}).content.decode()

    assert ReportSection.objects.get(code="men").text == "The first words."
    assert "The first words." in answer
    assert "The second words." in answer


def test_part_that_is_taken_from_the_case_is_not_typed(place: Place) -> None:
    review = reviews.review(place, status=Status.DRAFT)

    assert browser_of(place.manager, review).get(url("edit_report_part", review, "criteria")).status_code == 404


def test_reason_for_a_missing_return_is_kept(place: Place) -> None:
    review = reviews.review(place, status=Status.DRAFT)
    reviews.asked(review, place.school, by=place.manager)
    where = url("edit_report_part", review, f"no_return_{place.school.pk}")
    browser_of(place.manager, review).post(where, {"nothing_to_say": "It is closed in August.", "seen_version": "0"})

    assert ReportSection.objects.get(code=f"no_return_{place.school.pk}").nothing_to_say == "It is closed in August."


def test_decision_is_proposed_criterion_by_criterion(place: Place) -> None:
    review = reviews.review(place, status=Status.DRAFT)
    told = {"outcome": "other_local_learning", "rationale": "A short audit answers it better.", "proposed_scope": "", "seen_version": "0"}
    for each in review_decision.criteria(review.opened_at.date()):
        told |= {f"answer_{each.code}": "not_met", f"reasons_{each.code}": "Invented."}
    answer = browser_of(place.manager, review).post(url("propose_decision", review), told)

    assert answer.status_code == 302
    assert deciding.problems(review) == []


def test_answer_without_reasons_is_refused_and_nothing_typed_is_lost(place: Place) -> None:
    review = reviews.review(place, status=Status.DRAFT)
    told = {"answer_improvements": "met", "reasons_improvements": "", "rationale": "Kept words.", "outcome": "", "seen_version": "0"}
    page = browser_of(place.manager, review).post(url("propose_decision", review), told).content.decode()

    assert "Give reasons for your answer" in page
    assert "Kept words." in page


def test_gaps_and_names_are_shown_before_the_partners_are_asked(place: Place) -> None:
    review = factory.drafted(place)
    person = review.incident.children.first().person
    person.family_name = "Tanglewickhampton"
    person.save()
    browser = browser_of(place.manager, review)
    page = browser.get(url("sign_off", review)).content.decode()
    assert url("edit_report_part", review, "identity") in page
    assert "Ask the partners to sign" not in page
    browser.post(url("put_to_partners", review))
    assert signing.latest(review.incident) is None

    factory.close_gaps(review, by=place.manager)
    assert "may tell who somebody is" not in browser.get(url("sign_off", review)).content.decode()
    # One slip of the pen in a name gives way to the code; what is farther from it is only told of, for somebody to put right.
    words = "The Tanglewyckhampton family was liked. So was the Tangglewyckhampton house."
    ReportSection.objects.filter(review=review, code="identity").update(text=words, nothing_to_say="")
    page = browser.get(url("sign_off", review)).content.decode()
    assert "The text may tell who somebody is" in page
    assert "Tanglew" not in page
    assert "Tanglew" not in report_text.assembled(review).text
    assert "Ask the partners to sign" in page


def test_partner_confirms_who_they_are_before_signing(place: Place) -> None:
    text = factory.with_partners(place)
    review = review_of(text)
    answer = browser_of(place.nurse, review).get(url("sign", review))

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


def test_partner_signs_what_the_page_showed(place: Place) -> None:
    text = factory.with_partners(place)
    review = review_of(text)
    browser = browser_of(place.nurse, review, confirmed=True)
    other = browser.post(url("sign", review), {"agrees": "yes", "reasons": "", "fingerprint": "0" * 64}).content.decode()
    browser.post(url("sign", review), {"agrees": "yes", "reasons": "", "fingerprint": text.sha256})

    assert "showed an earlier version" in other
    assert text.signatures.get().partner_role == "health"


def test_nobody_but_a_partner_signs(place: Place) -> None:
    text = factory.with_partners(place)
    review = review_of(text)

    assert browser_of(place.manager, review, confirmed=True).get(url("sign", review)).status_code == 404


def test_dissent_is_said_in_words_wherever_the_review_stands(place: Place) -> None:
    text = factory.with_partners(place)
    signing.sign(text, agrees=True, by=place.director, at=PUT_AT)
    signing.sign(text, agrees=True, by=place.superintendent, at=PUT_AT)
    signing.sign(text, agrees=False, reasons="More is to be learnt.", by=place.nurse, at=PUT_AT)
    review = review_of(text)
    browser = browser_of(place.manager, review)

    sentence = "Two of three partners have signed. Does not agree: Health. The review is not decided."
    assert sentence in browser.get(url("sign_off", review)).content.decode()
    assert sentence in browser.get(url("escalation", review)).content.decode()
    assert "The partners do not agree in" in browser.get("/").content.decode()
    assert "Partner sign-off" in browser.get(reverse("case_reviews:reviews")).content.decode()


def test_signature_that_waits_stands_on_the_partners_home_page(place: Place) -> None:
    review = review_of(factory.with_partners(place))
    page = browser_of(place.nurse, review).get("/").content.decode()

    assert f"Read and sign the decision in {review.matter.reference}" in page


def test_report_goes_out_only_from_its_page(place: Place) -> None:
    review = factory.decided(place)
    browser = browser_of(place.manager, review)
    assert "Keep the file" in browser.get(url("send_report", review)).content.decode()
    browser.post(url("send_report", review), {"keep": ""})

    assert "How it was sent" in browser.get(url("send_report", review)).content.decode()
    word = browser.get(url("review_report_word", review))
    assert word.content[:2] == b"PK"
    assert review.matter.reference in word["Content-Disposition"]


def test_decision_is_not_recorded_by_hand(place: Place) -> None:
    review = factory.drafted(place)
    answer = browser_of(place.manager, review).post(url("review_step", review), {"to": "decided", "reasons": "x"})

    review.refresh_from_db()
    assert (answer.status_code, review.status) == (200, Status.DRAFT)


@pytest.mark.parametrize(
    "name", ["decision", "sign_off", "panel_thread", "review_report", "send_report", "interim_position", "record_reply"]
)
def test_page_of_a_review_that_is_still_being_scoped_says_so(place: Place, name: str) -> None:
    review = reviews.review(place)

    assert browser_of(place.manager, review).get(url(name, review)).status_code == 200


def test_scrutineer_reads_and_comments_and_decides_nothing(place: Place) -> None:
    text = factory.with_partners(place)
    review = review_of(text)
    scrutineer = place.person("SC", of=place.council)
    browser = browser_of(scrutineer, review)
    browser.post(url("scrutineer_comment", review), {"said": "Was the uncle asked?"})

    assert "Was the uncle asked?" in browser.get(url("sign_off", review)).content.decode()
    assert browser.get(url("propose_decision", review)).status_code == 404
