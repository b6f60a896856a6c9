"""The links of a request on the unit's page about it."""

from typing import Any

from django import template
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import out_of_term
from sightline.partnership.case_reviews.models import AgencyRequest, AnswerLink
from sightline.procedures.agency_request import AgencyRequestStatus as Status

register = template.Library()


@register.inclusion_tag("case_reviews/_links.html", takes_context=True)
def answer_links(context: template.Context, asked: AgencyRequest) -> dict[str, Any]:
    """Every link that was made, newest first, and what became of it."""
    made = list(asked.links.select_related("officer").order_by("-made_at", "-id"))
    return {
        "without_way": _has_no_way(asked, made),
        "rows": [{"link": link, **_state(link)} for link in made],
        "asked": asked,
        "is_awaited": Status(asked.status).waits_for_agency and not asked.is_over,
        "holidays": out_of_term.reached_by(asked, on=timezone.localdate()),
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }


def _has_no_way(asked: AgencyRequest, made: list[AnswerLink]) -> bool:
    """Whether whoever is to answer can do so neither by account nor by link."""
    now = timezone.now()
    if any(link.officer_id == asked.who_answers.pk and link.is_open(now) for link in made):
        return False
    return not Account.objects.filter(officer=asked.who_answers.pk, is_active=True).exists()


def _state(link: AnswerLink) -> dict[str, Any]:
    is_live = link.revoked_at is None and link.used_at is None and timezone.now() < link.expires_at
    if link.revoked_at is not None:
        state, tone = "Taken back", "grey"
    elif link.used_at is not None:
        state, tone = "Answer is in", "green"
    elif not is_live:
        state, tone = "Run out", "grey"
    elif link.is_locked:
        state, tone = "Locked: five wrong codes", "red"
    elif link.opened_at is None:
        state, tone = "Not opened yet", "yellow"
    else:
        state, tone = "Opened", "blue"
    return {"state": state, "tone": tone, "is_live": is_live}
