"""How the pages of this room find an action and ask whether this person may.

Whoever may not know of the matter that an action came from reads the action as if it came from none: no statement is asked, no
reference is shown. A conflict in the matter keeps the action itself away.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from sightline.partnership.actions import access
from sightline.partnership.actions.models import Action, ActionEvidence, Recommendation
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.abilities import guarded_by, needs
from sightline.partnership.need_to_know.access import Standing

View = Callable[..., HttpResponse]


class Seen:
    """An action or recommendation as one page has it: with its matter for whoever may know of that, without for everybody else."""

    def __init__(self, thing: Any, *, knows: bool, part: Any = None) -> None:
        self.thing, self.knows, self.part, self.pk = thing, knows, part, thing.pk
        self.matter = thing.matter if knows else None


def action(action_id: str, **_: Any) -> tuple[Any, Any]:
    return Action.objects.select_related("matter", "owner_agency", "owner_officer", "recommendation").get(pk=action_id), None


def evidence(evidence_id: str, **_: Any) -> tuple[Any, Any]:
    found = ActionEvidence.objects.select_related("action__matter", "action__owner_agency", "document").get(pk=evidence_id)
    return found.action, found


def recommendation(recommendation_id: str, **_: Any) -> tuple[Any, Any]:
    return Recommendation.objects.select_related("matter", "agency", "repeats").get(pk=recommendation_id), None


def asks(letter: str, find: Callable[..., tuple[Any, Any]], question: Callable[[Standing, Any], bool]) -> Callable[[View], View]:
    """A page about one thing of this room."""

    def decorate(view: View) -> View:
        def of_matter(**kwargs: Any) -> Seen:
            thing, part = find(**kwargs)
            return Seen(thing, knows=True, part=part)

        def by_itself(**kwargs: Any) -> Seen:
            thing, part = find(**kwargs)
            return Seen(thing, knows=False, part=part)

        def asked(how: Standing, seen: Seen) -> bool:
            if seen.matter is not None or seen.thing.matter is None:
                return question(how, seen.thing)
            real = need_to_know.standing(how.account, seen.thing.matter)
            return question(real, seen.thing)

        def shown(request: HttpRequest, seen: Seen) -> HttpResponse:
            if not seen.knows and request.method in ("GET", "HEAD"):
                trail.record_reading("actions.shown", seen.thing, by=request.user, kind="K13", matter_id=seen.thing.matter_id or "")
            return view(request, seen)

        with_matter = guarded_by("K13", letter, of_matter, asked)(shown)
        without = guarded_by("K13", letter, by_itself, asked)(shown)

        @wraps(view)
        def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            try:
                thing, _ = find(**kwargs)
            except (Http404, Action.DoesNotExist, ActionEvidence.DoesNotExist, Recommendation.DoesNotExist):
                return without(request, **kwargs)
            return (with_matter if access.knows_matter(request.user, thing) else without)(request, **kwargs)

        wrapper.ability = ("K13", letter)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def _reads(how: Standing, thing: Any) -> bool:
    return access.allows(how, "R", thing)


reads = asks("R", action, _reads)
reads_evidence = asks("R", evidence, _reads)
reads_recommendation = asks("R", recommendation, _reads)
updates = asks("E", action, access.updates)
assures = asks("V", action, access.assures)
runs = asks("E", action, access.runs)
closes = asks("V", action, access.closes)
withdraws_evidence = asks("E", evidence, access.updates)
answers_recommendation = asks("E", recommendation, access.runs)
raises = needs("K13", "C")


def lists(view: View) -> View:
    """For the registers: whoever's role may read something of them; the rows are asked one by one."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        how = need_to_know.standing(request.user, None)
        own = {"owner_agency_id": request.user.agency_id}
        if not (how.decide("R", "K13") or how.decide("R", "K13", **own)) and not access.visible_to(request.user).exists():
            raise Http404
        return view(request)

    wrapper.ability = ("K13", "L")  # type: ignore[attr-defined]
    return wrapper
