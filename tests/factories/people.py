"""Identities in the vault, written down as an incident's form would; children are plainly invented."""

from datetime import date
from itertools import count
from typing import Any

from sightline.partnership.accounts.models import Account
from sightline.partnership.people import workflow
from sightline.partnership.people.models import Person

_numbers = count(1)


def child(*, by: Account, **fields: Any) -> Person:
    given = {"given_name": f"Thessaly{next(_numbers)}", "family_name": "Examplechild", "born_on": date(2016, 2, 29), "is_child": True}
    return workflow.write_down(by=by, **{**given, **fields})


def adult(*, by: Account, **fields: Any) -> Person:
    given = {"given_name": f"Thessaly{next(_numbers)}", "family_name": "Examplecarer", "is_child": False}
    return workflow.write_down(by=by, **{**given, **fields})
