"""Pages of what chronologies say together: the findings of a review, one finding with its rows, and the rules."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.case_reviews import chronology_cases, combined_chronology, finding_forms, findings_shown, review_access
from sightline.partnership.case_reviews.chronology_abilities import runs_chronology
from sightline.partnership.case_reviews.finding_abilities import (
    changes_rule,
    reads_finding,
    reads_finding_named,
    reads_findings,
    weighs_finding,
    weighs_question,
    weighs_with_agency,
)
from sightline.partnership.case_reviews.models import ChronologyFinding, RapidReview
from sightline.partnership.case_reviews.views.chronology_names import about, how, shown_as
from sightline.partnership.case_reviews.workflow import chronology_analysis, finding_uses
from sightline.partnership.case_reviews.workflow import findings as moves
from sightline.procedures.chronology.findings.rules import rules
from sightline.procedures.errors import NotAllowedNow


@reads_findings
@require_safe
def listed(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Every finding that this reader may see, by what it is about, with what is still missing."""
    found = findings_shown.of_review(review, how(request, review))
    context = {
        **about(review), "found": found, "runs": review_access.can_run_chronology(request.user, review),
        "weighs": review_access.can_work_on_chronology(request.user, review),
    }  # fmt: skip
    return render(request, "case_reviews/findings.html", context)


@reads_finding
@require_safe
def shown(request: HttpRequest, thing: Any) -> HttpResponse:
    """One finding: what it says and why, its rows side by side, and what a person may do with it."""
    return _shown(request, thing.part, names=False)


@reads_finding_named
@require_safe
def shown_named(request: HttpRequest, thing: Any) -> HttpResponse:
    """The same with its rows as their agencies wrote them."""
    return _shown(request, thing.part, names=True)


def _shown(request: HttpRequest, finding: ChronologyFinding, *, names: bool) -> HttpResponse:
    as_shown, reader = shown_as(request, finding.review, names=names), how(request, finding.review)
    combined = combined_chronology.of_review(finding.review, reader, **as_shown)
    found = findings_shown.of_review(finding.review, reader, combined=combined)
    weighs = review_access.can_work_on_chronology(request.user, finding.review)
    asked = {question.agency_id: question for question in finding.questions.select_related("agency", "asked")}
    agencies = moves.cited_agencies(finding)
    context = {
        **about(finding.review, names=names), "finding": finding, "rule": rules()[finding.kind],
        "cited": findings_shown.cited(finding, found.rows, **as_shown),
        "inside": findings_shown.inside(finding, found.rows), "missing": found.missing, "weighs": weighs,
        "runs": review_access.can_run_chronology(request.user, finding.review), "waiting": list(moves.unsettled(finding)),
        "asked": list(asked.values()), "not_asked": [agency for pk, agency in agencies.items() if pk not in asked],
        "uses": finding.uses.select_related("episode", "line", "point"), "has_line": finding_uses.practice_review_of(finding) is not None,
        "is_same_event": finding.kind == findings_shown.LOOKED_AT_ELSEWHERE,
        "is_provisional": found.is_provisional and finding.kind in findings_shown.RESTS_ON_NO_ROW,
    }  # fmt: skip
    return render(request, "case_reviews/finding.html", context)


@runs_chronology
@require_POST
def read_again(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The rules read every row once more."""
    try:
        done = chronology_analysis.read_again(review, by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, "The rows were read again." if done else "The rows changed while they were read. They are read again in a moment."
        )
    return redirect("case_reviews:findings", review_id=review.pk)


@weighs_finding
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, thing: Any) -> HttpResponse:
    form = finding_forms.AcceptForm(request.POST or None, initial={"why_it_made_sense": thing.part.why_it_made_sense})
    move = lambda form: moves.accept(thing.part, **form.cleaned_data, by=request.user, seen_version=_seen(request))  # noqa: E731
    return _take(request, thing.part, form, move, "Accept this finding")


@weighs_finding
@require_http_methods(["GET", "POST"])
def dismiss(request: HttpRequest, thing: Any) -> HttpResponse:
    form = finding_forms.WhyForm(request.POST or None)
    move = lambda form: moves.dismiss(thing.part, **form.cleaned_data, by=request.user, seen_version=_seen(request))  # noqa: E731
    return _take(request, thing.part, form, move, "Dismiss this finding")


@weighs_finding
@require_http_methods(["GET", "POST"])
def take_up_again(request: HttpRequest, thing: Any) -> HttpResponse:
    form = finding_forms.WhyForm(request.POST or None)
    move = lambda form: moves.take_up_again(thing.part, **form.cleaned_data, by=request.user, seen_version=_seen(request))  # noqa: E731
    return _take(request, thing.part, form, move, "Look at this finding again")


@weighs_finding
@require_POST
def confirm_same_event(request: HttpRequest, thing: Any) -> HttpResponse:
    """The rows of a candidate tell of one event."""
    try:
        moves.confirm_same_event(thing.part, by=request.user, seen_version=_seen(request))
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
        return redirect("case_reviews:finding", finding_id=thing.part.pk)
    messages.success(request, "Kept. The rows stay as their agencies wrote them and count as one event.")
    return redirect("case_reviews:findings", review_id=thing.review.pk)


@weighs_with_agency
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, thing: Any) -> HttpResponse:
    """Put the finding to one agency."""
    form = finding_forms.AskForm(request.POST or None, initial={"text": _question(thing.part)})
    move = lambda form: moves.ask_agency(thing.part, agency=thing.agency, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, thing.part, form, move, f"Ask {thing.agency}", submit="Send the question")


@weighs_with_agency
@require_http_methods(["GET", "POST"])
def go_on_unasked(request: HttpRequest, thing: Any) -> HttpResponse:
    """Say why an agency is not asked."""
    form = finding_forms.WhyForm(request.POST or None)
    move = lambda form: moves.go_on_unasked(thing.part, agency=thing.agency, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, thing.part, form, move, f"Go on without asking {thing.agency}")


@weighs_question
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, thing: Any) -> HttpResponse:
    """What an agency said of the finding."""
    question, said = thing.part, _said_since(thing.part)
    form = finding_forms.AnswerForm(request.POST or None, initial={"answer": said})

    def move(form: Any) -> object:
        if form.cleaned_data["answer"].strip():
            return moves.record_answer(question, text=form.cleaned_data["answer"], by=request.user)
        return moves.go_on_without(question, because=form.cleaned_data["because"], by=request.user)

    return _take(request, question.finding, form, move, f"What {question.agency} says")


@weighs_finding
@require_http_methods(["GET", "POST"])
def make_episode(request: HttpRequest, thing: Any) -> HttpResponse:
    form = finding_forms.EpisodeForm(request.POST or None, initial=finding_forms.EpisodeForm.initial_of(thing.part))
    move = lambda form: finding_uses.make_episode(thing.part, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, thing.part, form, move, "Make it a key practice episode")


@weighs_finding
@require_http_methods(["GET", "POST"])
def make_line(request: HttpRequest, thing: Any) -> HttpResponse:
    form = finding_forms.LineForm(request.POST or None)
    move = lambda form: finding_uses.make_line(thing.part, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, thing.part, form, move, "Make it a line of enquiry")


@weighs_finding
@require_http_methods(["GET", "POST"])
def make_point(request: HttpRequest, thing: Any) -> HttpResponse:
    form = finding_forms.FromFindingForm(request.POST or None, initial=finding_forms.FromFindingForm.initial_of(thing.part))
    move = lambda form: finding_uses.make_point(thing.part, **form.cleaned_data, by=request.user)  # noqa: E731
    return _take(request, thing.part, form, move, "Make it a learning point")


@changes_rule
@require_http_methods(["GET", "POST"])
def dismiss_kind(request: HttpRequest, thing: Any) -> HttpResponse:
    """Dismiss every finding of one kind that nobody has looked at."""
    form = finding_forms.WhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            moves.dismiss_kind(thing.review, kind=thing.rule.kind, because=form.cleaned_data["because"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Dismissed. Each can be taken up again.")
            return redirect("case_reviews:findings", review_id=thing.review.pk)
    title = f"Dismiss every finding of “{thing.rule.title}” that nobody has looked at"
    return render(
        request, "case_reviews/finding_step.html", {**about(thing.review), "form": form, "title": title, "submit": "Dismiss them"}
    )


@reads_findings
@require_safe
def rules_listed(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The rules as this review runs them, with their figures in view."""
    settings = chronology_cases.settings_of(review)
    changed = {rule.kind: rule for rule in review.chronology_rules.select_related("changed_by")}
    listed = [
        {"rule": rule, "is_on": settings.runs(rule.kind), "changed": changed.get(rule.kind),
         "figures": [(each, settings.figure(each.name)) for each in rule.parameters]}
        for rule in rules().values()
    ]  # fmt: skip
    weighs = review_access.can_work_on_chronology(request.user, review)
    return render(request, "case_reviews/finding_rules.html", {**about(review), "rules": listed, "weighs": weighs})


@changes_rule
@require_http_methods(["GET", "POST"])
def change_rule(request: HttpRequest, thing: Any) -> HttpResponse:
    """Switch one rule, or give it other figures."""
    review, rule = thing.review, thing.rule
    form = finding_forms.RuleForm(request.POST or None, rule=rule, settings=chronology_cases.settings_of(review))
    if form.is_bound and form.is_valid():
        try:
            said = form.cleaned_data
            moves.change_rule(review, kind=rule.kind, is_on=said["is_on"], figures=form.figures(), because=said["because"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. The rows are read again in a moment.")
            return redirect("case_reviews:finding_rules", review_id=review.pk)
    context = {**about(review), "form": form, "title": rule.title, "lead": rule.asks, "submit": "Save"}
    return render(request, "case_reviews/finding_step.html", context)


def _take(
    request: HttpRequest, finding: ChronologyFinding, form: Any, move: Callable[[Any], object], title: str, submit: str = "Save",
) -> HttpResponse:  # fmt: skip
    """A form of one step: taken, refused with a sentence, or shown."""
    if form.is_bound and form.is_valid():
        try:
            move(form)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept.")
            return redirect("case_reviews:finding", finding_id=finding.pk)
    seen = _seen(request) or finding.version
    context = {
        **about(finding.review), "finding": finding, "form": form, "title": title, "submit": submit,
        "hidden": {"seen_version": seen},
    }  # fmt: skip
    return render(request, "case_reviews/finding_step.html", context)


def _question(finding: ChronologyFinding) -> str:
    return f"{rules()[finding.kind].asks} Is what you sent complete here, and how do you see it?"


def _said_since(question: Any) -> str:
    """What the agency has written into the thread since it was asked."""
    if question.asked is None:
        return ""
    said = question.asked.request.messages.filter(is_from_agency=True, at__gte=question.asked_at).order_by("at")
    return "\n\n".join(message.text for message in said)


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen_version", "")
    return int(seen) if seen.isdecimal() else 0
