"""The row of links over all pages of a review's chronologies."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

PAGES = (
    ("chronology_story", "Story"), ("findings", "Findings"), ("combined_chronology", "All rows"), ("chronology_timeline", "Timeline"),
    ("chronology_known", "What was known"), ("childs_day", "The child’s days"), ("chronology_cast", "People"), ("key_episodes",
    "Key episodes"),
    ("row_notes", "My notes"), ("chronologies", "Files"),
)  # fmt: skip


@register.inclusion_tag("case_reviews/_chronology_links.html", takes_context=True)
def chronology_nav(context: dict[str, Any], review: Any) -> dict[str, Any]:
    """Where else a reader may go, with the page that they are on marked."""
    request = context["request"]
    here = request.resolver_match.url_name if request.resolver_match else ""
    links = [(reverse(f"case_reviews:{name}", args=[review.pk]), label, name == here) for name, label in PAGES]
    return {"links": links}
