"""The safeguarding partners on any day, the partnership itself, and agencies that follow each other."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.abilities import entitled, is_entitled
from sightline.partnership.agencies.entries import AGENCIES, ENTRIES
from sightline.partnership.agencies.forms import OnForm, PartnershipForm, RenameForm, ReplacePartnerForm, SucceedForm, sent
from sightline.partnership.agencies.models import Agency, PartnerArrangement, PartnerRole, Partnership
from sightline.partnership.agencies.workflow import directory, partners
from sightline.procedures.errors import NotAllowedNow


@entitled("K0", "R")
def index(request: HttpRequest) -> HttpResponse:
    """The ways into the directory."""
    kinds = [entry for entry in ENTRIES if is_entitled(request.user, "R", entry.kind)]
    return render(request, "agencies/directory.html", {"kinds": kinds, "urls": [(entry, entry.url("list")) for entry in kinds]})


@entitled("K0", "R")
def partners_on(request: HttpRequest) -> HttpResponse:
    """Who the three safeguarding partners were on a day."""
    form = OnForm(request.GET or None)
    asked = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    held = arrangements.safeguarding_partners(asked or timezone.localdate())
    partnership = Partnership.current()
    context = {
        "form": form,
        "on": asked,
        "partners": [
            (role.label, held.get(role.value), AGENCIES.url("show", held[role.value].pk) if role.value in held else "")
            for role in PartnerRole
        ],
        "name_then": partnership.name_on(asked) if partnership and asked else "",
        "history": PartnerArrangement.objects.select_related("agency").order_by("partner_role", "-valid_from"),
        "may_change": is_entitled(request.user, "M", "K0"),
    }
    return render(request, "agencies/partners.html", context)


@entitled("K0", "M")
def replace_partner(request: HttpRequest) -> HttpResponse:
    """Name a safeguarding partner from a day."""
    form = ReplacePartnerForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and _moved(form, partners.replace, form.cleaned_data["agency"], by=request.user, leave_out="agency")
    ):
        messages.success(request, "Safeguarding partner recorded.")
        return redirect("agencies:partners")
    return render(request, "agencies/replace_partner.html", {"form": form})


def _agency(agency_id: str, **_: str) -> Agency:
    agency = Agency.objects.filter(pk=agency_id).first()
    if agency is None:
        raise Http404
    return agency


@entitled("K0", "M", of=_agency)
def succeed(request: HttpRequest, agency: Agency, **_: str) -> HttpResponse:
    """Record that another agency follows this one."""
    form = SucceedForm(sent(request), ending=agency)
    if form.is_valid() and _moved(form, partners.succeed, agency, by=request.user):
        messages.success(request, f"{agency} is recorded as succeeded.")
        return redirect(AGENCIES.url("show", agency.pk))
    return render(request, "agencies/succeed.html", {"form": form, "agency": agency})


@entitled("K0", "R")
def partnership(request: HttpRequest) -> HttpResponse:
    """The partnership's own details and the names it has had."""
    current = Partnership.current()
    former = current.former_names.order_by("-valid_from") if current else []
    context = {"ours": current, "former_names": former, "may_change": is_entitled(request.user, "E", "K0")}
    return render(request, "agencies/partnership.html", context)


@entitled("K0", "E")
def change_partnership(request: HttpRequest) -> HttpResponse:
    """Write down the partnership's details, for the first time or again."""
    current = Partnership.current()
    form = PartnershipForm(sent(request), instance=current)
    if form.is_valid():
        if current is None:
            directory.add(form.instance, by=request.user)
        else:
            directory.change(current, by=request.user, fields=form.changed_values())
        messages.success(request, "Partnership details saved.")
        return redirect("agencies:partnership")
    return render(request, "agencies/partnership_form.html", {"form": form, "ours": current})


@entitled("K0", "M")
def rename(request: HttpRequest) -> HttpResponse:
    """Give the partnership a new name from a day."""
    current = Partnership.current()
    if current is None:
        raise Http404
    form = RenameForm(sent(request))
    if form.is_valid() and _moved(form, partners.rename, current, by=request.user, today=timezone.localdate()):
        messages.success(request, "New name recorded. The earlier name keeps its dates.")
        return redirect("agencies:partnership")
    return render(request, "agencies/rename.html", {"form": form, "ours": current})


def _moved(form: Any, move: Any, thing: Any, *, leave_out: str = "", **also: Any) -> bool:
    """Make a move with what the form says; a refusal becomes the form's error."""
    said = {name: value for name, value in form.cleaned_data.items() if name != leave_out}
    try:
        move(thing, **said, **also)
    except NotAllowedNow as refusal:
        form.add_error(None, refusal.sentence)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    return not form.errors
