"""Pages on the way in: an invitation, the terms, a second factor, and what is shown to those who cannot come in."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from sightline.partnership.accounts import tokens
from sightline.partnership.accounts.abilities import open_to_all, signed_in
from sightline.partnership.accounts.forms import AcceptTermsForm, JoinForm
from sightline.partnership.accounts.models import TermsOfUse
from sightline.partnership.accounts.workflow import accept_invitation, accept_terms, terms_to_accept
from sightline.partnership.agencies.forms import sent
from sightline.procedures.errors import NotAllowedNow

OIDC = "openid_connect"


def organisation_sign_in() -> dict[str, str] | None:
    """The name and address of an organisation's own sign-in, where the settings name one."""
    apps = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).get(OIDC, {}).get("APPS", [])
    if not apps:
        return None
    return {"name": apps[0]["name"], "url": reverse("openid_connect_login", kwargs={"provider_id": apps[0]["provider_id"]})}


@sensitive_post_parameters()
@never_cache
@open_to_all
def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invited person's first page; a link that does not work looks the same whatever is wrong with it."""
    invitation = tokens.invitation_of(token, at=timezone.now())
    if invitation is None:
        return _link_does_not_work(request)
    terms = TermsOfUse.objects.latest_of(invitation.owner_agency_id)
    organisation = organisation_sign_in()
    form = JoinForm(sent(request), invitation=invitation, has_terms=terms is not None, has_organisation=organisation is not None)
    if form.is_valid():
        password = None if form.by_organisation else form.cleaned_data["password"]
        try:
            account = accept_invitation(invitation, token=token, password=password, accepts_terms=True)
        except NotAllowedNow:
            return _link_does_not_work(request)
        if form.by_organisation:
            messages.success(request, "Your account is ready. Sign in through your organisation.")
            return redirect("account_login")
        record_authentication(request, account, method="password", email=account.email)
        return perform_login(request, Login(user=account, email=account.email))
    context = {"invitation": invitation, "terms": terms, "form": form, "organisation": organisation}
    return render(request, "accounts/join.html", context)


def _link_does_not_work(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_does_not_work.html", status=404)


@signed_in
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of use that a person has still to accept."""
    waiting = terms_to_accept(request.user)
    if waiting is None:
        return redirect("/")
    form = AcceptTermsForm(sent(request))
    if form.is_valid():
        accept_terms(waiting, by=request.user)
        return redirect("/")
    return render(request, "accounts/terms.html", {"terms": waiting, "form": form})


@signed_in
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Asks for a passkey or an authenticator app before anything else opens."""
    if request.user.has_second_factor():
        return redirect("/")
    return render(request, "accounts/second_factor_needed.html")


@open_to_all
def signed_out(request: HttpRequest) -> HttpResponse:
    """After a session that ended by itself."""
    return render(request, "accounts/signed_out.html")


@open_to_all
def not_invited(request: HttpRequest) -> HttpResponse:
    """An organisation vouches for a person whom nobody here has invited; says nothing of who is."""
    return render(request, "accounts/not_invited.html")
