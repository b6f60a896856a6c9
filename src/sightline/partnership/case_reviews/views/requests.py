"""One request as the business unit sees it, and the steps the unit takes with it."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import answers_shown, review_access, routes
from sightline.partnership.case_reviews.abilities import of_its_review
from sightline.partnership.case_reviews.models import AgencyRequest, AgencyReturn
from sightline.partnership.case_reviews.request_forms import AskBackForm, ChangeRequestForm, ReasonsForm, ReturnAnswerForm
from sightline.partnership.case_reviews.request_log import log_of
from sightline.partnership.case_reviews.views import asking as asking_pages
from sightline.partnership.case_reviews.views import typing
from sightline.partnership.case_reviews.workflow import asking, thread
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import agency_request
from sightline.procedures.agency_request import AgencyRequestStatus as Status
from sightline.procedures.agency_return import agency_return
from sightline.procedures.errors import NotAllowedNow

View = Callable[..., HttpResponse]


def by_the_unit(view: View) -> View:
    """For steps that the business unit alone takes; whoever else may edit the review is answered as if the page were not there."""

    @wraps(view)
    def wrapper(request: HttpRequest, part: Any) -> HttpResponse:
        if not review_access.can_run(request.user, part.review):
            raise Http404
        return view(request, part.part)

    return wrapper


@needs("K5", "R", of=of_its_review)
def show(request: HttpRequest, part: Any) -> HttpResponse:
    """Where a request stands, what was answered, what was said about it, and what happened with it."""
    asked: AgencyRequest = part.part
    status, today = Status(asked.status), timezone.localdate()
    runs = review_access.can_run(request.user, asked.review)
    context = {
        **_about(asked),
        "basis": agency_request.lawful_basis(timezone.localdate(asked.asked_at)),
        "subjects": asked.subjects.all(),
        "parts": asked.parts.select_related("agency", "asked_officer"),
        "late_by": _working_days_late(asked, today),
        "versions": _versions(request.user, asked),
        "log": log_of(asked),
        "files": _files(request.user, asked),
        "runs": runs,
        "can_write_to": runs or review_access.can_with_request(request.user, "R", asked),
        "can_accept": runs and status == Status.SUBMITTED,
        "can_return": runs and Status.RETURNED_FOR_CORRECTION in agency_request.moves_from(status),
        "can_change": runs and status.waits_for_agency,
        "can_withdraw": runs and Status.WITHDRAWN in agency_request.moves_from(status),
    }
    if runs and asked.status != Status.WITHDRAWN and not asked.is_over:
        context["ask_url"] = reverse("case_reviews:ask_back", args=[asked.pk])
    if context["can_write_to"]:
        context["thread"] = asked.messages.select_related("by__officer", "by_officer")
        context["questions"] = {field.code: field.label for field in agency_return().fields()}
    return render(request, "case_reviews/request.html", context)


@needs("K5", "E", of=of_its_review)
@require_POST
@by_the_unit
def accept(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Take in the answer as it is."""
    try:
        asking.accept(asked, by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The answer has been accepted.")
    return redirect("case_reviews:request", request_id=asked.pk)


@needs("K5", "E", of=of_its_review)
@require_http_methods(["GET", "POST"])
@by_the_unit
def return_answer(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Send the answer back, with what is to be put right beside it."""
    initial = {"due_on": max(asked.due_on, timezone.localdate())}

    def move(said: dict[str, Any]) -> None:
        asking.return_for_correction(asked, correction=said["correction"], note=said["note"], due_on=said["due_on"], by=request.user)

    return _step(
        request, asked, "return-answer", lambda data: ReturnAnswerForm(data, initial=initial), move, "case_reviews/return_answer.html",
        said="The answer has gone back to its agency.",
    )  # fmt: skip


@needs("K5", "E", of=of_its_review)
@require_http_methods(["GET", "POST"])
@by_the_unit
def withdraw(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Tell the agency that it need not answer."""
    return _step(
        request, asked, "withdraw-request", ReasonsForm,
        lambda said: asking.withdraw(asked, reasons=said["reasons"], by=request.user), "case_reviews/withdraw_request.html",
        said="The agency is no longer asked.",
    )  # fmt: skip


@needs("K5", "E", of=of_its_review)
@require_http_methods(["GET", "POST"])
@by_the_unit
def change(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Another day, another person."""
    today = timezone.localdate()
    connected = routes.Connected.with_matter(asked.matter)
    professionals = asked.review.incident.professionals.all()
    found = routes.routes_to(asked.agency, connected, on=today, professionals=professionals)
    form = ChangeRequestForm(request.POST or None, routes=found, asked=asked.who_answers, due_on=asked.due_on)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                if form.new_day:
                    asking.change_due(asked, due_on=form.new_day, by=request.user)
                if form.new_officer:
                    asking.change_officer(asked, officer=form.new_officer, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The request has been changed.")
            return redirect("case_reviews:request", request_id=asked.pk)
    return render(request, "case_reviews/change_request.html", {**_about(asked), "form": form})


@needs("K5", "E", of=of_its_review)
@require_http_methods(["GET", "POST"])
@by_the_unit
def ask_back(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """A question to the agency about its answer."""

    def move(said: dict[str, Any]) -> None:
        thread.say(asked, text=said["text"], question=said["question"], row=said["row"], by=request.user)

    initial = {"question": request.GET.get("question", ""), "row": request.GET.get("row", "")}
    return _step(
        request, asked, "ask-back", lambda data: AskBackForm(data, initial=initial), move, "case_reviews/ask_back.html",
        said="The agency has been told that something waits for it.",
    )  # fmt: skip


def _step(
    request: HttpRequest, asked: AgencyRequest, form_name: str, build: Callable[[Any], Form], move: Callable[[dict[str, Any]], Any],
    template: str, *, said: str,
) -> HttpResponse:  # fmt: skip
    """One form, one move: what is typed is kept until the move is made."""
    if request.method == "POST":
        form = typing.posted(request, build(request.POST))
        if form.is_valid():
            try:
                move(form.cleaned_data)
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
            else:
                typing.discard(request, form_name, asked.pk)
                messages.success(request, said)
                return redirect("case_reviews:request", request_id=asked.pk)
    else:
        form = typing.restore(request.user, form_name, asked.pk, build)
    return render(request, template, {**_about(asked), "form": form, "autosave": typing.url(form_name, asked.pk)})


def _about(asked: AgencyRequest) -> dict[str, Any]:
    # The page's own request has that name in templates.
    return {**asking_pages.about(asked.review), "asked": asked}


def _working_days_late(asked: AgencyRequest, today: date) -> int:
    """How late the agency is; nobody is late in a review that has ended."""
    if asked.is_over or not agency_request.is_overdue(Status(asked.status), asked.due_on, today):
        return 0
    return arrangements.working_calendar().working_days_after(asked.due_on, today)


def _versions(account: Account, asked: AgencyRequest) -> list[dict[str, Any]]:
    """Every version that was submitted, newest first, each against the one before; none to whoever may not read answers."""
    returns: list[AgencyReturn] = list(asked.returns.select_related("submitted_by", "signed_off_by", "accepted_by", "corrected_by"))
    if not returns or not review_access.can_read_return(account, returns[-1]):
        return []
    trail.record_reading("agency_request.answer_read", asked, by=account, kind="K4", matter_id=asked.matter_id)
    corrections = agency_return().corrections
    earlier = [None, *returns]
    found = [
        {
            "answer": submitted,
            "sections": answers_shown.shown(submitted, to=account, since=since),
            "correction": corrections.get(submitted.correction, ""),
            "has_earlier": since is not None,
        }
        for submitted, since in zip(returns, earlier, strict=False)
    ]
    return found[::-1]


def _files(account: Account, asked: AgencyRequest) -> list[dict[str, Any]]:
    """Files that were submitted with an answer; of a sealed one, only that it is there."""
    returns = asked.returns.last()
    if returns is None or not review_access.can_read_return(account, returns):
        return []
    reader = answers_shown.Reader(account, asked)
    files = asked.files.filter(number__isnull=False).select_related("document")
    return [{"file": row, "withheld": reader.withheld([row.document.seal])} for row in files]
