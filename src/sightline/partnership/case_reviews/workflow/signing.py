"""Moves of three signatures over one exact text. One dissent is enough to keep it undecided; a changed byte takes it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, report_text, review_access
from sightline.partnership.case_reviews.letters_to import address_of
from sightline.partnership.case_reviews.models import (
    Escalation,
    InterimPosition,
    ProposedDecision,
    RapidReview,
    ScrutineerComment,
    SeriousIncident,
    Signature,
    SignedText,
)
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.signers import Signer, signer, signers
from sightline.partnership.case_reviews.workflow import rapid_reviews
from sightline.partnership.notices import outbox
from sightline.partnership.notices.models import Notice
from sightline.procedures import signing
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.signing import SignOff

CHANGED: Final = "The text has changed since it was put to the partners, so it cannot be signed. It was taken back; what changed is shown."


def latest(incident: SeriousIncident, kind: str = "rapid_review") -> SignedText | None:
    """The newest version that was put to the partners."""
    return incident.signed_texts.filter(kind=kind).last()


def stands_at(text: SignedText) -> SignOff:
    """What the signatures on a text come to."""
    return signing.sign_off((row.partner_role, row.agrees) for row in text.signatures.all())


@transaction.atomic
def put(
    incident: SeriousIncident, *, kind: str, text: str, content: Mapping[str, Any], by: Account, at: datetime | None = None
) -> SignedText:  # fmt: skip
    """Freeze a text and ask the partners to sign it. The move that calls this has asked whether it may be put."""
    at = at or timezone.now()
    incident = SeriousIncident.objects.select_for_update(of=("self",)).select_related("matter").get(pk=incident.pk)
    before = latest(incident, kind)
    if before is not None and before.state == "with_partners":
        raise NotAllowedNow("A version of this text is with the partners already. It has to be signed or taken back first.")
    put_text = SignedText.objects.create(
        incident=incident, kind=kind, number=before.number + 1 if before else 1, text=text, sha256=signing.fingerprint(text),
        content=dict(content), put_by=by, put_at=at,
    )  # fmt: skip
    for group in signers_of(put_text, at=at).values():
        for each in group:
            outbox.queue("case_reviews.sign_asked", to=each.account.pk, about=put_text.pk, matter_id=incident.matter_id)
    trail.record("signed_text.put", put_text, by=by, kind=put_text.record_kind, matter_id=incident.matter_id)
    return put_text


@transaction.atomic
def put_to_partners(review: RapidReview, *, problems: Sequence[str], by: Account, at: datetime | None = None) -> SignedText:
    """Put the report and the decision of a rapid review to the partners; `problems` are what the decision still lacks."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_write_report(by, review)
    if problems:
        raise NotAllowedNow("The decision is not ready to be signed. " + " ".join(problems))
    report = report_text.assembled(review)
    if report.open_gaps:
        told = "; ".join(gap.sentence for gap in report.open_gaps)
        raise NotAllowedNow(f"The report has gaps. Write each part, or say why it stays empty: {told}.")
    rapid_reviews.note_status(review, to=Status.PARTNER_SIGNOFF, by=by, at=at)
    text = put(review.incident, kind="rapid_review", text=report.text, content=report.content, by=by, at=at)
    review.decisions.filter(number=report.decision_number).update(signed_text=text)
    return text


def signers_of(text: SignedText, *, at: datetime | None = None) -> dict[str, list[Signer]]:
    """Who may sign a text, by partner, on a day."""
    return signers(
        text.incident.matter, kind=text.record_kind, state="open", rules=text.incident.rules, on=as_london_date(at or timezone.now())
    )


def signer_of(text: SignedText, account: Account, *, at: datetime | None = None) -> Signer | None:
    """For which partner somebody signs a text, if for any."""
    return signer(
        account, text.incident.matter, kind=text.record_kind, state="open", rules=text.incident.rules,
        on=as_london_date(at or timezone.now()),
    )  # fmt: skip


def sign(text: SignedText, *, agrees: bool, by: Account, reasons: str = "", at: datetime | None = None) -> Signature:
    """A partner agrees to this exact text, or says why not. The third agreement decides; a dissent goes to the lead partners."""
    if text.kind == "rapid_review" and take_back_if_changed(text.incident.rapid_review, by=by, at=at):
        raise NotAllowedNow(CHANGED)
    return _sign(text, agrees=agrees, by=by, reasons=reasons.strip(), at=at or timezone.now())


@transaction.atomic
def _sign(text: SignedText, *, agrees: bool, by: Account, reasons: str, at: datetime) -> Signature:
    text = _locked(text)
    found = signer_of(text, by, at=at)
    if found is None:
        raise NotPermitted("Only a safeguarding partner, or whom the partner has delegated this to, signs here.")
    if text.state != "with_partners":
        raise NotAllowedNow(f"This version is “{text.get_state_display()}” and is not signed any more.")
    if text.sha256 != signing.fingerprint(text.text):
        raise RuntimeError(f"Signed text {text.pk} is not what was put: its fingerprint has changed.")
    if text.kind == "rapid_review" and report_text.assembled(text.incident.rapid_review).text != text.text:
        raise NotAllowedNow(CHANGED)
    if not agrees and not reasons:
        raise NotAllowedNow("Say why you do not agree: the other partners and the scrutineer read it.")
    agreed = text.signatures.filter(partner_role=found.partner_role, agrees=True).first()
    if agreed is not None:
        raise NotAllowedNow(f"{agreed.name} has signed for the {agreed.get_partner_role_display().lower()} already.")
    signature = Signature.objects.create(
        signed_text=text, partner_role=found.partner_role, agency=found.agency, agrees=agrees, reasons="" if agrees else reasons,
        signed_by=by, name=by.name, job_title=by.officer.job_title, delegation=found.delegation, sha256=text.sha256, signed_at=at,
    )  # fmt: skip
    if agrees:
        _settle_if_signed(text, by=by, at=at)
    else:
        _escalate(text, signature, at=at)
    trail.record("signed_text.signed" if agrees else "signed_text.not_agreed", text, by=by, kind=text.record_kind,
                 matter_id=text.incident.matter_id)  # fmt: skip
    return signature


def _settle_if_signed(text: SignedText, *, by: Account, at: datetime) -> None:
    if stands_at(text) != SignOff.SIGNED:
        return
    _settle(text, state="signed", by=by, at=at)
    text.escalations.filter(ended_how="").update(
        ended_how="agreed", ended_because="Each partner has agreed to this text.", ended_by=by, ended_at=at
    )


def _settle(text: SignedText, *, state: str, by: Account, at: datetime) -> None:
    text.state, text.settled_at = state, at
    text.save(update_fields=["state", "settled_at"])
    if text.kind != "rapid_review":
        return
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(incident=text.incident)
    ProposedDecision.objects.filter(signed_text=text).update(decided_at=at)
    rapid_reviews.note_status(review, to=Status.DECIDED, by=by, at=at)
    for account in access.business_managers(as_london_date(at)):
        outbox.queue("case_reviews.text_signed", to=account.pk, about=text.pk, matter_id=text.incident.matter_id)


def _escalate(text: SignedText, signature: Signature, *, at: datetime) -> None:
    """The lead partners, the delegates and the unit are told that the partners do not agree; the clock runs on."""
    Escalation.objects.create(signed_text=text, opened_by_signature=signature, opened_at=at)
    on, told = as_london_date(at), {"about": text.pk, "matter_id": text.incident.matter_id}
    people = {each.account.pk for group in signers_of(text, at=at).values() for each in group} - {signature.signed_by_id}
    people |= {account.pk for account in access.business_managers(on)}
    people |= {
        address_of(agency.named_executive) for agency in arrangements.safeguarding_partners(on).values() if agency.named_executive
    }  # fmt: skip
    for to in sorted(people):
        outbox.queue("case_reviews.partners_disagree", to=to, **told)


@transaction.atomic
def ask_scrutineer(escalation: Escalation, *, notes: str, by: Account, at: datetime | None = None) -> Escalation:
    """The scrutineer is asked to help while partners disagree, and what was discussed is written down."""
    escalation = Escalation.objects.select_for_update(of=("self",)).select_related("signed_text__incident__matter").get(pk=escalation.pk)
    review_access.check_can_run_incident(by, escalation.signed_text.incident)
    if escalation.ended_how:
        raise NotAllowedNow("This disagreement has ended.")
    at = at or timezone.now()
    if escalation.scrutineer_asked_at is None:
        for account in access.holders("SC", as_london_date(at)):
            outbox.queue("case_reviews.scrutineer_asked", to=account.pk, about=escalation.signed_text_id,
                         matter_id=escalation.signed_text.incident.matter_id)  # fmt: skip
        escalation.scrutineer_asked_at = at
    escalation.notes = notes.strip()
    escalation.save(update_fields=["scrutineer_asked_at", "notes"])
    text = escalation.signed_text
    trail.record("escalation.scrutineer_asked", escalation, by=by, kind=text.record_kind, matter_id=text.incident.matter_id)
    return escalation


@transaction.atomic
def use_resolution(
    text: SignedText, *, who: Mapping[str, str], scrutineer_heard: bool, because: str, by: Account, at: datetime | None = None
) -> SignedText:  # fmt: skip
    """Settle a disagreement as the rule set says: those who lead each partner met, heard the scrutineer, and all accept this text.

    `who` names, for each of the three partners, who accepted it.
    """
    text = _locked(text)
    review_access.check_can_run_incident(by, text.incident)
    rule = signing.signing_rule(text.incident.rules.id)
    if text.state != "with_partners" or stands_at(text) != SignOff.DISSENT:
        raise NotAllowedNow("The recorded resolution is for a text on which the partners do not agree.")
    missing = [role for role in signing.PARTNERS if not who.get(role, "").strip()]
    if missing or not because.strip():
        raise NotAllowedNow(f"Say who accepted it for each partner, and why. {rule.resolution}.")
    if not scrutineer_heard:
        raise NotAllowedNow("The scrutineer is heard before the recorded resolution is used.")
    at = at or timezone.now()
    names = "; ".join(f"{role.replace('_', ' ')}: {who[role].strip()}" for role in signing.PARTNERS)
    _settle(text, state="resolved", by=by, at=at)
    text.escalations.filter(ended_how="").update(
        ended_how="resolution", ended_because=f"{because.strip()}\n\nAccepted by {names}. {rule.resolution}.", ended_by=by, ended_at=at
    )
    trail.record("signed_text.resolved", text, by=by, kind=text.record_kind, matter_id=text.incident.matter_id)
    return text


@transaction.atomic
def take_back_if_changed(review: RapidReview, *, by: Account, at: datetime | None = None) -> bool:
    """If what stands in the case is no longer what was put to the partners, void it, say what changed, and go back to the draft."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    if review.status not in (Status.PARTNER_SIGNOFF, Status.DECIDED):
        return False
    text = latest(review.incident)
    if text is None or text.state == "voided":
        return False
    becomes = report_text.assembled(review).text
    if becomes == text.text:
        return False
    void(text, becomes=becomes, by=by, at=at)
    review.decisions.filter(signed_text=text).update(signed_text=None, decided_at=None)
    rapid_reviews.note_status(review, to=Status.DRAFT, by=by, reasons="The text was changed, which voids what was signed.", at=at)
    return True


def restore_decided(decision: ProposedDecision) -> None:
    """A decision that was saved again without a change keeps the moment at which it was signed."""
    text = decision.signed_text
    if text is not None and text.settled_at is not None and text.state != "voided":
        ProposedDecision.objects.filter(pk=decision.pk).update(decided_at=text.settled_at)


def void(text: SignedText, *, becomes: str, by: Account, at: datetime | None = None) -> None:
    """Void one version: the signatures stay, and hold for nothing. Whoever had been asked is told."""
    at = at or timezone.now()
    text.state, text.voided_at, text.voided_by = "voided", at, by
    text.voided_changes = signing.changes(text.text, becomes)
    text.save(update_fields=["state", "voided_at", "voided_by", "voided_changes"])
    text.escalations.filter(ended_how="").update(ended_how="changed", ended_because="The text was changed.", ended_by=by, ended_at=at)
    for group in signers_of(text, at=at).values():
        for each in group:
            outbox.queue("case_reviews.text_voided", to=each.account.pk, about=text.pk, matter_id=text.incident.matter_id)
    trail.record("signed_text.voided", text, by=by, kind=text.record_kind, matter_id=text.incident.matter_id)


@transaction.atomic
def comment(text: SignedText, *, said: str, by: Account, at: datetime | None = None) -> ScrutineerComment:
    """The independent scrutineer's word beside a text; it decides nothing."""
    text = _locked(text)
    review_access.check_is_scrutineer_of(by, text.incident, text.record_kind)
    if not said.strip():
        raise NotAllowedNow("Write your comment.")
    row = ScrutineerComment.objects.create(signed_text=text, text=said.strip(), said_by=by, said_at=at or timezone.now())
    trail.record("signed_text.commented", text, by=by, kind=text.record_kind, matter_id=text.incident.matter_id)
    return row


@transaction.atomic
def interim_position(
    review: RapidReview, *, text: str, expected_on: Any = None, by: Account, at: datetime | None = None
) -> InterimPosition:  # fmt: skip
    """What the Panel is told while the partners have not agreed. It is a position and never a decision: the review stays in sign-off."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_run(by, review)
    if review.status != Status.PARTNER_SIGNOFF:
        raise NotAllowedNow("An interim position is for a review that is with the partners and not decided.")
    if not text.strip():
        raise NotAllowedNow("Write the position.")
    row = InterimPosition.objects.create(
        review=review, text=text.strip(), expected_on=expected_on, recorded_by=by, recorded_at=at or timezone.now()
    )
    trail.record("rapid_review.interim_position", review, by=by, kind="K5", matter_id=review.matter_id)
    return row


def _locked(text: SignedText) -> SignedText:
    return SignedText.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=text.pk)


@transaction.atomic
def remind(text_id: str, *, at: datetime) -> int:
    """Write to the partners who have not spoken, once on each reminder day of the review; says how many letters were queued."""
    text = SignedText.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=text_id)
    review = RapidReview.objects.select_related("incident__matter").filter(incident=text.incident).first()
    if text.state != "with_partners" or review is None:
        return 0
    on, calendar = as_london_date(at), arrangements.working_calendar()
    number = calendar.day_number(review.anchor_on, on)
    due = sum(number >= day for day in signing.reminder_days())
    spoken, queued = {row.partner_role for row in text.signatures.all()}, 0
    for role, group in signers_of(text, at=at).items():
        for each in group if role not in spoken else ():
            sent = Notice.objects.filter(template="case_reviews.sign_reminder", about=text.pk, to=each.account.pk)
            is_told_today = any(as_london_date(moment) == on for moment in sent.values_list("queued_at", flat=True))
            if sent.count() < due and not is_told_today:
                outbox.queue("case_reviews.sign_reminder", to=each.account.pk, about=text.pk, matter_id=text.incident.matter_id)
                queued += 1
    if queued:
        trail.record("signed_text.reminded", text, by=None, kind=text.record_kind, matter_id=text.incident.matter_id)
    return queued


def remind_all(*, at: datetime) -> int:
    """A duty of the worker: every text of a rapid review that is with the partners."""
    waiting = SignedText.objects.filter(state="with_partners", kind="rapid_review").values_list("pk", flat=True)
    return sum(remind(pk, at=at) for pk in list(waiting))
