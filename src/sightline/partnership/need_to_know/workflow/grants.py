"""Access for a limited time to named records: given, renewed at most twice, ended."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know import access, case_access
from sightline.partnership.need_to_know.models import Grant, Matter
from sightline.partnership.need_to_know.models.grant import LONGEST_GRANT, MOST_RENEWALS
from sightline.partnership.need_to_know.workflow import registers
from sightline.partnership.notices import outbox
from sightline.procedures.access.matrix import MATRIX
from sightline.procedures.errors import NotAllowedNow


def grantable_kinds(roles: Collection[str] | None = None) -> list[str]:
    """The kinds of record that a grant can open to these roles, or to any."""
    wanted = roles if roles is not None else MATRIX.role_by_code
    return [
        kind
        for kind in MATRIX.kind_by_code
        if kind not in {"K2", "K7"}
        and any("G" in scope for role in wanted for entry in MATRIX.entries(kind, role) for scope in entry.scopes)
    ]


@transaction.atomic
def give(
    matter: Matter, *, account: Account, purpose: str, kinds: Collection[str], valid_to: date, by: Account, valid_from: date | None = None,
    object_ids: Collection[str] = (),
) -> Grant:  # fmt: skip
    """Open named records of a matter to a person until a day."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    access.check(by, "M", "K17m", matter=matter)
    today = timezone.localdate()
    valid_from = valid_from or today
    if not purpose.strip():
        raise NotAllowedNow("Say what this person needs the access for.")
    _check_last_day(valid_to, valid_from, today)
    roles = {asker.role for asker in askers(account)}
    if not kinds or not set(kinds) <= set(grantable_kinds(roles)):
        raise NotAllowedNow("Choose what may be opened. This person's role limits what can be chosen.")
    if not account.is_active:
        raise NotAllowedNow("This account is closed or suspended. Choose somebody whose account is active.")
    registers.match_person_signing_in(matter, account)
    if access.conflicts_of(account).filter(matter=matter).exists():
        raise NotAllowedNow("This person has a conflict of interest in this matter and cannot be let in.")
    grant = Grant.objects.create(
        matter=matter, account=account, purpose=purpose.strip(), kinds=sorted(kinds), object_ids=sorted(object_ids), valid_from=valid_from,
        valid_to=valid_to, added_by=by,
    )  # fmt: skip
    case_access.renew(matter)
    outbox.queue("need_to_know.member_added", to=account.pk, about=grant.pk, matter_id=matter.pk)
    trail.record("grant.given", grant, by=by, kind="K17m", matter_id=matter.pk)
    return grant


@transaction.atomic
def renew(grant: Grant, *, valid_to: date, by: Account) -> Grant:
    """Let a grant run on, at most twice."""
    grant = Grant.objects.select_for_update().select_related("matter").get(pk=grant.pk)
    access.check(by, "M", "K17m", matter=grant.matter)
    today = timezone.localdate()
    if grant.ended_at is not None:
        raise NotAllowedNow("This access has been ended. Give it anew if it is still needed.")
    if grant.renewals >= MOST_RENEWALS:
        raise NotAllowedNow("This access has been renewed twice already. Give it anew, with its reasons, if it is still needed.")
    _check_last_day(valid_to, max(today, grant.valid_from), today)
    grant.valid_to, grant.renewals, grant.renewed_on = valid_to, grant.renewals + 1, today
    grant.save(update_fields=["valid_to", "renewals", "renewed_on"])
    case_access.renew(grant.matter)
    trail.record("grant.renewed", grant, by=by, kind="K17m", matter_id=grant.matter_id)
    return grant


@transaction.atomic
def end(grant: Grant, *, reason: str, by: Account) -> Grant:
    """Take a grant back at once."""
    grant = Grant.objects.select_for_update().select_related("matter").get(pk=grant.pk)
    access.check(by, "M", "K17m", matter=grant.matter)
    if not reason.strip():
        raise NotAllowedNow("Say why the access ends.")
    if grant.is_over(timezone.localdate()):
        raise NotAllowedNow("This access has already ended.")
    grant.ended_at, grant.ended_by, grant.end_reason = timezone.now(), by, reason.strip()
    grant.save(update_fields=["ended_at", "ended_by", "end_reason"])
    case_access.renew(grant.matter)
    trail.record("grant.ended", grant, by=by, kind="K17m", matter_id=grant.matter_id)
    return grant


def _check_last_day(valid_to: date, start: date, today: date) -> None:
    if valid_to < max(start, today):
        raise NotAllowedNow("The last day must be today or later, and not before the first day.")
    if valid_to > start + LONGEST_GRANT:
        raise NotAllowedNow(f"Access is given for at most {LONGEST_GRANT.days} days at a time.")
