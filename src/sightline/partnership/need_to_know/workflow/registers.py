"""Holding people's private lists against the people of a matter: a match keeps the writer out, and nobody but the officers is told."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.partnership.accounts.models import Account, RoleHolding
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know.connections import is_connected
from sightline.partnership.need_to_know.models import Conflict, ExclusionEntry, Matter, MatterPerson
from sightline.partnership.need_to_know.models.conflict import Source
from sightline.partnership.need_to_know.models.exclusion_entry import Connection
from sightline.partnership.notices import outbox
from sightline.partnership.people.identifiers import clean_postcode, is_postcode
from sightline.partnership.people.models import Person
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@transaction.atomic
def write_down(
    *, by: Account, connection: str, given_name: str = "", family_name: str = "", also_known_as: str = "", born_on: date | None = None,
    first_line: str = "", postcode: str = "",
) -> ExclusionEntry:  # fmt: skip
    """Put somebody, or an address, on one's own private list. The writer never learns whether it matched."""
    if postcode and not is_postcode(postcode):
        raise NotAllowedNow("Enter a full UK postcode.")
    is_place = connection == Connection.PLACE
    if is_place and not postcode:
        raise NotAllowedNow("Enter the postcode of the address.")
    if not is_place and not (given_name.strip() and family_name.strip()):
        raise NotAllowedNow("Enter the first name and the family name.")
    if not is_place and not (born_on or postcode):
        raise NotAllowedNow("Enter a date of birth or a postcode, so that nobody else of that name is meant.")
    entry = ExclusionEntry.objects.create(
        account=by, connection=connection, given_name=given_name.strip(), family_name=family_name.strip(),
        also_known_as=also_known_as.strip(), born_on=born_on, first_line=first_line.strip(),
        postcode=clean_postcode(postcode) if postcode else "",
    )  # fmt: skip
    for named in (
        MatterPerson.objects.filter(person__in=_people_near(entry)).select_related("matter", "person").prefetch_related("person__addresses")
    ):
        _block_if_connected(named.matter, named.person, entry)
    trail.record("exclusion.written", entry, by=by, kind="K18")
    return entry


@transaction.atomic
def remove(entry: ExclusionEntry, *, by: Account) -> ExclusionEntry:
    """Take an entry off one's own list. What it has blocked stays blocked until two officers lift it."""
    entry = ExclusionEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.account_id != by.pk:
        raise NotPermitted
    if entry.removed_at:
        raise NotAllowedNow("This entry has already been removed.")
    entry.removed_at = timezone.now()
    entry.save(update_fields=["removed_at"])
    trail.record("exclusion.removed", entry, by=by, kind="K18")
    return entry


@transaction.atomic
def match_registers(matter: Matter, people: Iterable[Person | None], *, by: Account) -> None:
    """Note whom a matter is about, and hold everybody's private list against them. Call it again when a name or an address changes."""
    for person in people:
        if person is not None:
            MatterPerson.objects.get_or_create(matter=matter, person=person)
            _match(matter, person, ExclusionEntry.objects.all())


def match_person_signing_in(matter: Matter, account: Account) -> None:
    """Hold one person's private list against a matter that they are about to be let in to, or to open."""
    entries = ExclusionEntry.objects.filter(account=account)
    if not entries.current().exists():
        return
    for named in MatterPerson.objects.filter(matter=matter).select_related("person").prefetch_related("person__addresses"):
        _match(matter, named.person, entries)


def match_everything() -> int:
    """Hold every list against every matter again; for the nightly chores, so that a corrected name is not missed."""
    before = Conflict.objects.count()
    for matter in Matter.objects.filter(people__isnull=False).distinct().iterator():
        for named in MatterPerson.objects.filter(matter=matter).select_related("person").prefetch_related("person__addresses"):
            _match(matter, named.person, ExclusionEntry.objects.all())
    return Conflict.objects.count() - before


def officers(matter: Matter | None = None) -> list[Account]:
    """The information governance officers, but for any who must not learn of this matter."""
    holdings = RoleHolding.objects.in_force(timezone.localdate()).filter(role="IG", account__is_active=True)
    found = Account.objects.filter(pk__in=holdings.values("account")).select_related("officer").order_by("pk")
    if matter is None:
        return list(found)
    blocked = Conflict.objects.live().filter(matter=matter)
    accounts = set(blocked.values_list("account", flat=True))
    holders = set(blocked.values_list("officer", flat=True)) - {None}
    return [account for account in found if account.pk not in accounts and account.officer_id not in holders]


def _match(matter: Matter, person: Person, entries: QuerySet[ExclusionEntry]) -> None:
    for entry in _entries_near(person, entries.current()).select_related("account"):
        _block_if_connected(matter, person, entry)


def _block_if_connected(matter: Matter, person: Person, entry: ExclusionEntry) -> None:
    if not is_connected(entry, person) or Conflict.objects.filter(matter=matter, entry=entry).exists():
        return  # a block that two officers have lifted is not put back for the same entry
    with transaction.atomic():
        _block(matter, entry)


def _block(matter: Matter, entry: ExclusionEntry) -> None:
    conflict = Conflict.objects.create(
        matter=matter, account=entry.account, officer_id=entry.account.officer_id, source=Source.REGISTER, entry=entry
    )
    for officer in officers(matter):
        outbox.queue("need_to_know.conflict_found", to=officer.pk, about=conflict.pk, matter_id=matter.pk)
    trail.record("conflict.found", conflict, by=None, kind="K18", matter_id=matter.pk)


def _entries_near(person: Person, entries: QuerySet[ExclusionEntry]) -> QuerySet[ExclusionEntry]:
    """The entries worth comparing: same date of birth or postcode, or any name where the person has neither."""
    postcodes = {clean_postcode(address.postcode) for address in person.addresses.all() if address.postcode}
    if not (person.born_on or person.expected_on or postcodes):
        return entries.exclude(connection=Connection.PLACE)
    near = Q(postcode__in=postcodes)
    if person.born_on:
        near |= Q(born_on=person.born_on)
    return entries.filter(near)


def _people_near(entry: ExclusionEntry) -> QuerySet[Person]:
    """The people worth comparing with an entry, by the same rule."""
    near = Q(born_on__isnull=True, expected_on__isnull=True)
    if entry.born_on:
        near |= Q(born_on=entry.born_on)
    if entry.postcode:
        near |= Q(addresses__postcode=entry.postcode)
    return Person.objects.filter(near)
