from .consultation import NotificationDecision, NotificationSent, PartnerView
from .family_and_staff import FamilyAndStaff, FamilyContact
from .incident_child import STRUCTURED_CHILDREN, IncidentChild
from .involvement import InvolvedProfessional, ParallelProceeding
from .learning_referral import LearningReferral
from .legal_test import LegalTestAnswer
from .safety import ImmediateConcern, SafetyAnswer
from .serious_incident import SeriousIncident
from .significant_person import SignificantPerson
from .status_change import StatusChange

__all__ = [
    "STRUCTURED_CHILDREN", "FamilyAndStaff", "FamilyContact", "ImmediateConcern", "IncidentChild", "InvolvedProfessional",
    "LearningReferral", "LegalTestAnswer", "NotificationDecision", "NotificationSent", "ParallelProceeding", "PartnerView",
    "SafetyAnswer", "SeriousIncident", "SignificantPerson", "StatusChange",
]  # fmt: skip
