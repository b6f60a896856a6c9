"""What the site adds to every request and every answer."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sightline.partnership.audit_trail import asking
from sightline.partnership.audit_trail.trail import AuditUnavailable
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.site import views

SIGN_OUT_PATHS = frozenset({"/accounts/logout/"})

Answer = Callable[[HttpRequest], HttpResponse]


class KeepNothingMiddleware:
    """No page is kept by a browser or a cache, and signing out clears what the browser holds."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Every page, not only those of a signed-in person: a difference would itself say who is signed in.
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.method == "POST" and request.path in SIGN_OUT_PATHS:
            response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


class AskingMiddleware:
    """Ties every audit row of a request to that request and to the sign-in behind it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = asking.session_digest(request.session.session_key)
        with asking.during(asking.Asking(request_id=uuid.uuid4().hex, session=session)):
            return self.get_response(request)


class AnswersForReadersMiddleware:
    """Turns the errors meant for a reader into pages; anything else is a defect and rises."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotPermitted):
            return views.not_found(request)
        if isinstance(exception, NotAllowedNow):
            return views.not_now(request, exception.sentence)
        if isinstance(exception, AuditUnavailable):
            return views.not_available(exception.sentence)
        return None
