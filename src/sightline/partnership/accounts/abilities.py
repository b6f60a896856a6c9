"""The two abilities that ask for no role: pages open to all, and pages for whoever is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """A page without account; it shows first that it is not monitored and whom to ring."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs)

    wrapper.ability = ("", "open_to_all")  # type: ignore[attr-defined]
    return login_not_required(wrapper)


def signed_in(view: View) -> View:
    """A page for every person who has signed in and passed the entry checks, about themselves or about nothing protected."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs)

    wrapper.ability = ("", "signed_in")  # type: ignore[attr-defined]
    return wrapper
