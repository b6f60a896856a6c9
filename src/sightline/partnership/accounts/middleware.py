"""At the door: sessions end in time, terms are accepted, a second factor exists; until then nothing else opens."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts import access, gates
from sightline.partnership.accounts.workflow.terms import terms_to_accept


class EntryMiddleware:
    """Sends a person who may not go on yet to the one page that takes them further."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        if request.user.is_authenticated:
            if gates.is_over(request.session, now):
                logout(request)
                return HttpResponseRedirect(reverse("accounts:signed_out"))
            gates.note_activity(request.session, now)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> HttpResponse | None:
        account, name = request.user, request.resolver_match.view_name
        if not account.is_authenticated or name in gates.OPEN_BEFORE_ENTRY:
            return None
        if terms_to_accept(account) is not None:
            return HttpResponseRedirect(reverse("accounts:terms"))
        if name in gates.OPEN_BEFORE_SECOND_FACTOR or not access.second_factor_is_compulsory() or account.has_second_factor():
            return None
        return HttpResponseRedirect(reverse("accounts:second_factor_needed"))
