"""How the sign-in library is bent to this house: nobody signs themselves up, letters go through the outbox, secrets lie encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts import access
from sightline.partnership.accounts.gates import authenticated_recently
from sightline.partnership.accounts.models import Account
from sightline.partnership.accounts.workflow.sign_ins import note_security_change, note_sign_in, queue_password_reset

DEVICE_COOKIE = "__Host-device" if settings.IS_HTTPS else "device"
DEVICE_KNOWN_FOR = 60 * 60 * 24 * 180


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations alone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address and the password do not belong together. Check both and try again.",
        "enter_current_password": "That is not your present password. Type it again.",
        "incorrect_password": "That is not your password. Type it again.",
        "too_many_login_attempts": "Too many attempts have failed. Wait 15 minutes, then try again.",
        "rate_limited": "Too many requests. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        known = request.COOKIES.get(DEVICE_COOKIE, "")
        device = note_sign_in(user, device=known, at=timezone.now())
        if device != known:
            response.set_cookie(
                DEVICE_COOKIE, device, max_age=DEVICE_KNOWN_FOR, secure=settings.IS_HTTPS, httponly=True, samesite="Strict", path="/"
            )
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        # Whoever has signed in a moment ago sets up a second factor without typing the password again.
        return not authenticated_recently(context.request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # Letters are queued by name and composed when they are sent; of the library's own only this one is wanted.
        if template_prefix == "account/email/password_reset_key":
            queue_password_reset(context["user"])

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        note_security_change(user, change=template_prefix.rpartition("/")[2])

    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()


class SocialAdapter(DefaultSocialAccountAdapter):
    """An organisation's own sign-in opens an account that exists already, and only by an address it has verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        account = Account.objects.filter(email__in=verified, is_active=True).first()
        if account is None or (request.user.is_authenticated and account != request.user):
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("accounts:not_invited")))
        sociallogin.connect(request, account)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted with the site's key, and the last one cannot be removed where one is compulsory."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or it is no longer valid. Type the one that is shown now.",
        "cannot_delete_authenticator": "This is your only second factor. Set up another one first, then remove this one.",
        "cannot_generate_recovery_codes": "Set up a passkey or an app first. Recovery codes stand in for them.",
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not access.second_factor_is_compulsory() or authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        others = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def _get_site_name(self) -> str:
        return "Sightline"


def username_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Whose sign-in a failed attempt counts against: the address that was typed, whether or not it belongs to anybody."""
    typed = (credentials or {}).get("email") or (credentials or {}).get("login") or request.POST.get("login", "")
    return str(typed).strip().lower()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factor:{key}".encode()).digest())) for key in keys])
