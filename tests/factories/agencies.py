"""Agencies and the people in them."""

from datetime import date
from itertools import count
from typing import Any

from sightline.partnership.agencies.models import Agency, Body, Officer, PartnerArrangement, Partnership, Seat, SharingAgreement

START = date(2019, 5, 1)
_numbers = count(1)


def partnership(**fields: Any) -> Partnership:
    given = {
        "name": "Hartshire Safeguarding Children Partnership",
        "short_name": "TSCP",
        "area": "Hartshire",
        "front_door_name": "Hartshire Front Door",
        "front_door_phone": "01632 960001",
        "out_of_hours_phone": "01632 960002",
        "arrangements_live_on": START,
    }
    return Partnership.objects.create(**{**given, **fields})


def agency(name: str = "", **fields: Any) -> Agency:
    name = name or f"Invented Agency {next(_numbers)}"
    return Agency.objects.create(**{"name": name, "short_name": name, "sector": "other", "valid_from": START, **fields})


def officer(name: str = "", *, of: Agency | None = None, **fields: Any) -> Officer:
    name = name or f"Example Officer {next(_numbers)}"
    return Officer.objects.create(**{"name": name, "job_title": "Invented lead", "agency": of or agency(), "valid_from": START, **fields})


def body(name: str = "", **fields: Any) -> Body:
    return Body.objects.create(**{"name": name or f"Invented Group {next(_numbers)}", "kind": "sub_group", "valid_from": START, **fields})


def seat(title: str = "Member", *, on: Body | None = None, **fields: Any) -> Seat:
    return Seat.objects.create(**{"title": title, "body": on or body(), "valid_from": START, **fields})


def arrangement(partner_role: str, of: Agency, **fields: Any) -> PartnerArrangement:
    return PartnerArrangement.objects.create(**{"partner_role": partner_role, "agency": of, "valid_from": START, **fields})


def agreement(*parties: Agency, **fields: Any) -> SharingAgreement:
    given = {"title": "Invented agreement", "purposes": ["case_review"], "valid_from": START, "valid_to": date(2099, 12, 31)}
    made = SharingAgreement.objects.create(**{**given, **fields})
    made.parties.set(parties)
    return made
