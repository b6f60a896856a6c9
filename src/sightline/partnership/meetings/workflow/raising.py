"""The move by which a meeting raises an action: its owner is written to the same day."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions.workflow import actions
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import AgendaItem, Meeting, MeetingAction, MeetingDecision
from sightline.partnership.meetings.workflow.inviting import free_officers
from sightline.partnership.meetings.workflow.planning import lock, save
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.errors import NotAllowedNow


@transaction.atomic
def raise_action(
    meeting: Meeting, *, text: str, outcome: str, owner_agency: Agency, owner_officer: Officer, due_on: date, by: Account,
    item: AgendaItem | None = None, decision: MeetingDecision | None = None, priority: str = "medium", at: datetime | None = None,
) -> MeetingAction:  # fmt: skip
    """Raise an action at a meeting, under an item or from a decision. It goes into the register, with its owner's agency and name."""
    meeting = lock(meeting)
    access.check_can_raise_action(by, meeting)
    at = at or timezone.now()
    if meeting.opened_at is None:
        raise NotAllowedNow("The meeting has not begun. An action is raised at it, or after it.")
    if meeting.minutes_locked_at is not None:
        raise NotAllowedNow("The minutes are fixed. Raise a further action in the register of actions.")
    if decision is not None:
        if decision.meeting_id != meeting.pk:
            raise NotAllowedNow("Choose a decision of this meeting.")
        item = decision.item
    if item is not None and item.meeting_id != meeting.pk:
        raise NotAllowedNow("Choose an item of this meeting's agenda.")
    if not outcome.strip():
        raise NotAllowedNow("Say how one will see that something is different for children: what can be seen or counted by the day.")
    if meeting.matter is not None and need_to_know.is_kept_out(owner_officer, meeting.matter):
        # The same sentence as for any wrong choice: why somebody is kept out is nobody's business here.
        raise NotAllowedNow("This person cannot own the action. Choose somebody else of their agency.")
    action = actions.raise_action(
        text=text, outcome=outcome, owner_agency=owner_agency, owner_officer=owner_officer, due_on=due_on, by=by, matter=meeting.matter,
        priority=priority, at=at,
    )  # fmt: skip
    raised = MeetingAction.objects.create(
        meeting=meeting, item=item, decision=decision, action=action, raised_by=by, raised_at=at,
        number=(meeting.actions_raised.aggregate(last=Max("number"))["last"] or 0) + 1,
    )  # fmt: skip
    save(meeting)
    trail.record("meeting.action_raised", raised, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return raised


def owners_offered(meeting: Meeting) -> list[Officer]:
    """Who may own an action of a meeting: whoever serves today and is not known to be connected with the matter. The move asks again."""
    return free_officers(meeting.matter, timezone.localdate())


def is_told(officer: Officer) -> bool:
    """Whether the owner can be written to; otherwise the unit tells them."""
    return Account.objects.filter(officer=officer, is_active=True).exists()
