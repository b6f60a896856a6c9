"""Moves of the vault: write somebody down, correct what was written, and say whether they are already known.

Whoever writes somebody down never learns whether the vault knows them: nothing here looks for a match before it answers.
The caller has asked whether `by` may do this, as only a room above knows which matter a person belongs to.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.people import comparing, identifiers
from sightline.partnership.people.models import (
    IDENTITY_FIELDS,
    Address,
    Matching,
    MatchingDecision,
    Person,
    PersonVersion,
    Relationship,
    SearchKey,
    WrittenName,
)
from sightline.partnership.people.models.search_key import LONGEST_KEY
from sightline.procedures.errors import NotAllowedNow

ADDRESS_FIELDS = ("lines", "postcode", "ward", "from_on", "is_protected")
CLEANED = {"nhs_number": identifiers.clean_number, "upn": identifiers.clean_number}


@transaction.atomic
def write_down(*, by: Account, address: Mapping[str, Any] | None = None, matter_id: str = "", **fields: Any) -> Person:
    """Write somebody down as one incident knows them; always a new record, with the same answer for everybody."""
    person = Person.objects.create(written_by=by, **clean(fields))
    write_current_address(person, address or {})
    write_search_keys(person)
    trail.record("person.written_down", person, by=by, kind="K1", matter_id=matter_id, fields=sorted(fields))
    return person


@transaction.atomic
def correct(person: Person, by: Account, *, address: Mapping[str, Any] | None = None, matter_id: str = "", **fields: Any) -> Person:
    """Change what is written, and keep what was written before."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    cleaned = clean(fields)
    before = written_state(person)
    changed = [name for name, value in cleaned.items() if getattr(person, name) != value]
    changed += [f"address.{name}" for name in changed_address_fields(person, address)]
    if not changed:
        return person
    for name in cleaned:
        setattr(person, name, cleaned[name])
    if person.matching != Matching.UNMATCHED:
        person.changed_since_matched = True
    person.save()
    if address is not None:
        write_current_address(person, address)
    write_search_keys(person)
    number = person.versions.count() + 1
    PersonVersion.objects.create(person=person, number=number, said=before, changed_fields=sorted(changed), changed_by=by)
    trail.record("person.corrected", person, by=by, kind="K1", matter_id=matter_id, fields=sorted(changed))
    return person


@transaction.atomic
def move_home(person: Person, *, moved_on: date, address: Mapping[str, Any], by: Account, matter_id: str = "") -> Address:
    """Record a new address from a day on; the earlier one stays with its end."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    current = person.current_address
    if current is not None:
        if current.from_on and current.from_on > moved_on:
            raise NotAllowedNow("The new address begins before the present one did. Check the date of the move.")
        current.to_on = moved_on
        current.save(update_fields=["to_on"])
    new = Address.objects.create(person=person, **clean_address({**address, "from_on": moved_on}))
    write_search_keys(person)
    trail.record("person.moved_home", person, by=by, kind="K1", matter_id=matter_id, fields=["address"])
    return new


@transaction.atomic
def relate(person: Person, *, relative: Person, kind: str, by: Account, matter_id: str = "") -> Relationship:
    """Record what one person is to another."""
    relationship, _ = Relationship.objects.update_or_create(person=person, relative=relative, defaults={"kind": kind})
    trail.record("person.related", relationship, by=by, kind="K1", matter_id=matter_id)
    return relationship


@transaction.atomic
def confirm_same(person: Person, *, known: Person, by: Account, matter_id: str = "") -> Person:
    """Say that this record and a known one are the same person; both stay as they were written, and it can be undone."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    known = first_record(Person.objects.select_for_update().get(pk=known.pk))
    if known.pk == person.pk:
        raise NotAllowedNow("These two records already point to the same person. Choose another record, or say that this person is new.")
    decide(person, Matching.SAME, known=known, by=by)
    trail.record("person.confirmed_same", person, by=by, kind="K1", matter_id=matter_id, fields=["same_as"])
    return person


@transaction.atomic
def confirm_new(person: Person, *, by: Account, matter_id: str = "") -> Person:
    """Say that nobody in the vault is this person."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    decide(person, Matching.NEW, known=None, by=by)
    trail.record("person.confirmed_new", person, by=by, kind="K1", matter_id=matter_id)
    return person


@transaction.atomic
def undo_confirm(person: Person, *, by: Account, matter_id: str = "") -> Person:
    """Take back what was said about who this is; the person is to be looked at again, and the history stays."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.matching == Matching.UNMATCHED:
        raise NotAllowedNow("Nobody has said yet who this is, so there is nothing to undo.")
    MatchingDecision.objects.create(person=person, decision="undone", known=person.same_as, decided_by=by)
    person.matching, person.same_as, person.matched_by, person.matched_at = Matching.UNMATCHED, None, None, None
    person.changed_since_matched = False
    person.save()
    trail.record("person.matching_undone", person, by=by, kind="K1", matter_id=matter_id, fields=["same_as"])
    return person


def decide(person: Person, decision: Matching, *, known: Person | None, by: Account) -> None:
    now = timezone.now()
    person.matching, person.same_as, person.matched_by, person.matched_at = decision, known, by, now
    person.changed_since_matched = False
    person.save()
    MatchingDecision.objects.create(person=person, decision=decision.value, known=known, decided_by=by, decided_at=now)


def first_record(person: Person) -> Person:
    """The record at the end of the chain of 'the same as'. A chain never closes: `confirm_same` only ever links to its far end."""
    while person.same_as is not None:
        person = person.same_as
    return person


def clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(IDENTITY_FIELDS)
    if unknown:
        raise TypeError(f"Not a field of an identity: {', '.join(sorted(unknown))}")
    return {name: CLEANED[name](value) if name in CLEANED else value for name, value in fields.items()}


def clean_address(address: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = {name: address[name] for name in ADDRESS_FIELDS if name in address}
    if cleaned.get("postcode"):
        cleaned["postcode"] = identifiers.clean_postcode(cleaned["postcode"])
    return cleaned


def changed_address_fields(person: Person, address: Mapping[str, Any] | None) -> list[str]:
    if address is None:
        return []
    current = person.current_address or Address()
    return [name for name, value in clean_address(address).items() if getattr(current, name) != value]


def write_current_address(person: Person, address: Mapping[str, Any]) -> None:
    cleaned = clean_address(address)
    if any(cleaned.values()) or person.current_address is not None:
        Address.objects.update_or_create(person=person, to_on__isnull=True, defaults=cleaned)


def write_search_keys(person: Person) -> None:
    """Derive afresh what this person is looked up by; the work is the same whoever else is in the vault."""
    person.search_keys.all().delete()
    keys = sorted({key[:LONGEST_KEY] for key in comparing.search_keys(person.identity)})
    SearchKey.objects.bulk_create(SearchKey(person=person, key=key) for key in keys)


def written_state(person: Person) -> dict[str, Any]:
    """Everything that is written of somebody, to be kept before it is corrected."""
    said = {name: getattr(person, name) for name in IDENTITY_FIELDS}
    address = person.current_address
    said["address"] = {name: getattr(address, f"{name}_id" if name == "ward" else name) for name in ADDRESS_FIELDS} if address else None
    return said


@transaction.atomic
def write_name(*, name: str, also_written: str, by: Account, matter_id: str = "") -> WrittenName:
    """The name of a practitioner, a bystander or a place, as chronologies write it."""
    written = WrittenName.objects.create(name=_one_line(name), also_written=_one_line(also_written), written_by=by)
    trail.record("written_name.kept", written, by=by, kind="K1", matter_id=matter_id)
    return written


@transaction.atomic
def correct_name(written: WrittenName, *, name: str, also_written: str, by: Account, matter_id: str = "") -> WrittenName:
    """Another spelling, or more of them."""
    written = WrittenName.objects.select_for_update().get(pk=written.pk)
    written.name, written.also_written = _one_line(name), _one_line(also_written)
    written.save(update_fields=["name", "also_written"])
    trail.record("written_name.corrected", written, by=by, kind="K1", matter_id=matter_id)
    return written


def _one_line(text: str) -> str:
    return " ".join(text.split())
