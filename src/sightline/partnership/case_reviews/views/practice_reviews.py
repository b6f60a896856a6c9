"""Pages of a practice review as a whole: all of them, one, its steps, its terms of reference and the days it is counted by."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import practice_access, practice_clocks, practice_needs
from sightline.partnership.case_reviews.models import FamilyContact, LetterOut, PracticeReview, SignedText
from sightline.partnership.case_reviews.practice_abilities import practice_document, practice_review, runs_practice
from sightline.partnership.case_reviews.practice_forms import LateForm, TermsForm
from sightline.partnership.case_reviews.review_forms import StepForm
from sightline.partnership.case_reviews.views import typing
from sightline.partnership.case_reviews.workflow import practice_enquiry, practice_publication, practice_reviews, practice_sign_off, signing
from sightline.partnership.documents.models import Document
from sightline.partnership.documents.views import as_attachment
from sightline.partnership.documents.workflow import RefusedFile
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import practice_review as procedure
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import PracticeReviewStatus as Status

MOST_LISTED = 200


@signed_in
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The practice reviews of matters that this person may know of: how far each has come, and its clock."""
    found = practice_access.visible_to(request.user).select_related("rapid_review__incident__matter").prefetch_related("status_changes")
    newest = list(found[: MOST_LISTED + 1])
    rows = [_row(request.user, review) for review in newest[:MOST_LISTED]]
    if rows:
        trail.record_reading("practice_reviews.listed", None, by=request.user, kind="K2")
    return render(request, "case_reviews/practice_reviews.html", {"rows": rows, "are_more": len(newest) > MOST_LISTED})


def _row(account: Account, review: PracticeReview) -> dict[str, Any]:
    row: dict[str, Any] = {"practice": review, "readable": practice_access.can(account, "R", review)}
    if row["readable"]:
        row["clock"] = practice_clocks.completion_clock(review, on=timezone.localdate(), calendar=arrangements.working_calendar())
        row["turn"] = practice_clocks.turn(review)
    return row


@needs("K6", "R", of=practice_review)
@require_safe
def show(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """Where a practice review stands, what is next and whose turn it is."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    turn = practice_clocks.turn(review)
    incident = review.rapid_review.incident
    plan = practice_clocks.publication_of(review)
    context = {
        **about(request, review), "turn": turn, "missing": practice_needs.missing_for(review, turn.to) if turn else (),
        "clock": practice_clocks.completion_clock(review, on=today, calendar=calendar),
        "reviewers": review.reviewers.all(), "lines": review.lines_of_enquiry.prefetch_related("evidence"),
        "reports": [
            {"report": each, "is_late": each.received_on is None and not each.withdrawn_because and each.due_on < today}
            for each in review.agency_reports.select_related("agency", "asked_officer")
        ],
        "events": review.practitioner_events.all(), "family": review.family_parts.all(),
        "contacts": FamilyContact.objects.filter(incident=incident),
        "pauses": review.pauses.select_related("letter"),
        "drafts": review.drafts.select_related("document").prefetch_related("accuracy_checks__agency"),
        "texts": _texts(request.user, review), "plan": plan,
        "why_not_yet": practice_publication.why_not_publish(review, plan, on=today),
        "changes": review.status_changes.select_related("changed_by__officer"), "steps": _steps(review),
    }  # fmt: skip
    return render(request, "case_reviews/practice_review.html", context)


def _texts(account: Account, review: PracticeReview) -> list[dict[str, Any]]:
    found = []
    for kind in practice_sign_off.KINDS:
        text = signing.latest(review.rapid_review.incident, kind)
        found.append({
            "kind": kind, "title": dict(SignedText.KINDS)[kind], "text": text,
            "signs": text is not None and text.state == "with_partners" and signing.signer_of(text, account) is not None,
        })  # fmt: skip
    return found


@needs("K6", "R", of=practice_review)
@require_safe
def why_this_date(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """How the day of its target was found, and the days counted back from publication, one by one."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    context = {
        **about(request, review), "clock": practice_clocks.completion_clock(review, on=today, calendar=calendar),
        "amber_on": procedure.amber_on(review.commissioned_on, review.rules.lcspr_months),
        "notice": practice_clocks.notice_deadline(review, calendar=calendar),
        "earliest": practice_clocks.earliest_publication(review, calendar=calendar), "plan": practice_clocks.publication_of(review),
    }  # fmt: skip
    return render(request, "case_reviews/practice_why_this_date.html", context)


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def step(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """Take it to its next stage, or back."""
    form = StepForm(request.POST or None, steps=_steps(review))

    def move(to: str, **told: Any) -> None:
        practice_reviews.change_status(review, to=Status(to), by=request.user, **told)

    intro = f"It stands at “{Status(review.status).label}”. A step is refused with what it still needs."
    return act(request, review, form, move, title="Record a step", intro=intro)


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def late_reasons(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """Why its six months are not met, and the letter to the National Panel."""
    initial = {"reasons": review.late_reasons, "letter": review.late_letter_id}
    form = LateForm(request.POST or None, initial=initial, letters=letters_of(review))

    def move(**told: Any) -> None:
        practice_reviews.late_reasons(review, by=request.user, **told)

    return act(request, review, form, move, title="Why it is late")


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """The terms of reference; what is typed is kept while it is typed."""
    initial, now_recorded = TermsForm.initial_of(review), []
    if request.method == "POST":
        form, seen = typing.posted(request, TermsForm(request.POST, initial=initial)), request.POST.get("seen_version", "")
        if form.is_valid():
            try:
                practice_enquiry.save_terms(
                    review, terms=form.cleaned_data, by=request.user, seen_version=int(seen) if seen.isdecimal() else 0
                )
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
                now_recorded = [(form[name].label, initial[name]) for name in form.changed_data] if seen != str(review.version) else []
            else:
                typing.discard(request, "practice-terms", review.pk)
                messages.success(request, "The terms of reference are kept.")
                return redirect("case_reviews:practice_review", practice_id=review.pk)
    else:
        form = typing.restore(request.user, "practice-terms", review.pk, lambda data: TermsForm(data, initial=initial))
    context = {
        **about(request, review), "form": form, "seen_version": review.version, "autosave": typing.url("practice-terms", review.pk),
        "now_recorded": now_recorded, "title": "Terms of reference", "cancel": url_of(review),
    }  # fmt: skip
    return render(request, "case_reviews/practice_form.html", context)


@needs("K6", "R", of=practice_document)
@require_safe
def file(request: HttpRequest, document: Document) -> HttpResponse:
    """A document of a practice review."""
    return as_attachment(document)


def act(
    request: HttpRequest, review: PracticeReview, form: Form, move: Callable[..., Any], *, title: str, intro: str = "", then: str = "",
    then_part: str = "", submit: str = "Save", **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form that makes one move: refused with its sentence and everything typed still there, or recorded."""
    back = reverse(f"case_reviews:{then}", args=[then_part]) if then else url_of(review)
    if request.method == "POST" and form.is_valid():
        try:
            move(**form.cleaned_data)
        except RefusedFile as refusal:
            form.add_error("file" if "file" in form.fields else None, str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded.")
            return redirect(back)
    context = {**about(request, review), "form": form, "title": title, "intro": intro, "cancel": back, "submit": submit, **more}
    return render(request, "case_reviews/practice_form.html", context)


def about(request: HttpRequest, review: PracticeReview) -> dict[str, Any]:
    """What every page about a practice review is drawn with."""
    return {
        "practice": review, "incident": review.rapid_review.incident, "matter": review.matter,
        "reads": practice_access.can(request.user, "R", review),
        "runs": practice_access.can_run(request.user, review), "writes": practice_access.can_write(request.user, review),
    }  # fmt: skip


def letters_of(review: PracticeReview) -> Any:
    return LetterOut.objects.filter(incident=review.rapid_review.incident)


def url_of(review: PracticeReview) -> str:
    return reverse("case_reviews:practice_review", args=[review.pk])


def _steps(review: PracticeReview) -> tuple[Status, ...]:
    """The stages that may be recorded by hand."""
    return tuple(to for to in procedure.moves_from(Status(review.status)) if to not in procedure.BY_PUBLICATION)
