"""Pages of a rapid review: all of them, one, its scope, its steps and the days it is counted by."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import clocks, review_access, review_letters
from sightline.partnership.case_reviews.abilities import plan_task, rapid_review, runs_review
from sightline.partnership.case_reviews.models import AgencyRequest, PlanTask, RapidReview
from sightline.partnership.case_reviews.review_forms import FinishTaskForm, ScopeForm, StepForm
from sightline.partnership.case_reviews.views import typing
from sightline.partnership.case_reviews.workflow import panel_meetings, plan, rapid_reviews, scoping, signing
from sightline.partnership.meetings.access import visible_to as meetings_of
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import rapid_review as procedure
from sightline.procedures.agency_request import AgencyRequestStatus, is_overdue
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status

MOST_LISTED = 200
# Reached by what is done with requests, never by hand.
BY_REQUESTS = frozenset({Status.SCOPING, Status.INFORMATION_REQUESTED, Status.INFORMATION_COMPLETE, Status.INFORMATION_INCOMPLETE})


@signed_in
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews of matters that this person may know of: how far each has come and whose turn it is."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    found = review_access.visible_to(request.user).select_related("incident__matter", "incident__notification")
    newest = list(found.prefetch_related("status_changes", "tasks", "requests").order_by("-opened_at", "-pk")[: MOST_LISTED + 1])
    rows = [_row(request.user, review, today, calendar) for review in newest[:MOST_LISTED]]
    if rows:
        trail.record_reading("rapid_reviews.listed", None, by=request.user, kind="K2")
    rows.sort(key=lambda row: row["review"].is_ended)
    context = {"rows": rows, "are_more": len(newest) > MOST_LISTED, "can_plan": review_access.can_plan(request.user)}
    return render(request, "case_reviews/reviews.html", context)


def _row(account: Account, review: RapidReview, today: Any, calendar: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"review": review, "readable": review_access.can(account, "R", review)}
    if row["readable"]:
        row["clock"] = clocks.rapid_review_clock(review, on=today, calendar=calendar)
        row["ball"] = clocks.ball_of(review, calendar=calendar)
        asked = [each for each in review.requests.all() if each.status != AgencyRequestStatus.WITHDRAWN]
        row["asked"] = len(asked)
        row["answered"] = sum(not AgencyRequestStatus(each.status).waits_for_agency for each in asked)
        row["late"] = sum(_is_late(each, today) for each in asked) if not review.is_ended else 0
    return row


@needs("K5", "R", of=rapid_review)
@require_safe
def show(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Where a review stands: its clock, whose turn it is, its plan and the agencies that are asked."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    runs = review_access.can_run(request.user, review)
    reached, tasks = clocks.statuses_reached(review), {task.code: task for task in review.tasks.all()}
    done = {code for code, task in tasks.items() if task.done_on}
    planned = [
        {
            "planned": row,
            "task": tasks[row.code],
            "is_ended": row.is_ended(reached, done),
            "is_late": row.due_on < today and not row.is_provisional and not review.is_ended,
        }
        for row in clocks.plan_of(review, calendar=calendar)
    ]
    asked = list(review.requests.select_related("agency", "asked_officer", "passed_to").order_by("agency__name", "asked_at"))
    context = {
        **_about(review),
        "ball": clocks.ball_of(review, calendar=calendar),
        "planned": planned,
        "requests": [{"asked": each, "is_late": _is_late(each, today) and not review.is_ended} for each in asked],
        "waiting": sum(AgencyRequestStatus(each.status).waits_for_agency for each in asked),
        "changes": review.status_changes.select_related("changed_by__officer"),
        "runs": runs,
        "can_ask": runs and (Status(review.status).takes_requests or review.status == Status.OPEN),
        "can_go_on": runs and Status.INFORMATION_INCOMPLETE in procedure.moves_from(Status(review.status)),
        "steps": _steps(review) if runs else (),
        "meetings": meetings_of(request.user).filter(matter=review.matter),
        "panel_has_met": runs and panel_meetings.awaits_record(review),
        "signature": review_letters.signature_is_awaited(request.user, review),
        "sign_off": signing.latest(review.incident),
    }
    return render(request, "case_reviews/review.html", context)


@needs("K5", "R", of=rapid_review)
@require_safe
def why_this_date(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The days counted to the day by which the review goes to the National Panel, one by one."""
    clock = clocks.rapid_review_clock(review, on=timezone.localdate(), calendar=arrangements.working_calendar())
    return render(request, "case_reviews/review_why_this_date.html", {**_about(review), "clock": clock})


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def scope(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The period that agencies are asked about and what the review is to find out."""
    initial, now_recorded = ScopeForm.initial_of(review), []
    if request.method == "POST":
        form, seen = typing.posted(request, ScopeForm(request.POST, initial=initial)), request.POST.get("seen_version", "")
        if form.is_valid():
            try:
                scoping.set_scope(review, **form.cleaned_data, by=request.user, seen_version=int(seen) if seen.isdecimal() else 0)
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
                now_recorded = [(form[name].label, initial[name]) for name in form.changed_data] if seen != str(review.version) else []
            else:
                typing.discard(request, "review-scope", review.pk)
                messages.success(request, "The scope is kept. Requests that went out keep the period they were sent with.")
                return redirect("case_reviews:review", review_id=review.pk)
    else:
        form = typing.restore(request.user, "review-scope", review.pk, lambda data: ScopeForm(data, initial=initial))
    context = {
        **_about(review), "form": form, "seen_version": review.version, "autosave": typing.url("review-scope", review.pk),
        "now_recorded": now_recorded,
    }  # fmt: skip
    return render(request, "case_reviews/review_scope.html", context)


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def step(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Record the stage that the review has come to."""
    steps = _steps(review)
    form = StepForm(request.POST or None, steps=steps)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            rapid_reviews.change_status(
                review, to=Status(told["to"]), by=request.user, reasons=told["reasons"], happened_on=told["happened_on"]
            )
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Recorded: {Status(told['to']).label}.")
            return redirect("case_reviews:review", review_id=review.pk)
    return render(request, "case_reviews/review_step.html", {**_about(review), "form": form, "steps": steps})


@needs("K5", "E", of=rapid_review)
@require_POST
@runs_review
def panel_met(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The panel meeting was held: the review goes on to its report."""
    try:
        panel_meetings.has_met(review, by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    return redirect("case_reviews:review", review_id=review.pk)


@needs("K5", "E", of=plan_task)
@require_http_methods(["GET", "POST"])
@runs_review
def finish_task(request: HttpRequest, task: PlanTask) -> HttpResponse:
    """Say that a task was done, and when."""
    form = FinishTaskForm(request.POST or None, initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            plan.finish(task, **form.cleaned_data, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:review", review_id=task.review_id)
    return render(request, "case_reviews/finish_task.html", {**_about(task.review), "task": task, "form": form})


@needs("K5", "E", of=plan_task)
@require_POST
@runs_review
def reopen_task(request: HttpRequest, task: PlanTask) -> HttpResponse:
    """Take back that a task was done."""
    try:
        plan.reopen(task, by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    return redirect("case_reviews:review", review_id=task.review_id)


def _steps(review: RapidReview) -> tuple[Status, ...]:
    """The stages that may be recorded by hand; that a review is stopped is recorded with its incident."""
    elsewhere = BY_REQUESTS | rapid_reviews.BY_THEIR_OWN_MOVES | procedure.STOPPED
    return tuple(each for each in procedure.moves_from(Status(review.status)) if each not in elsewhere)


def _is_late(asked: AgencyRequest, today: Any) -> bool:
    return is_overdue(AgencyRequestStatus(asked.status), asked.due_on, today)


def _about(review: RapidReview) -> dict[str, Any]:
    return {"review": review, "incident": review.incident, "matter": review.matter}
