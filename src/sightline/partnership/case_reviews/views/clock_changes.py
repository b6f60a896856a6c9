"""Pages on which clocks are looked at another way, and on which what they rest on is corrected."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import clocks, review_access
from sightline.partnership.case_reviews.abilities import clock_correction, raised_incident, rapid_review, runs_review
from sightline.partnership.case_reviews.clock_forms import (
    CorrectDayForm,
    DecideCorrectionForm,
    EffortForm,
    LateReasonsForm,
    SupposeForm,
    UpgradeForm,
)
from sightline.partnership.case_reviews.models import RapidReview, SeriousIncident
from sightline.partnership.case_reviews.workflow import clock_corrections
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import timescales
from sightline.procedures import what_if as procedure
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rule_sets import RapidReviewAnchor


@needs("K3", "R", of=raised_incident)
@require_safe
def what_if(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """The review counted from each day it might be counted from, and the case under later rules; nothing is changed here."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    review = RapidReview.objects.filter(incident=incident).first()
    used = RapidReviewAnchor(review.anchor) if review else clocks.anchor_used(incident, today)
    stopped_on = clocks.sent_to_panel_on(review) if review else None
    found = procedure.alternatives(
        clocks.anchor_days(incident), rules=incident.rules, calendar=calendar, on=today, stopped_on=stopped_on, anchor=used
    )
    suppose = SupposeForm(request.GET if "on_year" in request.GET else None)
    supposed = None
    if suppose.is_bound and suppose.is_valid():
        first = suppose.cleaned_data["on"]
        supposed = timescales.rapid_review(first, rules=incident.rules, calendar=calendar, on=today, stopped_on=stopped_on)
    upgrades = [clock_corrections.effect_of_upgrade(incident, rules) for rules in clock_corrections.later_rules(incident)]
    context = {**_about(request, incident), "alternatives": found, "upgrades": upgrades, "suppose": suppose, "supposed": supposed}
    return render(request, "case_reviews/what_if.html", context)


@needs("K3", "S", of=raised_incident)
@require_http_methods(["GET", "POST"])
def upgrade_rules(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Move the case to later rules, having read what that would do."""
    _check_may(request, incident)
    rules = clock_corrections.later_rules(incident)
    form = UpgradeForm(request.POST or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        to = next(each for each in rules if each.id == form.cleaned_data["to"])
        try:
            clock_corrections.upgrade_rules(incident, to=to, reasons=form.cleaned_data["reasons"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"This case now runs under {to.title}.")
            return redirect("case_reviews:what_if", incident_id=incident.pk)
    effects = [clock_corrections.effect_of_upgrade(incident, each) for each in rules]
    return render(request, "case_reviews/upgrade_rules.html", {**_about(request, incident), "form": form, "effects": effects})


@needs("K3", "S", of=raised_incident)
@require_http_methods(["GET", "POST"])
def correct_day(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Propose another moment for one that was recorded wrongly."""
    _check_may(request, incident)
    form = CorrectDayForm(request.POST or None, is_sent=hasattr(incident, "notification"))
    if request.method == "POST" and form.is_valid():
        try:
            clock_corrections.propose(incident, **form.cleaned_data, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Proposed. Nothing counts otherwise until a second person has agreed.")
            return redirect("case_reviews:what_if", incident_id=incident.pk)
    return render(request, "case_reviews/correct_day.html", {**_about(request, incident), "form": form})


@needs("K3", "S", of=clock_correction)
@require_http_methods(["GET", "POST"])
def decide_correction(request: HttpRequest, part: Any) -> HttpResponse:
    """A second person agrees, or does not."""
    correction = part.part
    _check_may(request, part.incident)
    is_own = correction.proposed_by_id == request.user.pk
    form = DecideCorrectionForm(request.POST or None)
    if request.method == "POST" and not is_own and form.is_valid():
        told = form.cleaned_data
        try:
            clock_corrections.decide(correction, confirm=told["confirm"] == "yes", because=told["because"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded.")
            return redirect("case_reviews:what_if", incident_id=part.incident.pk)
    context = {**_about(request, part.incident), "form": form, "correction": correction, "is_own": is_own}
    return render(request, "case_reviews/decide_correction.html", context)


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def late_reasons(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Why the review is late."""
    form = LateReasonsForm(request.POST or None, initial={"reasons": review.late_reasons})
    if request.method == "POST" and form.is_valid():
        try:
            clock_corrections.late_reasons(review, reasons=form.cleaned_data["reasons"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:review", review_id=review.pk)
    return render(request, "case_reviews/review_form.html", {**_of(review), "form": form, "title": "Why it is late"})


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def effort(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """What the review cost the unit; agencies say theirs in their answers."""
    form = EffortForm(request.POST or None, initial={"hours": review.unit_hours, "cost": review.unit_cost})
    if request.method == "POST" and form.is_valid():
        clock_corrections.effort(review, **form.cleaned_data, by=request.user)
        return redirect("case_reviews:efforts")
    return render(request, "case_reviews/review_form.html", {**_of(review), "form": form, "title": "Hours and cost"})


@signed_in
@require_safe
def efforts(request: HttpRequest) -> HttpResponse:
    """Hours and cost of each review that this person may read, and all of them together."""
    found = review_access.visible_to(request.user).select_related("incident__matter").prefetch_related("requests__returns")
    rows = [_effort_row(review) for review in found.order_by("-opened_at", "-pk") if review_access.can(request.user, "R", review)]
    if rows:
        trail.record_reading("efforts.shown", None, by=request.user, kind="K5")
    total = {name: sum(row[name] for row in rows) for name in ("unit_hours", "unit_cost", "agency_hours", "agency_cost", "agencies")}
    return render(request, "case_reviews/efforts.html", {"rows": rows, "total": total})


def _effort_row(review: RapidReview) -> dict[str, Any]:
    answers = [returns[-1].answers for asked in review.requests.all() if (returns := list(asked.returns.all()))]
    return {
        "review": review, "unit_hours": review.unit_hours or 0, "unit_cost": review.unit_cost or 0, "agencies": len(answers),
        "agency_hours": sum(_number(each.get("hours")) for each in answers),
        "agency_cost": sum(_number(each.get("cost")) for each in answers),
    }  # fmt: skip


def _number(typed: Any) -> float:
    try:
        return float(typed or 0)
    except (TypeError, ValueError):
        return 0.0


def _check_may(request: HttpRequest, incident: SeriousIncident) -> None:
    if not clock_corrections.can_change_clocks(request.user, incident):
        raise Http404


def _of(review: RapidReview) -> dict[str, Any]:
    return {"review": review, "incident": review.incident, "matter": review.matter}


def _about(request: HttpRequest, incident: SeriousIncident) -> dict[str, Any]:
    return {
        "incident": incident, "matter": incident.matter, "may_change": clock_corrections.can_change_clocks(request.user, incident),
        "corrections": incident.clock_corrections.select_related("proposed_by__officer", "decided_by__officer"),
        "moves": incident.rule_set_upgrades.select_related("upgraded_by__officer"),
        "later": clock_corrections.later_rules(incident), "sent": getattr(incident, "notification", None),
    }  # fmt: skip
