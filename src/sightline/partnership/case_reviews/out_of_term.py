"""Whom to reach about a school or college in its holidays."""

from dataclasses import dataclass
from datetime import date

from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Officer, Sector
from sightline.partnership.case_reviews import routes
from sightline.partnership.case_reviews.models import AgencyRequest


@dataclass(frozen=True)
class OutOfTerm:
    """What the directory holds for the holidays; all of it may be empty, and then the page says so."""

    contact: str
    alternate: Officer | None
    cover: Officer | None


def reached_by(asked: AgencyRequest, *, on: date) -> OutOfTerm | None:
    """The out-of-term contact of an agency of education; nothing in term time or while no term is known."""
    agency = asked.agency
    if agency.sector != Sector.EDUCATION or arrangements.is_term_time(on) is not False:
        return None
    free = [
        officer if officer and routes.why_not_asked(officer, agency, asked.matter, on=on) is None else None
        for officer in (agency.alternate_officer, routes.cover_of(asked.who_answers, on))
    ]
    return OutOfTerm(agency.out_of_term_contact, *free)
