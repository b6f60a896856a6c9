"""What templates may ask."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from sightline.partnership.need_to_know.workflow import break_glass, conflicts


def rendered(source, account, **context):
    request = RequestFactory().get("/")
    request.user = account
    return Template("{% load access %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(("role", "expected"), [("PC", "yes"), ("PM", "no")])
def test_template_asks_the_policy(world, role, expected):
    account = world.person(role)
    matter = world.matter(account)

    shown = rendered('{% can "K5" "E" matter as may %}{% if may %}yes{% else %}no{% endif %}', account, matter=matter)

    assert shown == expected


def test_template_offers_what_needs_a_confirmed_sign_in(world):
    account = world.person("PC")

    assert rendered('{% can "K1" "I" matter as may %}{{ may }}', account, matter=world.matter(account)) == "True"


def test_template_tells_of_the_readers_own_emergency_opening(world):
    partner, other = world.person("DSP"), world.person("DSP")
    matter = world.matter()
    break_glass.use(matter, category="other", reason="x" * 30, by=partner, stepped_up=True)
    source = "{% emergency_opening matter as opening %}{% if opening %}open{% endif %}"

    assert rendered(source, partner, matter=matter) == "open"
    assert rendered(source, other, matter=matter) == ""


def test_template_without_reader_or_in_conflict_is_told_no(world):
    account = world.person("BM")
    matter = world.matter(account)
    conflicts.declare(matter, account=account, reason="x", by=world.person("IG"))

    assert rendered('{% can "K2" "L" matter as may %}{{ may }}', account, matter=matter) == "False"
    assert Template('{% load access %}{% can "K0" "R" as may %}{{ may }}').render(Context({})) == "False"
