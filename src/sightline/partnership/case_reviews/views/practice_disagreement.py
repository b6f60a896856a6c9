"""What is done while the partners do not agree on a text of a practice review, and the scrutineer's word beside it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sightline.partnership.case_reviews.decision_forms import CommentForm, ResolutionForm, ScrutineerForm
from sightline.partnership.case_reviews.practice_abilities import PartOfPractice, practice_text, runs_practice, scrutinises_text
from sightline.partnership.case_reviews.views.practice_endings import in_words
from sightline.partnership.case_reviews.views.practice_reviews import about
from sightline.partnership.case_reviews.workflow import practice_sign_off, signing
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.signing import signing_rule


@scrutinises_text
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """The independent scrutineer's word beside a text; it decides nothing."""
    text, form = found.part, CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            signing.comment(text, said=form.cleaned_data["said"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your comment stands beside the text.")
            return redirect("case_reviews:practice_text", part_id=text.pk)
    context = {**about(request, found.review), "text": text, "form": form, "state": in_words(text)}
    return render(request, "case_reviews/practice_comment.html", context)


@needs("K6", "E", of=practice_text)
@require_http_methods(["GET", "POST"])
@runs_practice
def disagreement(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """The scrutineer helps, and in the end the recorded resolution may be used; nothing is settled before."""
    text = found.part
    still_open = text.escalations.filter(ended_how="").last()
    asks = request.method == "POST" and "ask" in request.POST
    settles = request.method == "POST" and not asks
    ask_form = ScrutineerForm(request.POST if asks else None, initial={"notes": still_open.notes if still_open else ""})
    form = ResolutionForm(request.POST if settles else None)
    if still_open is not None and asks and ask_form.is_valid():
        signing.ask_scrutineer(still_open, notes=ask_form.cleaned_data["notes"], by=request.user)
        messages.success(request, "The scrutineer has been asked to help, and the notes are kept.")
        return redirect("case_reviews:practice_disagreement", part_id=text.pk)
    if still_open is not None and settles and form.is_valid():
        told = form.cleaned_data
        try:
            practice_sign_off.resolve(
                text, who=form.who, scrutineer_heard=told["scrutineer_heard"], because=told["because"], by=request.user
            )
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The resolution is recorded.")
            return redirect("case_reviews:practice_sign_off", practice_id=found.review.pk)
    text.refresh_from_db()
    context = {
        **about(request, found.review), "text": text, "state": in_words(text), "form": form, "ask_form": ask_form,
        "still_open": text.escalations.filter(ended_how="").last(), "rule": signing_rule(text.incident.rules.id),
        "escalations": text.escalations.select_related("opened_by_signature"), "comments": text.comments.select_related("said_by__officer"),
    }  # fmt: skip
    return render(request, "case_reviews/practice_disagreement.html", context)
