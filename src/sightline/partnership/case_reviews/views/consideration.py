"""Pages on which partners are consulted, give their views, and the local authority decides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, questions
from sightline.partnership.case_reviews.abilities import learning_referral, partner_view, raised_incident
from sightline.partnership.case_reviews.forms import ConsultForm, CourseForm, DecisionForm, LegalTestForm, TakeUpForm, ViewForm
from sightline.partnership.case_reviews.models import LearningReferral, SeriousIncident
from sightline.partnership.case_reviews.models.consultation import PARTNER_ROLES
from sightline.partnership.case_reviews.submission_forms import AddToSentForm, SentForm
from sightline.partnership.case_reviews.views import typing
from sightline.partnership.case_reviews.workflow import consideration, course
from sightline.partnership.documents import access as documents
from sightline.partnership.documents.workflow import RefusedFile
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import case_review, consultation
from sightline.procedures.case_review import SeriousIncidentStatus as Status
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.section_16c import what_the_answers_say


@needs("K5", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Choose whom to ask, and say that each has no connection."""
    if not access.can_consult(request.user, incident):
        raise Http404
    asked = {view.partner_role: view for view in incident.partner_views.select_related("asked_of__officer", "agency")}
    waiting = [(role, label) for role, label in PARTNER_ROLES if role not in asked or not asked[role].view]
    partners = {
        role: (
            f"{label} ({arrangements.safeguarding_partner(role, timezone.localdate()) or 'nobody recorded'})",
            access.partner_candidates(role),
        )
        for role, label in waiting
    }
    initial = {role: view.asked_of_id for role, view in asked.items()}
    form = ConsultForm(request.POST or None, incident=incident, partners=partners, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            consideration.consult(incident, ask=form.ask(), by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "The partners have been asked. Each gets a message that something waits, without a word about the incident."
            )
            return redirect("case_reviews:incident", incident_id=incident.pk)
    without = [label for role, (label, candidates) in partners.items() if not candidates]
    return render(request, "case_reviews/consult.html", {**_about(incident), "form": form, "asked": asked.values(), "nobody_for": without})


@needs("K5", "R", of=partner_view)
@require_http_methods(["GET", "POST"])
def give_view(request: HttpRequest, part: Any) -> HttpResponse:
    """A partner's view with reasons; or the unit writes down what a partner said."""
    view, incident = part.part, part.incident
    if not access.can_give_view(request.user, view):
        raise Http404
    form_name = "partner-view"
    if request.method == "POST":
        form = typing.posted(request, ViewForm(request.POST))
        if form.is_valid():
            try:
                consideration.give_view(
                    view, answer=form.cleaned_data["view"], reasons=form.cleaned_data["reasons"],
                    how_received=form.cleaned_data["how_received"], by=request.user,
                )  # fmt: skip
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
            else:
                typing.discard(request, form_name, view.pk)
                messages.success(request, "The view has been recorded.")
                return redirect("case_reviews:incident", incident_id=incident.pk)
    else:
        initial = {"view": view.view, "reasons": view.reasons, "how_received": view.how_received}
        form = typing.restore(request.user, form_name, view.pk, lambda data: ViewForm(data, initial=initial))
    context = {
        **_about(incident),
        "view": view,
        "form": form,
        "is_mine": view.asked_of_id == request.user.pk,
        "autosave": typing.url(form_name, view.pk),
    }
    return render(request, "case_reviews/give_view.html", context)


@needs("K3", "S", of=raised_incident)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """The local authority's decision, with the answers and the views beside it."""
    if not access.can_decide(request.user, incident):
        raise Http404
    form_name = "notification-decision"
    types = case_review.notification_types(incident.rules, on=incident.aware_on)
    if request.method == "POST":
        form = typing.posted(request, DecisionForm(request.POST, types=types))
        if form.is_valid():
            said = form.cleaned_data
            try:
                consideration.decide(
                    incident, notify=said["decision"] == "notify", reasons=said["reasons"], notification_type=said["notification_type"],
                    learning_route=said["learning_route"], learning_reasons=said["reasons"], by=request.user,
                )  # fmt: skip
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
            else:
                typing.discard(request, form_name, incident.pk)
                messages.success(request, "The decision has been recorded.")
                return redirect("case_reviews:incident", incident_id=incident.pk)
    else:
        form = typing.restore(request.user, form_name, incident.pk, lambda data: DecisionForm(data, types=types))
    answers = list(incident.legal_test_answers.all())
    shows_views = access.can(request.user, "R", "K5", incident)
    views = list(incident.partner_views.select_related("agency", "asked_of__officer")) if shows_views else []
    context = {
        **_about(incident), "form": form, "answers": answers, "views": views,
        "shows_views": shows_views, "unanswered": questions.unanswered_legal_test(incident),
        "explanation": what_the_answers_say({row.question: row.answer for row in answers}, incident.rules, incident.aware_on),
        "consultation_summary": consultation.summary({view.partner_role: view.view for view in views}),
        "autosave": typing.url(form_name, incident.pk),
    }  # fmt: skip
    return render(request, "case_reviews/decide.html", context)


@needs("K3", "S", of=raised_incident)
@require_http_methods(["GET", "POST"])
def legal_test(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """The legal test, answered by the authority that decides on it."""
    if not access.can_decide(request.user, incident):
        raise Http404
    form_name = "incident-legal-test"
    answers = list(incident.legal_test_answers.all())
    initial = {row.question: row.answer for row in answers} | {f"{row.question}_reason": row.reason for row in answers}
    if request.method == "POST":
        form = typing.posted(request, LegalTestForm(request.POST, initial=initial))
        if form.is_valid():
            consideration.answer_legal_test(incident, answers=form.answers(), by=request.user)
            typing.discard(request, form_name, incident.pk)
            return redirect("case_reviews:decide", incident_id=incident.pk)
    else:
        form = typing.restore(request.user, form_name, incident.pk, lambda data: LegalTestForm(data, initial=initial))
    context = {
        **_about(incident),
        "form": form,
        "back": reverse("case_reviews:decide", args=[incident.pk]),
        "explanation": what_the_answers_say({row.question: row.answer for row in answers}, incident.rules, incident.aware_on),
        "autosave": typing.url(form_name, incident.pk),
    }
    return render(request, "case_reviews/legal_test.html", context)


@needs("K3", "S", of=raised_incident)
@require_http_methods(["GET", "POST"])
def sent(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Record that the notification was submitted; afterwards, what came of it: the national reference and the proof."""
    if not access.can_submit(request.user, incident):
        raise Http404
    recorded = getattr(incident, "notification", None)
    form_class, move = (AddToSentForm, consideration.add_to_sent) if recorded else (SentForm, consideration.record_sent)
    may_keep_proof = documents.can_add(request.user, incident.matter)
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    known = {"national_reference": recorded.national_reference} if recorded else {}
    form = form_class(*typed, initial=known, may_keep_proof=may_keep_proof)
    if request.method == "POST" and form.is_valid():
        try:
            move(incident, **form.cleaned_data, by=request.user)
        except RefusedFile as refusal:
            form.add_error("proof", str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded." if recorded else "Recorded. The clock for the notification has stopped.")
            return redirect("case_reviews:incident", incident_id=incident.pk)
    context = {
        **_about(incident), "form": form, "recorded": recorded, "may_keep_proof": may_keep_proof,
        "can_take_pack": access.can_take_notification_pack(request.user, incident),
    }  # fmt: skip
    return render(request, "case_reviews/sent.html", context)


@needs("K3", "S", of=raised_incident)
@require_http_methods(["GET", "POST"])
def change_course(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Reopen an incident, or end it as duplicate, transferred or criteria not met after all."""
    if not access.can_submit(request.user, incident):
        raise Http404
    courses = course.courses_from(Status(incident.status))
    if not access.can_decide(request.user, incident):
        courses = [target for target in courses if target != Status.UNDER_CONSIDERATION]
    form = CourseForm(request.POST or None, courses=courses)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            course.change(incident, to=Status(said["to"]), reasons=said["reasons"], told_on=said["told_on"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:incident", incident_id=incident.pk)
    return render(request, "case_reviews/change_course.html", {**_about(incident), "form": form, "courses": courses})


@signed_in
def learning(request: HttpRequest) -> HttpResponse:
    """Incidents below the threshold, and what becomes of their learning."""
    referrals = LearningReferral.objects.filter(incident__in=access.visible_to(request.user)).select_related(
        "incident__matter", "taken_up_by__officer"
    )
    readable = access.readable(request.user, [referral.incident for referral in referrals])
    rows = [referral for referral in referrals if referral.incident_id in readable]
    trail.record_reading("learning.listed", None, by=request.user, kind="K2")
    learnt = {row.incident_id for row in rows if access.can(request.user, "R", "K5", row.incident)}
    return render(request, "case_reviews/learning.html", {"rows": rows, "learnt": learnt})


@needs("K3", "E", of=learning_referral)
@require_http_methods(["GET", "POST"])
def take_up_learning(request: HttpRequest, part: Any) -> HttpResponse:
    if not access.can_consult(request.user, part.incident):
        raise Http404
    form = TakeUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consideration.take_up_learning(part.part, how=form.cleaned_data["how"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:learning")
    return render(request, "case_reviews/take_up_learning.html", {**_about(part.incident), "referral": part.part, "form": form})


def _about(incident: SeriousIncident) -> dict[str, Any]:
    clock = questions.notification_clock(incident, on=timezone.localdate(), calendar=arrangements.working_calendar())
    return {"incident": incident, "matter": incident.matter, "clock": clock, "safety_is_open": questions.safety_is_open(incident)}
