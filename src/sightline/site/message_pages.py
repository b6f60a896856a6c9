"""Messages: in the demo, those it keeps instead of sending; everywhere, whether letters have gone, without a word of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sightline.partnership.accounts.abilities import open_to_all, signed_in
from sightline.partnership.accounts.models import Account, Invitation
from sightline.partnership.agencies.abilities import entitled
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.audit_trail.models import VerificationRun
from sightline.partnership.case_reviews.access import BUSINESS_UNIT
from sightline.partnership.case_reviews.models import AnswerLink
from sightline.partnership.need_to_know.access import kept_from, visible_matters
from sightline.partnership.notices import outbox
from sightline.partnership.notices.models import Notice, SentMessage, State
from sightline.site.paging import newest_first

TONE_BY_STATE: Final = {State.QUEUED: "blue", State.SENDING: "blue", State.SENT: "green", State.FAILED: "red", State.WITHDRAWN: "grey"}

View = Callable[..., HttpResponse]


def in_the_demo(view: View) -> View:
    """A page that exists only in the example partnership."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.IS_DEMO:
            raise Http404
        return view(request, **kwargs)

    return wrapper


@signed_in
@in_the_demo
@require_safe
def own_messages(request: HttpRequest) -> HttpResponse:
    """The messages the demo would have sent to this person."""
    return render(request, "site/messages.html", {"page": newest_first(request, _messages_to(request.user), "kept_at"), "is_own": True})


@signed_in
@in_the_demo
@require_safe
def own_message(request: HttpRequest, message_id: str) -> HttpResponse:
    """One of them."""
    return render(request, "site/message.html", {"message": get_object_or_404(_messages_to(request.user), pk=message_id), "is_own": True})


@open_to_all
@in_the_demo
@require_safe
def all_messages(request: HttpRequest) -> HttpResponse:
    """The demo's messages to people who have no account: invitations, and for the business unit what goes to those whom it asks."""
    return render(request, "site/messages.html", {"page": newest_first(request, _messages_of_nobody_here(request.user), "kept_at")})


@open_to_all
@in_the_demo
@require_safe
def any_message(request: HttpRequest, message_id: str) -> HttpResponse:
    """One of them."""
    return render(request, "site/message.html", {"message": get_object_or_404(_messages_of_nobody_here(request.user), pk=message_id)})


@entitled("K17", "C")
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Whether letters have gone: to whom and when, never what about."""
    notices = _deliveries_shown_to(request.user)
    count_by_state = dict(notices.order_by().values_list("state").annotate(count=Count("pk")))
    page = newest_first(request, notices, "queued_at")
    return render(
        request,
        "site/deliveries.html",
        {
            "page": page,
            "rows": _described(page.rows),
            "counts": [(state.label, count_by_state.get(state, 0), TONE_BY_STATE[state]) for state in State],
            "verified": VerificationRun.objects.order_by("-verified_at").first(),
        },
    )


@entitled("K17", "C")
@require_POST
def send_again(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Give a letter that was given up another try."""
    notice = get_object_or_404(_deliveries_shown_to(request.user), pk=notice_id, state=State.FAILED)
    with transaction.atomic():
        outbox.send_again(notice)
        trail.record("letter.sent_again", notice, by=request.user, kind="K17")
    messages.success(request, "The letter waits in the outbox again.")
    return redirect("deliveries")


def _messages_to(account: Account) -> QuerySet[SentMessage]:
    mine = SentMessage.objects.filter(to_address__iexact=account.email)
    return mine.exclude(notice__in=Notice.objects.filter(kept_from(account, "matter_id")))


def _messages_of_nobody_here(reader: Account | AnonymousUser) -> QuerySet[SentMessage]:
    """Those about no matter; and for the business unit of the example, those to people without account in matters it may know of."""
    shown = Q(notice=None) | Q(notice__matter_id="")
    if isinstance(reader, Account) and {asker.role for asker in reader.askers()} & BUSINESS_UNIT:
        without_account = Q(notice__to__startswith="officer:") | Q(notice__to__startswith="answer_link:")
        shown |= without_account & Q(notice__matter_id__in=visible_matters(reader).values("pk"))
    return SentMessage.objects.filter(shown)


def _deliveries_shown_to(account: Account) -> QuerySet[Notice]:
    return Notice.objects.exclude(kept_from(account, "matter_id"))


def _described(notices: tuple[Notice, ...]) -> list[dict[str, Any]]:
    accounts = Account.objects.select_related("officer").in_bulk({notice.to for notice in notices})
    invited = {f"invitation:{one.pk}": one for one in Invitation.objects.select_related("officer").filter(pk__in=_invitation_ids(notices))}
    asked = _people_without_account(notices)
    return [
        {
            "notice": notice,
            "to": getattr(accounts.get(notice.to) or invited.get(notice.to) or asked.get(notice.to), "name", "Somebody who has left"),
            "tone": TONE_BY_STATE[State(notice.state)],
            "has_failed": notice.state == State.FAILED,
        }
        for notice in notices
    ]


def _invitation_ids(notices: tuple[Notice, ...]) -> list[str]:
    return [notice.to.removeprefix("invitation:") for notice in notices if notice.to.startswith("invitation:")]


def _people_without_account(notices: tuple[Notice, ...]) -> dict[str, Officer]:
    """Officers who are written to at the address of the directory, or by a link of theirs."""
    officers = Officer.objects.filter(pk__in=[notice.to.removeprefix("officer:") for notice in notices])
    links = AnswerLink.objects.select_related("officer").filter(pk__in=[notice.to.removeprefix("answer_link:") for notice in notices])
    return {f"officer:{officer.pk}": officer for officer in officers} | {f"answer_link:{link.pk}": link.officer for link in links}
