"""A visit by link: bound to the one link that was opened with its code, and over when an hour passes without a page."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth import logout
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from sightline.partnership.case_reviews import links
from sightline.partnership.case_reviews.models import AnswerLink

IDLE_LIMIT: Final = timedelta(minutes=60)
LONGEST_VISIT: Final = timedelta(hours=10)
_NOTED_EVERY: Final = timedelta(minutes=1)
_KEY: Final = "answer_link"


def begin(request: HttpRequest, link: AnswerLink, *, at: datetime) -> None:
    """Bind this browser to one link. What it was before ends, so that nothing else is within reach and nobody fixed the session."""
    logout(request)
    moment = at.timestamp()
    request.session[_KEY] = {"link": link.pk, "began": moment, "seen": moment}
    request.session.set_expiry(int(IDLE_LIMIT.total_seconds()))
    rotate_token(request)


def link_of(request: HttpRequest, *, at: datetime) -> AnswerLink | None:
    """The link of this visit while it opens anything; nothing for a browser in which somebody has signed in since."""
    link = _bound(request, at=at)
    return link if link is not None and links.may_be_used(link, at=at) else None


def used_link_of(request: HttpRequest, *, at: datetime) -> AnswerLink | None:
    """The link of this visit once the answer was submitted during it: for the receipt, and nothing else."""
    link = _bound(request, at=at)
    if link is None or link.used_at is None or not links.is_still_free(link, at=at):
        return None
    return link if link.used_at.timestamp() >= request.session[_KEY]["began"] else None


def end(request: HttpRequest) -> None:
    """Leave: the browser holds nothing of the visit any more."""
    if _KEY in request.session:
        request.session.flush()


def _bound(request: HttpRequest, *, at: datetime) -> AnswerLink | None:
    visit = request.session.get(_KEY)
    if visit is None or request.user.is_authenticated:
        return None
    moment = at.timestamp()
    if moment - visit["seen"] >= IDLE_LIMIT.total_seconds() or moment - visit["began"] >= LONGEST_VISIT.total_seconds():
        end(request)
        return None
    if moment - visit["seen"] >= _NOTED_EVERY.total_seconds():
        request.session[_KEY] = {**visit, "seen": moment}
    return links.with_its_request(visit["link"])
