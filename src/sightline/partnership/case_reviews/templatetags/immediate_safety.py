"""The question of immediate safety on each page of an incident, until somebody has answered it."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from sightline.partnership.case_reviews import access, questions

register = template.Library()


@register.inclusion_tag("case_reviews/_safety_in_brief.html", takes_context=True)
def safety_in_brief(context: RequestContext) -> dict[str, Any]:
    """One line at the top while the question is open; nothing once every child is recorded as safe."""
    incident, request = context.get("incident"), context["request"]
    if incident is None or not questions.safety_is_open(incident):
        return {"is_open": False}
    may_answer = incident.is_draft or access.can_edit(request.user, incident)
    return {
        "is_open": True,
        "url": reverse("case_reviews:section", args=[incident.pk, "safety"]) if may_answer else "",
        "partnership": context.get("partnership"),
    }
