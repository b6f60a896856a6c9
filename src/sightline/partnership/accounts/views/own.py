"""A person's own account: sessions, second factors, terms, training, roles."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.accounts.sessions import end_sessions
from sightline.partnership.accounts.workflow.sign_ins import note_security_change


@signed_in
def my_account(request: HttpRequest) -> HttpResponse:
    """What is kept about the person who is signed in."""
    account, today = request.user, timezone.localdate()
    context = {
        "sessions": UserSession.objects.filter(user=account).order_by("-created_at"),
        "this_session": request.session.session_key,
        "second_factors": Authenticator.objects.filter(user=account).order_by("created_at"),
        "holdings": account.role_holdings.in_force(today),
        "accepted": account.terms_accepted.select_related("terms__agency"),
        "training_in_date": account.training_in_date(today),
    }
    return render(request, "accounts/my_account.html", context)


@require_POST
@signed_in
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    ended = end_sessions(request.user, but=request.session.session_key)
    note_security_change(request.user, change="sessions_ended")
    messages.success(request, f"{ended} other {'session' if ended == 1 else 'sessions'} ended.")
    return redirect("accounts:mine")
