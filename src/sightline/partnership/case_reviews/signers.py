"""Who signs for each safeguarding partner on a day: its chief officer or a delegate, unless connected with the case."""

from dataclasses import dataclass
from datetime import date

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Agency, Delegation
from sightline.partnership.case_reviews import access
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.rule_sets import RuleSet
from sightline.procedures.signing import PARTNERS, signing_rule


@dataclass(frozen=True)
class Signer:
    """Somebody who may sign for one partner, by themselves or by a delegation."""

    partner_role: str
    agency: Agency
    account: Account
    delegation: Delegation | None


def signers(matter: Matter, *, kind: str, state: str, rules: RuleSet, on: date) -> dict[str, list[Signer]]:
    """By partner, everybody who may sign on a day. Whoever is kept from the matter is not among them: their deputy signs."""
    may_delegate = signing_rule(rules.id).may_delegate
    delegated = {(row.officer_id, row.partner_role): row for row in Delegation.objects.in_force(on)} if may_delegate else {}
    partners = arrangements.safeguarding_partners(on)
    found: dict[str, list[Signer]] = {role: [] for role in PARTNERS}
    for account in access.holders("DSP", on):
        for role, agency in partners.items():
            if account.agency_id != agency.pk:
                continue
            delegation = delegated.get((account.officer_id, role))
            if delegation is None and account.officer_id != agency.named_executive_id:
                continue
            if need_to_know.decide(account, "V", kind, matter=matter, state=state, on=on):
                found[role].append(Signer(role, agency, account, delegation))
    return found


def signer(account: Account, matter: Matter, *, kind: str, state: str, rules: RuleSet, on: date) -> Signer | None:
    """For which partner somebody signs on a day, if for any."""
    every = signers(matter, kind=kind, state=state, rules=rules, on=on)
    return next((each for group in every.values() for each in group if each.account.pk == account.pk), None)
