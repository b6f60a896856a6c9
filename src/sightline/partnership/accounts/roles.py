"""Who may give out which role; what a role may do once held is a row of the access matrix."""

from typing import Final

from sightline.procedures.access.matrix import MATRIX, Role

ROLE_BY_CODE: Final = MATRIX.role_by_code
ROLE_CHOICES: Final = [(role.code, role.name) for role in ROLE_BY_CODE.values()]

MANAGERS_OF_ACCOUNTS: Final = frozenset({"BM", "SA"})
LEAD_MAY_GRANT: Final = frozenset({"AL", "AC"})
RUNS_THE_SYSTEM: Final = frozenset({"SA", "SU"})
"""Roles that never see a case; the first of them can be held with no role that may."""

MUST_END: Final = frozenset({"IR", "IN"})
"""Delegates, who are let in for a set time only."""


def role(code: str) -> Role:
    return ROLE_BY_CODE[code]


def name_of(code: str) -> str:
    return ROLE_BY_CODE[code].name


def may_grant(granter_codes: frozenset[str], code: str) -> bool:
    """Whether somebody holding these roles may give out this one: managers of accounts any, an agency's lead only its own agency's two."""
    return bool(granter_codes & MANAGERS_OF_ACCOUNTS) or ("AL" in granter_codes and code in LEAD_MAY_GRANT)


def clash(held_codes: frozenset[str], code: str) -> str:
    """Why this role cannot be added to those held, or nothing: whoever administers the system has no role that could see a case."""
    together = held_codes | {code}
    if "SA" in together and (others := sorted(together - RUNS_THE_SYSTEM)):
        return f"{name_of('SA')} cannot be held together with {name_of(others[0])}. Whoever runs the system never sees a case."
    return ""
