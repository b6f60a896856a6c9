"""Pages for those who look after accounts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sightline.partnership.accounts import access, workflow
from sightline.partnership.accounts.forms import GrantForm, InviteForm, PublishTermsForm, TrainingForm
from sightline.partnership.accounts.models import Account, Invitation, RoleHolding, SuspendedFor, TermsOfUse
from sightline.partnership.accounts.workflow.standing import CONFIRMED_FOR
from sightline.partnership.agencies.abilities import entitled, is_entitled
from sightline.partnership.agencies.forms import sent
from sightline.partnership.agencies.models import Agency
from sightline.procedures.errors import NotAllowedNow


def _finder(model: type, *related: str) -> Callable[..., Any]:
    def find(**ids: str) -> Any:
        thing = model.objects.select_related(*related).filter(pk=next(iter(ids.values()))).first()
        if thing is None:
            raise Http404
        return thing

    return find


find_account = _finder(Account, "officer__agency")
find_invitation = _finder(Invitation, "officer__agency")
find_holding = _finder(RoleHolding, "account__officer__agency")


@entitled("K17", "R", own=True)
def list_accounts(request: HttpRequest) -> HttpResponse:
    """Who has an account, and who has been invited."""
    search, now = request.GET.get("search", "").replace("\0", "").strip(), timezone.now()
    shown = access.visible_accounts(request.user).prefetch_related("role_holdings").order_by("officer__agency__name", "email")
    if search:
        shown = shown.filter(email__icontains=search) | shown.filter(officer__name__icontains=search)
    invitations = access.visible_invitations(request.user).filter(accepted_at=None, revoked_at=None)
    today = timezone.localdate(now)
    context = {
        "accounts": [(account, [h for h in account.role_holdings.all() if h.is_in_force(today)]) for account in shown],
        "invitations": [(invitation, invitation.state(now)) for invitation in invitations],
        "search": search,
        "may_invite": bool(access.grantable_roles(request.user, request.user.agency)),
    }
    return render(request, "accounts/list.html", context)


@entitled("K17", "R", of=find_account)
def show_account(request: HttpRequest, account: Account, **_: str) -> HttpResponse:
    """One account: its person, standing, roles and history."""
    manages = access.can_manage(request.user, account.agency) and request.user.pk != account.pk
    today = timezone.localdate()
    context = {
        "subject": account,
        "holdings": [(holding, holding.is_in_force(today)) for holding in account.role_holdings.select_related("granted_by__officer")],
        "accepted": account.terms_accepted.select_related("terms"),
        "manages": manages,
        "has_second_factor": account.has_second_factor(),
        "training_in_date": account.training_in_date(today),
        "confirm_by": timezone.localdate(account.attested_at + CONFIRMED_FOR),
        "suspended_because": SuspendedFor(account.suspended_for).label if account.suspended_for else "",
        "may_grant": manages and not account.closed_at and bool(access.grantable_roles(request.user, account.agency)),
    }
    return render(request, "accounts/account.html", context)


@entitled("K17", "C", own=True)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person."""
    form = InviteForm(sent(request), by=request.user)
    if form.is_valid():
        said = form.cleaned_data
        if _done(
            form,
            workflow.invite,
            said["officer"],
            email=said["email"],
            role_codes=said["role_codes"],
            ends_on=said["ends_on"],
            by=request.user,
        ):
            messages.success(request, f"Invitation sent to {said['officer'].name}.")
            return redirect("accounts:accounts")
    return render(request, "accounts/invite.html", {"form": form})


@entitled("K17", "M", of=find_account)
def grant_role(request: HttpRequest, account: Account, **_: str) -> HttpResponse:
    """Give an account a role."""
    form = GrantForm(sent(request), account=account, by=request.user)
    if form.is_valid() and _done(form, workflow.grant_role, account, **form.cleaned_data, by=request.user):
        messages.success(request, "Role given.")
        return redirect("accounts:show", account_id=account.pk)
    return render(request, "accounts/grant_role.html", {"form": form, "subject": account})


@entitled("K17", "M", of=find_account)
def training(request: HttpRequest, account: Account, **_: str) -> HttpResponse:
    """Record until when training holds."""
    form = TrainingForm(sent(request), initial={"valid_until": account.training_valid_until})
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(form, workflow.record_training, account, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, "Training recorded.")
        return redirect("accounts:show", account_id=account.pk)
    return render(request, "accounts/training.html", {"form": form, "subject": account})


def _button(move: Callable[..., Any], find: Callable[..., Any], said: str) -> Callable[..., HttpResponse]:
    """A page that makes one move at the press of a button and goes back to where the button was."""

    @require_POST
    @entitled("K17", "M", of=find)
    def press(request: HttpRequest, thing: Any, **_: str) -> HttpResponse:
        try:
            move(thing, by=request.user)
            messages.success(request, said)
        except NotAllowedNow as refusal:
            messages.error(request, refusal.sentence)
        account = thing if isinstance(thing, Account) else getattr(thing, "account", None)
        return redirect("accounts:show", account_id=account.pk) if account else redirect("accounts:accounts")

    return press


confirm = _button(workflow.attest, find_account, "Account confirmed for another 90 days.")
suspend = _button(workflow.suspend, find_account, "Account suspended. Its sessions have ended.")
restore = _button(workflow.restore, find_account, "Account restored.")
end_role = _button(workflow.end_role, find_holding, "Role ended.")
send_again = _button(workflow.reissue, find_invitation, "A new link has been sent. The earlier one no longer works.")
take_back = _button(workflow.revoke, find_invitation, "Invitation taken back.")


@entitled("K17", "R", own=True)
def list_terms(request: HttpRequest) -> HttpResponse:
    """The terms of use in force, by agency."""
    agencies = Agency.objects.in_force(timezone.localdate()).order_by("name")
    if not is_entitled(request.user, "R", "K17"):
        agencies = agencies.filter(pk=request.user.agency_id)
    latest: dict[str, TermsOfUse] = {}
    for terms in TermsOfUse.objects.order_by("version"):
        latest[terms.agency_id] = terms
    context = {
        "rows": [(agency, latest.get(agency.pk)) for agency in agencies],
        "may_publish": access.can_manage(request.user, request.user.agency),
    }
    return render(request, "accounts/terms_list.html", context)


@entitled("K17", "C", own=True)
def publish_terms(request: HttpRequest) -> HttpResponse:
    """Publish a new version of an agency's terms of use."""
    form = PublishTermsForm(sent(request), by=request.user, initial={"agency": request.GET.get("agency", "")})
    if form.is_valid():
        said = form.cleaned_data
        if _done(form, workflow.publish_terms, said["agency"], text=said["text"], by=request.user):
            messages.success(request, "Terms of use published.")
            return redirect("accounts:list_terms")
    return render(request, "accounts/publish_terms.html", {"form": form})


def _done(form: Any, move: Callable[..., Any], thing: Any, **said: Any) -> bool:
    """Make a move; a refusal becomes the form's error."""
    try:
        move(thing, **said)
    except NotAllowedNow as refusal:
        form.add_error(None, refusal.sentence)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    return not form.errors
