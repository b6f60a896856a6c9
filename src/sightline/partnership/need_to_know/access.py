"""May this person do this, in this matter? The facts are gathered here; the one policy decides; nothing is remembered between requests."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.asked_often import DAY, NOW, AskedOften, Id
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.need_to_know.models import (
    AgencySeal,
    BreakGlass,
    CaseAccess,
    Clearance,
    Conflict,
    Grant,
    LegalHold,
    Matter,
    Membership,
)
from sightline.partnership.need_to_know.models.case_access import EVERYBODY, agency_principal, grantee_principal, member_principal
from sightline.procedures.access.allow import BREAK_GLASS_ROLES, Asker, Decision, Thing, allow
from sightline.procedures.access.matrix import MATRIX
from sightline.procedures.errors import NotPermitted

NOBODY: Final = Decision(False, "not signed in")
NO_ROLE: Final = Decision(False, "no role")
MOST_IN_ONE_QUESTION: Final = 1_024
PROTECTED_ADDRESS: Final = ("protected_address",)

# Actions and learning, conflicts, the trail, requests for information, holds and backups go on after a matter has ended.
OUTLIVE_THE_MATTER: Final = frozenset({"K13", "K18", "K19", "K20", "K21", "K22"})


@dataclass(frozen=True)
class Standing:
    """How one person stands towards one matter on a day."""

    account: Any
    matter: Matter | None
    on: date
    moment: datetime
    roles: tuple[Asker, ...] = ()
    conflict: bool = False
    agency_sealed: bool = False
    member: bool = False
    break_glass: bool = False
    held: bool = False
    clearances: frozenset[str] = frozenset()
    grants: tuple[Grant, ...] = field(default=())

    def thing(
        self, kind: str, role: str, *, owner_agency_id: str | None, owner_account_id: str | None, state: str, seals: Collection[str],
        action: str, object_id: str, released: bool, subject_access: bool,
    ) -> Thing:  # fmt: skip
        """What is asked for, as the policy wants to see it."""
        if MATRIX.is_personal(kind, role):
            own = owner_account_id is not None and owner_account_id == self.account.pk
        else:
            own = owner_agency_id is not None and owner_agency_id == self.account.agency_id
        if state == "open" and kind not in OUTLIVE_THE_MATTER and self.matter is not None and self.matter.is_ended:
            state = "closed"
        if self.held and action == "D" and state != "disposed":
            state = "held"
        return Thing(
            own=own,
            member=self.member,
            grant=any(grant.names(kind, object_id) for grant in self.grants),
            break_glass=self.break_glass,
            conflict=self.conflict,
            agency_sealed=self.agency_sealed,
            seals=frozenset(seals),
            clearances=self.clearances,
            state=state,
            statutory_live=self.matter is not None and self.matter.statutory_live,
            released=released,
            subject_access=subject_access,
        )

    def decide(
        self, action: str, kind: str, *, owner_agency_id: str | None = None, owner_account_id: str | None = None, state: str = "open",
        seals: Collection[str] = (), object_id: str = "", released: bool = False, subject_access: bool = False,
    ) -> Decision:  # fmt: skip
        """Any role of the person is enough; the answer names the rule that let them in, or the last that did not."""
        decision = NO_ROLE
        for asker in self.roles:
            thing = self.thing(
                kind, asker.role, owner_agency_id=owner_agency_id, owner_account_id=owner_account_id, state=state, seals=seals,
                action=action, object_id=object_id, released=released, subject_access=subject_access,
            )  # fmt: skip
            decision = allow(asker, action, kind, thing)
            if decision:
                return decision
        return decision

    def confirmed(self) -> "Standing":
        """The same person, having just confirmed who they are."""
        return replace(self, roles=tuple(replace(asker, stepped_up=True) for asker in self.roles))

    @property
    def may_know(self) -> bool:
        """Whether the person may know that the matter exists: by its core, or by the notification that their own agency raised."""
        return bool(
            self.matter is not None and (self.decide("L", "K2") or self.decide("R", "K3", owner_agency_id=self.matter.raised_by_agency_id))
        )

    def break_glass_roles(self) -> list[str]:
        """The roles by which this person may open the matter in an emergency; none where they may not know of it, or are kept out."""
        return [
            asker.role
            for asker in self.roles
            if asker.role in BREAK_GLASS_ROLES and allow(asker, "L", "K2", self._without_glass(asker.role))
        ]

    def _without_glass(self, role: str) -> Thing:
        return Thing(
            member=self.member,
            grant=any(grant.names("K2") for grant in self.grants),
            conflict=self.conflict,
            agency_sealed=self.agency_sealed,
        )


def standing(account: Account, matter: Matter | None, *, stepped_up: bool = False, on: date | None = None) -> Standing:
    """Gather the facts afresh. A matter that does not exist costs the same questions as one that does."""
    if account is None or not account.is_authenticated:
        return Standing(account, matter, on or timezone.localdate(), timezone.now())
    how = standings(account, [matter], on=on)[matter.pk if matter else None]
    return how.confirmed() if stepped_up else how


def standings(account: Account, matters: Iterable[Matter | None], *, on: date | None = None) -> dict[str | None, Standing]:
    """How one person stands to many matters, by the matter's id, in as many questions as for one."""
    moment = timezone.now()
    on = on or timezone.localdate(moment)
    gathered = _gathered.get()
    if gathered is None:
        return _gather(account, matters, on, moment)
    known = gathered.setdefault((account.pk, on), {})
    wanted = list(matters)
    if missing := [matter for matter in wanted if (matter.pk if matter else None) not in known]:
        known.update(_gather(account, missing, on, moment))
    return known


@contextmanager
def one_look() -> Iterator[None]:
    """For a page that only reads: how a person stands to a matter is gathered once, however many parts of the page ask."""
    token = _gathered.set({})
    try:
        yield
    finally:
        _gathered.reset(token)


_gathered: ContextVar[dict[tuple[str, date], dict[str | None, Standing]] | None] = ContextVar("gathered", default=None)


def _gather(account: Account, matters: Iterable[Matter | None], on: date, moment: datetime) -> dict[str | None, Standing]:
    roles = askers(account, on=on)
    by_id = {matter.pk: matter for matter in matters if matter is not None}
    found: dict[str | None, Standing] = {None: Standing(account, None, on, moment, roles)}
    if not by_id:
        return found
    facts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    grants: dict[str, list[Grant]] = defaultdict(list)
    for some in _batched(by_id):
        # One matter is asked for as many are: how long the question takes tells nothing of what is found.
        size = 1 << (len(some) - 1).bit_length()
        ids = {"account": account.pk, "officer": account.officer_id, "agency": account.agency_id}
        ids |= {f"matter {number}": some[min(number, len(some) - 1)] for number in range(size)}
        form = size, account.officer_id is not None, account.agency_id is not None
        for what, matter_id, seal in _FACTS.rows(*form, ids=ids, on=on, now=moment):
            facts[matter_id][what].add(seal)
        for matter_id, kinds, object_ids in _GRANTS.rows(size, ids=ids, on=on):
            grants[matter_id].append(Grant(kinds=json.loads(kinds), object_ids=json.loads(object_ids)))
    for pk, matter in by_id.items():
        found[pk] = Standing(
            account, matter, on, moment, roles, conflict="conflict" in facts[pk], agency_sealed="agency sealed" in facts[pk],
            member="member" in facts[pk], break_glass="glass" in facts[pk], held="held" in facts[pk],
            clearances=frozenset(facts[pk]["clearance"]), grants=tuple(grants[pk]),
        )  # fmt: skip
    return found


def _batched(ids: Collection[str]) -> Iterator[list[str]]:
    """Ids in parts that one question can hold."""
    rest = list(ids)
    yield from (rest[start : start + MOST_IN_ONE_QUESTION] for start in range(0, len(rest), MOST_IN_ONE_QUESTION))


@dataclass(frozen=True)
class _Somebody:
    """The account of whoever a question will be about."""

    pk: str
    officer_id: str | None
    agency_id: str | None


def _facts(size: int, has_officer: bool, has_agency: bool) -> QuerySet[Any]:
    """All that is recorded between one account and some matters: what it is, the matter, and for a clearance its seal."""
    somebody = _Somebody(Id("account"), Id("officer") if has_officer else None, Id("agency") if has_agency else None)
    ours = {"account": somebody.pk}
    found = {
        "conflict": conflicts_of(somebody),
        "agency sealed": seals_against(somebody),
        "member": Membership.objects.in_force(DAY).filter(**ours),
        "glass": BreakGlass.objects.open_at(NOW).filter(**ours),
        "held": LegalHold.objects.live(),
        "clearance": Clearance.objects.in_force(DAY).filter(**ours),
    }
    parts = [
        rows.filter(matter__in=_places(size)).order_by().values_list(
            Value(what, TextField()), "matter", Cast("seal", TextField()) if what == "clearance" else Value("", TextField())
        )
        for what, rows in found.items()
    ]  # fmt: skip
    return parts[0].union(*parts[1:], all=True)


def _given(size: int) -> QuerySet[Any]:
    """Grants of some matters to one account."""
    rows = Grant.objects.in_force(DAY).filter(account=Id("account"), matter__in=_places(size))
    return rows.values_list("matter", Cast("kinds", TextField()), Cast("object_ids", TextField()))


def _places(size: int) -> list[Id]:
    return [Id(f"matter {number}") for number in range(size)]


_FACTS: Final = AskedOften(_facts)
_GRANTS: Final = AskedOften(_given)


def decide(
    account: Account, action: str, kind: str, *, matter: Matter | None = None, owner_agency_id: str | None = None,
    owner_account_id: str | None = None, state: str = "open", seals: Collection[str] = (), stepped_up: bool = False,
    on: date | None = None, object_id: str = "", released: bool = False, subject_access: bool = False,
) -> Decision:  # fmt: skip
    """May this account do this to this kind of record, of this matter or of none?"""
    if account is None or not account.is_authenticated:
        return NOBODY
    return standing(account, matter, stepped_up=stepped_up, on=on).decide(
        action, kind, owner_agency_id=owner_agency_id, owner_account_id=owner_account_id, state=state, seals=seals, object_id=object_id,
        released=released, subject_access=subject_access,
    )  # fmt: skip


def check(account: Account, action: str, kind: str, **facts: Any) -> Decision:
    """Raise unless permitted."""
    decision = decide(account, action, kind, **facts)
    if not decision:
        raise NotPermitted
    return decision


def may_see_protected_addresses(account: Account, matter: Matter) -> bool:
    """Whether somebody who has been shown an identity may also be shown where that person is hidden."""
    return bool(decide(account, "I", "K1", matter=matter, seals=PROTECTED_ADDRESS, stepped_up=True))


def may_know(account: Account, matter: Matter, *, on: date | None = None) -> bool:
    """Whether this account may know that the matter exists; `visible_matters` is the same question for all of them."""
    return standing(account, matter, on=on).may_know


def visible_matters(account: Account, *, on: date | None = None) -> QuerySet[Matter]:
    """Every matter that this account may know exists."""
    on = on or timezone.localdate()
    principals = principals_of(account, on=on)
    if not principals:
        return Matter.objects.none()
    matters = Matter.objects.all()
    if EVERYBODY not in principals:
        matters = matters.filter(pk__in=CaseAccess.objects.in_force(on).filter(principal__in=principals).values("matter"))
    return matters.exclude(kept_from(account))


def principals_of(account: Account, *, on: date | None = None) -> list[str]:
    """Under which names this account finds matters in lists; asked of the policy, so that a change of the table reaches the lists too."""
    if account is None or not account.is_authenticated:
        return []
    roles = askers(account, on=on)
    if any(allow(asker, "L", "K2", Thing()) for asker in roles):
        return [EVERYBODY]
    principals = []
    if account.agency_id and any(allow(asker, "R", "K3", Thing(own=True)) for asker in roles):
        principals.append(agency_principal(account.agency_id))
    if any(allow(asker, "L", "K2", Thing(member=True)) for asker in roles):
        principals.append(member_principal(account.pk))
    if any(allow(asker, "L", "K2", Thing(grant=True)) for asker in roles):
        principals.append(grantee_principal(account.pk))
    return principals


def kept_from(account: Account, field: str = "pk") -> Q:
    """The matters that this account must not learn of, whatever else it may do."""
    return Q(**{f"{field}__in": conflicts_of(account).values("matter")}) | Q(**{f"{field}__in": seals_against(account).values("matter")})


def conflicts_of(account: "Account | _Somebody") -> QuerySet[Conflict]:
    """Live blocks on this person, put on the account or on the officer who holds it."""
    person = Q(account=account.pk)
    if account.officer_id:
        person |= Q(officer=account.officer_id)
    return Conflict.objects.live().filter(person)


def is_kept_out(officer: Officer, matter: Matter) -> bool:
    """Whether a person of an agency must not learn of a matter, with or without an account: by a conflict, or by a seal on the agency."""
    account = Account.objects.filter(officer=officer).first()
    if account is not None:
        return Matter.objects.filter(pk=matter.pk).filter(kept_from(account)).exists()
    blocked = Conflict.objects.live().filter(matter=matter, officer=officer)
    sealed = AgencySeal.objects.live().filter(matter=matter, agency=officer.agency_id)
    return blocked.exists() or sealed.exists()


def seals_against(account: "Account | _Somebody") -> QuerySet[AgencySeal]:
    """Live seals that keep this person's agency out and do not name the person; a seal follows whoever was there when it was placed."""
    named = AgencySeal.named.through.objects.filter(agencyseal=OuterRef("pk"), account=account.pk)
    kept_out = AgencySeal.kept_out.through.objects.filter(agencyseal=OuterRef("pk"), account=account.pk)
    ours = Q(agency=account.agency_id) if account.agency_id else Q(pk__in=[])
    return AgencySeal.objects.live().filter(ours | Exists(kept_out)).exclude(Exists(named))


def may_hold_clearance(role: str, seal: str) -> bool:
    """Whether row K7 of the table lets a role be cleared for a seal."""
    return any("LPP" not in scope or seal == "legal_privilege" for entry in MATRIX.entries("K7", role) for scope in entry.scopes)
