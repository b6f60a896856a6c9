"""The few pages that belong to no room: not found, gone wrong, form out of date, and a sign of life."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.html import escape
from django.views.decorators.http import require_safe

NOT_FOUND = "Page not found. If you typed the address, check it is correct."
WENT_WRONG = "Sorry, there is a problem with the service. What you had saved is kept. Try again in a few minutes."


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one page for what is not there and for what this person may not know is there."""
    # Rendered without the request: nothing about the address or the person may make two refusals differ.
    return HttpResponse(_page("404.html", NOT_FOUND), status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """A defect: say so plainly, and nothing else."""
    return HttpResponse(_page("500.html", WENT_WRONG), status=500)


def not_now(request: HttpRequest, sentence: str) -> HttpResponse:
    """The state of things does not allow it: say what to do next, with the way back to what was kept."""
    try:
        page = render_to_string("not_now.html", {"sentence": sentence}, request=request)
    except TemplateDoesNotExist:
        page = _page("", escape(sentence))
    return HttpResponse(page, status=409)


def not_available(sentence: str) -> HttpResponse:
    """What is read cannot be recorded, so nothing is shown."""
    return HttpResponse(_page("503.html", escape(sentence)), status=503, headers={"Retry-After": "120"})


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose one-time token has gone stale, or that came from elsewhere."""
    text = "This form has been open too long. Go back, reload the page and send it again. Your draft is kept."
    return HttpResponse(_page("form_out_of_date.html", text), status=400)


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Says that the web process answers; says nothing of what it holds."""
    return HttpResponse("alive\n", content_type="text/plain")


alive.ability = ("", "open_to_all")  # type: ignore[attr-defined]


def _page(template: str, text: str) -> str:
    try:
        return str(render_to_string(template))
    except TemplateDoesNotExist:
        return f"<!doctype html><html lang=en-GB><meta charset=utf-8><title>Sightline</title><h1>Sightline</h1><p>{text}</p></html>\n"
