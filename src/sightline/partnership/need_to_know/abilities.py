"""How a page states what it needs, and what happens to whoever may not: one 404, the same for what never existed."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from sightline.partnership.accounts.access import stepped_up
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know.access import Standing, standing
from sightline.partnership.need_to_know.models import ConflictStatement, Matter
from sightline.procedures.access.allow import Decision
from sightline.procedures.errors import NotPermitted

READING: Final = frozenset("LRI")
SENT_TO_STATE: Final = "sent_to_state"
MOST_TO_STATE: Final = 20
UNKNOWN: Final = Decision(False, "unknown")

View = Callable[..., HttpResponse]
Question = Callable[[Standing, Any], Decision | bool]


def needs(kind: str, action: str, of: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """State what a page needs. `of` finds the thing from the address; the page is then given it in place of the address's parts."""

    def question(how: Standing, thing: Any) -> Decision:
        return how.decide(action, kind, **facts_of(thing, how.account))

    return guarded_by(kind, action, of, question)


def needs_to_know(of: Callable[..., Any]) -> Callable[[View], View]:
    """For the few pages that are open to whoever may know that the matter exists."""

    def question(how: Standing, thing: Any) -> Decision:
        return Decision(how.may_know, "may know of the matter")

    return guarded_by("K2", "L", of, question)


def states_position(of: Callable[..., Any]) -> Callable[[View], View]:
    """The statement before a matter opens: for whoever may know that it exists, and for somebody whom a page of it has just let in.

    An agency that is asked about a matter knows its own request and nothing else, and is asked for its statement all the same.
    """

    def decorate(view: View) -> View:
        by_knowing = needs_to_know(of)(view)

        @wraps(view)
        def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            matter = _found(of, kwargs)
            if matter is None or not was_sent_to_state(request, matter):
                return by_knowing(request, **kwargs)
            how = standing(request.user, matter)
            if how.conflict or how.agency_sealed:
                return by_knowing(request, **kwargs)
            trail.record_reading(_name(request), matter, by=request.user, kind="K2", matter_id=matter.pk, rule="sent by a page of it")
            return view(request, matter)

        wrapper.ability = ("K2", "L")  # type: ignore[attr-defined]
        return wrapper

    return decorate


def was_sent_to_state(request: HttpRequest, matter: Matter) -> bool:
    """Whether a page of this matter let the person in and sent them to make their statement first."""
    return matter.pk in request.session.get(SENT_TO_STATE, ())


def facts_of(thing: Any, account: Any) -> dict[str, Any]:
    """What the policy must know about a thing. A thing yet to be made, in no matter, will be the agency's of whoever makes it."""
    if thing is None:
        return {"owner_agency_id": account.agency_id, "owner_account_id": account.pk}
    return {
        "owner_agency_id": getattr(thing, "owner_agency_id", None),
        "owner_account_id": getattr(thing, "owner_account_id", None),
        "state": getattr(thing, "access_state", "open"),
        "seals": getattr(thing, "seals", ()),
        "object_id": str(getattr(thing, "pk", "")),
    }


def matter_of(thing: Any) -> Matter | None:
    return thing if isinstance(thing, Matter) else getattr(thing, "matter", None)


def guarded_by(kind: str, action: str, of: Callable[..., Any] | None, question: Question) -> Callable[[View], View]:
    """A page whose question is not one cell of the table; kind and action are the nearest cell, for the list of addresses and the trail."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            thing = _found(of, kwargs) if of else None
            is_unknown = of is not None and thing is None
            # What does not exist is asked about as if it did, so that both take the same questions to the database.
            matter = Matter() if is_unknown else matter_of(thing)
            how = standing(request.user, matter, stepped_up=stepped_up(request))
            decision = UNKNOWN if is_unknown else question(how, thing)
            if not decision:
                if not is_unknown and question(how.confirmed(), thing):
                    return ask_who_it_is(request)
                return _refuse(request, kind, thing, matter, _rule(decision))
            if matter is not None:
                if action != "L" and not ConflictStatement.objects.filter(account=request.user, matter=matter).exists():
                    return _ask_for_statement(request, matter)
                if action in READING or request.method in ("GET", "HEAD"):
                    trail.record_reading(_name(request), thing, by=request.user, kind=kind, matter_id=matter.pk, rule=_rule(decision))
            try:
                return view(request, thing) if of else view(request, **kwargs)
            except NotPermitted:
                return _refuse(request, kind, thing, matter, "refused by the move")

        wrapper.ability = (kind, action)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def _rule(decision: Decision | bool) -> str:
    return decision.rule if isinstance(decision, Decision) else ""


def _found(of: Callable[..., Any], kwargs: dict[str, Any]) -> Any:
    try:
        return of(**kwargs)
    except (ObjectDoesNotExist, Http404):
        return None


def _refuse(request: HttpRequest, kind: str, thing: Any, matter: Matter | None, rule: str) -> HttpResponse:
    known = matter.pk if matter is not None and not matter._state.adding else ""
    trail.record_reading(_name(request), thing, by=request.user, kind=kind, matter_id=known, rule=rule, decision="refused")
    raise Http404


def ask_who_it_is(request: HttpRequest) -> HttpResponse:
    """To the page on which a person confirms who they are, and back."""
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


def _ask_for_statement(request: HttpRequest, matter: Matter) -> HttpResponse:
    # Written only after the policy has let them in to a page of this matter; it opens the statement and nothing else.
    request.session[SENT_TO_STATE] = [*request.session.get(SENT_TO_STATE, ()), matter.pk][-MOST_TO_STATE:]
    where = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    return HttpResponseRedirect(f"{reverse('need_to_know:statement', args=[matter.pk])}?{urlencode({'next': where})}")


def _name(request: HttpRequest) -> str:
    """What the trail calls a page: its room and name."""
    match = request.resolver_match
    return match.view_name.replace(":", ".").replace("-", "_") if match else "page"
