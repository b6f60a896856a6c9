"""How forms are drawn: GOV.UK classes on every widget, and one template round every field."""

from typing import Any

from django.forms import BoundField, Field
from django.forms.renderers import TemplatesSetting

CLASS_BY_WIDGET = {
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "clearable_file_input": "govuk-file-upload",
}
KIND_BY_WIDGET = {
    "DateBoxes": "boxes",
    "MomentBoxes": "boxes",
    "RadioSelect": "radios",
    "CheckboxSelectMultiple": "checkboxes",
    "CheckboxInput": "checkbox",
    "PasswordInput": "password",
}
GROUPED = frozenset({"boxes", "radios", "checkboxes"})
DRAWN_BY_THEIR_OWN_TEMPLATE = frozenset({"hidden", "radio", "checkbox", "radio_option", "checkbox_option", "multiple_hidden"})
MOST_INLINE_OPTIONS, LONGEST_INLINE_LABEL = 4, 16


class GovukRenderer(TemplatesSetting):
    """Draws each field as a GOV.UK form group, with its hint and its error tied to the input."""

    field_template_name = "pages/forms/field.html"
    form_template_name = "pages/forms/form.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if "widget" in context and "attrs" in context["widget"]:
            _dress(context["widget"])
        if isinstance(context.get("field"), BoundField):
            context = {**context, **_about(context["field"])}
        return super().render(template_name, context, request)


def kind_of(bound: BoundField) -> str:
    """Which pattern draws a field."""
    for ancestor in type(bound.field.widget).__mro__:
        if ancestor.__name__ in KIND_BY_WIDGET:
            return KIND_BY_WIDGET[ancestor.__name__]
    return "input"


def _about(bound: BoundField) -> dict[str, Any]:
    kind = kind_of(bound)
    return {"kind": kind, "grouped": kind in GROUPED, "mark": _mark(bound, kind)}


def _mark(bound: BoundField, kind: str) -> str:
    """The word beside a label: it marks the fewer, so that it is read. Where all fields are alike there is none."""
    needed = [field.required for field in bound.form.fields.values() if not _is_conditional(field)]
    if _is_conditional(bound.field) or all(needed) or not any(needed):
        return ""
    if needed.count(True) >= needed.count(False):
        return "" if bound.field.required or kind == "checkbox" else "optional"
    return "needed" if bound.field.required else ""


def _is_conditional(field: Field) -> bool:
    """Neither optional nor always needed: its own label says when it is asked."""
    return bool(getattr(field, "is_conditional", False))


def _dress(widget: dict[str, Any]) -> None:
    if "optgroups" in widget:
        labels = [str(option["label"]) for _, options, _ in widget["optgroups"] for option in options]
        widget["is_inline"] = len(labels) <= MOST_INLINE_OPTIONS and all(len(label) <= LONGEST_INLINE_LABEL for label in labels)
    attrs = widget["attrs"]
    attrs.pop("placeholder", None)  # it vanishes with the first letter and is too pale to read
    kind = str(widget.get("type") or widget["template_name"].rsplit("/", 1)[-1].removesuffix(".html"))
    if kind in DRAWN_BY_THEIR_OWN_TEMPLATE or "subwidgets" in widget:
        return
    wanted = CLASS_BY_WIDGET.get(kind, "govuk-input")
    given = str(attrs.get("class", "")).split()
    if wanted in given:
        return
    error = [f"{wanted}--error"] if str(attrs.get("aria-invalid", "")).lower() == "true" else []
    attrs["class"] = " ".join([wanted, *error, *given])
