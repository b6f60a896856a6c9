"""The one policy on access: may this asker do this, to this kind of record, given these facts about it?"""

from dataclasses import dataclass
from typing import Final

from sightline.procedures.access.matrix import ACTIONS, MATRIX, Matrix

LEGAL_PRIVILEGE: Final = "legal_privilege"
SEALS: Final = {
    LEGAL_PRIVILEGE: "Legally privileged",
    "police": "Police or Crown Prosecution Service",
    "adoption": "Adoption",
    "whistleblower": "Whistleblower",
    "protected_address": "Protected address",
}

ALL_ACTIONS: Final = frozenset(ACTIONS)
ACTIONS_BY_STATE: Final = {
    "draft": frozenset("LRCESD"),  # and for its author's side only
    "open": ALL_ACTIONS,
    "submitted": ALL_ACTIONS - {"E"},
    "locked": ALL_ACTIONS - {"E"},
    "closed": ALL_ACTIONS - frozenset("CESVM"),
    "held": ALL_ACTIONS - {"D"},
    "disposed": frozenset(),
}
SUBMITTED_STATES: Final = frozenset({"submitted", "locked", "closed"})

STEP_UP_ACTIONS: Final = frozenset("IXP")
BREAK_GLASS_ROLES: Final = frozenset({"BM", "DSP", "PC", "IG"})
BREAK_GLASS_ACTIONS: Final = frozenset("LRI")
BREAK_GLASS_KINDS: Final = frozenset({"K2", "K3", "K4", "K5", "K6", "K16"})
SHARING_KINDS: Final = frozenset({"K4", "K8", "K17m"})


@dataclass(frozen=True)
class Asker:
    """One role of the person who asks, and what is known of their sign-in, agency and training."""

    role: str
    active: bool = True
    second_factor: bool = True
    stepped_up: bool = False
    is_local_authority: bool = False
    training_in_date: bool = True
    sharing_agreement: bool = True


@dataclass(frozen=True)
class Thing:
    """What is asked for, as it stands towards the asker: whose it is, what seals it bears, in which state it is."""

    own: bool = False
    member: bool = False
    grant: bool = False
    break_glass: bool = False
    conflict: bool = False
    agency_sealed: bool = False
    seals: frozenset[str] = frozenset()
    clearances: frozenset[str] = frozenset()
    state: str = "open"
    statutory_live: bool = False
    released: bool = False
    subject_access: bool = False


@dataclass(frozen=True)
class Decision:
    """The answer, and the rule that gave it, for the audit trail."""

    allowed: bool
    rule: str

    def __bool__(self) -> bool:
        return self.allowed


def allow(asker: Asker, action: str, kind: str, thing: Thing, matrix: Matrix = MATRIX) -> Decision:
    """Decide. Whatever forbids is asked first, and beats whatever permits; what no entry of the table permits is refused."""
    if forbidden := _forbidden_by(asker, action, kind, thing):
        return Decision(False, forbidden)
    glass = _glass_is_broken(asker, action, thing)
    for entry in matrix.entries(kind, asker.role):
        gives = action in entry.actions or (action == "R" and "I" in entry.actions)  # who may see the name may see the pseudonym
        if gives and any(_holds(scope, asker, thing, glass) for scope in entry.scopes):
            return Decision(True, f"{kind} {asker.role} {entry.text}")
    if glass and action in "LR" and kind in BREAK_GLASS_KINDS:
        return Decision(True, f"{kind} {asker.role} break-glass")
    return Decision(False, "not in the table")


def _forbidden_by(asker: Asker, action: str, kind: str, thing: Thing) -> str:
    """Name the rule that forbids this whatever the table says, or nothing."""
    if thing.conflict:
        return "conflict of interest"
    if thing.agency_sealed:
        return "sealed to named persons of the agency"
    if not asker.active:
        return "account not active"
    if not asker.second_factor:
        return "no second factor"
    if not thing.seals <= thing.clearances:
        return "sealed"
    if thing.state == "draft" and not thing.own:
        return "draft of another's"
    if not _state_allows(asker, action, thing):
        return f"state {thing.state}"
    if action in STEP_UP_ACTIONS and not asker.stepped_up:
        return "step-up needed"
    if _is_new_sharing(action, kind) and _has_lapsed(asker) and not thing.statutory_live:
        return "training or sharing agreement lapsed"
    return ""


def _state_allows(asker: Asker, action: str, thing: Thing) -> bool:
    if thing.state == "closed" and action == "M" and asker.role == "BM":
        return True  # somebody must be able to let a person into, or out of, a closed matter
    return action in ACTIONS_BY_STATE.get(thing.state, frozenset())


def _is_new_sharing(action: str, kind: str) -> bool:
    return action in "XM" or (action == "C" and kind in SHARING_KINDS)


def _has_lapsed(asker: Asker) -> bool:
    return not (asker.training_in_date and asker.sharing_agreement)


def _glass_is_broken(asker: Asker, action: str, thing: Thing) -> bool:
    """Say whether an emergency opening counts here: reading only, four roles, confirmed sign-in, never for legal privilege."""
    return (
        thing.break_glass
        and asker.role in BREAK_GLASS_ROLES
        and action in BREAK_GLASS_ACTIONS
        and asker.stepped_up
        and LEGAL_PRIVILEGE not in thing.seals
    )


def _holds(scope: frozenset[str], asker: Asker, thing: Thing, glass: bool) -> bool:
    """Say whether every condition of a scope holds."""
    return all(_condition_holds(condition, asker, thing, glass) for condition in scope)


def _condition_holds(condition: str, asker: Asker, thing: Thing, glass: bool) -> bool:
    match condition:
        case "A":
            return True
        case "O" | "OWN":
            return thing.own
        case "C":
            return thing.member or glass
        case "G":
            return thing.grant or glass
        case "LA":
            return asker.is_local_authority
        case "SAR":
            return thing.subject_access
        case "V":
            return thing.released
        case "K":
            return bool(thing.seals) and thing.seals <= thing.clearances
        case "LPP":
            return LEGAL_PRIVILEGE in thing.seals
        case "SUB":
            return thing.state in SUBMITTED_STATES
        case _:
            return False
