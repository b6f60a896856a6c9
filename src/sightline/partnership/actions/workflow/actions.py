"""Moves of an action: raised, told of, done, assured, shown to have made a difference, closed; each lock opens after the one before."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions import access
from sightline.partnership.actions.models import Action, ActionEvidence, ActionUpdate, Recommendation
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.documents import workflow as documents
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.notices import outbox
from sightline.procedures import action as rules
from sightline.procedures.action import ActionStatus, Evidence, Locks
from sightline.procedures.errors import NotAllowedNow


@transaction.atomic
def raise_action(
    *, text: str, owner_agency: Agency, owner_officer: Officer, due_on: date, by: Account, matter: Matter | None = None, outcome: str = "",
    recommendation: Recommendation | None = None, at: datetime | None = None, **fields: Any,
) -> Action:  # fmt: skip
    """Raise an action; its owner is written to at once."""
    at = at or timezone.now()
    access.check_can_raise(by, matter)
    if not text.strip():
        raise NotAllowedNow("Say what is to be done.")
    if owner_officer.agency_id != owner_agency.pk:
        raise NotAllowedNow("Choose an owner who works for the agency that owns the action.")
    raised_on = timezone.localdate(at)
    if due_on < raised_on:
        raise NotAllowedNow("The day by which it is due lies before the day on which it is raised.")
    if recommendation is not None:
        if recommendation.matter_id and matter is not None and recommendation.matter_id != matter.pk:
            raise NotAllowedNow("The recommendation belongs to another matter.")
        matter = matter or recommendation.matter
    action = Action.objects.create(
        text=text.strip(), outcome=outcome.strip(), owner_agency=owner_agency, owner_officer=owner_officer, raised_on=raised_on,
        due_on=due_on, first_due_on=due_on, matter=matter, recommendation=recommendation, created_by=by, created_at=at, **fields,
    )  # fmt: skip
    if to := _owner(action):
        outbox.queue("actions.raised", to=to, about=action.pk, matter_id=action.matter_id or "")
    _record("action.raised", action, by)
    return action


@transaction.atomic
def update(action: Action, *, status: str, text: str, by: Account, at: datetime | None = None) -> ActionUpdate:
    """Say how an action stands. What was said before stays."""
    action = _lock(action)
    access.check(by, "update", action)
    if not text.strip():
        raise NotAllowedNow("Say in a sentence what has happened.")
    target = ActionStatus(status)
    if target not in rules.OWNER_SAYS or not ActionStatus(action.status).is_with_owner:
        rules.check_move(ActionStatus(action.status), target)
        raise NotAllowedNow("An update says whether the action is on track. Use the steps of the action for anything else.")
    if target != action.status:
        rules.check_move(ActionStatus(action.status), target)
    action.status = target
    _save(action, "status")
    row = _note(action, "said", text, by, at)
    _record("action.updated", action, by)
    return row


def add_evidence(
    action: Action, *, kind: str, text: str, dated_on: date, by: Account, file: UploadedFile | None = None,
    goes_stale_on: date | None = None, at: datetime | None = None,
) -> ActionEvidence:  # fmt: skip
    """Add evidence of completion or of a difference to children; without a day of its own it is too old after the usual time."""
    access.check(by, "update", action)
    on = timezone.localdate(at or timezone.now())
    if not text.strip():
        raise NotAllowedNow("Say what the evidence is and what it shows.")
    if dated_on > on:
        raise NotAllowedNow("Evidence cannot be dated in the future.")
    stale = goes_stale_on or rules.stale_on(kind, dated_on)
    if stale <= dated_on:
        raise NotAllowedNow("The day from which the evidence is too old lies after the day of the evidence.")
    document = None
    if file is not None:
        document = documents.keep(file, matter=action.matter, title="Evidence", by=by, kind="evidence", agency=action.owner_agency)
    with transaction.atomic():
        action = _lock(action)
        access.check(by, "update", action)
        if action.superseded_by_id:
            raise NotAllowedNow("This action was replaced by another. Add the evidence to that one.")
        row = ActionEvidence.objects.create(
            action=action, kind=kind, text=text.strip(), document=document, dated_on=dated_on, goes_stale_on=stale, added_by=by,
            added_at=at or timezone.now(),
        )  # fmt: skip
        _save(action)
        _record("action.evidence_added", action, by)
    return row


@transaction.atomic
def withdraw_evidence(evidence: ActionEvidence, *, because: str, by: Account) -> ActionEvidence:
    """Take evidence back; it stays to be read, and counts no more."""
    action = _lock(evidence.action)
    access.check(by, "update", action)
    evidence = ActionEvidence.objects.select_for_update(of=("self",)).select_related("document").get(pk=evidence.pk)
    if evidence.withdrawn_at:
        raise NotAllowedNow("This evidence was already withdrawn.")
    evidence.withdrawn_at, evidence.withdrawn_by, evidence.withdrawn_because = timezone.now(), by, _reasons(because)
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    if evidence.document is not None and evidence.document.matter_id is None:
        # Everybody who reads the action could open it: a file put here by mistake is closed with the same step.
        documents.remove(evidence.document, reason="The evidence was withdrawn", by=by)
    _save(action)
    _record("action.evidence_withdrawn", action, by)
    return evidence


@transaction.atomic
def say_done(action: Action, *, done_on: date, by: Account, text: str = "", at: datetime | None = None) -> Action:
    """The first lock: the owner says that it is done, with evidence."""
    action, at = _lock(action), at or timezone.now()
    access.check(by, "update", action)
    on = timezone.localdate(at)
    rules.check_done(locks_of(action), evidence_of(action), on)
    rules.check_move(ActionStatus(action.status), ActionStatus.EVIDENCE_AWAITED)
    _check_past(done_on, on)
    action.done_on, action.done_by, action.done_at, action.status = done_on, by, at, ActionStatus.EVIDENCE_AWAITED
    _save(action, "done_on", "done_by", "done_at", "status")
    _note(action, "done", text or "Said to be done.", by, at)
    _record("action.done", action, by)
    return action


@transaction.atomic
def assure(action: Action, *, assured_on: date, because: str, by: Account, at: datetime | None = None) -> Action:
    """The second lock: the sub-group has seen the evidence. Never the owner."""
    action, at = _lock(action), at or timezone.now()
    access.check(by, "assure", action)
    on = timezone.localdate(at)
    rules.check_assured(locks_of(action), evidence_of(action), on)
    rules.check_move(ActionStatus(action.status), ActionStatus.VERIFIED)
    _check_past(assured_on, on, not_before=action.done_on)
    action.assured_on, action.assured_by, action.assured_at, action.assured_because = assured_on, by, at, _reasons(because)
    action.status = ActionStatus.VERIFIED
    _save(action, "assured_on", "assured_by", "assured_at", "assured_because", "status")
    _note(action, "assured", because, by, at)
    _record("action.assured", action, by)
    return action


@transaction.atomic
def send_back(action: Action, *, because: str, by: Account, at: datetime | None = None) -> Action:
    """The sub-group is not assured: the action is under way again, and its owner is told."""
    action = _lock(action)
    access.check(by, "assure", action)
    if action.done_on is None or action.assured_on is not None:
        raise NotAllowedNow("Only an action that waits to be assured can be sent back.")
    reasons = _reasons(because)
    action.done_on = action.done_by = action.done_at = None
    action.status = ActionStatus.ON_TRACK
    _save(action, "done_on", "done_by", "done_at", "status")
    _note(action, "not_assured", reasons, by, at)
    if to := _owner(action):
        outbox.queue("actions.sent_back", to=to, about=action.pk, matter_id=action.matter_id or "")
    _record("action.sent_back", action, by)
    return action


@transaction.atomic
def say_difference(action: Action, *, difference_on: date, because: str, by: Account, at: datetime | None = None) -> Action:
    """The third lock: evidence of impact shows that something is different for children."""
    action, at = _lock(action), at or timezone.now()
    access.check(by, "assure", action)
    on = timezone.localdate(at)
    rules.check_difference(locks_of(action), evidence_of(action), on)
    _check_past(difference_on, on, not_before=action.assured_on)
    action.difference_on, action.difference_by, action.difference_at = difference_on, by, at
    action.difference_because = _reasons(because)
    _save(action, "difference_on", "difference_by", "difference_at", "difference_because")
    _note(action, "difference", because, by, at)
    _record("action.made_difference", action, by)
    return action


@transaction.atomic
def close(action: Action, *, closed_on: date, by: Account, text: str = "", at: datetime | None = None) -> Action:
    """The Executive closes; a delegated partner or the business manager records it."""
    action = _lock(action)
    access.check(by, "close", action)
    on = timezone.localdate(at or timezone.now())
    rules.check_close(locks_of(action), evidence_of(action), on)
    _check_past(closed_on, on, not_before=action.difference_on)
    action.closed_on, action.closed_by = closed_on, by
    _save(action, "closed_on", "closed_by")
    _note(action, "closed", text or "Closed by the Executive.", by, at)
    _record("action.closed", action, by)
    return action


@transaction.atomic
def reopen(action: Action, *, because: str, by: Account, at: datetime | None = None) -> Action:
    """The Executive opens it again: all locks are open, and what was said at each stays in the story."""
    action = _lock(action)
    access.check(by, "close", action)
    if action.assured_on is None:
        raise NotAllowedNow("This action has not been assured. It is open already.")
    reasons = _reasons(because)
    rules.check_move(ActionStatus(action.status), ActionStatus.ON_TRACK)
    cleared = ["done_on", "done_by", "done_at", "assured_on", "assured_by", "assured_at"]
    cleared += ["difference_on", "difference_by", "difference_at", "closed_on", "closed_by"]
    for name in cleared:
        setattr(action, name, None)
    action.assured_because = action.difference_because = ""
    action.status = ActionStatus.ON_TRACK
    _save(action, *cleared, "assured_because", "difference_because", "status")
    _note(action, "reopened", reasons, by, at)
    if to := _owner(action):
        outbox.queue("actions.reopened", to=to, about=action.pk, matter_id=action.matter_id or "")
    _record("action.reopened", action, by)
    return action


@transaction.atomic
def supersede(action: Action, *, replaced_by: Action, because: str, by: Account, at: datetime | None = None) -> Action:
    """Another action takes its place; this one stays to be read."""
    action = _lock(action)
    access.check(by, "run", action)
    access.check(by, "run", replaced_by)
    rules.check_move(ActionStatus(action.status), ActionStatus.SUPERSEDED)
    if replaced_by.pk == action.pk or replaced_by.superseded_by_id:
        raise NotAllowedNow("Choose another action that is still open.")
    action.superseded_by, action.superseded_because, action.status = replaced_by, _reasons(because), ActionStatus.SUPERSEDED
    _save(action, "superseded_by", "superseded_because", "status")
    _note(action, "superseded", because, by, at)
    _record("action.superseded", action, by)
    return action


@transaction.atomic
def change_due(action: Action, *, due_on: date, because: str, by: Account, at: datetime | None = None) -> Action:
    """Another date, with the reasons; the first one is kept and shown beside it."""
    action = _lock(action)
    access.check(by, "run", action)
    if action.done_on or action.superseded_by_id:
        raise NotAllowedNow("This action is done. Its date is not changed any more.")
    if due_on == action.due_on:
        raise NotAllowedNow("This is already the date of the action.")
    if due_on < action.raised_on:
        raise NotAllowedNow("The new date lies before the day on which the action was raised.")
    reasons = _reasons(because)
    action.due_on = due_on
    _save(action, "due_on")
    _note(action, "due", "Date changed.", by, at, due_on_becomes=due_on, because=reasons)
    if to := _owner(action):
        outbox.queue("actions.due_changed", to=to, about=action.pk, matter_id=action.matter_id or "")
    _record("action.due_changed", action, by)
    return action


def locks_of(action: Action) -> Locks:
    return Locks(action.done_on, action.assured_on, action.difference_on, action.closed_on)


def evidence_of(action: Action) -> list[Evidence]:
    return [Evidence(each.kind, each.dated_on, each.goes_stale_on, each.withdrawn_at is not None) for each in action.evidence.all()]


def rating_of(action: Action, on: date) -> rules.Rating:
    return rules.rating(ActionStatus(action.status), locks_of(action), action.due_on, evidence_of(action), on)


def _lock(action: Action) -> Action:
    return Action.objects.select_for_update(of=("self",)).select_related("matter", "owner_agency", "owner_officer").get(pk=action.pk)


def _save(action: Action, *fields: str) -> None:
    action.version += 1
    action.save(update_fields=[*fields, "version"])


def _note(action: Action, kind: str, text: str, by: Account, at: datetime | None, **more: Any) -> ActionUpdate:
    return ActionUpdate.objects.create(
        action=action, kind=kind, status=action.status, text=text.strip(), by=by, by_officer=by.officer, at=at or timezone.now(), **more
    )


def _reasons(because: str) -> str:
    if not because.strip():
        raise NotAllowedNow("Give the reasons.")
    return because.strip()


def _check_past(day: date, on: date, *, not_before: date | None = None) -> None:
    if day > on:
        raise NotAllowedNow("The day lies in the future.")
    if not_before and day < not_before:
        raise NotAllowedNow("The day lies before the step that comes first.")


def _owner(action: Action) -> str:
    """The owner's account; nothing where the owner has none."""
    account = Account.objects.filter(officer=action.owner_officer_id, is_active=True).first()
    return account.pk if account else ""


def _record(verb: str, action: Action, by: Account) -> None:
    trail.record(verb, action, by=by, kind="K13", matter_id=action.matter_id or "")
