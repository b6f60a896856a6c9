"""Moves about the family and the practitioners of an incident."""

from django.db import transaction
from django.forms import ModelForm

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import FamilyAndStaff, FamilyContact, SeriousIncident
from sightline.procedures.errors import NotAllowedNow, NotPermitted


def check_can_write(account: Account, incident: SeriousIncident) -> None:
    if not access.can(account, "E", "K6", incident):
        raise NotPermitted("Only the business unit and the panel's chair record contact with the family.")


def views_recorded(held: FamilyAndStaff | None) -> bool:
    """Whether police, coroner and social work have each been asked, or it is written that they were not."""
    return bool(held and held.police_view and held.coroner_view and held.social_work_view)


@transaction.atomic
def save(incident: SeriousIncident, *, form: ModelForm, by: Account) -> FamilyAndStaff:
    SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    check_can_write(by, incident)
    row = form.save(commit=False)
    row.incident, row.changed_by = incident, by
    row.save()
    trail.record("family_and_staff.changed", incident, by=by, kind="K6", matter_id=incident.matter_id, fields=form.changed_data)
    return row


@transaction.atomic
def add_contact(incident: SeriousIncident, *, form: ModelForm, by: Account) -> FamilyContact:
    """Record a contact. The views of police, coroner and social work come first: a contact can spoil a criminal case."""
    SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    check_can_write(by, incident)
    if not views_recorded(FamilyAndStaff.objects.filter(incident=incident).first()):
        raise NotAllowedNow(
            "First record the views of police, coroner and social work on contact with the family (“Not asked” is an answer)."
        )
    contact = form.save(commit=False)
    contact.incident, contact.recorded_by = incident, by
    contact.save()
    trail.record("family_contact.recorded", contact, by=by, kind="K6", matter_id=incident.matter_id)
    return contact
