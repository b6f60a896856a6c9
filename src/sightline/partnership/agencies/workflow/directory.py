"""Entries of the directory are added, changed and ended; nothing is deleted, so old questions keep their answers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from sightline.partnership.agencies.models import Officer, Partnership, Period, SharingAgreement
from sightline.partnership.audit_trail import trail
from sightline.procedures.errors import NotAllowedNow


def kind_of(entry: models.Model) -> str:
    """Agreements are kept with accounts (K17); everything else is the open directory (K0)."""
    return "K17" if isinstance(entry, SharingAgreement) else "K0"


@transaction.atomic
def add(entry, *, by, related: Mapping[str, Iterable] | None = None):
    """Add an entry to the directory."""
    entry.full_clean()
    entry.save(force_insert=True)
    _set_related(entry, related)
    trail.record(f"{entry._meta.model_name}.added", entry, by=by, kind=kind_of(entry))
    return entry


@transaction.atomic
def begin_partnership(*, name: str, by) -> Partnership:
    """Begin the partnership's record with its name alone; the set-up says what is missing."""
    partnership = Partnership.objects.create(name=name, short_name=name[:40])
    trail.record("partnership.added", partnership, by=by, kind="K0")
    return partnership


@transaction.atomic
def change(entry, *, by, fields: Mapping[str, Any], related: Mapping[str, Iterable] | None = None):
    """Correct an entry."""
    entry = type(entry).objects.select_for_update().get(pk=entry.pk)
    changed = [name for name, value in fields.items() if getattr(entry, name) != value]
    for name in changed:
        setattr(entry, name, fields[name])
    entry.full_clean()
    entry.save()
    changed += _set_related(entry, related)
    trail.record(f"{entry._meta.model_name}.changed", entry, by=by, kind=kind_of(entry), fields=tuple(sorted(changed)))
    return entry


@transaction.atomic
def end(entry: Period, *, by, on: date) -> Period:
    """Give an entry its last day; an officer's appointments end with it."""
    entry = type(entry).objects.select_for_update().get(pk=entry.pk)
    if on < entry.valid_from:
        raise NotAllowedNow("The last day cannot be before the first day. Enter a later day, or correct the first day.")
    if entry.valid_to is not None and entry.valid_to < on:
        raise NotAllowedNow("This entry has already ended. Change its dates if they are wrong.")
    end_quietly(entry, on=on)
    trail.record(f"{entry._meta.model_name}.ended", entry, by=by, kind=kind_of(entry))
    return entry


def end_quietly(entry: Period, *, on: date, left_at: datetime | None = None) -> None:
    """End an entry as part of a larger move, which records itself."""
    entry.valid_to = on
    if isinstance(entry, Officer):
        entry.left_at = left_at
        _end_appointments(entry, on=on)
    entry.full_clean()
    entry.save()


def _end_appointments(officer: Officer, *, on: date) -> None:
    for appointment in officer.appointments.overlapping(on, None).select_for_update():
        appointment.valid_to = max(on, appointment.valid_from)
        appointment.save(update_fields=["valid_to"])


def _set_related(entry: models.Model, related: Mapping[str, Iterable] | None) -> list[str]:
    changed = []
    for name, things in (related or {}).items():
        manager, wanted = getattr(entry, name), set(things)
        if set(manager.all()) != wanted:
            manager.set(wanted)
            changed.append(name)
    return changed
