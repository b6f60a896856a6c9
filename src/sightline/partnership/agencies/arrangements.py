"""Questions to the directory that other rooms ask, each with its day: who is the health partner, who is on duty, is this a working day."""

from collections.abc import Iterable
from datetime import date

from sightline.partnership.agencies.models import (
    DAYS_OF_WARNING,
    Agency,
    Appointment,
    Body,
    DutyTurn,
    Officer,
    PartnerArrangement,
    PartnerRole,
    ProclaimedHoliday,
    RelevantAgencyListing,
    SchoolTerm,
    SharingAgreement,
)
from sightline.procedures.working_days import WorkingCalendar


def safeguarding_partner(role: str, on: date) -> Agency | None:
    """The agency that was the partner of this kind on a day: the clinical commissioning group until 30 June 2022, then the board."""
    arrangement = PartnerArrangement.objects.in_force(on).filter(partner_role=role).select_related("agency").first()
    return arrangement.agency if arrangement else None


def safeguarding_partners(on: date) -> dict[str, Agency]:
    """The partners in place on a day, by role; a role that nobody held is left out."""
    held = {a.partner_role: a.agency for a in PartnerArrangement.objects.in_force(on).select_related("agency")}
    return {role: held[role] for role in PartnerRole.values if role in held}


def is_local_authority(agency: Agency | None, on: date) -> bool:
    return (
        agency is not None
        and PartnerArrangement.objects.in_force(on).filter(partner_role=PartnerRole.LOCAL_AUTHORITY, agency=agency).exists()
    )


def relevant_agencies(on: date) -> Iterable[Agency]:
    """The agencies named in the published list on a day."""
    return Agency.objects.filter(pk__in=RelevantAgencyListing.objects.in_force(on).values("agency")).order_by("name")


def duty_turn(on: date) -> DutyTurn | None:
    """The turn of the duty rota that a day falls in."""
    return DutyTurn.objects.in_force(on).select_related("officer__agency", "cover__agency").first()


def duty_person(on: date) -> Officer | None:
    """Whom an immediate concern reaches on a day: the officer on duty, or the cover when that officer has left."""
    turn = duty_turn(on)
    if turn is None:
        return None
    return next((officer for officer in (turn.officer, turn.cover) if officer.is_serving(on)), None)


def holders(body: Body, on: date) -> list[Appointment]:
    """Everybody who sits on a body on a day, full holders before deputies."""
    appointments = Appointment.objects.in_force(on).filter(seat__body=body).select_related("seat", "officer__agency")
    return sorted(
        (a for a in appointments if a.officer.is_serving(on)), key=lambda a: (a.is_deputy, a.seat.capacity != "chair", a.seat.title)
    )


def working_calendar() -> WorkingCalendar:
    """England's working days as far as they are known, with the bank holidays proclaimed since."""
    return WorkingCalendar.with_proclaimed(dict(ProclaimedHoliday.objects.values_list("held_on", "name")))


def is_term_time(on: date) -> bool | None:
    """Whether schools are open on a day; nothing when no term is known that late."""
    if SchoolTerm.objects.in_force(on).exists():
        return True
    return False if SchoolTerm.objects.filter(valid_to__gte=on).exists() else None


def has_sharing_agreement(agency: Agency | None, on: date) -> bool:
    """Whether the agency is a party to an agreement that is in force."""
    return agency is not None and SharingAgreement.objects.in_force(on).filter(parties=agency).exists()


def agreements_near_expiry(on: date) -> list[SharingAgreement]:
    """Agreements that expire within 60 days, the nearest first."""
    return [a for a in SharingAgreement.objects.in_force(on).order_by("valid_to") if a.days_left(on) <= max(DAYS_OF_WARNING)]
