"""The vault's records. No other room stores a name, a date of birth, an address or an identifying number."""

from sightline.partnership.people.models.address import Address
from sightline.partnership.people.models.draft import Draft
from sightline.partnership.people.models.matching_decision import MatchingDecision
from sightline.partnership.people.models.person import IDENTITY_FIELDS, Matching, Person
from sightline.partnership.people.models.person_version import PersonVersion
from sightline.partnership.people.models.relationship import Relationship
from sightline.partnership.people.models.search_key import SearchKey
from sightline.partnership.people.models.written_name import WrittenName

__all__ = [
    "IDENTITY_FIELDS", "Address", "Draft", "Matching", "MatchingDecision", "Person", "PersonVersion", "Relationship", "SearchKey",
    "WrittenName",
]  # fmt: skip
