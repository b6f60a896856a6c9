"""Typing that is not lost: the raw values of a form, kept while somebody writes and dropped when the form is saved.

Only the author reads a draft. What is typed is not yet a record, so it is not read, matched or shown anywhere else, and keeping it
writes no line in the audit trail: the move that saves the form does.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.forms import BaseForm
from django.http import QueryDict
from django.utils import timezone
from ulid import ULID

from sightline.partnership.accounts.models import Account
from sightline.partnership.people.models import Draft
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.references import new_ulid

LARGEST_DRAFT = 512 * 1024
MOST_DRAFTS = 300
MOST_PAGES_OF_ONE_FORM = 8
REMEMBER_DISCARDED_FOR = timedelta(days=2)
PAGE_FIELD, TURN_FIELD = "draft_page", "draft_turn"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", PAGE_FIELD, TURN_FIELD})


def new_page() -> str:
    """A mark for one opening of a page; put it in the form as the hidden field `draft_page`. It tells when the page was opened."""
    return new_ulid()


@transaction.atomic
def keep(account: Account, form: str, about: str, data: QueryDict | Mapping[str, Any]) -> Draft | None:
    """Keep what is typed on one open page. None when that page has been saved already and this is its late echo."""
    values = typed_values(data)
    if len(json.dumps(values)) > LARGEST_DRAFT:
        raise NotAllowedNow("This page holds more than can be kept as a draft. Press save, or shorten the longest answer.")
    page, turn = str(data.get(PAGE_FIELD) or "")[:40], whole_number(data.get(TURN_FIELD))
    draft = Draft.objects.select_for_update().filter(account=account, form=form, about=about, page=page).first()
    if draft is None:
        make_room(account, form, about)
        return Draft.objects.create(account=account, form=form, about=about, page=page, turn=turn, data=values)
    if draft.is_discarded:
        return None
    if turn and turn <= draft.turn:
        return draft  # an earlier keystroke that arrived after a later one
    draft.data, draft.turn, draft.saved_at = values, turn, timezone.now()
    draft.save(update_fields=["data", "turn", "saved_at"])
    return draft


def kept(account: Account, form: str, about: str) -> Draft | None:
    """The newest draft of this form by this person, if there is one."""
    return Draft.objects.filter(account=account, form=form, about=about, is_discarded=False).first()


@transaction.atomic
def discard(account: Account, form: str, about: str, *, page: str = "") -> None:
    """Drop the drafts of a form that has been saved.

    With the page's mark, a draft that another window went on typing after this page was opened is left alone, and a late echo of
    this page cannot bring its draft back.
    """
    drafts = Draft.objects.filter(account=account, form=form, about=about)
    opened_at = opening_time(page)
    if opened_at is None:
        drafts.delete()
        return
    drafts.filter(Q(saved_at__lte=opened_at) | Q(page=page)).delete()
    Draft.objects.create(account=account, form=form, about=about, page=page, is_discarded=True)


def restore(form: BaseForm, draft: Draft | None) -> BaseForm:
    """Fill an unbound form with what was typed, exactly as typed, right or wrong."""
    if draft is not None:
        typed = draft.typed()
        for name, field in form.fields.items():
            key = form.add_prefix(name)
            if not field.widget.value_omitted_from_data(typed, {}, key) or key in draft.data:
                form.initial[name] = field.widget.value_from_datadict(typed, {}, key)
    return form


def typed_values(data: QueryDict | Mapping[str, Any]) -> dict[str, list[str]]:
    """Every posted value by its name; passwords and the page's own marks are left out."""
    names = [name for name in data if name not in NOT_TYPED and "password" not in name]
    if isinstance(data, QueryDict):
        return {name: data.getlist(name) for name in names}
    return {
        name: [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
        for name, value in data.items()
        if name in names
    }


def make_room(account: Account, form: str, about: str) -> None:
    """Forget marks of saved pages after two days, and the oldest drafts of somebody who has left very many open."""
    mine = Draft.objects.filter(account=account)
    mine.filter(is_discarded=True, saved_at__lt=timezone.now() - REMEMBER_DISCARDED_FOR).delete()
    for drafts, most in ((mine.filter(form=form, about=about), MOST_PAGES_OF_ONE_FORM), (mine, MOST_DRAFTS)):
        surplus = list(drafts.order_by("-saved_at", "-id").values_list("pk", flat=True)[most - 1 :])
        Draft.objects.filter(pk__in=surplus).delete()


def opening_time(page: str) -> datetime | None:
    try:
        return ULID.from_str(page).datetime
    except ValueError:
        return None


def whole_number(typed: Any) -> int:
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
