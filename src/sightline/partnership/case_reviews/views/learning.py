"""Pages of what was learnt from a case."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.actions import access as action_access
from sightline.partnership.case_reviews import briefing_word as word_file
from sightline.partnership.case_reviews import learning_forms, review_access
from sightline.partnership.case_reviews.abilities import part_of_incident, raised_incident
from sightline.partnership.case_reviews.models import (
    Briefing,
    BriefingDelivery,
    LearningPoint,
    LearningReview,
    ReviewTheme,
    SeriousIncident,
)
from sightline.partnership.case_reviews.workflow import learning, outgoing
from sightline.partnership.documents.workflow import content_of
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import themes
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.learning import BOXES

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
learning_point_of = part_of_incident(LearningPoint)
briefing_of = part_of_incident(Briefing)
delivery_of = part_of_incident(BriefingDelivery, through="briefing__incident")


def _about(request: HttpRequest, incident: SeriousIncident) -> dict[str, Any]:
    may_run = review_access.can_run_incident(request.user, incident)
    return {"incident": incident, "matter": incident.matter, "may_run": may_run}


def _take(
    request: HttpRequest, incident: SeriousIncident, form: Any, move: Callable[[Any], object], title: str, then: str, seen: int = 0,
    **parts: str,
) -> HttpResponse:  # fmt: skip
    if not review_access.can_run_incident(request.user, incident):
        raise Http404
    now_recorded: list[tuple[str, Any]] = []
    if request.method == "POST" and not form.is_valid():
        seen = seen and _seen(request)  # whoever puts a slip right has still read the earlier text
    elif request.method == "POST":
        try:
            move(form)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
            if seen and seen != _seen(request):
                now_recorded = [(form[name].label, form.initial.get(name, "")) for name in form.changed_data]
        else:
            messages.success(request, "Recorded.")
            return redirect(f"case_reviews:{then}", **(parts or {"incident_id": incident.pk}))
    context = {**_about(request, incident), "form": form, "title": title, "seen": seen, "now_recorded": now_recorded}
    return render(request, "case_reviews/learning_step.html", context)


@needs("K5", "R", of=raised_incident)
@require_safe
def learning_points(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """What was learnt from one case: its themes, its points and how it is learnt from."""
    review = LearningReview.objects.filter(incident=incident).first()
    context = {
        **_about(request, incident), "points": incident.learning_points.order_by("withdrawn_because", "number"), "review": review,
        "themes": [themes.label(row.code) for row in incident.themes.all()],
    }  # fmt: skip
    return render(request, "case_reviews/learning_points.html", context)


@needs("K5", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def add_learning_point(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    form = learning_forms.PointForm(request.POST or None)
    move = lambda form: learning.write_point(incident, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, incident, form, move, "Write down what was learnt", "learning_points")


@needs("K5", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def review_themes(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    form = learning_forms.ThemesForm(request.POST or None, initial={"codes": [row.code for row in incident.themes.all()]})
    move = lambda form: learning.tag_themes(incident, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, incident, form, move, "Themes of this case", "learning_points")


@needs("K5", "E", of=learning_point_of)
@require_http_methods(["GET", "POST"])
def raise_learning_action(request: HttpRequest, found: Any) -> HttpResponse:
    """An action from what was learnt."""
    form = learning_forms.PointActionForm(request.POST or None)
    move = lambda form: learning.raise_action(found.part, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, found.incident, form, move, "Raise an action", "learning_point", part_id=found.part.pk)


@needs("K5", "R", of=learning_point_of)
@require_safe
def learning_point(request: HttpRequest, found: Any) -> HttpResponse:
    """One learning point with its actions."""
    point = found.part
    readable = action_access.visible_to(request.user).filter(pk__in=point.actions.values("action"))
    context = {**_about(request, found.incident), "point": point, "actions": readable, "labels": [themes.label(c) for c in point.themes]}
    return render(request, "case_reviews/learning_point.html", context)


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen_version", "")
    return int(seen) if seen.isdecimal() else 0


@needs("K5", "E", of=learning_point_of)
@require_http_methods(["GET", "POST"])
def change_learning_point(request: HttpRequest, found: Any) -> HttpResponse:
    point = found.part
    form = learning_forms.ChangePointForm(request.POST or None, initial=learning_forms.ChangePointForm.initial_of(point))
    move = lambda form: learning.change_point(point, **form.cleaned_data, seen_version=_seen(request), by=request.user)  # noqa: E731
    return _take(
        request, found.incident, form, move, f"Change learning point {point.number}", "learning_point", seen=point.version, part_id=point.pk
    )


@needs("K5", "E", of=learning_point_of)
@require_http_methods(["GET", "POST"])
def withdraw_learning_point(request: HttpRequest, found: Any) -> HttpResponse:
    point, form = found.part, learning_forms.BecauseForm(request.POST or None)
    move = lambda form: learning.withdraw_point(point, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, found.incident, form, move, f"Withdraw learning point {point.number}", "learning_point", part_id=point.pk)


@needs("K5", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def stop_learning_review(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    review = LearningReview.objects.filter(incident=incident).first()
    if not review_access.can_run_incident(request.user, incident):
        raise Http404
    if review is None:
        return redirect("case_reviews:learning_review", incident_id=incident.pk)
    form = learning_forms.BecauseForm(request.POST or None)
    move = lambda form: learning.stop_review(review, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, incident, form, move, "Stop the review below the threshold", "learning_points")


@needs("K5", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def learning_review(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Begin or finish a review below the threshold."""
    review = LearningReview.objects.filter(incident=incident).first()
    if review is None:
        form: Any = learning_forms.LearningReviewForm(request.POST or None)
        move: Any = lambda form: learning.begin_review(incident, **form.cleaned_data, by=request.user)  # noqa: E731
        return _take(request, incident, form, move, "Begin a review below the threshold", "learning_points")
    form = learning_forms.FinishForm(request.POST or None)
    move = lambda form: learning.finish_review(review, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, incident, form, move, "Finish the review", "learning_points")


@needs("K5", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def briefings(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Write a seven-minute briefing."""
    form = learning_forms.BriefingForm(request.POST or None)
    move = lambda form: learning.write_briefing(incident, title=form.cleaned_data["title"], boxes=form.boxes, by=request.user)  # noqa: E731
    return _take(request, incident, form, move, "Write a seven-minute briefing", "learning_points")


@needs("K5", "R", of=briefing_of)
@require_safe
def briefing(request: HttpRequest, found: Any) -> HttpResponse:
    """A briefing as it will look, and the teams that heard it."""
    row = found.part
    boxes = [(label, row.boxes.get(code, "")) for code, label in BOXES]
    context = {**_about(request, found.incident), "row": row, "boxes": boxes, "deliveries": row.deliveries.select_related("agency")}
    return render(request, "case_reviews/briefing.html", context)


@needs("K5", "E", of=briefing_of)
@require_http_methods(["GET", "POST"])
def change_briefing(request: HttpRequest, found: Any) -> HttpResponse:
    row = found.part
    form = learning_forms.BriefingForm(request.POST or None, initial={"title": row.title, **row.boxes})
    move = lambda form: learning.change_briefing(  # noqa: E731
        row, title=form.cleaned_data["title"], boxes=form.boxes, seen_version=_seen(request), by=request.user
    )
    return _take(request, found.incident, form, move, "Write on in the briefing", "briefing", seen=row.version, part_id=row.pk)


@needs("K5", "E", of=briefing_of)
@require_POST
def issue_briefing(request: HttpRequest, found: Any) -> HttpResponse:
    """Fix the briefing as the one file that teams get."""
    if not review_access.can_run_incident(request.user, found.incident):
        raise Http404
    try:
        learning.issue_briefing(found.part, by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The briefing is issued. Its file is kept to the byte.")
    return redirect("case_reviews:briefing", part_id=found.part.pk)


@needs("K5", "E", of=briefing_of)
@require_http_methods(["GET", "POST"])
def withdraw_briefing(request: HttpRequest, found: Any) -> HttpResponse:
    form = learning_forms.BecauseForm(request.POST or None)
    move = lambda form: learning.withdraw_briefing(found.part, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, found.incident, form, move, "Withdraw the briefing", "briefing", part_id=found.part.pk)


@needs("K5", "E", of=delivery_of)
@require_http_methods(["GET", "POST"])
def delivery_effect(request: HttpRequest, found: Any) -> HttpResponse:
    """What has changed since a team heard it."""
    form = learning_forms.EffectForm(request.POST or None, initial={"effect": found.part.effect, "effect_on": timezone.localdate()})
    move = lambda form: learning.record_effect(found.part, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, found.incident, form, move, "What has changed since", "briefing", part_id=found.part.briefing_id)


@needs("K5", "E", of=briefing_of)
@require_POST
def briefing_word(request: HttpRequest, found: Any) -> HttpResponse:
    """The Word file, once nothing in it tells of anybody; otherwise it is said that something was found."""
    row = found.part
    # What was issued is the one file that was kept; a draft is written as it stands.
    content = content_of(row.document) if row.document is not None else word_file.written(row, on=timezone.localdate())
    try:
        outgoing.let_out(found.incident, content=content, extension="docx", audience="public", by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
        return redirect("case_reviews:briefing", part_id=found.part.pk)
    headers = {"Content-Disposition": 'attachment; filename="seven-minute-briefing.docx"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=WORD, headers=headers)


@needs("K5", "E", of=briefing_of)
@require_http_methods(["GET", "POST"])
def add_delivery(request: HttpRequest, found: Any) -> HttpResponse:
    form = learning_forms.DeliveryForm(request.POST or None)
    move = lambda form: learning.record_delivery(found.part, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, found.incident, form, move, "Record that a team heard it", "briefing", part_id=found.part.pk)


@signed_in
@require_safe
def learning_themes(request: HttpRequest) -> HttpResponse:
    """Themes of the cases that this person may read, counted so that no count points to a child."""
    matters = list(need_to_know.visible_matters(request.user))
    how = need_to_know.standings(request.user, matters)
    readable = [matter.pk for matter in matters if how[matter.pk].decide("R", "K5", owner_agency_id=matter.raised_by_agency_id)]
    tagged = list(ReviewTheme.objects.filter(incident__matter__in=readable).values_list("code", flat=True))
    rows = [(themes.label(code), themes.count_in_words(tagged.count(code))) for code in sorted(set(tagged))]
    return render(request, "case_reviews/learning_themes.html", {"rows": rows})
