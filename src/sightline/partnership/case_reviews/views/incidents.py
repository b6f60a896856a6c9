"""The list of serious incidents, and the record of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, questions, review_access, story
from sightline.partnership.case_reviews.abilities import raised_incident
from sightline.partnership.case_reviews.models import RapidReview, SeriousIncident
from sightline.partnership.documents.access import papers_of
from sightline.partnership.need_to_know import listing
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import consultation
from sightline.procedures.section_16c import what_the_answers_say

PAGE_SIZE = 50


@signed_in
def incidents(request: HttpRequest) -> HttpResponse:
    """Every incident this person may know of, newest first; a page of fifty, found by its place and not by counting."""
    found_page = listing.page(request.user, after=request.GET.get("after"), before=request.GET.get("before"), size=PAGE_SIZE)
    found = SeriousIncident.objects.filter(matter__in=found_page.matter_ids).select_related("matter", "raised_by_agency", "notification")
    by_matter = {incident.matter_id: incident for incident in found}
    readable = access.readable(request.user, by_matter.values())
    calendar, today = arrangements.working_calendar(), timezone.localdate()
    rows = []
    for matter_id in found_page.matter_ids:
        if incident := by_matter.get(matter_id):
            may_read = incident.pk in readable
            clock = questions.notification_clock(incident, on=today, calendar=calendar) if may_read else None
            rows.append({"incident": incident, "readable": may_read, "clock": clock})
    trail.record_reading("incidents.listed", None, by=request.user, kind="K2")
    page = {
        "older_url": f"?after={found_page.older}" if found_page.older else "",
        "newer_url": f"?before={found_page.newer}" if found_page.newer else "",
    }
    context = {"rows": rows, "page": page, "can_raise": access.can_raise(request.user)}
    return render(request, "case_reviews/incidents.html", context)


@needs("K3", "R", of=raised_incident)
def incident(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """The record: is everyone safe, what is due and from whom, and everything known so far."""
    user, today = request.user, timezone.localdate()
    answers = list(incident.legal_test_answers.all())
    views = list(incident.partner_views.select_related("agency", "asked_of__officer", "given_by__officer"))
    may_see_views = access.can(user, "R", "K5", incident)
    context = {
        "incident": incident,
        "matter": incident.matter,
        "children": list(incident.children.select_related("person", "incident")),
        "people": list(incident.significant_people.select_related("person")),
        "professionals": incident.professionals.select_related("agency"),
        "proceedings": incident.parallel_proceedings.all(),
        "safety": questions.latest_safety_answers(incident),
        "safety_is_open": questions.safety_is_open(incident),
        "concerns": incident.immediate_concerns.select_related("duty_officer", "cover_officer", "answered_by__officer"),
        "clock": questions.notification_clock(incident, on=today, calendar=arrangements.working_calendar()),
        "answers": answers,
        "explanation": what_the_answers_say({row.question: row.answer for row in answers}, incident.rules, incident.aware_on),
        "views": views if may_see_views else [],
        "may_see_views": may_see_views,
        "consultation_summary": consultation.summary({view.partner_role: view.view for view in views}) if views and may_see_views else None,
        "decisions": incident.decisions.select_related("decided_by__officer"),
        "changes": incident.status_changes.select_related("changed_by__officer"),
        "sent": getattr(incident, "notification", None),
        "referral": getattr(incident, "learning_referral", None),
        "review": _review_for(user, incident),
        "papers": papers_of(incident.matter, user),
        "may_see_family": access.can(user, "R", "K6", incident),
        "can_edit": access.can_edit(user, incident),
        "can_consult": access.can_consult(user, incident),
        "can_decide": access.can_decide(user, incident),
        "can_submit": access.can_submit(user, incident),
        "can_take_pack": access.can_take_notification_pack(user, incident),
        "my_view": next((view for view in views if access.can_give_view(user, view) and view.asked_of_id == user.pk), None),
        "next_step": story.next_step(incident, user),
        "can_reveal": access.can(user, "I", "K1", incident),
    }
    return render(request, "case_reviews/incident.html", context)


@needs("K3", "R", of=raised_incident)
def raised(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """What happens now. The same words for everybody, whoever the child is."""
    return render(
        request,
        "case_reviews/raised.html",
        {"incident": incident, "matter": incident.matter, "safety_is_open": questions.safety_is_open(incident)},
    )


@needs("K3", "R", of=raised_incident)
def timeline(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Everything that was done with this incident, in order, told from what is stored."""
    events = story.events(
        incident, with_views=access.can(request.user, "R", "K5", incident), with_family=access.can(request.user, "R", "K6", incident)
    )
    return render(request, "case_reviews/timeline.html", {"incident": incident, "matter": incident.matter, "events": events})


@needs("K3", "R", of=raised_incident)
def why_this_date(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """The days counted to the notification's due date, one by one."""
    clock = questions.notification_clock(incident, on=timezone.localdate(), calendar=arrangements.working_calendar())
    return render(request, "case_reviews/why_this_date.html", {"incident": incident, "matter": incident.matter, "clock": clock})


def _review_for(account: Account, incident: SeriousIncident) -> RapidReview | None:
    """The rapid review that followed, for somebody who may read it."""
    review = RapidReview.objects.filter(incident=incident).first()
    return review if review is not None and review_access.can(account, "R", review) else None
