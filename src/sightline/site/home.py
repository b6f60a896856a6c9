"""The home page: what needs this person, by when, and why. Gathered from the rooms below, each row permitted by itself."""

from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.abilities import is_entitled
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, questions
from sightline.partnership.case_reviews.models import ImmediateConcern, LearningReferral, PartnerView, SeriousIncident
from sightline.procedures.case_review import SeriousIncidentStatus as Status
from sightline.procedures.working_days import WorkingCalendar
from sightline.site import home_groups
from sightline.site.set_up import steps


@dataclass(frozen=True)
class Need:
    """One thing to do: what, by when, and why it is this person's."""

    title: str
    url: str
    why: str
    due: str = ""
    due_tone: str = ""
    kind: str = ""


@dataclass
class NeedGroup:
    """Things of one kind; shown with its count even when that is 0."""

    heading: str
    zero: str
    rows: list[Need] = field(default_factory=list)


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What needs you, and what waits for others."""
    account, today = request.user, timezone.localdate()
    followed = access.visible_to(account).live().select_related("matter", "raised_by_agency", "notification")
    live = list(followed.prefetch_related("safety_answers").order_by("-raised_at")[:200])
    may_read = access.readable(account, live)
    readable = [incident for incident in live if incident.pk in may_read]
    calendar = arrangements.working_calendar()
    groups = [
        _safety(account, readable, today),
        _decisions(account, readable, today, calendar),
        _drafts(account),
        *(NeedGroup(g.heading, g.zero, [Need(**row) for row in g.rows]) for g in home_groups.for_account(account, today)),
    ]
    with_others = _with_others(account, readable, today, calendar)
    if readable:
        trail.record_reading("home.shown", None, by=account, kind="K2")
    context = {
        "groups": [group for group in groups if group is not None], "with_others": with_others,
        "total": sum(len(group.rows) for group in groups if group is not None), "can_raise": access.can_raise(account),
    }  # fmt: skip
    context["set_up_is_open"] = is_entitled(account, "C", "K0") and steps.is_open(today)
    return render(request, "site/home.html", context)


def _safety(account: Account, incidents: list[SeriousIncident], today: date) -> NeedGroup:
    group = NeedGroup("Children’s safety first", "No question about a child’s immediate safety is open.")
    concerns = ImmediateConcern.objects.filter(incident__in=incidents, answered_at__isnull=True).select_related("incident__matter")
    for concern in concerns:
        on_duty = account.officer_id in {concern.duty_officer_id, concern.cover_officer_id}
        if on_duty or access.can_consult(account, concern.incident):
            group.rows.append(Need(
                f"Immediate concern in {concern.incident.matter.reference}", reverse("case_reviews:answer_concern", args=[concern.pk]),
                "You are on duty today" if on_duty else "The business unit sees that it is answered", f"{concern.due_on:%-d %B}",
                "late" if concern.due_on < today else "due_soon", "safety",
            ))  # fmt: skip
    for incident in incidents:
        if access.can_edit(account, incident) and questions.safety_is_open(incident):
            group.rows.append(
                Need(
                    f"Say whether the children are safe in {incident.matter.reference}",
                    reverse("case_reviews:section", args=[incident.pk, "safety"]),
                    "A first question of day 0 is not answered yet",
                    "Today",
                    "due_soon",
                    "safety",
                )
            )
    return group


def _decisions(account: Account, incidents: list[SeriousIncident], today: date, calendar: WorkingCalendar) -> NeedGroup:
    group = NeedGroup("Serious incidents waiting for you", "No serious incident waits for you.")
    asked = {view.incident_id: view for view in PartnerView.objects.filter(incident__in=incidents, asked_of=account, view="")}
    referred = {
        row.incident_id: row
        for row in LearningReferral.objects.filter(incident__in=access.visible_to(account), taken_up_at__isnull=True).select_related(
            "incident__matter"
        )
    }
    for incident in incidents:
        reference, due = incident.matter.reference, _due(incident, today, calendar)
        if incident.status == Status.RAISED and access.can_consult(account, incident):
            group.rows.append(
                Need(f"Ask the partners about {reference}", _url("consult", incident), "It was raised and nobody has been asked yet", *due)
            )
        if incident.status == Status.UNDER_CONSIDERATION and incident.pk in asked:
            url = reverse("case_reviews:give_view", args=[asked[incident.pk].pk])
            group.rows.append(
                Need(
                    f"Give your view on {reference}",
                    url,
                    f"You are asked for the {asked[incident.pk].get_partner_role_display().lower()}",
                    *due,
                )
            )
        if incident.status == Status.UNDER_CONSIDERATION and access.can_decide(account, incident):
            group.rows.append(Need(f"Decide whether to notify {reference}", _url("decide", incident), "The local authority decides", *due))
        if incident.status == Status.DECIDED_TO_NOTIFY and access.can_submit(account, incident):
            group.rows.append(
                Need(f"Submit and record the notification of {reference}", _url("sent", incident), "It was decided to notify", *due)
            )
    for referral in referred.values():
        if access.can_consult(account, referral.incident):
            url = reverse("case_reviews:take_up_learning", args=[referral.pk])
            group.rows.append(
                Need(
                    f"Take up the learning from {referral.incident.matter.reference}", url, "It was not notifiable, and its learning waits"
                )
            )
    return group


def _drafts(account: Account) -> NeedGroup | None:
    if not access.can_raise(account):
        return None
    group = NeedGroup("What you have begun", "You have no draft.")
    for draft in SeriousIncident.objects.filter(status=Status.DRAFT, raised_by=account):
        group.rows.append(
            Need(
                f"Draft of a serious incident, begun {draft.created_at:%-d %B}",
                _url("overview", draft),
                "Nobody is told until you raise it",
            )
        )
    return group


def _with_others(account: Account, incidents: list[SeriousIncident], today: date, calendar: WorkingCalendar) -> list[Need]:
    """Live incidents that this person follows and in which somebody else has the next step."""
    rows = []
    for incident in incidents:
        if incident.status == Status.UNDER_CONSIDERATION and not access.can_decide(account, incident):
            rows.append(
                Need(
                    f"{incident.matter.reference}: the local authority decides",
                    _url("incident", incident),
                    "You follow this incident",
                    *_due(incident, today, calendar),
                )
            )
        elif incident.status == Status.RAISED and not access.can_consult(account, incident):
            rows.append(
                Need(
                    f"{incident.matter.reference}: the business unit asks the partners",
                    _url("incident", incident),
                    "You follow this incident",
                    *_due(incident, today, calendar),
                )
            )
    return rows


def _due(incident: SeriousIncident, today: date, calendar: WorkingCalendar) -> tuple[str, str]:
    clock = questions.notification_clock(incident, on=today, calendar=calendar)
    return (f"{clock.due_on:%-d %B}", clock.state) if clock else ("", "")


def _url(name: str, incident: SeriousIncident) -> str:
    return reverse(f"case_reviews:{name}", args=[incident.pk])
