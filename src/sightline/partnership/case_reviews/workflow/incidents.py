"""Moves of a serious incident from the first typed word to its being raised."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.forms import ModelForm
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, questions
from sightline.partnership.case_reviews.models import SeriousIncident
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow import safety
from sightline.partnership.need_to_know.workflow import matters, registers
from sightline.partnership.notices import outbox
from sightline.procedures import case_review, rule_sets
from sightline.procedures.case_review import SeriousIncidentStatus
from sightline.procedures.errors import NotAllowedNow


class ChangedMeanwhile(NotAllowedNow):
    """Somebody else saved this incident after the page was opened."""


@transaction.atomic
def begin(*, by: Account) -> SeriousIncident:
    """Start a draft that only its author can see."""
    access.check_can_raise(by)
    incident = SeriousIncident.objects.create(raised_by=by, raised_by_agency=by.agency)
    trail.record("serious_incident.begun", incident, by=by, kind="K3", matter_id=incident.matter_number)
    return incident


@transaction.atomic
def save_section(incident: SeriousIncident, *, form: ModelForm, seen_version: int, by: Account) -> SeriousIncident:
    """Keep one section's answers, unless another person has saved since the page was opened."""
    locked = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_edit(by, locked)
    if locked.version != seen_version:
        raise ChangedMeanwhile(
            "Somebody else saved this incident while you were writing. What you typed is kept below: "
            "compare it with what is recorded now, then save again."
        )
    saved = form.save(commit=False)
    saved.status, saved.matter_id, saved.version = locked.status, locked.matter_id, locked.version + 1
    saved.save(update_fields=[*form.changed_data, "version", "changed_at"])
    trail.record("serious_incident.changed", saved, by=by, kind="K3", matter_id=saved.matter_number, fields=form.changed_data)
    return saved


@transaction.atomic
def touch(incident: SeriousIncident, *, action: str, by: Account, fields: Sequence[str] = ()) -> None:
    """Note that a part of the incident changed: the next number, and a line in the audit trail."""
    locked = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_edit(by, locked)
    locked.version += 1
    locked.save(update_fields=["version", "changed_at"])
    trail.record(action, locked, by=by, kind="K3", matter_id=locked.matter_number, fields=fields)


@transaction.atomic
def raise_incident(incident: SeriousIncident, *, by: Account, at: datetime | None = None) -> SeriousIncident:
    """Hand a draft to the business unit: from here on it is a protected matter and cannot be deleted."""
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_edit(by, incident)
    case_review.check_move(SeriousIncidentStatus(incident.status), SeriousIncidentStatus.RAISED)
    missing = questions.missing_before_raising(incident)
    if missing:
        raise NotAllowedNow("Before it can be raised, please answer: " + "; ".join(line.text for line in missing) + ".")

    at = at or timezone.now()
    unit = access.business_managers(as_london_date(at))
    members = [(by, "Raised this incident")] + [(account, "Partnership business unit") for account in unit if account != by]
    incident.matter = matters.open_matter(
        "serious_incident", by=by, raised_by_agency=incident.raised_by_agency, members=members, opened_at=at, number=incident.matter_number,
        record_path=reverse("case_reviews:incident", args=[incident.pk]), statutory_live=True,
    )  # fmt: skip
    rules = rule_sets.in_force(incident.aware_on or as_london_date(at))
    incident.rule_set, incident.rule_set_hash = rules.id, rules.content_hash
    incident.raised_at, incident.status = at, SeriousIncidentStatus.RAISED
    incident.version += 1
    incident.save()
    registers.match_registers(incident.matter, people_of(incident), by=by)

    for concern in incident.immediate_concerns.filter(answered_at__isnull=True):
        safety.tell_duty(concern, by=by)  # written while it was a draft; nobody could be told before there was a matter
    for account in unit:
        outbox.queue("case_reviews.incident_raised", to=account.pk, about=incident.pk, matter_id=incident.matter_id)
    trail.record("serious_incident.raised", incident, by=by, kind="K3", matter_id=incident.matter_id)
    return incident


@transaction.atomic
def discard(incident: SeriousIncident, *, by: Account) -> None:
    """Throw away a draft that was never raised."""
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_edit(by, incident)
    if not incident.is_draft:
        raise NotAllowedNow(
            "This incident has been raised. It cannot be discarded; the local authority can decide that it is not notifiable."
        )
    pk = incident.pk
    incident.delete()
    trail.record("serious_incident.draft_discarded", ("SeriousIncident", pk), by=by, kind="K3", matter_id=pk)


def people_of(incident: SeriousIncident) -> list:
    """Every identity that this incident names."""
    children = [child.person for child in incident.children.select_related("person")]
    return children + [row.person for row in incident.significant_people.select_related("person")]
