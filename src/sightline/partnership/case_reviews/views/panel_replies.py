"""Pages of the correspondence with the National Panel: letters and replies in one order, questions, and a decision looked at again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Officer
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.abilities import (
    panel_question,
    rapid_review,
    reconsidered,
    runs_review,
)
from sightline.partnership.case_reviews.decision_forms import CloseForm, InformationForm, ReconsiderForm, ReplyForm, SentAgainForm
from sightline.partnership.case_reviews.models import InformationAsked, RapidReview, Reconsideration
from sightline.partnership.case_reviews.workflow import deciding, panel_replies
from sightline.partnership.documents.workflow import RefusedFile
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import national_panel
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status

TO_THE_PANEL = ("rapid_review_report", "decision_letter", "criteria_not_met", "late", "more_information")


@needs("K5", "R", of=rapid_review)
@require_safe
def thread(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Everything that went to the Panel and came from it, oldest first; what it asks, and what is to be done next."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    replies = list(review.panel_replies.select_related("document", "recorded_by__officer", "decision").prefetch_related("asked__owner"))
    last = replies[-1] if replies else None
    calls_for = national_panel.response(last.response).calls_for if last else ""
    runs = review_access.can_run(request.user, review)
    chase_on = panel_replies.chase_on(review, calendar)
    waiting = review.status == Status.PANEL_RESPONSE
    context = {
        **_about(review), "entries": _entries(review, replies), "runs": runs, "chase_on": chase_on,
        "is_to_be_chased": chase_on is not None and chase_on <= today,
        "can_record": runs and Status(review.status) in panel_replies.AWAITS,
        "can_send_again": runs and waiting and calls_for == "answer",
        "can_close": runs and waiting and calls_for in ("close", "commission", "wait"),
        "reconsideration": Reconsideration.objects.filter(reply__review=review, how="").first(),
        "settled": Reconsideration.objects.filter(reply__review=review).exclude(how="").select_related("reply", "first_decision"),
        "decision": deciding.current(review),
    }  # fmt: skip
    return render(request, "case_reviews/panel_thread.html", context)


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def record_reply(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Write down what the Panel answered, with its letter."""
    officers = Officer.objects.in_force(timezone.localdate()).select_related("agency").order_by("name")
    form = ReplyForm(request.POST or None, request.FILES or None, officers=officers, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            panel_replies.record_reply(
                review, response=told["response"], received_on=told["received_on"], comments=told["comments"],
                quality_comment=told["quality_comment"], file=told["file"], asked=form.asked, by=request.user,
            )  # fmt: skip
        except RefusedFile as refusal:
            form.add_error("file", str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The reply is recorded.")
            return redirect("case_reviews:panel_thread", review_id=review.pk)
    return render(request, "case_reviews/panel_form.html", {**_about(review), "form": form, "title": "Reply of the National Panel"})


@needs("K5", "E", of=panel_question)
@require_http_methods(["GET", "POST"])
@runs_review
def answer_information(request: HttpRequest, asked: InformationAsked) -> HttpResponse:
    """What was found out for the Panel."""
    review = asked.reply.review
    letters = review.incident.letters_out.filter(kind="more_information")
    form = InformationForm(request.POST or None, letters=letters, initial={"answer": asked.answer, "letter": asked.letter_id})
    if request.method == "POST" and form.is_valid():
        try:
            panel_replies.answer_information(asked, **form.cleaned_data, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:panel_thread", review_id=review.pk)
    context = {**_about(review), "form": form, "title": "Answer a question of the Panel", "lead": asked.question}
    return render(request, "case_reviews/panel_form.html", context)


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def send_again(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The answers have gone to the Panel."""
    form = SentAgainForm(request.POST or None, initial={"sent_on": timezone.localdate()})
    return _move(request, review, form, lambda told: panel_replies.send_again(review, **told, by=request.user), "The answers were sent")


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def close(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """End the review as it was decided."""
    form = CloseForm(request.POST or None, initial={"on": timezone.localdate()})
    return _move(request, review, form, lambda told: panel_replies.close(review, **told, by=request.user), "End this review")


@needs("K5", "E", of=reconsidered)
@require_http_methods(["GET", "POST"])
@runs_review
def reconsider(request: HttpRequest, reconsideration: Reconsideration) -> HttpResponse:
    """The partners keep their decision, or decide again; both rationales stay."""
    review = reconsideration.reply.review
    form = ReconsiderForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            if told["how"] == "kept":
                panel_replies.keep_decision(reconsideration, on=told["on"], reasons=told["reasons"], by=request.user)
            else:
                panel_replies.decide_again(reconsideration, reasons=told["reasons"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:panel_thread", review_id=review.pk)
    context = {**_about(review), "form": form, "reconsideration": reconsideration, "first": reconsideration.first_decision}
    return render(request, "case_reviews/reconsider.html", context)


def _move(request: HttpRequest, review: RapidReview, form: Any, move: Any, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            move(form.cleaned_data)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded.")
            return redirect("case_reviews:panel_thread", review_id=review.pk)
    return render(request, "case_reviews/panel_form.html", {**_about(review), "form": form, "title": title})


def _entries(review: RapidReview, replies: list[Any]) -> list[dict[str, Any]]:
    """Letters to the Panel, interim positions and its replies, in the order in which they happened."""
    sent = review.incident.letters_out.filter(kind__in=TO_THE_PANEL)
    found = [{"on": timezone.localtime(each.sent_at).date(), "letter": each} for each in sent.select_related("document", "proof")]
    found += [{"on": each.received_on, "reply": each} for each in replies]
    found += [{"on": timezone.localtime(each.recorded_at).date(), "interim": each} for each in review.interim_positions.all()]
    return sorted(found, key=lambda entry: entry["on"])


def _about(review: RapidReview) -> dict[str, Any]:
    return {"review": review, "incident": review.incident, "matter": review.matter}
