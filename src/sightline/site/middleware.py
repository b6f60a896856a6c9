"""What the site adds to every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SIGN_OUT_PATHS = frozenset({"/accounts/logout/"})


class KeepNothingMiddleware:
    """No page is kept by a browser or a cache, and signing out clears what the browser holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
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
