"""What the pages of a matter share: how they find things, and the way between them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.partnership.accounts.access import stepped_up
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.access import Standing, standing
from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.allow import Decision
from sightline.procedures.errors import NotAllowedNow


def matter(matter_id: str, **_: Any) -> Matter:
    return Matter.objects.select_related("raised_by_agency").get(pk=matter_id)


def part_of(model: type[Model], *related: str) -> Callable[..., Any]:
    """Finds a row of a matter by both ids of its address."""

    def find(matter_id: str, part_id: str, **_: Any) -> Any:
        return model.objects.select_related("matter", *related).get(pk=part_id, matter=matter_id)

    return find


def may_declare(how: Standing, thing: Any) -> Decision:
    """Whoever may make or manage blocks; an agency's lead for the agency's own people."""
    may = how.may_know and (how.decide("C", "K18", owner_agency_id=how.account.agency_id) or how.decide("M", "K18"))
    return Decision(bool(may), "K18 C or M")


def may_break_glass(how: Standing, thing: Any) -> Decision:
    return Decision(bool(how.break_glass_roles()) and all(asker.stepped_up for asker in how.roles), "emergency opening")


def may_see_holds(how: Standing, thing: Any) -> Decision:
    return Decision(how.may_know and any(how.decide(action, "K21") for action in "RCV"), "K21 R, C or V")


def links(request: HttpRequest, matter: Matter) -> list[dict[str, Any]]:
    """The pages of this matter that the reader may open."""
    how = standing(request.user, matter, stepped_up=True)
    offered = [
        ("Members", "members", how.decide("R", "K17m")),
        ("Conflicts of interest", "conflicts", how.decide("R", "K18")),
        ("Seals and clearances", "seals", how.decide("R", "K18") and how.decide("R", "K17m")),
        ("Who has looked", "readers", how.decide("R", "K2")),
        ("Legal hold", "hold", may_see_holds(how, matter)),
        ("Open in an emergency", "break_glass", may_break_glass(how, matter)),
    ]
    return [
        {"label": label, "url": (url := reverse(f"need_to_know:{name}", args=[matter.pk])), "is_current": request.path == url}
        for label, name, decision in offered
        if decision
    ]


def typed(request: HttpRequest) -> Any:
    """What was sent with the form, also when it was sent empty."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, template: str, matter: Matter, **context: Any) -> HttpResponse:
    return render(request, f"need_to_know/{template}.html", {"matter": matter, "links": links(request, matter), **context})


def ask(
    request: HttpRequest, matter: Matter, form: Form, move: Callable[[dict[str, Any]], Any], *, then: str, heading: str, submit: str,
    done: str, lead: str = "", warning: str = "", about: str = "",
) -> HttpResponse:  # fmt: skip
    """A page with one form that makes one move, and goes back to the list that shows it."""
    back = reverse(f"need_to_know:{then}", args=[matter.pk])
    if request.method == "POST" and form.is_valid():
        try:
            move(form.cleaned_data)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    return page(request, "ask", matter, form=form, heading=heading, submit=submit, lead=lead, warning=warning, about=about, back=back)


def make(request: HttpRequest, matter: Matter, move: Callable[[], Any], *, then: str, done: str) -> HttpResponse:
    """A button that makes one move without questions."""
    try:
        move()
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(reverse(f"need_to_know:{then}", args=[matter.pk]))


def is_confirmed(request: HttpRequest) -> bool:
    return stepped_up(request)


def can(request: HttpRequest, action: str, kind: str, matter: Matter) -> bool:
    return bool(access.decide(request.user, action, kind, matter=matter, stepped_up=True))
