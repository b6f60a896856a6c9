"""What each letter says, and whether it may still be said: asked at the moment of sending, one function a template."""

from collections.abc import Callable
from functools import partial
from typing import Final

from allauth.account import app_settings as sign_in_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timeuntil

from sightline.partnership.accounts import tokens
from sightline.partnership.accounts.access import can_manage
from sightline.partnership.accounts.models import Account, Invitation
from sightline.partnership.actions import letters as action_letters
from sightline.partnership.agencies.models import Officer, Partnership
from sightline.partnership.case_reviews import letters, links, practice_letters, request_letters, review_letters
from sightline.partnership.meetings import letters as meeting_letters
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.notices.message import OFFICIAL_SENSITIVE, Message
from sightline.partnership.notices.models import Notice

Handler = Callable[[Notice], Message | None]


class NoHandler(LookupError):
    """A letter was queued that nobody here knows how to write; it waits until somebody does."""


def compose(notice: Notice) -> Message | None:
    """Write one letter, or nothing if its reader may no longer be told."""
    handler = HANDLERS.get(notice.template)
    if handler is None:
        raise NoHandler(notice.template)
    return handler(notice)


def _invitation(notice: Notice) -> Message | None:
    """The link by which an invited person comes in, while the invitation is open."""
    now = timezone.now()
    invitation = Invitation.objects.filter(pk=notice.to.removeprefix("invitation:")).first()
    if invitation is None or not invitation.is_open(now):
        return None
    link = _link("accounts:join", token=tokens.token_of(invitation))
    return Message(
        to=invitation.email,
        subject="You are invited to Sightline",
        body=f"You are invited to use Sightline, the safeguarding children partnership's service.\n\n{link}\n\n"
        f"The link works once, and for {timeuntil(invitation.expires_at, now, depth=1)}. Do not pass it on.\n\n"
        "If you did not expect this, ask the partnership's business unit.",
    )


def _password_reset(notice: Notice) -> Message | None:
    """The link by which a person chooses a new password."""
    account = _reader(notice)
    if account is None or not account.has_usable_password():
        return None
    key = sign_in_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(account)
    link = _link("account_reset_password_from_key", uidb36=user_pk_to_url_str(account), key=key)
    body = f"Somebody asked for a new password for your account.\n\n{link}\n\nIf it was not you, you need not do anything."
    return Message(to=account.email, subject="Choose a new password", body=body)


def _about_the_account(notice: Notice, *, subject: str, line: str) -> Message | None:
    """Something about the reader's own account."""
    account = _reader(notice)
    return Message(to=account.email, subject=subject, body=_waits(line)) if account else None


def _suspended(notice: Notice) -> Message | None:
    """The one letter that goes to an account which is no longer active."""
    account = Account.objects.filter(pk=notice.to, suspended_at__isnull=False, closed_at=None).first()
    line = "Your account is suspended. Ask whoever looks after the accounts of your agency if you still need it."
    return Message(to=account.email, subject="Your account is suspended", body=line) if account else None


def _confirmation_due(notice: Notice) -> Message | None:
    """An account of the agency must be confirmed, or it lapses."""
    account = _reader(notice)
    other = Account.objects.filter(pk=notice.about, is_active=True).select_related("officer__agency").first()
    if account is None or other is None or not can_manage(account, other.agency):
        return None
    line = "An account that you look after must be confirmed soon, or it will be suspended."
    return Message(to=account.email, subject="Confirm an account", body=_waits(line))


def _about_a_matter(notice: Notice, *, line: str) -> Message | None:
    """Something about a matter, to somebody who may know that it exists."""
    account, matter = _reader(notice), Matter.objects.filter(pk=notice.matter_id).first()
    if account is None or matter is None or not access.may_know(account, matter):
        return None
    return _something_waits(account, line)


def _about_an_incident(notice: Notice) -> Message | None:
    """Something about a serious incident; its room says whether, and which line."""
    account = _reader(notice)
    line = letters.line_for(notice.template, to=account, about=notice.about) if account else None
    return _something_waits(account, line) if account and line else None


def _review_opened(notice: Notice) -> Message | None:
    account = _reader(notice)
    line = request_letters.review_line_for(to=account, about=notice.about) if account else None
    return _something_waits(account, line) if account and line else None


def _about_a_request(notice: Notice) -> Message | None:
    """Something about a request to an agency: to an account, or to a person of the directory who has none."""
    account, officer = _reader(notice), _officer(notice)
    person = account or officer
    line = request_letters.line_for(notice.template, to=person, about=notice.about) if person else None
    if line is None:
        return None
    if account is not None:
        return _something_waits(account, line)
    return _to_officer(officer, line) if officer is not None else None


def _about_a_review(notice: Notice) -> Message | None:
    """Something about signing or the National Panel: to an account, or to whoever leads a partner and has none."""
    account, officer = _reader(notice), _officer(notice)
    person = account or officer
    line = review_letters.line_for(notice.template, to=person, about=notice.about) if person else None
    if line is None:
        return None
    if account is not None:
        return _something_waits(account, line)
    return _to_leader(officer, line) if officer is not None else None


def _about_a_practice_review(notice: Notice) -> Message | None:
    """Something asked of an agency for a practice review: of an account, or of a person of the directory who has none."""
    account, officer = _reader(notice), _officer(notice)
    person = account or officer
    line = practice_letters.line_for(notice.template, to=person, about=notice.about) if person else None
    if line is None:
        return None
    if account is not None:
        return _something_waits(account, line)
    return _to_leader(officer, line) if officer is not None else None


def _about_a_meeting(notice: Notice) -> Message | None:
    """Something about a meeting, with the way to it: two steps from the letter to one's own answer."""
    account = _reader(notice)
    found = meeting_letters.line_for(notice.template, to=account, about=notice.about) if account else None
    if account is None or found is None:
        return None
    line, meeting = found
    page = "meetings:my_answer" if notice.template == "meetings.invitation" else "meetings:meeting"
    body = f"{line}\n\nSign in to see it: {_link(page, meeting_id=meeting.pk)}"
    return Message(to=account.email, subject="Something waits for you in Sightline", body=body, marking=OFFICIAL_SENSITIVE)


def _answer_link(notice: Notice) -> Message | None:
    """The link by which somebody without account answers; its code is told by telephone, so that neither opens anything alone."""
    link = request_letters.open_link(notice.to.removeprefix("answer_link:"))
    if link is None or not link.officer.email:
        return None
    address = _link("case_reviews:answer", token=links.token_of(link))
    body = (
        "The safeguarding children partnership asks your agency for information. You can answer without an account.\n\n"
        f"{address}\n\nThe page asks for a code of eight digits. The partnership tells you the code by telephone, on the number that it "
        f"holds for you; it is never sent by e-mail.{_unit_phone()}\n\nDo not pass this message on. If you did not expect it, ring the "
        "partnership before you open the link."
    )
    return Message(to=link.officer.email, subject="You are asked for information", body=body, marking=OFFICIAL_SENSITIVE)


def _officer(notice: Notice) -> Officer | None:
    return Officer.objects.select_related("agency").filter(pk=notice.to.removeprefix("officer:")).exclude(email="").first()


def _to_officer(officer: Officer, line: str) -> Message:
    body = f"{line}\n\nUse the link that you were sent, or ring the safeguarding children partnership.{_unit_phone()}"
    return Message(to=officer.email, subject="Something waits for you in Sightline", body=body, marking=OFFICIAL_SENSITIVE)


def _to_leader(officer: Officer, line: str) -> Message:
    body = f"{line}\n\nRing the safeguarding children partnership.{_unit_phone()}"
    return Message(to=officer.email, subject="Something waits for you in Sightline", body=body, marking=OFFICIAL_SENSITIVE)


def _unit_phone() -> str:
    partnership = Partnership.objects.first()
    return f" Its number is {partnership.contact_phone}." if partnership and partnership.contact_phone else ""


def _reader(notice: Notice) -> Account | None:
    return Account.objects.filter(pk=notice.to, is_active=True).select_related("officer__agency").first()


def _something_waits(account: Account, line: str) -> Message:
    return Message(to=account.email, subject="Something waits for you in Sightline", body=_waits(line), marking=OFFICIAL_SENSITIVE)


def _waits(line: str) -> str:
    return f"{line}\n\nSign in to see it: {settings.ADDRESS}/"


def _link(name: str, **parts: str) -> str:
    return settings.ADDRESS + reverse(name, kwargs=parts)


def _about_an_action(notice: Notice) -> Message | None:
    account = _reader(notice)
    line = action_letters.line_for(notice.template, to=account, about=notice.about) if account else None
    return _something_waits(account, line) if account and line else None


HANDLERS: Final[dict[str, Handler]] = {
    "account.invitation": _invitation,
    "account.password_reset": _password_reset,
    "account.new_sign_in": partial(
        _about_the_account,
        subject="New sign-in to your account",
        line="Somebody signed in to your account from a device not used before. If it was not you, change your password now.",
    ),
    "account.security_changed": partial(
        _about_the_account,
        subject="Your sign-in was changed",
        line="Your password or second factor was changed. If it was not you, tell whoever looks after your agency's accounts now.",
    ),
    "account.suspended": _suspended,
    "account.confirmation_due": _confirmation_due,
    "need_to_know.member_added": partial(_about_a_matter, line="You have been given access to a matter."),
    "need_to_know.conflict_found": partial(_about_a_matter, line="A possible conflict of interest waits for you."),
    "need_to_know.glass_broken": partial(_about_a_matter, line="A matter was opened in an emergency. Somebody must look at it."),
    **dict.fromkeys(letters.LINES, _about_an_incident),
    "case_reviews.review_opened": _review_opened,
    **dict.fromkeys(request_letters.LINES, _about_a_request),
    "case_reviews.answer_link": _answer_link,
    **dict.fromkeys(review_letters.LINES, _about_a_review),
    **dict.fromkeys(meeting_letters.LINES, _about_a_meeting),
    **dict.fromkeys(action_letters.LINES, _about_an_action),
    **dict.fromkeys(practice_letters.LINES, _about_a_practice_review),
}
