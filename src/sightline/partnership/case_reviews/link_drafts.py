"""Typing by link that is not lost: the same care as for accounts (see people.drafts), kept with the link instead of an account."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from sightline.partnership.case_reviews.models import AnswerLink, LinkDraft
from sightline.partnership.people import drafts
from sightline.procedures.errors import NotAllowedNow

MOST_DRAFTS = 100


@transaction.atomic
def keep(link: AnswerLink, form: str, data: QueryDict) -> LinkDraft | None:
    """Keep what is typed on one open page. None when that page has been saved already and this is its late echo."""
    values = drafts.typed_values(data)
    if sum(len(text) for texts in values.values() for text in texts) > drafts.LARGEST_DRAFT:
        raise NotAllowedNow("This page holds more than can be kept as a draft. Press save, or shorten the longest answer.")
    page, turn = data.get(drafts.PAGE_FIELD, "")[:40], drafts.whole_number(data.get(drafts.TURN_FIELD))
    draft = LinkDraft.objects.select_for_update().filter(link=link, form=form, page=page).first()
    if draft is None:
        _make_room(link)
        return LinkDraft.objects.create(link=link, form=form, page=page, turn=turn, data=values)
    if draft.is_discarded:
        return None
    if turn and turn <= draft.turn:
        return draft  # an earlier keystroke that arrived after a later one
    draft.data, draft.turn = values, turn
    draft.save(update_fields=["data", "turn", "saved_at"])
    return draft


def restore(link: AnswerLink, form_name: str, build: Callable[[Any], BaseForm]) -> Any:
    """The form as it was left, or as it is recorded; whoever comes back by the same link finds it on any device."""
    draft = LinkDraft.objects.filter(link=link, form=form_name, is_discarded=False).first()
    form: Any = drafts.restore(build(None), draft)
    form.kept_at = draft.saved_at if draft else None
    form.draft_page = drafts.new_page()
    return form


@transaction.atomic
def discard(request: HttpRequest, link: AnswerLink, form: str) -> None:
    """The form is saved; what another window typed after this page was opened is left alone."""
    page = request.POST.get(drafts.PAGE_FIELD, "")
    mine = LinkDraft.objects.filter(link=link, form=form)
    opened_at = drafts.opening_time(page)
    if opened_at is None:
        mine.delete()
        return
    mine.filter(Q(saved_at__lte=opened_at) | Q(page=page)).delete()
    LinkDraft.objects.create(link=link, form=form, page=page, is_discarded=True)


def _make_room(link: AnswerLink) -> None:
    mine = LinkDraft.objects.filter(link=link)
    mine.filter(is_discarded=True, saved_at__lt=timezone.now() - drafts.REMEMBER_DISCARDED_FOR).delete()
    surplus = list(mine.order_by("-saved_at", "-id").values_list("pk", flat=True)[MOST_DRAFTS - 1 :])
    LinkDraft.objects.filter(pk__in=surplus).delete()
