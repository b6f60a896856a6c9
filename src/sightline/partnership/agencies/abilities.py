"""Which pages of the directory and of accounts a person may open: things that belong to no matter, so the roles alone decide."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from sightline.partnership.audit_trail import trail
from sightline.procedures.access.allow import Thing, allow
from sightline.procedures.errors import NotPermitted

View = Callable[..., HttpResponse]


def is_entitled(account: Any, action: str, kind: str, *, own: bool = False) -> bool:
    """Whether any role of the account lets it do this; `own` says that the thing belongs to the account's agency."""
    return any(allow(asker, action, kind, Thing(own=own)).allowed for asker in account.askers())


def entitled(kind: str, action: str, of: Callable[..., Any] | None = None, *, own: bool = False) -> Callable[[View], View]:
    """State a page's ability. `of` finds the thing from the address, and the page is given it; `own` opens pages on things yet to be made.

    A refusal is recorded and shown as the one page for what is not there.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            thing = of(**kwargs) if of else None
            belongs = own if thing is None else _is_own(thing, request.user)
            try:
                if not is_entitled(request.user, action, kind, own=belongs):
                    raise NotPermitted
                return view(request, thing, **kwargs) if of else view(request, **kwargs)
            except NotPermitted:
                trail.record_reading("page.refused", thing, by=request.user, kind=kind, decision="refused")
                raise Http404 from None

        wrapper.ability = (kind, action)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def _is_own(thing: Any, account: Any) -> bool:
    owner = getattr(thing, "owner_agency_id", None)
    return owner is not None and owner == account.agency_id
