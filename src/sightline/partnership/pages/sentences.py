"""Errors of a form as sentences: what is wrong, where, and how to put it right."""

from django.core.exceptions import ValidationError
from django.forms import (
    BoundField,
    CharField,
    ChoiceField,
    Field,
    FileField,
    ModelChoiceField,
    ModelMultipleChoiceField,
    MultipleChoiceField,
)

# Only the words that Django itself would say are replaced; a form that says it better keeps its own.
DJANGO_SAYS = {
    str(text)
    for field in (Field, CharField, FileField, ChoiceField, MultipleChoiceField, ModelChoiceField, ModelMultipleChoiceField)
    for text in field.default_error_messages.values()
} | {"Enter a valid email address."}


def sentence(error: ValidationError, field: BoundField) -> str:
    """One error in our own words."""
    said = " ".join(str(message) for message in error.messages)
    label, params, raw = str(field.label or "this answer"), error.params or {}, str(error.message)
    if error.code == "required" and raw in DJANGO_SAYS:
        return f"Fill in “{label}”."
    if error.code in {"invalid_choice", "invalid_pk_value", "invalid_list"} and raw.startswith(
        ("Select a valid choice", "“%(pk)s”", "Enter a list")
    ):
        return f"Choose one of the answers shown for “{label}”."
    if error.code == "max_length" and "limit_value" in params:
        return f"“{label}” can have at most {params['limit_value']} characters; it has {params['show_value']}. Shorten it."
    if error.code == "min_length" and "limit_value" in params:
        return f"“{label}” needs at least {params['limit_value']} characters; it has {params['show_value']}. Write more."
    if error.code == "invalid" and raw == "Enter a valid email address.":
        return f"“{label}” must be an e-mail address with an @, for example name@example.org."
    if error.code == "empty" and raw in DJANGO_SAYS:
        return f"The file chosen for “{label}” is empty. Choose another."
    return said
