"""Moves by which three partners are consulted and the local authority decides."""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, questions
from sightline.partnership.case_reviews.models import (
    LearningReferral,
    LegalTestAnswer,
    NotificationDecision,
    NotificationSent,
    PartnerView,
    SeriousIncident,
)
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow import rapid_reviews
from sightline.partnership.documents import workflow as documents
from sightline.partnership.documents.models import Document
from sightline.partnership.need_to_know.workflow import members
from sightline.partnership.notices import outbox
from sightline.procedures import case_review, consultation
from sightline.procedures.case_review import NotificationType
from sightline.procedures.case_review import SeriousIncidentStatus as Status
from sightline.procedures.code_lists import label_by_code
from sightline.procedures.errors import NotAllowedNow

PROOF_TITLE = "Proof of submission to the national service"


@transaction.atomic
def answer_legal_test(
    incident: SeriousIncident, *, answers: Mapping[str, tuple[str, str]], by: Account, at: datetime | None = None
) -> None:
    """Record the answers, each a pair of answer and reason, to questions of section 16C."""
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_answer_legal_test(by, incident)
    for question, (answer, reason) in answers.items():
        LegalTestAnswer.objects.update_or_create(
            incident=incident, question=question,
            defaults={"answer": answer, "reason": reason, "answered_by": by, "answered_at": at or timezone.now()},
        )  # fmt: skip
    incident.version += 1
    incident.save(update_fields=["version", "changed_at"])
    trail.record("legal_test.answered", incident, by=by, kind="K3", matter_id=incident.matter_number, fields=list(answers))


@transaction.atomic
def consult(incident: SeriousIncident, *, ask: Mapping[str, Account], by: Account, at: datetime | None = None) -> SeriousIncident:
    """Ask the partners for their views; `ask` names for each partner role the person confirmed to have no connection."""
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_consult(by, incident)
    at = at or timezone.now()
    if incident.status == Status.RAISED:
        case_review.check_move(Status(incident.status), Status.UNDER_CONSIDERATION)
        incident.status = Status.UNDER_CONSIDERATION
        incident.version += 1
        incident.save(update_fields=["status", "version", "changed_at"])
    elif incident.status != Status.UNDER_CONSIDERATION:
        raise NotAllowedNow("The partners are consulted before the decision is made. This incident has been decided.")
    for role, account in ask.items():
        partner = arrangements.safeguarding_partner(role, as_london_date(at))
        if partner is None:
            raise NotAllowedNow("Nobody holds that partner's place on this date. Record the safeguarding partner under Agencies first.")
        if account.agency != partner:
            raise NotAllowedNow(f"{account} does not act for {partner}. Choose a person of that partner.")
        view, _ = PartnerView.objects.get_or_create(
            incident=incident, partner_role=role,
            defaults={"agency": partner, "asked_of": account, "asked_at": at, "recipient_confirmed_by": by},
        )  # fmt: skip
        if view.view == "" and view.asked_of != account:
            view.asked_of, view.asked_at, view.recipient_confirmed_by = account, at, by
            view.save()
        members.ensure(incident.matter, account=account, purpose="Safeguarding partner consulted", capacity="partner", by=by)
        outbox.queue("case_reviews.view_asked", to=account.pk, about=incident.pk, matter_id=incident.matter_id)
    trail.record("partners.consulted", incident, by=by, kind="K5", matter_id=incident.matter_id, fields=sorted(ask))
    return incident


@transaction.atomic
def give_view(
    view: PartnerView, *, answer: str, reasons: str, by: Account, how_received: str = "", at: datetime | None = None
) -> PartnerView:
    """Record a partner's view and reasons: by the partner, or by the unit as the partner told it."""
    # The incident first: a decision in the same moment either has this view before it or refuses it.
    SeriousIncident.objects.select_for_update().get(pk=view.incident_id)
    view = PartnerView.objects.select_for_update().get(pk=view.pk)
    access.check_can_give_view(by, view)
    if view.incident.status != Status.UNDER_CONSIDERATION:
        raise NotAllowedNow("The decision has been made. Send a further comment to the business manager.")
    view.view, view.reasons, view.how_received = answer, reasons, how_received
    view.given_by, view.given_at = by, at or timezone.now()
    view.save()
    for account in access.local_authority_deciders(view.incident):
        outbox.queue("case_reviews.view_given", to=account.pk, about=view.incident_id, matter_id=view.incident.matter_id)
    trail.record("partner_view.given", view, by=by, kind="K5", matter_id=view.incident.matter_id, fields=["view", "reasons"])
    return view


@transaction.atomic
def decide(
    incident: SeriousIncident,
    *,
    notify: bool,
    reasons: str,
    by: Account,
    notification_type: str = "",
    learning_route: str = "",
    learning_reasons: str = "",
    at: datetime | None = None,
) -> NotificationDecision:
    """The local authority decides. Silence or disagreement of a partner is recorded and never holds the decision up."""
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_decide(by, incident)
    unanswered = questions.unanswered_legal_test(incident)
    if unanswered:
        raise NotAllowedNow("Answer each question of the legal test first. Still to answer: " + "; ".join(q.text for q in unanswered))
    _check_facts_of(incident, notify=notify, reasons=reasons, notification_type=notification_type, learning_route=learning_route)
    if incident.status == Status.RAISED:  # the authority may decide before anybody was asked; the decision says so
        case_review.check_move(Status.RAISED, Status.UNDER_CONSIDERATION)
        incident.status = Status.UNDER_CONSIDERATION
    target = Status.DECIDED_TO_NOTIFY if notify else Status.NOT_NOTIFIABLE
    case_review.check_move(Status(incident.status), target)

    at = at or timezone.now()
    views = {view.partner_role: view.view or "awaited" for view in incident.partner_views.all()}
    decision = NotificationDecision.objects.create(
        incident=incident, notify=notify, notification_type=notification_type if notify else "", reasons=reasons,
        decided_by=by, decided_as=access.capacity_of_decider(by), decided_at=at,
        answers={row.question: row.answer for row in incident.legal_test_answers.all()}, views=views,
        dissent=consultation.dissent_in_words(views, notify=notify),
        learning_route="" if notify else learning_route, learning_reasons="" if notify else learning_reasons,
    )  # fmt: skip
    incident.status = target
    incident.version += 1
    incident.save(update_fields=["status", "version", "changed_at"])
    if not notify:
        LearningReferral.objects.update_or_create(
            incident=incident,
            defaults={"route": learning_route, "reasons": learning_reasons or reasons, "referred_at": at, "referred_by": by},
        )
    for account in access.business_managers(as_london_date(at)):
        outbox.queue("case_reviews.decided", to=account.pk, about=incident.pk, matter_id=incident.matter_id)
    trail.record("notification.decided", decision, by=by, kind="K3", matter_id=incident.matter_id, fields=["notify", "reasons"])
    return decision


def _check_facts_of(incident: SeriousIncident, *, notify: bool, reasons: str, notification_type: str, learning_route: str) -> None:
    """A decision says why; to notify, of what kind; not to notify, where the learning goes."""
    if not reasons.strip():
        raise NotAllowedNow("Give the reasons for the decision.")
    kinds = [kind.value for kind in case_review.notification_types(incident.rules, on=incident.aware_on)]
    if notify and notification_type not in kinds:
        raise NotAllowedNow("Say what kind of notification it is: one of those in force on the day the local authority became aware.")
    if not notify and learning_route not in label_by_code("learning_routes"):
        raise NotAllowedNow("Say where the learning goes, so that it is not lost.")


def record_sent(
    incident: SeriousIncident,
    *,
    notified_at: datetime,
    submitted_by_name: str,
    by: Account,
    submitted_by_role: str = "",
    submitted_by_phone: str = "",
    submitted_by_email: str = "",
    national_reference: str = "",
    late_reasons: str = "",
    proof: UploadedFile | None = None,
    at: datetime | None = None,
) -> NotificationSent:
    """Record that the notification reached the national service; the clock of five working days stops here."""
    # Asked before as well, so that no file is kept of what is then refused.
    incident = SeriousIncident.objects.get(pk=incident.pk)
    _check_can_be_recorded(incident, notified_at=notified_at, late_reasons=late_reasons, by=by)
    kept = _keep_proof(proof, incident, by=by)
    with transaction.atomic():
        incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
        _check_can_be_recorded(incident, notified_at=notified_at, late_reasons=late_reasons, by=by)
        sent = NotificationSent.objects.create(
            incident=incident, notified_at=notified_at, national_reference=national_reference, submitted_by_name=submitted_by_name,
            submitted_by_role=submitted_by_role, submitted_by_phone=submitted_by_phone, submitted_by_email=submitted_by_email,
            late_reasons=late_reasons, proof=kept, recorded_by=by, recorded_at=at or timezone.now(),
        )  # fmt: skip
        incident.status = Status.NOTIFIED
        incident.version += 1
        incident.save(update_fields=["status", "version", "changed_at"])
        if NotificationType(incident.decisions.last().notification_type).opens_rapid_review:
            rapid_reviews.open_review(incident, by=by, at=at)
        trail.record("notification.sent", sent, by=by, kind="K3", matter_id=incident.matter_id, fields=["notified_at"])
    return sent


def add_to_sent(
    incident: SeriousIncident, *, by: Account, national_reference: str = "", proof: UploadedFile | None = None
) -> NotificationSent:
    """What comes after the submission: the national reference, or another; the file that proves it. An earlier file stays kept."""
    incident = SeriousIncident.objects.get(pk=incident.pk)
    access.check_can_submit(by, incident)
    if incident.status != Status.NOTIFIED:
        raise NotAllowedNow("Record first that the notification was submitted.")
    is_new_reference = national_reference not in ("", incident.notification.national_reference)
    if not (is_new_reference or proof):
        raise NotAllowedNow("Write the national reference, or choose the file that proves the submission.")
    kept = _keep_proof(proof, incident, by=by)
    with transaction.atomic():
        sent = NotificationSent.objects.select_for_update().get(incident=incident)
        access.check_can_submit(by, incident)
        added: dict[str, object] = {"national_reference": national_reference} if is_new_reference else {}
        if kept is not None:
            added["proof"] = kept
        for name, value in added.items():
            setattr(sent, name, value)
        sent.save(update_fields=[*added])
        trail.record("notification.added_to", sent, by=by, kind="K3", matter_id=incident.matter_id, fields=[*added])
    return sent


def _check_can_be_recorded(incident: SeriousIncident, *, notified_at: datetime, late_reasons: str, by: Account) -> None:
    access.check_can_submit(by, incident)
    case_review.check_move(Status(incident.status), Status.NOTIFIED)
    clock = questions.notification_clock(incident, on=as_london_date(notified_at), calendar=arrangements.working_calendar())
    if clock and as_london_date(notified_at) > clock.due_on and not late_reasons:
        raise NotAllowedNow(f"It was due on {clock.due_on:%-d %B %Y}. Say why it was late.")


def _keep_proof(upload: UploadedFile | None, incident: SeriousIncident, *, by: Account) -> Document | None:
    return documents.keep(upload, matter=incident.matter, title=PROOF_TITLE, by=by) if upload else None


@transaction.atomic
def take_up_learning(referral: LearningReferral, *, how: str, by: Account, at: datetime | None = None) -> LearningReferral:
    """Record what is being done with an incident sent to learning below the threshold."""
    referral = LearningReferral.objects.select_for_update().get(pk=referral.pk)
    access.check_can_consult(by, referral.incident)
    if referral.taken_up_at:
        raise NotAllowedNow("This has been taken up already.")
    referral.taken_up_how, referral.taken_up_by, referral.taken_up_at = how, by, at or timezone.now()
    referral.save()
    trail.record("learning.taken_up", referral, by=by, kind="K3", matter_id=referral.incident.matter_id)
    return referral
