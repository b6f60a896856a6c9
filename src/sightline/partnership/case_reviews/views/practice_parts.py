"""Pages of the parts of a practice review: reviewer, lines of enquiry, agencies' reports, practitioners, family, drafts and facts."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.case_reviews import access, practice_forms, routes
from sightline.partnership.case_reviews.models import PracticeReview
from sightline.partnership.case_reviews.practice_abilities import (
    PartOfPractice,
    accuracy_check,
    agency_report,
    draft,
    family_part,
    line_of_enquiry,
    practice_review,
    reviewer,
    runs_practice,
)
from sightline.partnership.case_reviews.views.practice_reviews import about, act
from sightline.partnership.case_reviews.workflow import agency_reports, practice_drafts, practice_enquiry, practice_people
from sightline.partnership.documents.access import papers_of
from sightline.partnership.documents.models import Document
from sightline.partnership.need_to_know.abilities import needs


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def reviewer_add(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """Record whom the partners appointed."""
    accounts = access.holders("IR")
    form = practice_forms.ReviewerForm(request.POST or None, accounts=Account.objects.filter(pk__in=[each.pk for each in accounts]))
    return act(
        request, review, form, partial(practice_people.appoint, review, by=request.user), title="Appoint a reviewer"
    )  # fmt: skip


@needs("K6", "E", of=reviewer)
@require_http_methods(["GET", "POST"])
@runs_practice
def reviewer_named(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """The national bodies were told of the name."""
    form = practice_forms.OnForm(request.POST or None, initial={"on": timezone.localdate()})
    title = "National Panel, Ofsted and the department told of the name"
    return act(
        request, found.review, form, partial(practice_people.told_of_name, found.part, by=request.user), title=title
    )  # fmt: skip


@needs("K6", "E", of=reviewer)
@require_http_methods(["GET", "POST"])
@runs_practice
def reviewer_remove(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """The partners take the review from a reviewer."""
    form = practice_forms.ReviewerEndForm(request.POST or None, initial={"on": timezone.localdate()})
    move = partial(practice_people.remove, found.part, by=request.user)
    return act(request, found.review, form, move, title="Remove the reviewer")


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
def add_line(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """A question that the review is to answer."""
    form = practice_forms.LineForm(request.POST or None)
    return act(request, review, form, partial(practice_enquiry.add_line, review, by=request.user), title="Line of enquiry")


@needs("K6", "R", of=line_of_enquiry)
@require_safe
def line(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """One line of enquiry: its evidence, and what was found."""
    row = found.part
    may_read = {each.pk for each in practice_enquiry.rows_readable(request.user, found.review)}
    evidence = [
        {"row": each, "is_shown": each.row_id is None or each.row_id in may_read}
        for each in row.evidence.select_related("row__file__agency", "agency_report__agency", "document", "added_by__officer")
    ]
    return render(request, "case_reviews/practice_line.html", {**about(request, found.review), "line": row, "evidence": evidence})


@needs("K6", "E", of=line_of_enquiry)
@require_http_methods(["GET", "POST"])
def keep_finding(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """What was found on a line of enquiry."""
    row, seen = found.part, request.POST.get("seen_version", "")
    initial = practice_forms.FindingForm.initial_of(row)
    form = practice_forms.FindingForm(request.POST or None, initial=initial)
    is_stale = request.method == "POST" and seen != str(row.version)
    now_recorded = [(form.fields[name].label, value) for name, value in initial.items()] if is_stale else []
    version = int(seen) if seen.isdecimal() else 0
    move = partial(practice_enquiry.keep_finding, row, by=request.user, seen_version=version)
    return act(
        request, found.review, form, move, title=f"Line of enquiry {row.number}", then="line_of_enquiry", then_part=row.pk,
        seen_version=row.version, now_recorded=now_recorded,
    )  # fmt: skip


@needs("K6", "E", of=line_of_enquiry)
@require_http_methods(["GET", "POST"])
def add_evidence(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """What a line of enquiry rests on."""
    review = found.review
    papers = [each.pk for each in papers_of(review.matter, request.user, "practice_review").documents]
    form = practice_forms.EvidenceForm(
        request.POST or None, rows=practice_enquiry.rows_readable(request.user, review),
        reports=review.agency_reports.filter(received_on__isnull=False).select_related("agency"),
        documents=Document.objects.filter(pk__in=papers),
    )  # fmt: skip
    move = partial(practice_enquiry.add_evidence, found.part, by=request.user)
    return act(
        request, review, form, move, title=f"Evidence for line of enquiry {found.part.number}", then="line_of_enquiry",
        then_part=found.part.pk, intro=found.part.question,
    )  # fmt: skip


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def ask_report(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """First the agency, then whom there: nobody who is connected with the case is offered."""
    today = timezone.localdate()
    asked = review.agency_reports.filter(withdrawn_because="").values("agency")
    choose = practice_forms.AgencyChoiceForm(request.GET or None, agencies=Agency.objects.in_force(today).exclude(pk__in=asked))
    agency = choose.cleaned_data["agency"] if request.GET and choose.is_valid() else None
    if agency is None:
        return render(request, "case_reviews/practice_choose_agency.html", {**about(request, review), "form": choose})
    offered = routes.routes_to(agency, routes.Connected.with_matter(review.matter), on=today)
    form = practice_forms.AskReportForm(request.POST or None, routes=offered)
    move = partial(agency_reports.ask, review, agency=agency, by=request.user)
    return act(request, review, form, move, title=f"Ask {agency} for its report", submit="Ask")


@needs("K6", "R", of=agency_report)
@require_safe
def report(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """One agency's report: who was asked, what came and what was made of it."""
    row, today = found.part, timezone.localdate()
    is_late = row.received_on is None and not row.withdrawn_because and row.due_on < today
    return render(request, "case_reviews/practice_report.html", {**about(request, found.review), "report": row, "is_late": is_late})


@needs("K6", "E", of=agency_report)
@require_http_methods(["GET", "POST"])
@runs_practice
def change_report(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """Ask somebody else of the agency, or give it another day."""
    row = found.part
    offered = routes.routes_to(row.agency, routes.Connected.with_matter(found.matter), on=timezone.localdate())
    initial = {"officer": row.asked_officer_id, "due_on": row.due_on}
    form = practice_forms.AskReportForm(request.POST or None, routes=offered, initial=initial)
    return _of_report(request, found, form, agency_reports.ask_somebody_else, "Ask somebody else, or for another day")


@needs("K6", "E", of=agency_report)
@require_http_methods(["GET", "POST"])
@runs_practice
def receive_report(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """The report has come."""
    form = practice_forms.ReceiveReportForm(request.POST or None, request.FILES or None)
    return _of_report(request, found, form, agency_reports.receive, "The report has come")


@needs("K6", "E", of=agency_report)
@require_http_methods(["GET", "POST"])
@runs_practice
def accept_report(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """The report is good enough to rest on."""
    return _of_report(request, found, practice_forms.QualityForm(request.POST or None), agency_reports.accept, "Accept the report")


@needs("K6", "E", of=agency_report)
@require_http_methods(["GET", "POST"])
@runs_practice
def withdraw_report(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """The report is no longer asked for."""
    form = practice_forms.BecauseForm(request.POST or None)
    return _of_report(request, found, form, agency_reports.withdraw, "No longer ask for this report")


def _of_report(request: HttpRequest, found: PartOfPractice, form: Any, move: Any, title: str) -> HttpResponse:
    def made(**told: Any) -> None:
        move(found.part, by=request.user, **told)

    intro = f"Report of {found.part.agency}"
    return act(request, found.review, form, made, title=title, intro=intro, then="agency_report", then_part=found.part.pk)


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
def practitioner_event(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """A practitioner event was held."""
    form = practice_forms.EventForm(request.POST or None)
    move = partial(practice_people.record_event, review, by=request.user)
    intro = "Those who took part speak without fear of blame: roles are kept, never names, and nobody is quoted."
    return act(request, review, form, move, title="Practitioner event", intro=intro)


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
def add_family_part(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """Somebody of the family, and how they take part."""
    form = practice_forms.FamilyForm(request.POST or None)
    move = partial(practice_people.keep_family_part, review, part=None, by=request.user)
    return act(request, review, form, move, title="How somebody of the family takes part")


@needs("K6", "E", of=family_part)
@require_http_methods(["GET", "POST"])
def change_family_part(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """How one member of the family takes part."""
    form = practice_forms.FamilyForm(request.POST or None, initial=practice_forms.FamilyForm.initial_of(found.part))
    move = partial(practice_people.keep_family_part, found.review, part=found.part, by=request.user)
    return act(request, found.review, form, move, title="How somebody of the family takes part")


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
def add_draft(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """A draft as the reviewer gave it."""
    form = practice_forms.DraftForm(request.POST or None, request.FILES or None, initial={"given_on": timezone.localdate()})
    return act(request, review, form, partial(practice_drafts.add_draft, review, by=request.user), title="Add a draft")


@needs("K6", "E", of=draft)
@require_http_methods(["GET", "POST"])
@runs_practice
def ask_accuracy(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """Ask somebody whether the facts of a draft are right."""
    form = practice_forms.AskAccuracyForm(request.POST or None, agencies=Agency.objects.in_force(timezone.localdate()))
    move = partial(practice_drafts.ask_accuracy, found.part, by=request.user)
    return act(request, found.review, form, move, title=f"Check the facts of draft {found.part.number}")


@needs("K6", "E", of=accuracy_check)
@require_http_methods(["GET", "POST"])
def answer_accuracy(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """What was said is not right, and what was done with it."""
    initial = {name: getattr(found.part, name) for name in ("answered_on", "comments", "resolution")}
    form = practice_forms.AccuracyForm(request.POST or None, initial=initial)
    move = partial(practice_drafts.answer_accuracy, found.part, by=request.user)
    title = f"Facts of draft {found.part.draft.number}: what {found.part.agency or found.part.who} says"
    return act(request, found.review, form, move, title=title)
