"""Within a page that only reads, how its reader stands to a matter is asked once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sightline.partnership.need_to_know.access import one_look


class OneLookMiddleware:
    """A page that writes asks afresh at each step: what was true when it began may have been taken away meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with one_look():
            return self.get_response(request)
