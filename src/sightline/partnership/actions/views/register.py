"""Pages of the register of actions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.actions import abilities, access
from sightline.partnership.actions.abilities import Seen
from sightline.partnership.actions.forms import RaiseForm
from sightline.partnership.actions.models import Action
from sightline.partnership.actions.workflow import actions
from sightline.partnership.agencies.models import Agency
from sightline.partnership.documents.views import as_attachment
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.action import Rating
from sightline.procedures.errors import NotAllowedNow

MOST = 200


@abilities.lists
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every action that this person may read, their own first."""
    today, account = timezone.localdate(), request.user
    found = access.visible_to(account).prefetch_related("evidence")
    if agency := request.GET.get("agency"):
        found = found.filter(owner_agency=agency)
    if not request.GET.get("ended"):
        found = found.filter(closed_on__isnull=True, superseded_by__isnull=True)
    shown = list(found[:MOST])
    known = access.known_matters(account, shown)
    theme = request.GET.get("theme", "")
    rows = [
        {"action": each, "rating": actions.rating_of(each, today), "knows": each.matter_id in known, "is_mine": _is_mine(account, each)}
        for each in shown
        if not theme or theme in each.themes
    ]
    if request.GET.get("overdue"):
        rows = [row for row in rows if row["rating"] == Rating.OVERDUE]
    rows.sort(key=lambda row: not row["is_mine"])
    context = {
        "rows": rows, "agencies": Agency.objects.filter(actions__in=access.visible_to(account)).distinct(), "asked": request.GET,
        "themes": sorted({theme for each in shown for theme in each.themes}), "may_raise": access.can_raise(account),
    }  # fmt: skip
    return render(request, "actions/register.html", context)


def _is_mine(account: Any, action: Action) -> bool:
    return account.officer_id is not None and action.owner_officer_id == account.officer_id


@abilities.reads
@require_safe
def action(request: HttpRequest, seen: Seen) -> HttpResponse:
    """One action: its three steps, its evidence and its story."""
    found, today = seen.thing, timezone.localdate()
    how = need_to_know.standing(request.user, found.matter)
    locks = actions.locks_of(found)
    context = {
        "action": found, "matter": seen.matter, "rating": actions.rating_of(found, today), "next": locks.next, "today": today,
        "evidence": found.evidence.select_related("document", "added_by__officer"),
        "updates": found.updates.select_related("by__officer").order_by("-at", "-id"), "is_open": not found.superseded_by_id,
        **{f"may_{what}": question(how, found) for what, question in access.QUESTIONS.items()},
    }  # fmt: skip
    return render(request, "actions/action.html", context)


@abilities.reads_evidence
@require_safe
def evidence_file(request: HttpRequest, seen: Seen) -> HttpResponse:
    """A file of evidence; one with a seal only for whoever holds its clearance."""
    document = seen.part.document
    how = need_to_know.standing(request.user, seen.thing.matter)
    own = {"owner_agency_id": seen.thing.owner_agency_id}
    if document is None or document.removed_at or not how.decide("R", "K13", seals=document.seals, **own):
        return render(request, "404.html", status=404)
    return as_attachment(document)


@abilities.raises
@require_http_methods(["GET", "POST"])
def raise_action(request: HttpRequest) -> HttpResponse:
    """Raise an action of no review; those of a review are raised from its learning."""
    form = RaiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.raise_action(**form.cleaned_data, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The action is raised and its owner is written to.")
            return redirect("actions:action", action_id=made.pk)
    return render(request, "actions/step.html", {"form": form, "title": "Raise an action", "submit": "Raise", "action": None})
