"""Pages of the partnership's own plan of a rapid review, and of the day from which it counts."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sightline.partnership.agencies.abilities import entitled
from sightline.partnership.case_reviews.models import LocalAnchor, PlanTemplateTask
from sightline.partnership.case_reviews.review_forms import LocalAnchorForm, PlanRowForm
from sightline.partnership.case_reviews.workflow import plan, scoping
from sightline.partnership.case_reviews.workflow.rapid_reviews import plan_template
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus
from sightline.procedures.rapid_review_plan import TemplateTask
from sightline.procedures.rule_sets import RapidReviewAnchor

LOCAL = "Own plan of the partnership"
NEW = "new"


@entitled("K0", "E")
def show(request: HttpRequest) -> HttpResponse:
    """The plan with which the next review will begin."""
    rows = [{"task": row, "ended_by": [RapidReviewStatus(each).label for each in row.ended_by]} for row in plan_template()]
    return render(request, "case_reviews/plan_template.html", {"rows": rows, "is_own": PlanTemplateTask.objects.exists()})


@entitled("K0", "E")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Add a task to the plan, or change one."""
    rows = list(plan_template())
    row = next((each for each in rows if each.code == code), None)
    if row is None and code != NEW:
        raise Http404
    form = PlanRowForm(request.POST or None, initial=PlanRowForm.initial_of(row) if row else {})
    if request.method == "POST" and form.is_valid():
        task = form.task(code=row.code if row else _code_for(form.cleaned_data["title"], rows), source=row.source if row else LOCAL)
        changed = [task if each.code == code else each for each in rows] + ([] if row else [task])
        if _save(request, form, changed):
            return redirect("case_reviews:plan_template")
    return render(request, "case_reviews/plan_row.html", {"form": form, "row": row})


@entitled("K0", "E")
@require_POST
def remove(request: HttpRequest, code: str) -> HttpResponse:
    """Take a task out of the plan."""
    rows = list(plan_template())
    if code not in {row.code for row in rows}:
        raise Http404
    try:
        plan.save_template([row for row in rows if row.code != code], by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The task is no longer in the plan. Reviews that are open keep theirs.")
    return redirect("case_reviews:plan_template")


@entitled("K0", "E")
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Go back to the plan that comes with Sightline."""
    plan.restore_default(by=request.user)
    messages.success(request, "The next review begins with the plan that comes with Sightline.")
    return redirect("case_reviews:plan_template")


@entitled("K0", "E")
@require_http_methods(["GET", "POST"])
def local_anchor(request: HttpRequest) -> HttpResponse:
    """From which day reviews are counted here."""
    form = LocalAnchorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            scoping.count_from(
                rule_set=told["rule_set"], anchor=RapidReviewAnchor(told["anchor"]), valid_from=told["valid_from"],
                reasons=told["reasons"], by=request.user,
            )  # fmt: skip
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Reviews opened from that day on are counted so. Open ones stay as they are.")
            return redirect("case_reviews:local_anchor")
    return render(
        request, "case_reviews/local_anchor.html", {"form": form, "chosen": LocalAnchor.objects.select_related("chosen_by__officer")}
    )


def _save(request: HttpRequest, form: PlanRowForm, rows: list[TemplateTask]) -> bool:
    try:
        plan.save_template(rows, by=request.user)
    except NotAllowedNow as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "The plan is kept. Reviews that are open keep theirs.")
    return True


def _code_for(title: str, rows: list[TemplateTask]) -> str:
    """A short name for a new task, made from its title and different from the others."""
    stem: Any = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:30] or "task"
    stem = stem if stem[0].isalpha() else f"task_{stem}"
    taken, number, code = {row.code for row in rows} | {NEW}, 2, stem
    while code in taken:
        code, number = f"{stem}_{number}", number + 1
    return code
