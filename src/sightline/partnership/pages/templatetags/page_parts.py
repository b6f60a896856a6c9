"""Small things that templates need to draw a page."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def dressed(field: BoundField, css_class: str) -> SafeString:
    """A field's input with one more class on it."""
    return field.as_widget(attrs={"class": css_class})


@register.filter
def has_words(text: Any) -> bool:
    """Whether a part of a page holds anything but spaces."""
    return bool(str(text or "").strip())


@register.simple_tag
def problems(*forms: Any) -> list[tuple[str, str]]:
    """Every error of the forms on a page, each with the place to jump to, for the summary at its top."""
    found: list[tuple[str, str]] = []
    for form in forms:
        if not form or not form.is_bound:
            continue
        found += [("", error) for error in form.non_field_errors()]
        for field in form:
            found += [(_target(field), error) for error in field.errors]
    return found


def _target(field: BoundField) -> str:
    has_parts = type(field.field.widget).__name__ in {"DateBoxes", "MomentBoxes", "RadioSelect", "CheckboxSelectMultiple"}
    return f"{field.auto_id}_0" if has_parts else field.auto_id
