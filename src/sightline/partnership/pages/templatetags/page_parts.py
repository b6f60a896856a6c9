"""What templates need to draw a page."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.safestring import SafeString

from sightline.partnership.pages.forms import kind_of
from sightline.partnership.pages.sentences import sentence

register = template.Library()


@register.filter
def dressed(field: BoundField, css_class: str) -> SafeString:
    """A field's input with one more class on it."""
    return field.as_widget(attrs={"class": css_class})


@register.filter
def has_words(text: Any) -> bool:
    """Whether a part of a page holds anything but spaces."""
    return bool(str(text or "").strip())


@register.filter
def get_invalid(attrs: dict[str, Any]) -> bool:
    """Whether an input is to be drawn as wrong."""
    return str(attrs.get("aria-invalid", "")).lower() == "true"


@register.filter
def error_sentences(field: BoundField) -> list[str]:
    """The errors of a field in our own words: what is wrong, where, and how to put it right."""
    return [sentence(error, field) for error in _errors(field)]


@register.simple_tag
def problems(*forms: Any) -> list[tuple[str, str]]:
    """Every error of the forms on a page, each with the place to jump to, for the summary at its top."""
    found: list[tuple[str, str]] = []
    for form in forms:
        if not form or not form.is_bound:
            continue
        found += [("", error) for error in form.non_field_errors()]
        for field in form:
            found += [(_target(field), text) for text in error_sentences(field)]
    return found


def _errors(field: BoundField) -> Iterator[ValidationError]:
    return iter(field.errors.as_data())


def _target(field: BoundField) -> str:
    kind = kind_of(field)
    if kind == "boxes":
        return f"{field.auto_id}_0"
    return f"{field.auto_id}_0" if kind in {"radios", "checkboxes"} else field.id_for_label
