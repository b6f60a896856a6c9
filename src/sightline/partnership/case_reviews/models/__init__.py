from .agency_request import AgencyRequest, AgencyRequestEvent, RequestSubject
from .agency_return import AgencyReturn, RequestMessage, ReturnDraft, ReturnFile
from .answer_link import AnswerLink, LinkDraft
from .clock_correction import ClockCorrection, RuleSetUpgrade
from .consultation import NotificationDecision, NotificationSent, PartnerView
from .family_and_staff import FamilyAndStaff, FamilyContact
from .incident_child import STRUCTURED_CHILDREN, IncidentChild
from .involvement import InvolvedProfessional, ParallelProceeding
from .learning_referral import LearningReferral
from .legal_test import LegalTestAnswer
from .letter_out import DiaryEntry, LetterOut
from .plan import PlanTask, PlanTemplateTask
from .rapid_review import LocalAnchor, RapidReview, RapidReviewStatusChange
from .safety import ImmediateConcern, SafetyAnswer
from .serious_incident import SeriousIncident
from .significant_person import SignificantPerson
from .status_change import StatusChange

__all__ = [
    "STRUCTURED_CHILDREN", "AgencyRequest", "AgencyRequestEvent", "AgencyReturn", "AnswerLink", "ClockCorrection", "DiaryEntry",
    "FamilyAndStaff", "FamilyContact", "ImmediateConcern", "IncidentChild", "InvolvedProfessional", "LearningReferral",
    "LegalTestAnswer", "LetterOut", "LinkDraft", "LocalAnchor", "NotificationDecision", "NotificationSent", "ParallelProceeding",
    "PartnerView", "PlanTask", "PlanTemplateTask", "RapidReview", "RapidReviewStatusChange", "RequestMessage", "RequestSubject",
    "ReturnDraft", "ReturnFile", "RuleSetUpgrade", "SafetyAnswer", "SeriousIncident", "SignificantPerson", "StatusChange",
]  # fmt: skip
