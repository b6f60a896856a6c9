"""Who may see or do what with a serious incident. Facts are gathered here; the one policy decides."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account, RoleHolding
from sightline.partnership.agencies import arrangements
from sightline.partnership.case_reviews.models import PartnerView, SeriousIncident
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.access.allow import Thing, allow
from sightline.procedures.errors import NotPermitted

BUSINESS_UNIT = frozenset({"BM", "BO"})


def visible_to(account: Account) -> QuerySet[SeriousIncident]:
    """Incidents that this account may know exist: its matters, and its own drafts."""
    raised = SeriousIncident.objects.filter(matter__in=need_to_know.visible_matters(account))
    return raised | SeriousIncident.objects.filter(status="draft", raised_by=account)


def can(account: Account, action: str, kind: str, incident: SeriousIncident) -> bool:
    """A draft belongs to its author alone; everything else is the policy's.

    For showing a way to an identity it is supposed that the person will confirm who they are; the page behind it asks again.
    """
    if incident.is_draft:
        return incident.raised_by_id == account.pk and can_raise(account)
    return need_to_know.decide(
        account, action, kind, matter=incident.matter, owner_agency_id=incident.owner_agency_id,
        owner_account_id=incident.owner_account_id, state=incident.access_state, stepped_up=action == "I",
    ).allowed  # fmt: skip


def readable(account: Account, incidents: Iterable[SeriousIncident]) -> set[str]:
    """The ids of those, out of a list of raised incidents, that this account may read."""
    rows = list(incidents)
    found = need_to_know.standings(account, [incident.matter for incident in rows])
    return {
        incident.pk
        for incident in rows
        if found[incident.matter_id].decide(
            "R", "K3", owner_agency_id=incident.owner_agency_id, owner_account_id=incident.owner_account_id, state=incident.access_state
        )
    }


def can_raise(account: Account) -> bool:
    # Whoever raises an incident owns it and becomes a member of its matter, so both are true of the thing about to exist.
    about_to_be = Thing(own=True, member=True)
    return any(allow(asker, "C", "K3", about_to_be).allowed for asker in askers(account))


def check_can_raise(account: Account) -> None:
    if not can_raise(account):
        raise NotPermitted("Your role does not let you raise a serious incident. Ask your agency's safeguarding lead.")


def can_see(account: Account, incident: SeriousIncident) -> bool:
    return can(account, "R", "K3", incident)


def check_can_see(account: Account, incident: SeriousIncident) -> None:
    if not can_see(account, incident):
        raise NotPermitted("You may not see this incident.")


def can_edit(account: Account, incident: SeriousIncident) -> bool:
    return can(account, "E", "K3", incident)


def check_can_edit(account: Account, incident: SeriousIncident) -> None:
    if not can_edit(account, incident):
        raise NotPermitted("You may not change this incident.")


def can_consult(account: Account, incident: SeriousIncident) -> bool:
    """The business unit alone asks the partners, and sees to it that learning is taken up."""
    if incident.is_draft or not (can(account, "E", "K5", incident) and can_edit(account, incident)):
        return False
    return any(asker.role in BUSINESS_UNIT for asker in need_to_know.standing(account, incident.matter).roles)


def check_can_consult(account: Account, incident: SeriousIncident) -> None:
    if not can_consult(account, incident):
        raise NotPermitted("Only the partnership's business unit asks the partners for their views.")


def can_give_view(account: Account, view: PartnerView) -> bool:
    """The person asked gives the view; the business unit may write it down as it was told to them."""
    if can(account, "V", "K5", view.incident) and account.agency == view.agency:
        return True
    return can_consult(account, view.incident)


def check_can_give_view(account: Account, view: PartnerView) -> None:
    if not can_give_view(account, view):
        raise NotPermitted("Only the partner who was asked, or the business unit on its behalf, records this view.")


def can_decide(account: Account, incident: SeriousIncident) -> bool:
    """The local authority alone decides whether to notify (its director or delegate)."""
    if incident.is_draft or not can(account, "S", "K3", incident):
        return False
    return any(asker.role == "DSP" and asker.is_local_authority for asker in need_to_know.standing(account, incident.matter).roles)


def check_can_decide(account: Account, incident: SeriousIncident) -> None:
    if not can_decide(account, incident):
        raise NotPermitted("The local authority decides whether to notify.")


def check_can_answer_legal_test(account: Account, incident: SeriousIncident) -> None:
    """Whoever may write the incident, and the authority that decides on the answers."""
    if not (can_edit(account, incident) or can_decide(account, incident)):
        raise NotPermitted("You may not answer the legal test of this incident.")


def can_submit(account: Account, incident: SeriousIncident) -> bool:
    return not incident.is_draft and can(account, "S", "K3", incident) and (can_consult(account, incident) or can_decide(account, incident))


def check_can_submit(account: Account, incident: SeriousIncident) -> None:
    if not can_submit(account, incident):
        raise NotPermitted("Only the business unit or the local authority records that the notification was sent.")


def can_take_notification_pack(account: Account, incident: SeriousIncident) -> bool:
    """Whoever submits the notification, and may know who the people in it are."""
    return can_submit(account, incident) and can(account, "I", "K1", incident)


def capacity_of_decider(account: Account) -> str:
    return f"{account.officer.job_title}, {account.agency}"


def business_managers(on: date | None = None) -> list[Account]:
    return holders("BM", on)


def holders(role: str, on: date | None = None) -> list[Account]:
    """Active accounts that hold a role on a day."""
    holdings = RoleHolding.objects.in_force(on or timezone.localdate()).filter(role=role, account__is_active=True)
    return list(Account.objects.filter(pk__in=holdings.values("account")).select_related("officer__agency").order_by("pk"))


def partner_candidates(role: str, on: date | None = None) -> list[Account]:
    """People who may be asked for a safeguarding partner's view: its delegated partners."""
    partner = arrangements.safeguarding_partner(role, on or timezone.localdate())
    return [account for account in holders("DSP", on) if partner is not None and account.agency == partner]


def local_authority_deciders(incident: SeriousIncident) -> list[Account]:
    return [account for account in partner_candidates("local_authority") if can_decide(account, incident)]
