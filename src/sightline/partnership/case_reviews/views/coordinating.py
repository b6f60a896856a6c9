"""An agency that coordinates others splits its request to them, sees who is outstanding, and assures the quality of what they write."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.partnership.agencies.models import Agency
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import answers_shown, review_access, routes
from sightline.partnership.case_reviews.abilities import reads_own_request, signs_own_request
from sightline.partnership.case_reviews.models import AgencyRequest, AgencyReturn
from sightline.partnership.case_reviews.request_forms import AgencyForm, OfficerForm
from sightline.partnership.case_reviews.workflow import asking
from sightline.procedures.errors import NotAllowedNow


@reads_own_request
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Who of the providers is outstanding; while the answer is being written, choose another one and whom to ask there."""
    may_split = review_access.can_write(request.user, asked) and not asked.coordinated_by_id
    today = timezone.localdate()
    providers = Agency.objects.in_force(today).filter(sector=asked.agency.sector).exclude(pk=asked.agency_id)
    providers = providers.exclude(pk__in=asked.parts.exclude(status="withdrawn").values("agency"))
    chosen = providers.filter(pk=request.GET.get("agency", "")).first() if may_split else None
    form = None
    if chosen is not None:
        found = routes.routes_to(chosen, routes.Connected.with_matter(asked.matter), on=today)
        form = OfficerForm(request.POST or None, routes=found) if found else None
    if request.method == "POST" and chosen is not None and form is not None and form.is_valid():
        try:
            asking.split(asked, agency=chosen, officer=form.officer(), by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{chosen} has been asked for its part.")
            return redirect("case_reviews:split_request", request_id=asked.pk)
    context = {
        "matter": asked.matter,
        "asked": asked,
        "parts": asked.parts.select_related("agency", "asked_officer", "passed_to"),
        "directory": AgencyForm(agencies=providers, initial={"agency": chosen}),
        "may_split": may_split,
        "has_providers": providers.exists(),
        "chosen": chosen,
        "form": form,
    }
    return render(request, "case_reviews/split_request.html", context)


@signs_own_request
@require_http_methods(["GET", "POST"])
def assure(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Read a provider's answer, and stand for its quality."""
    problem = ""
    if request.method == "POST":
        try:
            asking.assure(asked, by=request.user)
        except NotAllowedNow as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "Recorded: you have assured the quality of this answer.")
            return redirect("case_reviews:split_request", request_id=asked.coordinated_by_id)
    answer = _answer_of(asked)
    if answer is not None:
        trail.record_reading("agency_request.answer_read", asked, by=request.user, kind="K4", matter_id=asked.matter_id)
    context: dict[str, Any] = {
        "matter": asked.matter,
        "asked": asked,
        "problem": problem,
        "sections": answers_shown.shown(answer, to=request.user) if answer else [],
        "can_assure": answer is not None and asked.assured_at is None and asked.coordinated_by_id is not None,
    }
    return render(request, "case_reviews/assure_answer.html", context)


def _answer_of(asked: AgencyRequest) -> AgencyReturn | None:
    """What was submitted; before that, what waits for its agency's sign-off."""
    if asked.status == "awaiting_sign_off":
        draft = getattr(asked, "draft", None)
        return AgencyReturn(request=asked, is_nil=bool(draft.is_nil), answers=draft.answers) if draft else None
    return asked.returns.last() if asked.status == "submitted" else None
