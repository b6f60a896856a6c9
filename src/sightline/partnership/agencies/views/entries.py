"""Pages for every kind of entry of the directory: list, show, add, change, end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone

from sightline.partnership.agencies.abilities import entitled, is_entitled
from sightline.partnership.agencies.entries import FROM, UNTIL, Entry, Fact, address_of
from sightline.partnership.agencies.forms import EndForm, OnForm, sent
from sightline.partnership.agencies.workflow import directory
from sightline.procedures.errors import NotAllowedNow

ON_ONE_PAGE = 50


@dataclass(frozen=True)
class Cell:
    """One value of a row, with the page it leads to."""

    label: str
    value: Any
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One entry in a list."""

    cells: list[Cell]
    has_ended: bool
    url: str = ""


@dataclass(frozen=True)
class Page:
    """A part of a long list, and the way to the parts beside it."""

    rows: list[Row]
    newer_url: str = ""
    older_url: str = ""


def list_page(entry: Entry) -> Callable[..., HttpResponse]:
    """The list, as it was on a day."""

    @entitled(entry.kind, "R")
    def show_list(request: HttpRequest) -> HttpResponse:
        form = OnForm(request.GET or None)
        asked = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
        search, everything = request.GET.get("search", "").replace("\0", "").strip(), "all" in request.GET
        entries = _found(entry, asked or timezone.localdate(), search, everything)
        context = {
            "entry": entry,
            "form": form,
            "on": asked,
            "search": search,
            "everything": everything,
            "count": entries.count(),
            "page": _page_of(entry, entries, request.GET),
            "heads": [fact.label for fact in entry.facts] + (["From", "Last day"] if everything and entry.has_period else []),
            "add_url": entry.url("add") if is_entitled(request.user, "C", entry.kind) else "",
        }
        return render(request, "agencies/entry_list.html", context)

    return show_list


def show_page(entry: Entry) -> Callable[..., HttpResponse]:
    """One entry with its history."""

    @entitled(entry.kind, "R", of=_finder(entry))
    def show(request: HttpRequest, thing: Any, **_: str) -> HttpResponse:
        today = timezone.localdate()
        ended = entry.has_period and thing.valid_to is not None and thing.valid_to < today
        context = {
            "entry": entry,
            "thing": thing,
            "facts": [_cell(fact, thing) for fact in _all_facts(entry)],
            "has_ended": ended,
            "list_url": entry.url("list"),
            "sections": [
                {
                    "title": s.title,
                    "heads": [f.label for f in s.facts],
                    "rows": [_row(s.facts, row, today) for row in s.rows(thing)],
                    "empty": s.empty,
                }
                for s in entry.sections
            ],
            "change_url": entry.url("change", thing.pk) if is_entitled(request.user, _changing(entry), entry.kind) else "",
            "end_url": entry.url("end", thing.pk) if entry.has_period and not ended and is_entitled(request.user, "M", entry.kind) else "",
        }
        return render(request, f"agencies/{'agency' if entry.slug == 'agencies' else 'entry'}.html", context)

    return show


def add_page(entry: Entry) -> Callable[..., HttpResponse]:
    """Add an entry."""

    @entitled(entry.kind, "C")
    def add(request: HttpRequest) -> HttpResponse:
        form = entry.form(sent(request), initial=_given(entry, request.GET))
        if form.is_valid():
            thing = directory.add(form.instance, by=request.user, related=form.related())
            messages.success(request, f"{_capital(entry.name)} added.")
            return redirect(entry.url("show", thing.pk))
        return render(request, "agencies/entry_form.html", {"entry": entry, "form": form, "title": f"Add {_article(entry.name)}"})

    return add


def change_page(entry: Entry) -> Callable[..., HttpResponse]:
    """Correct an entry."""

    @entitled(entry.kind, _changing(entry), of=_finder(entry))
    def change(request: HttpRequest, thing: Any, **_: str) -> HttpResponse:
        form = entry.form(sent(request), instance=thing)
        if form.is_valid():
            directory.change(thing, by=request.user, fields=form.changed_values(), related=form.related())
            messages.success(request, f"{_capital(entry.name)} changed.")
            return redirect(entry.url("show", thing.pk))
        return render(request, "agencies/entry_form.html", {"entry": entry, "thing": thing, "form": form, "title": f"Change {thing}"})

    return change


def end_page(entry: Entry) -> Callable[..., HttpResponse]:
    """Give an entry its last day."""

    @entitled(entry.kind, "M", of=_finder(entry))
    def end(request: HttpRequest, thing: Any, **_: str) -> HttpResponse:
        form = EndForm(sent(request))
        if form.is_valid():
            try:
                directory.end(thing, on=form.cleaned_data["on"], by=request.user)
            except NotAllowedNow as refusal:
                form.add_error("on", refusal.sentence)
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
            else:
                messages.success(request, f"{_capital(entry.name)} ended.")
                return redirect(entry.url("show", thing.pk))
        return render(request, "agencies/entry_end.html", {"entry": entry, "thing": thing, "form": form})

    return end


def addresses(entry: Entry) -> list[URLPattern]:
    """The five addresses of a kind of entry; what has no period has no end."""
    root, name = f"directory/{entry.slug}/", entry.name_of
    ending = [path(f"{root}<str:entry_id>/end/", end_page(entry), name=name("end"))] if entry.has_period else []
    return [
        path(root, list_page(entry), name=name("list")),
        path(f"{root}add/", add_page(entry), name=name("add")),
        path(f"{root}<str:entry_id>/", show_page(entry), name=name("show")),
        path(f"{root}<str:entry_id>/change/", change_page(entry), name=name("change")),
        *ending,
    ]


def _all_facts(entry: Entry) -> list[Fact]:
    facts = [*entry.facts, *entry.more]
    said = {fact.label for fact in facts}
    dates = [FROM, UNTIL] if said.isdisjoint({"Last day", "Expires on"}) else [FROM]
    return facts + (dates if entry.has_period else [])


def _changing(entry: Entry) -> str:
    # The matrix has no E for accounts and agreements; whoever manages them corrects them.
    return "M" if entry.kind == "K17" else "E"


def _finder(entry: Entry) -> Callable[..., Any]:
    def find(entry_id: str, **_: str) -> Any:
        thing = entry.model.objects.select_related(*entry.related).filter(pk=entry_id).first()
        if thing is None:
            raise Http404
        return thing

    return find


def _found(entry: Entry, on: date, search: str, everything: bool) -> QuerySet:
    entries = entry.model.objects.select_related(*entry.related)
    if entry.has_period and not everything:
        entries = entries.in_force(on)
    if search and entry.search:
        entries = entries.filter(reduce(or_, (Q(**{f"{name}__icontains": search}) for name in entry.search)))
    return entries


def _page_of(entry: Entry, entries: QuerySet, query: QueryDict) -> Page:
    start = int(query["start"]) if query.get("start", "").isdecimal() else 0
    found = list(entries[start : start + ON_ONE_PAGE + 1])
    facts = entry.facts + ((FROM, UNTIL) if "all" in query and entry.has_period else ())
    return Page(
        rows=[_row(facts, thing, timezone.localdate(), first_links=True) for thing in found[:ON_ONE_PAGE]],
        newer_url=_at(query, max(0, start - ON_ONE_PAGE)) if start else "",
        older_url=_at(query, start + ON_ONE_PAGE) if len(found) > ON_ONE_PAGE else "",
    )


def _at(query: QueryDict, start: int) -> str:
    changed = query.copy()
    changed["start"] = str(start)
    return f"?{changed.urlencode()}"


def _row(facts: tuple[Fact, ...], thing: Any, today: date, *, first_links: bool = False) -> Row:
    cells = [_cell(fact, thing) for fact in facts]
    if first_links:
        cells[0] = Cell(cells[0].label, cells[0].value, address_of(thing))
    ended = getattr(thing, "valid_to", None)
    return Row(cells, has_ended=ended is not None and ended < today, url=address_of(thing))


def _cell(fact: Fact, thing: Any) -> Cell:
    return Cell(fact.label, fact.value(thing), address_of(fact.links_to(thing)) if fact.links_to else "")


def _given(entry: Entry, query: QueryDict) -> dict[str, str]:
    return {name: query[name] for name in query if name in entry.form.base_fields}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _article(words: str) -> str:
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"
