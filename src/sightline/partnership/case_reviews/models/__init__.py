from .agency_request import AgencyRequest, AgencyRequestEvent, RequestSubject
from .agency_return import AgencyReturn, RequestMessage, ReturnDraft, ReturnFile
from .answer_link import AnswerLink, LinkDraft
from .chronology import ChronologyFile, ChronologyRow
from .clock_correction import ClockCorrection, RuleSetUpgrade
from .consultation import NotificationDecision, NotificationSent, PartnerView
from .decision import CriterionAnswer, ProposedDecision, ReportSection
from .enquiry import AgencyReport, FamilyPart, LineEvidence, LineOfEnquiry, PractitionerEvent
from .family_and_staff import FamilyAndStaff, FamilyContact
from .finding import (
    ChronologyAnalysis,
    ChronologyFinding,
    ChronologyRule,
    FindingQuestion,
    FindingRow,
    FindingUse,
    KeyEpisode,
)  # fmt: skip
from .glossary import GlossaryEntry
from .incident_child import STRUCTURED_CHILDREN, IncidentChild
from .involvement import InvolvedProfessional, ParallelProceeding
from .learning import Briefing, BriefingDelivery, LearningPoint, LearningPointAction, LearningReview, ReviewTheme
from .learning_referral import LearningReferral
from .legal_test import LegalTestAnswer
from .letter_out import DiaryEntry, LetterOut
from .outgoing_check import OutgoingCheck
from .panel_reply import InformationAsked, PanelReply, Reconsideration
from .plan import PlanTask, PlanTemplateTask
from .practice_review import ParallelPause, PracticeReview, PracticeReviewStatusChange, Publication, Reviewer
from .rapid_review import LocalAnchor, RapidReview, RapidReviewStatusChange
from .reading import ChronologyReader, RowNote, RowShared
from .review_draft import AccuracyCheck, ReviewDraft
from .safety import ImmediateConcern, SafetyAnswer
from .serious_incident import SeriousIncident
from .significant_person import SignificantPerson
from .signing import Escalation, InterimPosition, ScrutineerComment, Signature, SignedText
from .status_change import StatusChange
from .version_preview import PreviewView, ProtectedFact, VersionPreview

__all__ = [
    "STRUCTURED_CHILDREN", "AccuracyCheck", "AgencyReport", "AgencyRequest", "AgencyRequestEvent", "AgencyReturn", "AnswerLink",
    "Briefing", "BriefingDelivery", "ChronologyAnalysis", "ChronologyFile", "ChronologyFinding", "ChronologyReader", "ChronologyRow",
    "ChronologyRule", "ClockCorrection", "CriterionAnswer", "DiaryEntry", "Escalation", "FamilyAndStaff", "FamilyContact", "FamilyPart",
    "FindingQuestion", "FindingRow", "FindingUse", "GlossaryEntry", "ImmediateConcern", "IncidentChild", "InformationAsked",
    "InterimPosition", "InvolvedProfessional", "KeyEpisode", "LearningPoint", "LearningPointAction", "LearningReferral", "LearningReview",
    "LegalTestAnswer", "LetterOut", "LineEvidence", "LineOfEnquiry", "LinkDraft", "LocalAnchor", "NotificationDecision",
    "NotificationSent", "OutgoingCheck", "PanelReply", "ParallelPause", "ParallelProceeding", "PartnerView", "PlanTask",
    "PlanTemplateTask", "PracticeReview", "PracticeReviewStatusChange", "PractitionerEvent", "PreviewView", "ProposedDecision",
    "ProtectedFact", "Publication", "RapidReview", "RapidReviewStatusChange", "Reconsideration", "ReportSection", "RequestMessage",
    "RequestSubject", "ReturnDraft", "ReturnFile", "ReviewDraft", "ReviewTheme", "Reviewer", "RowNote", "RowShared", "RuleSetUpgrade",
    "SafetyAnswer", "ScrutineerComment", "SeriousIncident", "Signature", "SignedText", "SignificantPerson", "StatusChange",
    "VersionPreview",
]  # fmt: skip
