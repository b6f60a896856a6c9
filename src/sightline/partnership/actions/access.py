"""Who may see or do what with an action and a recommendation. Facts are gathered here; the one policy decides."""

from collections.abc import Iterable
from typing import TypeAlias

from django.db.models import Q, QuerySet

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions.models import Action, Recommendation
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.access import Standing
from sightline.procedures.errors import NotPermitted

BUSINESS_UNIT = frozenset({"BM", "BO"})
SUB_GROUP = frozenset({"BM", "BO", "SC"})
"""Who writes down that a sub-group assured an action: the business unit, or the scrutineer who looked at it."""
EXECUTIVE = frozenset({"BM", "DSP"})

Thing: TypeAlias = Action | Recommendation


def allows(how: Standing, action: str, thing: Thing) -> bool:
    """What the policy says; the log is read under pseudonyms, but never by somebody with a conflict in the matter it came from."""
    agency = thing.owner_agency_id
    return bool(how.decide(action, "K13", owner_agency_id=agency, object_id=thing.pk))


def can(account: Account, action: str, thing: Thing) -> bool:
    return allows(need_to_know.standing(account, thing.matter), action, thing)


def visible_to(account: Account) -> QuerySet[Action]:
    """Every action that this account may read: none of a matter that it is kept from."""
    return _visible(account, Action.objects.select_related("matter", "owner_agency", "owner_officer"))


def recommendations_visible_to(account: Account) -> QuerySet[Recommendation]:
    return _visible(account, Recommendation.objects.select_related("matter", "agency"))


def _visible(account: Account, rows: QuerySet) -> QuerySet:
    agency_field = "owner_agency" if rows.model is Action else "agency"
    how = need_to_know.standing(account, None)
    if how.decide("R", "K13"):
        readable = rows
    elif account.agency_id and how.decide("R", "K13", owner_agency_id=account.agency_id):
        readable = rows.filter(**{agency_field: account.agency_id})
    else:
        return _granted(account, rows)
    return readable.exclude(need_to_know.kept_from(account, "matter") & Q(matter__isnull=False))


def _granted(account: Account, rows: QuerySet) -> QuerySet:
    """A reviewer or inspector reads what a live grant names, and nothing else."""
    matters = list(need_to_know.visible_matters(account).all())
    return rows.filter(pk__in=[row.pk for row in rows.filter(matter__in=matters) if can(account, "R", row)])


def knows_matter(account: Account, thing: Thing) -> bool:
    """Whether the page may name the matter; for everybody else an action stands by itself."""
    return thing.matter is not None and need_to_know.may_know(account, thing.matter)


def known_matters(account: Account, things: Iterable[Thing]) -> set[str]:
    how = need_to_know.standings(account, {thing.matter_id: thing.matter for thing in things if thing.matter}.values())
    return {pk for pk, standing in how.items() if pk and standing.may_know}


def raises(how: Standing) -> bool:
    return bool(how.decide("C", "K13"))


def updates(how: Standing, action: Action) -> bool:
    """The owner's agency for its own, and the business unit for all."""
    return allows(how, "E", action)


def assures(how: Standing, action: Action) -> bool:
    """Somebody other than the owner and than whoever said that it is done."""
    account = how.account
    if account.pk == action.done_by_id or account.officer_id is not None and account.officer_id == action.owner_officer_id:
        return False
    return (allows(how, "E", action) or allows(how, "V", action)) and any(asker.role in SUB_GROUP for asker in how.roles)


def runs(how: Standing, action: Thing) -> bool:
    return allows(how, "E", action) and any(asker.role in BUSINESS_UNIT for asker in how.roles)


def closes(how: Standing, action: Action) -> bool:
    """A delegated partner, or the business manager who writes down what the Executive decided."""
    return allows(how, "R", action) and any(asker.role in EXECUTIVE for asker in how.roles)


QUESTIONS = {"update": updates, "assure": assures, "run": runs, "close": closes}
_SAID = {
    "update": "Only the agency that owns the action and the business unit do this.",
    "assure": "Somebody other than its owner, for the sub-group, does this.",
    "run": "Only the business unit does this.",
    "close": "Only the Executive does this; a delegated partner or the business manager records it.",
}


def may(account: Account, what: str, thing: Thing) -> bool:
    return QUESTIONS[what](need_to_know.standing(account, thing.matter), thing)


def check(account: Account, what: str, thing: Thing) -> None:
    if not may(account, what, thing):
        raise NotPermitted(_SAID[what])


def can_raise(account: Account) -> bool:
    return raises(need_to_know.standing(account, None))


def check_can_raise(account: Account, matter: object = None) -> None:
    if not raises(need_to_know.standing(account, matter)):  # type: ignore[arg-type]
        raise NotPermitted("Only the business unit raises actions and recommendations.")
