"""How forms are drawn: GOV.UK classes on every widget, and one template round every field."""

from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting

CLASS_BY_INPUT = {"textarea": "govuk-textarea", "select": "govuk-select", "file": "govuk-file-upload"}


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


def _about(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or type(widget).__name__.lower()
    if type(widget).__name__ in {"DateBoxes", "MomentBoxes"}:
        kind = "boxes"
    elif type(widget).__name__ == "CheckboxSelectMultiple":
        kind = "checkboxes"
    elif type(widget).__name__ == "RadioSelect":
        kind = "radios"
    return {"kind": kind, "grouped": kind in {"boxes", "checkboxes", "radios"}, "optional": not bound.field.required and kind != "checkbox"}


def _dress(widget: dict[str, Any]) -> None:
    attrs = widget["attrs"]
    kind = widget.get("type") or widget["template_name"].rsplit("/", 1)[-1].removesuffix(".html")
    if kind in {
        "hidden",
        "radio",
        "checkbox",
        "submit",
        "radio_option",
        "checkbox_option",
        "checkbox_select",
        "multiple_input",
    } or "widgets" in str(kind):
        return
    wanted = CLASS_BY_INPUT.get(str(kind), "govuk-input")
    if attrs.get("aria-invalid") == "true":
        wanted += f" {wanted}--error"
    given = str(attrs.get("class", ""))
    if wanted.split()[0] not in given.split():
        attrs["class"] = f"{wanted} {given}".strip()
