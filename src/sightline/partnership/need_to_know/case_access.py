"""Keeping the derived rows of lists true: worked out afresh for a matter by every move that changes who may find it."""

from sightline.partnership.need_to_know.models import CaseAccess, Grant, Matter, Membership
from sightline.partnership.need_to_know.models.case_access import EVERYBODY, agency_principal, grantee_principal, member_principal


def renew(matter: Matter) -> None:
    """Write the rows of one matter again."""
    CaseAccess.objects.filter(matter=matter).delete()
    CaseAccess.objects.bulk_create(_rows(matter))


def _rows(matter: Matter) -> list[CaseAccess]:
    rows = [_row(matter, EVERYBODY)]
    if matter.raised_by_agency_id:
        rows.append(_row(matter, agency_principal(matter.raised_by_agency_id)))
    for membership in Membership.objects.filter(matter=matter, ended_at__isnull=True):
        rows.append(_row(matter, member_principal(membership.account_id), membership))
    for grant in Grant.objects.filter(matter=matter, ended_at__isnull=True):
        rows.append(_row(matter, grantee_principal(grant.account_id), grant))
    return rows


def _row(matter: Matter, principal: str, dated: Membership | Grant | None = None) -> CaseAccess:
    return CaseAccess(
        principal=principal, matter=matter, opened_at=matter.opened_at,
        valid_from=dated.valid_from if dated else None, valid_to=dated.valid_to if dated else None,
    )  # fmt: skip
