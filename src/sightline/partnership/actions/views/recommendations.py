"""Pages of recommendations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.actions import abilities, access, forms
from sightline.partnership.actions.abilities import Seen
from sightline.partnership.actions.workflow import recommendations as moves
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.errors import NotAllowedNow


@abilities.lists
@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """Every recommendation that this person may read."""
    rows = access.recommendations_visible_to(request.user)
    return render(request, "actions/recommendations.html", {"rows": rows, "may_raise": access.can_raise(request.user)})


@abilities.reads_recommendation
@require_safe
def recommendation(request: HttpRequest, seen: Seen) -> HttpResponse:
    """One recommendation, its answer and its actions."""
    shown = access.visible_to(request.user).filter(recommendation=seen.thing)
    may_answer = seen.thing.status == "made" and access.may(request.user, "run", seen.thing)
    # What the source is called is part of the review that it came from.
    names_source = seen.thing.matter is None or bool(need_to_know.decide(request.user, "R", "K5", matter=seen.thing.matter))
    context = {"row": seen.thing, "matter": seen.matter, "actions": shown, "may_answer": may_answer, "names_source": names_source}
    return render(request, "actions/recommendation.html", context)


@abilities.answers_recommendation
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Answer a recommendation, with reasons."""
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            moves.answer(
                seen.thing, accepted=sent["accepted"] == "yes", reasons=sent["reasons"], decided_on=sent["decided_on"], by=request.user
            )
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The answer is recorded.")
            return redirect("actions:recommendation", recommendation_id=seen.thing.pk)
    return render(request, "actions/step.html", {"form": form, "title": "Answer a recommendation", "submit": "Record", "action": None})


@abilities.raises
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Write a recommendation down."""
    form = forms.RecommendationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = moves.write_down(**form.cleaned_data, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("actions:recommendation", recommendation_id=row.pk)
    return render(request, "actions/step.html", {"form": form, "title": "Write down a recommendation", "submit": "Save", "action": None})
