"""Pages on seals: agencies kept out but for named persons, and who is cleared for what."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.need_to_know.abilities import guarded_by, needs
from sightline.partnership.need_to_know.access import Standing
from sightline.partnership.need_to_know.forms import AgencySealForm, ClearanceForm, NamedPersonForm, ReasonForm
from sightline.partnership.need_to_know.models import AgencySeal, Clearance, Matter
from sightline.partnership.need_to_know.views import parts
from sightline.partnership.need_to_know.workflow import lifting
from sightline.partnership.need_to_know.workflow import seals as moves
from sightline.procedures.access.allow import Decision
from sightline.procedures.access.matrix import MATRIX
from sightline.procedures.errors import NotPermitted


def may_see(how: Standing, thing: object) -> Decision:
    return Decision(bool(how.decide("R", "K18") and how.decide("R", "K17m")), "K18 R and K17m R")


@guarded_by("K18", "R", parts.matter, may_see)
@require_safe
def seals(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Which agencies are kept out, and who is cleared for what is sealed."""
    today = timezone.localdate()
    found = matter.agency_seals.select_related(
        "matter", "agency", "placed_by__officer", "lift_proposed_by__officer", "lifted_by__officer"
    ).prefetch_related("named__officer")
    cleared = matter.clearances.select_related("account__officer__agency", "added_by__officer")
    context = {
        "live": [_dressed(seal, request) for seal in found if not seal.is_lifted], "lifted": [seal for seal in found if seal.is_lifted],
        "clearances": [c for c in cleared if not c.is_over(today)], "past_clearances": [c for c in cleared if c.is_over(today)],
        "can_seal": parts.can(request, "M", "K18", matter), "can_clear": parts.can(request, "M", "K17m", matter),
    }  # fmt: skip
    return parts.page(request, "seals", matter, **context)


@needs("K18", "M", of=parts.matter)
@require_http_methods(["GET", "POST"])
def seal_agency(request: HttpRequest, matter: Matter) -> HttpResponse:
    by = request.user
    own = f"You work for {by.agency}. If you seal it, you will be kept out as well, until somebody names you." if by.agency else ""
    return parts.ask(
        request, matter, AgencySealForm(parts.typed(request), matter=matter), lambda typed: moves.place(matter, named=[], by=by, **typed),
        then="seals", heading="Keep an agency out", submit="Keep this agency out", done="The agency is now kept out of this matter.",
        lead="Use this when somebody senior in an agency is part of the matter. Nobody there will see that it exists. "
        "You can then name the persons who keep access.",
        warning=own,
    )  # fmt: skip


@needs("K18", "M", of=parts.part_of(AgencySeal, "agency"))
@require_http_methods(["GET", "POST"])
def name_person(request: HttpRequest, seal: AgencySeal) -> HttpResponse:
    _check_outside(seal, request)
    return parts.ask(
        request, seal.matter, NamedPersonForm(parts.typed(request), seal=seal),
        lambda typed: moves.name_person(seal, by=request.user, **typed),
        then="seals", heading="Name a person who keeps access", submit="Name this person", about=str(seal.agency),
        done="This person keeps access.",
    )  # fmt: skip


@needs("K18", "M", of=parts.part_of(AgencySeal, "agency"))
@require_POST
def unname_person(request: HttpRequest, seal: AgencySeal) -> HttpResponse:
    account = seal.named.filter(pk=request.POST.get("account", "")).first()
    if account is None:
        raise NotPermitted
    return parts.make(
        request, seal.matter, lambda: moves.unname_person(seal, account=account, by=request.user), then="seals",
        done="This person is now kept out.",
    )  # fmt: skip


@needs("K18", "M", of=parts.part_of(AgencySeal, "agency"))
@require_http_methods(["GET", "POST"])
def propose_unseal(request: HttpRequest, seal: AgencySeal) -> HttpResponse:
    _check_may_speak(seal, request)
    form = ReasonForm(parts.typed(request), label="Why the agency need not be kept out")
    return parts.ask(
        request, seal.matter, form, lambda typed: moves.propose_lift(seal, by=request.user, **typed),
        then="seals", heading="Propose to let the agency in", submit="Propose", about=str(seal.agency),
        done="Your proposal has been recorded. The agency stays kept out until the second person confirms.",
    )  # fmt: skip


@needs("K18", "M", of=parts.part_of(AgencySeal, "agency"))
@require_http_methods(["GET", "POST"])
def confirm_unseal(request: HttpRequest, seal: AgencySeal) -> HttpResponse:
    _check_may_speak(seal, request)
    form = ReasonForm(parts.typed(request), label="Why you agree")
    return parts.ask(
        request, seal.matter, form, lambda typed: moves.confirm_lift(seal, by=request.user, **typed),
        then="seals", heading="Confirm that the agency is let in", submit="Let the agency in", about=str(seal.agency),
        done="The agency is no longer kept out.",
        lead=f"Proposed by {seal.lift_proposed_by}: {seal.lift_reason}" if seal.is_lift_proposed else "",
    )  # fmt: skip


@needs("K18", "M", of=parts.part_of(AgencySeal, "agency"))
@require_POST
def withdraw_unseal(request: HttpRequest, seal: AgencySeal) -> HttpResponse:
    return parts.make(
        request, seal.matter, lambda: moves.withdraw_lift(seal, by=request.user), then="seals", done="The agency stays kept out."
    )


@needs("K17m", "M", of=parts.matter)
@require_http_methods(["GET", "POST"])
def clear(request: HttpRequest, matter: Matter) -> HttpResponse:
    return parts.ask(
        request, matter, ClearanceForm(parts.typed(request), by=request.user), lambda typed: moves.clear(matter, by=request.user, **typed),
        then="seals", heading="Clear a person", submit="Clear this person", done="This person has been cleared.",
        lead="Without a clearance nobody opens what is sealed, whatever else they may see. You cannot clear yourself.",
    )  # fmt: skip


@needs("K17m", "M", of=parts.part_of(Clearance, "account__officer"))
@require_http_methods(["GET", "POST"])
def end_clearance(request: HttpRequest, clearance: Clearance) -> HttpResponse:
    form = ReasonForm(parts.typed(request), label="Why it ends", max_length=300)
    return parts.ask(
        request, clearance.matter, form, lambda typed: moves.end_clearance(clearance, by=request.user, **typed),
        then="seals", heading="End a clearance", submit="End the clearance", done="The clearance has ended.",
        about=f"{clearance.account.name}: {clearance.get_seal_display()}", warning="They can no longer open what is sealed.",
    )  # fmt: skip


def _check_outside(seal: AgencySeal, request: HttpRequest) -> None:
    if request.user.agency_id == seal.agency_id:
        raise NotPermitted


def _check_may_speak(seal: AgencySeal, request: HttpRequest) -> None:
    _check_outside(seal, request)
    if not lifting.lifting_roles(seal, request.user):
        raise NotPermitted


def _dressed(seal: AgencySeal, request: HttpRequest) -> AgencySeal:
    seal.is_ours = seal.agency_id == request.user.agency_id
    roles = [] if seal.is_ours else lifting.lifting_roles(seal, request.user)
    seal.can_propose = bool(roles) and not seal.is_lift_proposed
    seal.can_confirm = seal.is_lift_proposed and seal.other_lifting_role in roles and seal.lift_proposed_by != request.user
    seal.can_withdraw = seal.is_lift_proposed and bool(roles)
    seal.waits_for = MATRIX.role_by_code[seal.other_lifting_role].name if seal.is_lift_proposed else ""
    return seal
