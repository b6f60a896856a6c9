"""What practice reviews put on a person's home page: targets and notices that are near, reports that are due, texts to sign."""

from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.case_reviews import practice_access, practice_clocks
from sightline.partnership.case_reviews.models import AgencyReport, PracticeReview, SignedText
from sightline.partnership.case_reviews.workflow import signing
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.working_days import WorkingCalendar

NEAR: Final = timedelta(days=31)
SOON: Final = timedelta(days=7)


def texts_to_sign(account: Account) -> list[dict[str, str]]:
    """Texts of practice reviews that wait for this partner's word."""
    rows = []
    waiting = SignedText.objects.filter(state="with_partners", incident__rapid_review__practice_review__isnull=False)
    for text in waiting.exclude(kind="rapid_review").select_related("incident__matter"):
        found = signing.signer_of(text, account)
        if found is not None and not text.signatures.filter(partner_role=found.partner_role).exists():
            rows.append({
                "title": f"Read and sign: {text.get_kind_display().lower()} in {text.incident.matter.reference}",
                "url": reverse("case_reviews:sign_practice_text", args=[text.pk]),
                "why": "Each partner signs the same text; it takes a few minutes",
            })  # fmt: skip
    return rows


def for_unit(account: Account, today: date) -> list[dict[str, str]]:
    """What the unit has to see to: six months that end within a month, a notice that must go, a pause to look at again, late reports."""
    calendar = arrangements.working_calendar()
    rows = []
    found = practice_access.visible_to(account).exclude(status=Status.CLOSED_WITH_IMPACT_REVIEW)
    for review in found.select_related("rapid_review__incident__matter").prefetch_related("status_changes"):
        if practice_access.can_run(account, review):
            rows += _of_review(review, today, calendar)
    return rows


def _of_review(review: PracticeReview, today: date, calendar: WorkingCalendar) -> list[dict[str, str]]:
    reference, page = review.matter.reference, reverse("case_reviews:practice_review", args=[review.pk])
    rows = []
    clock = practice_clocks.completion_clock(review, on=today, calendar=calendar)
    if not clock.is_stopped and clock.due_on <= today + NEAR:
        rows.append(_row(f"Practice review {reference} is to be published", page, "Six months from the decision", clock.due_on, today))
    disputed = review.rapid_review.incident.signed_texts.filter(state="with_partners", escalations__ended_how="")
    for text in disputed.exclude(kind="rapid_review").distinct():
        url = reverse("case_reviews:practice_disagreement", args=[text.pk])
        title = f"The partners do not agree on: {text.get_kind_display().lower()}, {reference}"
        rows.append({"title": title, "url": url, "why": "It is not settled, and the six months run on", "due": "Now", "due_tone": "late"})
    plan, notice = practice_clocks.publication_of(review), practice_clocks.notice_deadline(review, calendar=calendar)
    if notice is not None and plan is not None and plan.notice_sent_on is None and not plan.outcome:
        url = reverse("case_reviews:publication", args=[review.pk])
        rows.append(_row(f"Send the full report of {reference}", url, "Before it is published", notice.due_on, today))
    for pause in review.pauses.filter(ended_on=None, look_again_on__lte=today + SOON):
        rows.append(_row(f"Look again at the proceedings beside {reference}", page, "Publication waits", pause.look_again_on, today))
    for report in _awaited(review).filter(due_on__lt=today):
        url = reverse("case_reviews:agency_report", args=[report.pk])
        rows.append(_row(f"The report of {report.agency} is late in {reference}", url, "A call may help", report.due_on, today))
    return rows


def for_agency(account: Account, today: date) -> list[dict[str, str]]:
    """Reports that this person's agency was asked for, by a person who may read that part of the review."""
    if account.agency_id is None:
        return []
    rows = []
    found = AgencyReport.objects.filter(agency=account.agency_id, received_on=None, withdrawn_because="")
    shown = found.filter(practice_review__in=practice_access.visible_to(account))
    for report in shown.select_related("practice_review__rapid_review__incident__matter"):
        if practice_access.can_read_report(account, report):
            url = reverse("case_reviews:agency_report", args=[report.pk])
            rows.append(_row(f"Write the report in {report.matter.reference}", url, "Your agency was asked for it", report.due_on, today))
    return rows


def _awaited(review: PracticeReview) -> QuerySet[AgencyReport]:
    return review.agency_reports.filter(received_on=None, withdrawn_because="").select_related("agency")


def _row(title: str, url: str, why: str, due_on: date, today: date) -> dict[str, str]:
    tone = "late" if due_on < today else "due_soon" if due_on <= today + SOON else ""
    return {"title": title, "url": url, "why": why, "due": f"{due_on:%-d %B}", "due_tone": tone}
