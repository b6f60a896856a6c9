"""How a form is drawn: each input has its label, its hint and its error, and the summary leads to a real place."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

from sightline.partnership.pages.fields import ChoiceRadio, ConditionalChoice, DayField, LongText, ManyChoices, MomentField


class Everything(forms.Form):
    """One of each kind of question."""

    name = forms.CharField(label="Name", help_text="As on the birth certificate.", max_length=5)
    born = DayField("Date of birth", hint="For example 27 3 2010.")
    known = MomentField("When it became known")
    outcome = ChoiceRadio("Outcome", [("harm", "Seriously harmed"), ("died", "Died")], hint="As it is today.")
    harms = ManyChoices("Kinds of harm", [("neglect", "Neglect"), ("other", "Other")])
    words = LongText("In your own words", required=True)
    agrees = forms.BooleanField(label="I agree")
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose one"), ("a", "A")])
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    paper = forms.FileField(label="Document")


class Page(HTMLParser):
    """The parts of a page that refer to each other."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.described: list[str] = []
        self.labelled: list[str] = []
        self.links: list[str] = []
        self.inputs: list[dict[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        self.described += found.get("aria-describedby", "").split()
        if tag == "label":
            self.labelled.append(found["for"])
        if tag == "a" and found.get("href", "").startswith("#"):
            self.links.append(found["href"][1:])
        if tag in {"input", "select", "textarea"} and found.get("type") != "hidden":
            self.inputs.append(found)


def drawn(form: forms.Form) -> str:
    return engines["django"].from_string(CottonCompiler().process('<c-form :form="form" submit="Save" />')).render({"form": form})


@pytest.fixture(params=["untouched", "wrong"])
def page(request: pytest.FixtureRequest) -> Page:
    return Page(drawn(Everything() if request.param == "untouched" else Everything({"name": "Far too long"})))


def test_no_two_parts_have_the_same_id(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))


def test_every_description_is_on_the_page(page: Page) -> None:
    assert page.described
    assert set(page.described) <= set(page.ids)


def test_every_input_has_its_label(page: Page) -> None:
    assert {entry["id"] for entry in page.inputs} == set(page.labelled)


def test_summary_leads_from_every_error_to_its_question() -> None:
    page = Page(drawn(Everything({"name": "Far too long"})))

    assert len(page.links) == len(Everything.base_fields)
    assert set(page.links) <= set(page.ids)


def test_summary_leads_to_a_place_where_one_can_type() -> None:
    page = Page(drawn(Everything({"name": "Far too long"})))

    assert set(page.links) <= {entry["id"] for entry in page.inputs}


def test_untouched_form_has_no_summary() -> None:
    assert "There is a problem" not in drawn(Everything())


@pytest.mark.parametrize(
    "sentence",
    [
        "“Name” can have at most 5 characters; it has 12. Shorten it.",
        "Enter the date for “Date of birth”.",
        "Enter the date and time for “When it became known”.",
        "Choose an answer to “Outcome”.",
        "Choose at least one answer to “Kinds of harm”.",
        "Fill in “In your own words”.",
        "Fill in “Kind”.",
    ],
)
def test_error_is_said_twice_in_the_same_words(sentence: str) -> None:
    text = re.sub(r"\s+", " ", drawn(Everything({"name": "Far too long"})))

    assert text.count(sentence) == 2


def test_error_of_the_whole_form_is_in_the_summary() -> None:
    form = Everything({"name": "Ada"})
    form.add_error(None, "Ask at least one partner.")

    assert "Ask at least one partner." in drawn(form)


def test_question_that_may_stay_empty_says_so() -> None:
    class Short(forms.Form):
        note = LongText("Note")
        name = forms.CharField(label="Name")

    assert drawn(Short()).count("(optional)") == 1


def test_question_that_hangs_on_another_answer_is_not_called_optional() -> None:
    class Decision(forms.Form):
        decision = ChoiceRadio("Decision", [("yes", "Yes"), ("no", "No")])
        kind = ConditionalChoice("If yes: what kind")
        reasons = LongText("Reasons", required=True)
        note = LongText("Note")

    label = {field.name: drawn(Decision()).split(field.label)[1].split("</label>")[0] for field in Decision()}

    assert "(" not in label["kind"]
    assert "(optional)" in label["note"]


def test_question_that_hangs_on_another_answer_marks_no_other() -> None:
    class Decision(forms.Form):
        decision = ChoiceRadio("Decision", [("yes", "Yes"), ("no", "No")])
        kind = ConditionalChoice("If yes: what kind")

    assert "sl-optional" not in drawn(Decision())


def test_what_was_typed_is_escaped() -> None:
    assert "<script>" not in drawn(Everything({"name": "<script>", "words": "</textarea><script>"}))


def test_form_with_a_file_is_sent_in_parts() -> None:
    assert 'enctype="multipart/form-data"' in drawn(Everything())
