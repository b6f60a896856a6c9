"""The audit trail for those who watch over it: everything for some, their own staff for an agency's lead, their own doings for others."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.audit_trail.models import AuditEvent, VerificationRun
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.abilities import needs
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.pages.fields import ChoiceRadio, DayField
from sightline.procedures.access.matrix import MATRIX
from sightline.site.paging import newest_first

OUTCOMES: Final = (("", "Anything"), ("shown", "Looked at"), ("done", "Changed"), ("refused", "Refused"))
TONE_BY_DECISION: Final = {"refused": "orange", "done": "blue"}
LONGEST_NAME_SEARCH: Final = 200


class SearchForm(forms.Form):
    """What a reader of the trail looks for; every part may be left out."""

    person = forms.CharField(label="Person", required=False, max_length=100, help_text="Part of a name or e-mail address.")
    matter = forms.CharField(
        label="Matter", required=False, max_length=26, help_text="Its reference, like KX7-4QD, or its number in the trail."
    )
    action = forms.RegexField(
        r"^[a-z_.]+$",
        label="Action",
        required=False,
        max_length=80,
        help_text="How it begins, for example account or case_reviews.",
        error_messages={"invalid": "An action has only small letters, dots and underscores, for example account.signed_in."},
    )
    outcome = ChoiceRadio("What happened", [(code or "any", text) for code, text in OUTCOMES], required=False)
    first_day = DayField("First day", required=False)
    last_day = DayField("Last day", required=False)


@needs("K19", "R")
@require_safe
def trail_page(request: HttpRequest) -> HttpResponse:
    """A page of the trail, and when it was last found whole."""
    form = SearchForm(request.GET if set(request.GET) - {"before", "after"} else None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    events = _found(_open_to(request.user), wanted, request.user)
    page = newest_first(request, events if not form.errors else events.none(), "at")
    # Whoever watches is watched too; recorded before anything is drawn.
    trail.record_reading("audit_trail.read", None, by=request.user, kind="K19", fields=[name for name, value in wanted.items() if value])
    return render(
        request,
        "site/audit_trail.html",
        {"form": form, "is_search": bool(wanted), "page": page, "rows": _described(page.rows, request.user), "verified": _last_run()},
    )


def _open_to(account: Account) -> QuerySet[AuditEvent]:
    """Which rows this person may read; never one of a matter that is kept from them."""
    # Whoever is refused must not learn from the trail whether there was anything to be refused: the row of a matter that is kept from
    # them would be missing, and that of an address that never existed would not.
    events = AuditEvent.objects.exclude(decision="refused", actor_id=account.pk)
    how = access.standing(account, None)
    if not how.decide("R", "K19"):
        events = events.exclude(decision="refused")
        if account.agency_id and how.decide("R", "K19", owner_agency_id=account.agency_id):
            events = events.filter(agency_id=account.agency_id)
        else:
            events = events.filter(actor_id=account.pk)
    return events.exclude(access.kept_from(account, "matter_id"))


def _found(events: QuerySet[AuditEvent], wanted: dict[str, Any], reader: Account) -> QuerySet[AuditEvent]:
    if person := wanted.get("person"):
        named = Q(email__icontains=person) | Q(officer__name__icontains=person) | Q(known_as__icontains=person)
        events = events.filter(actor_id__in=list(Account.objects.filter(named).values_list("pk", flat=True)[:LONGEST_NAME_SEARCH]))
    if matter := wanted.get("matter", "").strip().upper():
        # A reference finds only what its reader may know of, so that guessing one tells nothing.
        known = access.visible_matters(reader).filter(reference=matter).values_list("pk", flat=True)
        events = events.filter(matter_id__in=[matter, *known])
    if action := wanted.get("action"):
        events = events.filter(action__startswith=action)
    if (outcome := wanted.get("outcome")) and outcome != "any":
        events = events.filter(decision=outcome)
    if first_day := wanted.get("first_day"):
        events = events.filter(at__gte=timezone.make_aware(datetime.combine(first_day, time.min)))
    if last_day := wanted.get("last_day"):
        events = events.filter(at__lt=timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min)))
    return events


def _described(events: tuple[AuditEvent, ...], reader: Account) -> list[dict[str, Any]]:
    """Rows as people read them: names are looked up now, and only the references that the reader may know."""
    people = Account.objects.select_related("officer__agency").in_bulk({event.actor_id for event in events})
    matter_ids = {event.matter_id for event in events if event.matter_id}
    reference_by_id = dict(access.visible_matters(reader).filter(pk__in=matter_ids).values_list("pk", "reference"))
    opened = set(Matter.objects.filter(pk__in=matter_ids).values_list("pk", flat=True))
    reference_by_id |= {pk: "A draft" for pk in matter_ids - opened}
    may_see_ids = bool(access.decide(reader, "R", "K19"))
    return [
        {
            "at": event.at,
            "who": people.get(event.actor_id) or event.actor_id or "Nobody signed in",
            "agency": people[event.actor_id].agency if event.actor_id in people else None,
            "what": event.action.replace(".", ": ").replace("_", " "),
            "kind": MATRIX.kind_by_code[event.kind].name if event.kind in MATRIX.kind_by_code else "",
            "matter": _matter(event, reference_by_id, may_see_ids),
            "outcome": dict(OUTCOMES).get(event.decision, event.decision),
            "tone": TONE_BY_DECISION.get(event.decision, "grey"),
        }
        for event in events
    ]


def _matter(event: AuditEvent, reference_by_id: dict[str, str], may_see_ids: bool) -> str:
    if not event.matter_id:
        return ""
    return reference_by_id.get(event.matter_id) or (event.matter_id if may_see_ids else "A matter you are not part of")


def _last_run() -> VerificationRun | None:
    return VerificationRun.objects.order_by("-verified_at").first()
