"""The row of links over all pages of a review's chronologies, and the way between codes and names."""

from typing import Any, Final

from django import template
from django.urls import reverse

from sightline.partnership.case_reviews import chronology_abilities
from sightline.partnership.case_reviews.views.chronology_names import how

register = template.Library()

PAGES: Final = (
    ("chronology_story", "Story"), ("findings", "Findings"), ("combined_chronology", "All rows"), ("chronology_timeline", "Timeline"),
    ("chronology_known", "What was known"), ("childs_day", "The child’s days"), ("chronology_cast", "People"),
    ("key_episodes", "Key episodes"), ("row_notes", "My notes"), ("previews", "Previews"), ("chronologies", "Files"),
)  # fmt: skip
WITH_NAMES: Final = frozenset(
    {
        "chronology_story", "combined_chronology", "chronology_timeline", "chronology_timeline_print", "chronology_known", "childs_day",
        "finding", "chronology_row",
    }
)  # fmt: skip
NAMED: Final = "_named"


@register.inclusion_tag("case_reviews/_chronology_links.html", takes_context=True)
def chronology_nav(context: dict[str, Any], review: Any) -> dict[str, Any]:
    """Where else a reader may go, with the page that they are on marked; names stay shown from page to page."""
    here = _here(context)
    with_names = bool(context.get("names"))
    links = [
        (reverse(f"case_reviews:{name}{NAMED if with_names and name in WITH_NAMES else ''}", args=[review.pk]), label, name == here)
        for name, label in PAGES
    ]
    return {"links": links, **names_toggle(context, review)}


@register.inclusion_tag("case_reviews/_names_toggle.html", takes_context=True)
def names_toggle(context: dict[str, Any], review: Any) -> dict[str, Any]:
    """From codes to names on the page where a reader is, and back; nothing for whoever may not learn names."""
    here, request = _here(context), context["request"]
    with_names = bool(context.get("names"))
    if here not in WITH_NAMES or not (with_names or chronology_abilities.may_open_names(how(request, review), review)):
        return {"with_names": with_names, "other": ""}
    other = reverse(f"case_reviews:{here}{'' if with_names else NAMED}", kwargs=request.resolver_match.kwargs)
    return {"with_names": with_names, "other": other}


def _here(context: dict[str, Any]) -> str:
    match = context["request"].resolver_match
    return match.url_name.removesuffix(NAMED) if match else ""
