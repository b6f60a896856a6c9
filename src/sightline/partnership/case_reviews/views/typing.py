"""What somebody was typing when the browser or the power went: kept in the vault, put back on the page."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.people import drafts


def url(form_name: str, about: str) -> str:
    """Where the page sends what is typed."""
    return reverse("people:keep_draft", args=[form_name, about])


def restore(account: Account, form_name: str, about: str, build: Callable[[None], BaseForm]) -> Any:
    """The form as the person left it, or as it is recorded; marked so that its own late echoes can be told apart."""
    draft = drafts.kept(account, form_name, about)
    form: Any = drafts.restore(build(None), draft)
    form.kept_at = draft.saved_at if draft else None
    form.draft_page = drafts.new_page()
    return form


def posted(request: HttpRequest, form: BaseForm) -> Any:
    """A form that came back: if it is shown again, it is still the same open page."""
    form.draft_page = request.POST.get("draft_page", "")
    return form


def discard(request: HttpRequest, form_name: str, about: str) -> None:
    """The form is saved; its draft has done its work."""
    drafts.discard(request.user, form_name, about, page=request.POST.get("draft_page", ""))
