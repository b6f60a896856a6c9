"""What every page shows: whose site it is, its marking, where one can go from here, and whom to ring."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Partnership
from sightline.site import demo

OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"

EVERY_PROFESSIONAL = frozenset({"BM", "BO", "DSP", "PC", "PM", "AL", "AC", "AU", "IR", "SC", "AN", "IG", "LG", "TR", "IN", "SA", "SU"})

# Label, URL name, and the roles that use the page; an empty set is everybody who is signed in.
PLACES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Home", "home", frozenset()),
    ("Serious incidents", "case_reviews:incidents", frozenset({"BM", "BO", "DSP", "PC", "PM", "AL", "AC", "IR", "SC", "IG", "LG", "IN"})),
    ("Rapid reviews", "case_reviews:reviews", frozenset({"BM", "BO", "DSP", "PC", "PM", "IR", "SC", "LG", "IN"})),
    ("Practice reviews", "case_reviews:practice_reviews", frozenset({"BM", "BO", "DSP", "PC", "PM", "IR", "SC", "LG"})),
    ("Meetings", "meetings:meetings", frozenset({"BM", "BO", "DSP", "PC", "PM", "AL", "IR", "SC", "LG"})),
    ("Requests", "case_reviews:my_requests", frozenset({"AL", "AC"})),
    ("Actions", "actions:register", frozenset({"BM", "BO", "DSP", "PC", "PM", "AL", "AC", "SC"})),
    ("Identities", "matching", frozenset({"BM", "BO"})),
    ("Agencies", "agencies:directory", EVERY_PROFESSIONAL),
    ("Accounts", "accounts:accounts", frozenset({"BM", "BO", "DSP", "AL", "SC", "IG", "SA", "SU"})),
    ("Audit", "audit_trail", frozenset({"IG", "SU", "AL", "SC"})),
    ("Letters", "deliveries", frozenset({"BM", "SA"})),
    ("Messages", "messages", frozenset()),
)


def page(request: HttpRequest) -> dict[str, Any]:
    account = getattr(request, "user", None)
    signed_in = isinstance(account, Account) and account.is_authenticated
    return {
        "partnership": Partnership.current(),
        # A page without account never shows anything about a case; every other page may.
        "marking": OFFICIAL_SENSITIVE if signed_in else "OFFICIAL",
        "is_demo": settings.IS_DEMO,
        "demo_sign_ins": demo.sign_ins if settings.IS_DEMO else (),
        "navigation": navigation(request, account) if signed_in else [],
        "account": account if signed_in else None,
        "today": timezone.localdate(),
    }


def navigation(request: HttpRequest, account: Account) -> list[dict[str, Any]]:
    """The places this person's roles use; what they may see there is decided again on each page."""
    roles = {asker.role for asker in askers(account)}
    places = []
    for label, name, for_roles in PLACES:
        if name == "messages" and not settings.IS_DEMO:
            continue  # a real partnership sends its messages
        if not for_roles or roles & for_roles:
            url = reverse(name)
            is_current = request.path == url or (url != "/" and request.path.startswith(url))
            places.append({"label": label, "url": url, "is_current": is_current, "count": None})
    return places
