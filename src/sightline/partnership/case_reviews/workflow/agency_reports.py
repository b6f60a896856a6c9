"""Moves of agencies' own reports for a practice review: asked of somebody who is not connected, received, accepted, or let go."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import practice_access, routes
from sightline.partnership.case_reviews.letters_to import address_of
from sightline.partnership.case_reviews.models import AgencyReport, PracticeReview
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow.practice_reviews import locked
from sightline.partnership.documents import workflow as documents
from sightline.partnership.notices import outbox
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.working_days import long_date

ASKED_AT = frozenset({Status.INFORMATION_GATHERING, Status.ANALYSIS})


@transaction.atomic
def ask(
    review: PracticeReview, *, agency: Agency, officer: Officer, due_on: date, by: Account, connection_checked: bool,
    at: datetime | None = None,
) -> AgencyReport:  # fmt: skip
    """Ask an agency for its own analysis. Somebody has checked that the person asked is not connected with the case."""
    review = locked(review)
    practice_access.check_can_run(by, review)
    at = at or timezone.now()
    if Status(review.status) not in ASKED_AT:
        raise NotAllowedNow("Agencies are asked for their reports while information is gathered: the terms of reference are signed first.")
    if not connection_checked:
        raise NotAllowedNow("Check first that this person is not a subject, a relative or a line manager of anyone in this case.")
    _check_day(due_on, at)
    _check_officer(officer, agency, review, at)
    before = review.agency_reports.select_for_update().filter(agency=agency).first()
    if before is not None and not before.withdrawn_because:
        raise NotAllowedNow(f"{agency} has been asked already.")
    report = before or AgencyReport(practice_review=review, agency=agency)
    report.asked_officer, report.route_confirmed_by, report.withdrawn_because = officer, by, ""
    report.asked_on, report.due_on = as_london_date(at), due_on
    report.save()
    outbox.queue("case_reviews.agency_report_asked", to=address_of(officer), about=report.pk, matter_id=review.matter_id)
    trail.record("agency_report.asked", report, by=by, kind="K6", matter_id=review.matter_id)
    return report


@transaction.atomic
def ask_somebody_else(
    report: AgencyReport, *, officer: Officer, due_on: date, by: Account, connection_checked: bool, at: datetime | None = None
) -> AgencyReport:
    """Ask another person of the agency, its alternate for example, or give it another day."""
    report, review = _locked(report, by=by)
    at = at or timezone.now()
    if report.received_on is not None:
        raise NotAllowedNow("This report has come. Nobody else needs to be asked.")
    if not connection_checked:
        raise NotAllowedNow("Check first that this person is not a subject, a relative or a line manager of anyone in this case.")
    _check_day(due_on, at)
    _check_officer(officer, report.agency, review, at)
    is_other = officer.pk != report.asked_officer_id
    report.asked_officer, report.route_confirmed_by, report.due_on = officer, by, due_on
    report.save(update_fields=["asked_officer", "route_confirmed_by", "due_on"])
    if is_other:
        outbox.queue("case_reviews.agency_report_asked", to=address_of(officer), about=report.pk, matter_id=review.matter_id)
    trail.record("agency_report.asked_again", report, by=by, kind="K6", matter_id=review.matter_id, fields=["asked_officer", "due_on"])
    return report


def receive(
    report: AgencyReport, *, received_on: date, author: str, author_independent: bool, file: UploadedFile, by: Account,
    at: datetime | None = None,
) -> AgencyReport:  # fmt: skip
    """The report has come: its file, who wrote it, and whether they were involved in the case."""
    review = report.practice_review
    practice_access.check_can_run(by, review)
    if received_on > as_london_date(at or timezone.now()):
        raise NotAllowedNow("This day has not come yet. Enter the day on which the report came.")
    if not author.strip():
        raise NotAllowedNow("Say who wrote it.")
    # Looked at before the transaction: nobody else waits while a file is inspected.
    kept = documents.keep(file, matter=review.matter, title="Agency’s report", by=by, kind="practice_review")
    with transaction.atomic():
        report, review = _locked(report, by=by)
        if report.accepted_on is not None or report.withdrawn_because:
            raise NotAllowedNow("This report is settled. Nothing more is received for it.")
        report.received_on, report.author, report.author_independent, report.document = (
            received_on, author.strip(), author_independent, kept,
        )  # fmt: skip
        report.save(update_fields=["received_on", "author", "author_independent", "document"])
        trail.record("agency_report.received", report, by=by, kind="K6", matter_id=review.matter_id)
    return report


@transaction.atomic
def accept(report: AgencyReport, *, quality_note: str, by: Account, at: datetime | None = None) -> AgencyReport:
    """The report has been read and is good enough to rest on; a report by somebody who was involved needs a word about it."""
    report, review = _locked(report, by=by)
    if report.received_on is None or report.withdrawn_because:
        raise NotAllowedNow("Nothing has come that could be accepted.")
    if report.accepted_on is not None:
        raise NotAllowedNow("This report has been accepted already.")
    if not report.author_independent and not quality_note.strip():
        raise NotAllowedNow("Its author was involved in the case. Say what was done about that.")
    report.quality_note, report.accepted_on, report.accepted_by = quality_note.strip(), as_london_date(at or timezone.now()), by
    report.save(update_fields=["quality_note", "accepted_on", "accepted_by"])
    trail.record("agency_report.accepted", report, by=by, kind="K6", matter_id=review.matter_id)
    return report


@transaction.atomic
def withdraw(report: AgencyReport, *, because: str, by: Account) -> AgencyReport:
    """The report is no longer asked for, with reasons."""
    report, review = _locked(report, by=by)
    if report.accepted_on is not None:
        raise NotAllowedNow("This report has been accepted and stays.")
    if not because.strip():
        raise NotAllowedNow("Say why this agency's report is no longer asked for.")
    report.withdrawn_because = because.strip()
    report.save(update_fields=["withdrawn_because"])
    trail.record("agency_report.withdrawn", report, by=by, kind="K6", matter_id=review.matter_id)
    return report


def _locked(report: AgencyReport, *, by: Account) -> tuple[AgencyReport, PracticeReview]:
    review = locked(report.practice_review)
    practice_access.check_can_run(by, review)
    return AgencyReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk), review


def _check_officer(officer: Officer, agency: Agency, review: PracticeReview, at: datetime) -> None:
    if sentence := routes.why_not_asked(officer, agency, review.matter, on=as_london_date(at)):
        raise NotAllowedNow(sentence)


def _check_day(due_on: date, at: datetime) -> None:
    if due_on < as_london_date(at):
        raise NotAllowedNow(f"{long_date(due_on)} has passed. Choose a day to come.")
