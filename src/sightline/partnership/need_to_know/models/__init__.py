"""What is protected, who is let in and why, and who is kept out."""

from .agency_seal import AgencySeal
from .break_glass import BreakGlass
from .case_access import CaseAccess
from .clearance import Clearance
from .conflict import Conflict
from .conflict_statement import ConflictStatement
from .exclusion_entry import ExclusionEntry
from .grant import Grant
from .legal_hold import LegalHold
from .matter import Matter
from .matter_person import MatterPerson
from .membership import Membership

__all__ = [
    "AgencySeal",
    "BreakGlass",
    "CaseAccess",
    "Clearance",
    "Conflict",
    "ConflictStatement",
    "ExclusionEntry",
    "Grant",
    "LegalHold",
    "Matter",
    "MatterPerson",
    "Membership",
]
