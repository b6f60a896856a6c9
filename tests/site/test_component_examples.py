"""The page of components shows all of them, each with its code and when to use it."""

import pytest
from django.test import Client

from sightline.site.component_examples import EXAMPLES, TEMPLATES
from tests.architecture.source import ROOT

# Shown by others: the summary of errors is a part of a form.
PARTS_OF_OTHERS = {"error_summary"}


def test_every_component_has_an_example() -> None:
    components = {path.stem for path in (TEMPLATES / "cotton").glob("*.html")} | {
        path.name for path in (TEMPLATES / "cotton").iterdir() if path.is_dir()
    }
    shown = "".join(example.code for example in EXAMPLES)

    missing = {name for name in components - PARTS_OF_OTHERS if f"<c-{name.replace('_', '-')}" not in shown}

    assert missing == set()


def test_every_example_says_when() -> None:
    assert [example.name for example in EXAMPLES if not example.title or not example.when.endswith(".")] == []


@pytest.mark.django_db
def test_page_of_components_needs_no_account() -> None:
    shown = Client().get("/help/components/").content.decode()

    assert all(f'id="{example.name}"' in shown for example in EXAMPLES)


@pytest.mark.django_db
def test_example_that_is_sent_keeps_nothing() -> None:
    assert Client().post("/help/components/", {"right-title": "Anything"}).status_code == 302


def test_page_of_components_is_named_in_the_documents() -> None:
    assert "/help/components/" in (ROOT / "docs" / "reference" / "components.md").read_text(encoding="utf-8")
