"""Arden's agencies, people, bodies, calendar and sign-ins, read from `partnership.toml` beside this file."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account, RoleHolding, TermsAcceptance, TermsOfUse
from sightline.partnership.accounts.roles import MUST_END, name_of
from sightline.partnership.agencies.models import (
    Agency,
    Appointment,
    Body,
    Delegation,
    DutyTurn,
    FormerName,
    Officer,
    PartnerArrangement,
    Partnership,
    RelevantAgencyListing,
    SchoolTerm,
    Seat,
    SharingAgreement,
    Ward,
)
from sightline.partnership.audit_trail import trail

PASSWORD: Final = "arden-example-only"
LIVE_ON: Final = date(2019, 5, 1)
FIRST_AGREEMENT_ENDED: Final = date(2022, 6, 30)
WEEKS_ON_THE_ROTA: Final = 104
PARENT: Final = ("parent@arden.example", "An invented parent")


@cache
def facts() -> dict[str, Any]:
    """What the file says of Arden."""
    return tomllib.loads(files(__package__).joinpath("partnership.toml").read_text(encoding="utf-8"))


AGENCIES: Final = {code: row["short_name"] for code, row in facts()["agencies"].items()}


@transaction.atomic
def load_partnership(started_on: date) -> None:
    """Write Arden into an empty database; where there is a partnership already, do nothing."""
    if Partnership.objects.exists():
        return
    partnership = _partnership()
    agencies = _agencies()
    people = _people(agencies)
    _leads(agencies, people)
    _bodies(agencies, people)
    _delegations(people)
    _agreements(agencies, started_on)
    _calendar(people, started_on)
    _accounts(agencies, people, started_on)
    trail.record("example.loaded", partnership, by=None, kind="K0")


def sign_ins() -> list[tuple[str, str, str]]:
    """Who can try Arden out: role and name, e-mail address, password."""
    people = [row for row in facts()["people"].values() if "roles" in row and "to" not in row]
    named = [(f"{name_of(row['roles'][0])}: {row['name']}, {AGENCIES[row['agency']]}", email_of(row["name"]), PASSWORD) for row in people]
    return [*named, (f"{name_of('KIN')}: {PARENT[1]}", PARENT[0], PASSWORD)]


def email_of(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@arden.example"


def _partnership() -> Partnership:
    told = facts()
    partnership = Partnership.objects.create(arrangements_live_on=LIVE_ON, **told["partnership"])
    FormerName.objects.create(partnership=partnership, valid_from=LIVE_ON, **told["former_name"])
    Ward.objects.bulk_create([Ward(name=name, valid_from=LIVE_ON) for name in told["wards"]["names"]])
    return partnership


def _agencies() -> dict[str, Agency]:
    agencies, listings = {}, []
    for code, row in facts()["agencies"].items():
        agencies[code] = Agency(
            name=row["name"],
            short_name=row["short_name"],
            sector=row["sector"],
            valid_from=row.get("valid_from", LIVE_ON),
            valid_to=row.get("valid_to"),
            out_of_term_contact=row.get("holidays", ""),
        )
        if "type" in row:
            listings.append(
                RelevantAgencyListing(
                    agency=agencies[code],
                    schedule_type=row["type"],
                    why_chosen=row["why"],
                    valid_from=LIVE_ON,
                    valid_to=row.get("listed_to"),
                )
            )
    Agency.objects.bulk_create(agencies.values())
    RelevantAgencyListing.objects.bulk_create(listings)
    for row in facts()["partners"]:
        PartnerArrangement.objects.create(
            partner_role=row["role"],
            agency=agencies[row["agency"]],
            valid_from=row.get("valid_from", LIVE_ON),
            valid_to=row.get("valid_to"),
        )
    return agencies


def _people(agencies: dict[str, Agency]) -> dict[str, Officer]:
    people = {
        code: Officer(
            name=row["name"],
            job_title=row["job"],
            agency=agencies[row["agency"]],
            email=email_of(row["name"]),
            phone=f"01632 960 {number}",
            valid_from=row.get("from", LIVE_ON),
            valid_to=row.get("to"),
        )
        for number, (code, row) in enumerate(facts()["people"].items(), start=201)
    }
    Officer.objects.bulk_create(people.values())
    return people


def _leads(agencies: dict[str, Agency], people: dict[str, Officer]) -> None:
    for code, row in facts()["agencies"].items():
        agency = agencies[code]
        agency.safeguarding_lead = people.get(row.get("lead", ""))
        agency.alternate_officer = people.get(row.get("alternate", ""))
        agency.named_executive = people.get(row.get("executive", ""))
        agency.succeeded_by = agencies.get(row.get("succeeded_by", ""))
    Agency.objects.bulk_update(agencies.values(), ["safeguarding_lead", "alternate_officer", "named_executive", "succeeded_by"])


def _bodies(agencies: dict[str, Agency], people: dict[str, Officer]) -> None:
    bodies: dict[str, Body] = {}
    for code, row in facts()["bodies"].items():
        given = {name: value for name, value in row.items() if name != "reports_to"}
        bodies[code] = Body(valid_from=LIVE_ON, reports_to=bodies.get(row.get("reports_to", "")), **given)
    seats, appointments = [], []
    for row in facts()["seats"]:
        given = {name: value for name, value in row.items() if name in {"title", "capacity", "partner_role"}}
        seats.append(Seat(body=bodies[row["body"]], agency=agencies.get(row.get("agency", "")), valid_from=LIVE_ON, **given))
        appointments += [_appointment(seats[-1], people, *holder) for holder in row["holders"]]
    Body.objects.bulk_create(bodies.values())
    Seat.objects.bulk_create(seats)
    Appointment.objects.bulk_create(appointments)


def _appointment(seat: Seat, people: dict[str, Officer], person: str, began: str = "", ended: str = "", capacity: str = "") -> Appointment:
    return Appointment(
        seat=seat,
        officer=people[person],
        is_deputy=capacity == "deputy",
        valid_from=date.fromisoformat(began) if began else LIVE_ON,
        valid_to=date.fromisoformat(ended) if ended else None,
    )


def _delegations(people: dict[str, Officer]) -> None:
    for row in facts()["delegations"]:
        Delegation.objects.create(
            partner_role=row["role"], delegated_by=people[row["by"]], officer=people[row["to"]], minute=row["minute"],
            valid_from=row["from"], valid_to=row.get("until"),
        )  # fmt: skip


def _agreements(agencies: dict[str, Agency], started_on: date) -> None:
    now = [agency for code, agency in agencies.items() if code not in {"ccg", "swimming"}]
    exploitation = [agencies[code] for code in ("council", "police", "health_trust", "yjs", "school", "charity")]
    for title, purposes, parties, valid_from, valid_to in (
        (
            "Arden information-sharing agreement 2019",
            ["case_review", "audit", "performance"],
            [agency for code, agency in agencies.items() if code != "icb"],
            LIVE_ON,
            FIRST_AGREEMENT_ENDED,
        ),
        (
            "Arden information-sharing agreement 2022",
            ["case_review", "audit", "performance", "training"],
            now,
            FIRST_AGREEMENT_ENDED + timedelta(days=1),
            started_on + timedelta(days=500),
        ),
        ("Exploitation and missing: who shares what", ["exploitation"], exploitation, date(2020, 9, 14), started_on + timedelta(days=45)),
    ):
        agreement = SharingAgreement.objects.create(
            title=title,
            purposes=purposes,
            signed_on=valid_from,
            where_kept="Business Unit, signed copies",
            valid_from=valid_from,
            valid_to=valid_to,
        )
        agreement.parties.set(parties)


def _calendar(people: dict[str, Officer], started_on: date) -> None:
    monday = started_on - timedelta(days=started_on.weekday() + 7)
    rota = [("edda", "morgan"), ("isolde", "edda")]
    turns = []
    for week in range(WEEKS_ON_THE_ROTA):
        officer, cover = rota[week % 2]
        begins = monday + timedelta(weeks=week)
        turns.append(DutyTurn(officer=people[officer], cover=people[cover], valid_from=begins, valid_to=begins + timedelta(days=6)))
    DutyTurn.objects.bulk_create(turns)
    terms = []
    for year in range(2019, started_on.year + 3):
        for name, begins, ends in (
            ("Autumn term", date(year, 9, 3), date(year, 12, 18)),
            ("Spring term", date(year + 1, 1, 5), date(year + 1, 3, 27)),
            ("Summer term", date(year + 1, 4, 14), date(year + 1, 7, 21)),
        ):
            terms.append(SchoolTerm(name=name, academic_year=f"{year}/{(year + 1) % 100:02}", valid_from=begins, valid_to=ends))
    SchoolTerm.objects.bulk_create(terms)


def _accounts(agencies: dict[str, Agency], people: dict[str, Officer], started_on: date) -> None:
    terms = {
        code: TermsOfUse(agency=agencies[code], version=1, text=facts()["terms_of_use"]["text"].strip())
        for code in agencies
        if any(row["agency"] == code and "roles" in row for row in facts()["people"].values())
    }
    TermsOfUse.objects.bulk_create(terms.values())
    began, now = datetime.combine(LIVE_ON, time(9), UTC), timezone.now()
    # Making the hash is slow on purpose, and everybody in Arden has the one password that is printed at the start.
    password = make_password(PASSWORD)
    accounts, holdings, acceptances = [], [], []
    for code, row in facts()["people"].items():
        if "roles" not in row:
            continue
        ended = row.get("to")
        account = Account(
            email=email_of(row["name"]),
            officer=people[code],
            password=make_password(None) if ended else password,
            joined_at=began,
            attested_at=now,
            training_valid_until=started_on + timedelta(days=300),
            is_active=ended is None,
            closed_at=datetime.combine(ended, time(17), UTC) if ended else None,
            close_reason="Left the agency" if ended else "",
        )
        accounts.append(account)
        acceptances.append(TermsAcceptance(account=account, terms=terms[row["agency"]]))
        for role in row["roles"]:
            ends = ended or (started_on + timedelta(days=90) if role in MUST_END else None)
            begins = started_on if role in MUST_END else row.get("from", LIVE_ON)
            holdings.append(RoleHolding(account=account, role=role, valid_from=begins, valid_to=ends))
    email, known_as = PARENT
    parent = Account(email=email, known_as=known_as, password=password, joined_at=now, attested_at=now)
    accounts.append(parent)
    holdings.append(RoleHolding(account=parent, role="KIN", valid_from=started_on))
    Account.objects.bulk_create(accounts)
    RoleHolding.objects.bulk_create(holdings)
    TermsAcceptance.objects.bulk_create(acceptances)
    EmailAddress.objects.bulk_create([EmailAddress(user=account, email=account.email, verified=True, primary=True) for account in accounts])
