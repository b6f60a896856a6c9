"""The directory: every entry has its dates, so that old questions get old answers."""

from sightline.partnership.agencies.models.absence import Absence
from sightline.partnership.agencies.models.agency import Agency, Sector
from sightline.partnership.agencies.models.appointment import Appointment
from sightline.partnership.agencies.models.body import Body, BodyKind
from sightline.partnership.agencies.models.delegation import Delegation
from sightline.partnership.agencies.models.duty_turn import DutyTurn
from sightline.partnership.agencies.models.officer import Officer
from sightline.partnership.agencies.models.partner_arrangement import PartnerArrangement, PartnerRole
from sightline.partnership.agencies.models.partnership import FormerName, Partnership
from sightline.partnership.agencies.models.period import Period, PeriodQuerySet, in_force
from sightline.partnership.agencies.models.proclaimed_holiday import ProclaimedHoliday
from sightline.partnership.agencies.models.relevant_agency_listing import RelevantAgencyListing, ScheduleType
from sightline.partnership.agencies.models.school_term import SchoolTerm
from sightline.partnership.agencies.models.seat import Capacity, Seat
from sightline.partnership.agencies.models.sharing_agreement import DAYS_OF_WARNING, SharingAgreement, SharingPurpose
from sightline.partnership.agencies.models.ward import Ward

__all__ = [
    "DAYS_OF_WARNING",
    "Absence",
    "Agency",
    "Appointment",
    "Body",
    "BodyKind",
    "Capacity",
    "Delegation",
    "DutyTurn",
    "FormerName",
    "Officer",
    "PartnerArrangement",
    "PartnerRole",
    "Partnership",
    "Period",
    "PeriodQuerySet",
    "ProclaimedHoliday",
    "RelevantAgencyListing",
    "ScheduleType",
    "SchoolTerm",
    "Seat",
    "Sector",
    "SharingAgreement",
    "SharingPurpose",
    "Ward",
    "in_force",
]
