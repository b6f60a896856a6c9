"""Moves that change what a clock rests on: a day corrected with a second person, a case moved to later rules, and why a review is late.

A day that starts or stops a clock is never simply typed over: who wants it changed, why, what it does to the clocks and who agreed stay
on record (security design, T15).
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, clocks, questions, review_access
from sightline.partnership.case_reviews.models import ClockCorrection, LocalAnchor, RapidReview, RuleSetUpgrade, SeriousIncident
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.notices import outbox
from sightline.procedures import rule_sets, what_if
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.rule_sets import RapidReviewAnchor, RuleSet
from sightline.procedures.timescales import Clock
from sightline.procedures.what_if import Upgrade
from sightline.procedures.working_days import WorkingCalendar, long_date


def can_change_clocks(account: Account, incident: SeriousIncident) -> bool:
    """The business unit and the local authority, who submit the notification, also answer for its days."""
    return access.can_submit(account, incident)


def second_persons(incident: SeriousIncident, *, besides: Account) -> list[Account]:
    """Who may confirm a correction that somebody else proposed."""
    people = {account.pk: account for account in [*access.business_managers(), *access.holders("DSP")]}
    return [account for account in people.values() if account != besides and can_change_clocks(account, incident)]


@transaction.atomic
def propose(
    incident: SeriousIncident, *, what: str, becomes: datetime, reasons: str, by: Account, at: datetime | None = None
) -> ClockCorrection:
    """Say that a day was recorded wrongly. Nothing counts otherwise until a second person has agreed."""
    incident = _locked(incident, by=by)
    was = _recorded(incident, what)
    at = at or timezone.now()
    if not reasons.strip():
        raise NotAllowedNow("Say why the day is to be corrected, and how the right one is known.")
    if becomes > at:
        raise NotAllowedNow("This moment has not come yet. Check the date and the time.")
    if becomes == was:
        raise NotAllowedNow("This is what is recorded already.")
    if incident.clock_corrections.filter(what=what, decided_at=None).exists():
        raise NotAllowedNow("A correction of this day waits for a second person already.")
    _check_order(incident, what, becomes)
    correction = ClockCorrection.objects.create(
        incident=incident, what=what, was=was, becomes=becomes, reasons=reasons.strip(), effect=effect_of(incident, what, becomes),
        proposed_by=by, proposed_at=at,
    )  # fmt: skip
    for account in second_persons(incident, besides=by):
        outbox.queue("case_reviews.day_correction", to=account.pk, about=incident.pk, matter_id=incident.matter_id)
    trail.record("clock_correction.proposed", correction, by=by, kind="K3", matter_id=incident.matter_id, fields=[what])
    return correction


@transaction.atomic
def decide(correction: ClockCorrection, *, confirm: bool, because: str, by: Account, at: datetime | None = None) -> ClockCorrection:
    """A second person agrees, and the clocks count from the corrected day; or does not, and all stays as it was."""
    incident = _locked(correction.incident, by=by)
    correction = ClockCorrection.objects.select_for_update().get(pk=correction.pk)
    if correction.decided_at:
        raise NotAllowedNow("This correction has been decided already.")
    if correction.proposed_by_id == by.pk:
        raise NotPermitted("A correction is confirmed by somebody else than whoever proposed it.")
    if not because.strip():
        raise NotAllowedNow("Say on what grounds you agree or do not agree.")
    correction.is_confirmed, correction.decided_because = confirm, because.strip()
    correction.decided_by, correction.decided_at = by, at or timezone.now()
    if confirm:
        if _recorded(incident, correction.what) != correction.was:
            raise NotAllowedNow(
                "This day was changed since the correction was proposed. Refuse it, and propose it again if it still holds."
            )
        correction.effect = effect_of(incident, correction.what, correction.becomes)
        _apply(incident, correction.what, correction.becomes)
        _count_again(incident)
    correction.save()
    trail.record(
        "clock_correction.confirmed" if confirm else "clock_correction.refused", correction, by=by, kind="K3",
        matter_id=incident.matter_id, fields=[correction.what],
    )  # fmt: skip
    return correction


@transaction.atomic
def upgrade_rules(incident: SeriousIncident, *, to: RuleSet, reasons: str, by: Account, at: datetime | None = None) -> RuleSetUpgrade:
    """Move a case to later rules: a reasoned act, with what it did to the clocks kept beside it."""
    incident = _locked(incident, by=by)
    if not reasons.strip():
        raise NotAllowedNow("Say why the case is moved to later rules.")
    planned = effect_of_upgrade(incident, to)
    record = RuleSetUpgrade.objects.create(
        incident=incident, was=incident.rule_set, was_hash=incident.rule_set_hash, became=to.id, became_hash=to.content_hash,
        reasons=reasons.strip(), effect=[change.sentence for change in planned.changes], upgraded_by=by, upgraded_at=at or timezone.now(),
    )  # fmt: skip
    incident.rule_set, incident.rule_set_hash = to.id, to.content_hash
    incident.version += 1
    incident.save(update_fields=["rule_set", "rule_set_hash", "version", "changed_at"])
    review = RapidReview.objects.select_for_update().filter(incident=incident).first()
    if review is not None:
        review.anchor = _anchor_under(to, review)
        review.version += 1
        review.save(update_fields=["anchor", "version", "changed_at"])
        _count_again(incident)
    trail.record("rule_set.upgraded", record, by=by, kind="K3", matter_id=incident.matter_id, fields=["rule_set"])
    return record


def effect_of_upgrade(incident: SeriousIncident, to: RuleSet) -> Upgrade:
    """Which clocks of the case would change; refused for rules that do not come later."""
    review = RapidReview.objects.filter(incident=incident).first()
    stopped = {}
    if sent := getattr(incident, "notification", None):
        stopped["serious_incident_notification"] = as_london_date(sent.notified_at)
    if review is not None and (sent_on := clocks.sent_to_panel_on(review)):
        stopped[what_if.FROM_ANCHOR] = sent_on
    return what_if.upgrade(
        incident.rules, to, clocks.anchor_days(incident), calendar=arrangements.working_calendar(), on=timezone.localdate(),
        stopped=stopped,
        anchor_from=RapidReviewAnchor(review.anchor) if review else None, anchor_to=_anchor_under(to, review) if review else None,
    )  # fmt: skip


def later_rules(incident: SeriousIncident) -> list[RuleSet]:
    """The rules to which a case could be moved: those that began after its own and are known today."""
    own, today = incident.rules, timezone.localdate()
    latest: dict[str, RuleSet] = {}
    for rules in rule_sets.all_rule_sets():
        if rules.period.from_on and own.period.from_on and rules.period.from_on > own.period.from_on and rules.period.from_on <= today:
            latest[rules.id] = rules
    return list(latest.values())


@transaction.atomic
def late_reasons(review: RapidReview, *, reasons: str, by: Account, at: datetime | None = None) -> RapidReview:
    """Say why a review is or will be late; the Panel asks, and so does the partnership's yearly report."""
    review = _locked_review(review, by=by)
    if not reasons.strip():
        raise NotAllowedNow("Say why the review is late and when the National Panel was told.")
    review.late_reasons, review.late_reasons_by, review.late_reasons_at = reasons.strip(), by, at or timezone.now()
    review.version += 1
    review.save(update_fields=["late_reasons", "late_reasons_by", "late_reasons_at", "version", "changed_at"])
    trail.record("rapid_review.late_reasons", review, by=by, kind="K5", matter_id=review.matter_id, fields=["late_reasons"])
    return review


@transaction.atomic
def effort(review: RapidReview, *, hours: Decimal | None, cost: Decimal | None, by: Account) -> RapidReview:
    """What the review cost the business unit, roughly; agencies say theirs in their answers."""
    review = _locked_review(review, by=by)
    review.unit_hours, review.unit_cost = hours, cost
    review.version += 1
    review.save(update_fields=["unit_hours", "unit_cost", "version", "changed_at"])
    trail.record("rapid_review.effort", review, by=by, kind="K5", matter_id=review.matter_id, fields=["unit_hours", "unit_cost"])
    return review


def effect_of(incident: SeriousIncident, what: str, becomes: datetime) -> str:
    """What a corrected day does to the clocks, in sentences: the day before beside the day after, and whether lateness changes."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    review = RapidReview.objects.filter(incident=incident).first()
    before = _clocks(incident, review, today, calendar)
    kept = incident.aware_at, getattr(getattr(incident, "notification", None), "notified_at", None), review.anchor_on if review else None
    _set(incident, what, becomes)
    if review is not None:
        review.incident = incident
        review.anchor_on = clocks.anchor_days(incident).of(RapidReviewAnchor(review.anchor)) or review.anchor_on
    after = _clocks(incident, review, today, calendar)
    incident.aware_at = kept[0]
    if kept[1] is not None:
        incident.notification.notified_at = kept[1]
    sentences = []
    for name, old in before.items():
        new = after[name]
        if old is None or new is None or (old.due_on, old.days_late, old.started_on) == (new.due_on, new.days_late, new.started_on):
            continue
        moved = f"due on {long_date(new.due_on)} instead of {long_date(old.due_on)}" if old.due_on != new.due_on else "due on the same day"
        late = f"; {new.days_late} days late instead of {old.days_late}" if old.days_late != new.days_late else ""
        sentences.append(f"{name}: {moved}{late}.")
    return " ".join(sentences) or "No due day changes."


def _clocks(incident: SeriousIncident, review: RapidReview | None, today: date, calendar: WorkingCalendar) -> dict[str, Clock | None]:
    return {
        "Notification": questions.notification_clock(incident, on=today, calendar=calendar),
        "Rapid review": clocks.rapid_review_clock(review, on=today, calendar=calendar) if review else None,
    }


def _recorded(incident: SeriousIncident, what: str) -> datetime:
    if what == "aware_at" and incident.aware_at:
        return incident.aware_at
    sent = getattr(incident, "notification", None)
    if what == "notified_at" and sent is not None:
        return sent.notified_at
    raise NotAllowedNow("This day is not recorded yet, so there is nothing to correct.")


def _check_order(incident: SeriousIncident, what: str, becomes: datetime) -> None:
    sent = getattr(incident, "notification", None)
    aware = becomes if what == "aware_at" else incident.aware_at
    notified = becomes if what == "notified_at" else sent.notified_at if sent else None
    if aware and notified and as_london_date(notified) < as_london_date(aware):
        raise NotAllowedNow("The notification would then be submitted before the local authority was aware. Check which day is wrong.")


def _set(incident: SeriousIncident, what: str, becomes: datetime) -> None:
    if what == "aware_at":
        incident.aware_at = becomes
    else:
        incident.notification.notified_at = becomes


def _apply(incident: SeriousIncident, what: str, becomes: datetime) -> None:
    _set(incident, what, becomes)
    if what == "notified_at":
        incident.notification.save(update_fields=["notified_at"])
    incident.version += 1
    incident.save(update_fields=["aware_at", "version", "changed_at"])


def _count_again(incident: SeriousIncident) -> None:
    """The review's first day follows from the day that its anchor names."""
    review = RapidReview.objects.select_for_update().filter(incident=incident).first()
    if review is None:
        return
    anchor_on = clocks.anchor_days(incident).of(RapidReviewAnchor(review.anchor))
    if anchor_on is not None and anchor_on != review.anchor_on:
        review.anchor_on = anchor_on
        review.version += 1
        review.save(update_fields=["anchor_on", "version", "changed_at"])


def _anchor_under(to: RuleSet, review: RapidReview) -> RapidReviewAnchor:
    own = LocalAnchor.in_force(to.id, as_london_date(review.opened_at))
    return RapidReviewAnchor(own.anchor) if own else to.rr_anchor


def _locked(incident: SeriousIncident, *, by: Account) -> SeriousIncident:
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    if not can_change_clocks(by, incident):
        raise NotPermitted("Only the business unit or the local authority changes a day that a clock rests on.")
    return incident


def _locked_review(review: RapidReview, *, by: Account) -> RapidReview:
    review = RapidReview.objects.select_for_update().get(pk=review.pk)
    review_access.check_can_run(by, review)
    return review
