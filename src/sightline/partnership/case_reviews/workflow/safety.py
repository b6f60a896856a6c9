"""Moves about immediate safety: the day-0 questions, and a child in danger now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import AgencyRequest, ImmediateConcern, SafetyAnswer, SeriousIncident
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.need_to_know.workflow import members
from sightline.partnership.notices import outbox
from sightline.procedures.errors import NotAllowedNow


@transaction.atomic
def record_answers(incident: SeriousIncident, *, answers: Mapping[str, Mapping[str, Any]], by: Account) -> list[SafetyAnswer]:
    """Record what was found for each group of children; earlier answers stay as they were."""
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_edit(by, incident)
    rows = [SafetyAnswer.objects.create(incident=incident, group=group, recorded_by=by, **facts) for group, facts in answers.items()]
    incident.version += 1
    incident.save(update_fields=["version", "changed_at"])
    trail.record("safety.answered", incident, by=by, kind="K3", matter_id=incident.matter_number, fields=list(answers))
    return rows


@transaction.atomic
def raise_concern(incident: SeriousIncident, *, what: str, by: Account, at: datetime | None = None) -> ImmediateConcern:
    """Send a worry that a child is in danger now to the duty person, to be answered today."""
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_see(by, incident)
    at = at or timezone.now()
    today = as_london_date(at)
    turn = arrangements.duty_turn(today)
    concern = ImmediateConcern.objects.create(
        incident=incident, what=what, raised_by=by, raised_at=at, due_on=today,
        duty_officer=turn.officer if turn else None, cover_officer=turn.cover if turn else None,
    )  # fmt: skip
    if incident.matter_id:
        tell_duty(concern, by=by)
    trail.record("immediate_concern.raised", concern, by=by, kind="K3", matter_id=incident.matter_number)
    return concern


@transaction.atomic
def raise_concern_of_agency(request: AgencyRequest, *, what: str, by: Writer, at: datetime) -> ImmediateConcern:
    """A danger that an agency tells of in its answer goes to the duty person like any other, and asks the day-0 questions again."""
    incident = SeriousIncident.objects.select_for_update().get(pk=request.review.incident_id)
    today = as_london_date(at)
    turn = arrangements.duty_turn(today)
    who = {"raised_by_officer": by} if isinstance(by, Officer) else {"raised_by": by}
    concern = ImmediateConcern.objects.create(
        incident=incident, what=what, request=request, raised_at=at, due_on=today, duty_officer=turn.officer if turn else None,
        cover_officer=turn.cover if turn else None, **who,
    )  # fmt: skip
    tell_duty(concern, by=by if isinstance(by, Account) else request.asked_by)
    trail.record("immediate_concern.raised", concern, by=by, kind="K4", matter_id=request.matter_id)
    return concern


def tell_duty(concern: ImmediateConcern, *, by: Account) -> None:
    """Let the duty person and their cover in, and write to them and the business unit; a person in conflict is passed over."""
    matter = concern.incident.matter
    officers = [officer for officer in (concern.duty_officer, concern.cover_officer) if officer]
    duty = list(Account.objects.filter(officer__in=officers, is_active=True))
    for account in duty:
        members.ensure(matter, account=account, purpose="Duty person for immediate safety", capacity="duty", by=by)
    for account in {*duty, *access.business_managers(concern.due_on)}:
        outbox.queue("case_reviews.immediate_concern", to=account.pk, about=concern.pk, matter_id=matter.pk)


@transaction.atomic
def answer_concern(concern: ImmediateConcern, *, what_was_done: str, by: Account, at: datetime | None = None) -> ImmediateConcern:
    """Record what was done about a child in danger."""
    concern = ImmediateConcern.objects.select_for_update().get(pk=concern.pk)
    access.check_can_see(by, concern.incident)
    if concern.answered_at:
        raise NotAllowedNow("This concern has been answered already. If something new has happened, raise a new concern.")
    concern.what_was_done, concern.answered_by, concern.answered_at = what_was_done, by, at or timezone.now()
    concern.save()
    trail.record("immediate_concern.answered", concern, by=by, kind="K3", matter_id=concern.incident.matter_number)
    return concern
