"""A protected matter and everything that lets people in or keeps them out, made through the room's own moves."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.need_to_know import case_access
from sightline.partnership.need_to_know.models import (
    AgencySeal,
    BreakGlass,
    Clearance,
    Conflict,
    ConflictStatement,
    Grant,
    LegalHold,
    Matter,
    Membership,
)
from sightline.partnership.need_to_know.workflow import break_glass, conflicts, grants, holds, matters, members, seals
from tests.factories import accounts

WHY = "An invented reason, written only for a test."


def matter(*members_: Account, by: Account | None = None, raised_by: Agency | None = None, **facts: Any) -> Matter:
    by = by or accounts.account("BM")
    let_in = [(account, "Invented purpose") for account in members_]
    return matters.open_matter("serious_incident", by=by, raised_by_agency=raised_by or by.agency, members=let_in, **facts)


def membership(of: Matter, account: Account, *, by: Account) -> Membership:
    return members.add(of, account=account, purpose="Invented purpose", by=by)


def ended_membership(of: Matter, account: Account, *, by: Account) -> Membership:
    return members.end(membership(of, account, by=by), reason=WHY, by=by)


def grant(of: Matter, account: Account, *, by: Account, kinds: Collection[str] = ("K3",)) -> Grant:
    last_day = timezone.localdate() + timedelta(days=30)
    return grants.give(of, account=account, purpose="Invented purpose", kinds=kinds, valid_to=last_day, by=by)


def expired_grant(of: Matter, account: Account, *, by: Account, kinds: Collection[str] = ("K3",)) -> Grant:
    """A grant whose last day was yesterday; only time makes one, so the days are moved here."""
    made = grant(of, account, by=by, kinds=kinds)
    yesterday = timezone.localdate() - timedelta(days=1)
    made.valid_from, made.valid_to = yesterday - timedelta(days=30), yesterday
    made.save()
    case_access.renew(of)
    return made


def clearance(of: Matter, account: Account, seal: str, *, by: Account) -> Clearance:
    return seals.clear(of, account=account, seal=seal, reason=WHY, by=by)


def conflict(of: Matter, account: Account, *, by: Account) -> Conflict:
    return conflicts.declare(of, account=account, reason=WHY, by=by)


def agency_seal(of: Matter, agency: Agency, *, by: Account, named: Collection[Account] = ()) -> AgencySeal:
    return seals.place(of, agency=agency, named=named, reason=WHY, by=by)


def opened_in_emergency(of: Matter, account: Account) -> BreakGlass:
    return break_glass.use(of, category="child_in_danger", reason=WHY, by=account, stepped_up=True)


def hold(of: Matter, *, by: Account) -> LegalHold:
    return holds.place(of, reason=WHY, by=by)


def statement(of: Matter, account: Account) -> ConflictStatement:
    """The person has said, before first opening the matter, that nothing connects them with it."""
    return ConflictStatement.objects.create(matter=of, account=account, is_connected=False)
