"""The vault's forms: what they take, what they refuse in words, and that they tell nobody anything. Everybody is invented."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.people import drafts
from sightline.partnership.people.forms import AdultIdentityForm, ChildIdentityForm
from sightline.partnership.people.models import Person
from tests.factories import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(db: None) -> Account:
    return accounts.account("AL")


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}


def drawn(form: ChildIdentityForm) -> str:
    return "".join(field.as_field_group() for field in form)


WHOLE = {
    "given_name": "Orla", "family_name": "Testerby", "also_known_as": "Orlo", "sex": "female", "gender_identity": "", "ethnicity": "MOTH",
    "disabilities": ["HEAR", "VIS"], "religion": "None", "first_language": "Welsh", "interpreter": "no", "nhs_number": "999 000 0018",
    "upn": "Y801200011234", "social_care_id": "SC-1", "school": "Oakbrook Example School", "address_lines": "1 Invented Row",
    "address_postcode": "zz991aa", **day("born_on", date(2014, 3, 5)), **day("address_from", date(2020, 1, 1)),
}  # fmt: skip


def test_child_is_written_down_with_every_field(writer: Account) -> None:
    form = ChildIdentityForm(WHOLE)
    assert form.is_valid(), form.errors

    person = Person.objects.get(pk=form.save(by=writer).pk)

    assert (person.full_name, person.born_on, person.nhs_number, person.upn) == (
        "Orla Testerby",
        date(2014, 3, 5),
        "9990000018",
        "Y801200011234",
    )
    assert (person.disabilities, person.is_child, person.school) == (["HEAR", "VIS"], True, "Oakbrook Example School")
    assert (person.current_address.postcode, person.current_address.from_on) == ("ZZ99 1AA", date(2020, 1, 1))


def test_form_opened_again_shows_what_was_written_and_saves_a_correction(writer: Account) -> None:
    first = ChildIdentityForm(WHOLE)
    assert first.is_valid()
    person = first.save(by=writer)

    assert ChildIdentityForm(person=person)["nhs_number"].value() == "999 000 0018"
    again = ChildIdentityForm({**WHOLE, "family_name": "Testerby-Sample"}, person=person)
    assert again.is_valid(), again.errors
    again.save(by=writer)

    person.refresh_from_db()
    assert person.family_name == "Testerby-Sample"
    assert person.versions.get().changed_fields == ["family_name"]


def test_unborn_child_has_an_expected_date_and_no_name(writer: Account) -> None:
    expected = timezone.localdate() + timedelta(days=60)
    form = ChildIdentityForm(day("expected_on", expected))
    assert form.is_valid(), form.errors

    person = form.save(by=writer)

    assert person.is_unborn
    assert person.full_name == "Unborn child"


def test_adult_whose_name_is_not_known_is_a_relative_of_the_child(writer: Account) -> None:
    child_form, adult_form = ChildIdentityForm(WHOLE), AdultIdentityForm({"name_not_known": "on", "care_experienced": "yes"})
    assert child_form.is_valid() and adult_form.is_valid(), adult_form.errors
    child = child_form.save(by=writer)

    adult = adult_form.save(by=writer, relative_of=child, relationship="father")

    assert (adult.full_name, adult.is_child, adult.care_experienced) == ("Name not known", False, "yes")
    assert child.relatives.get().get_kind_display() == "Father"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"given_name": "", "family_name": ""}, "given_name", "tick that the name is not known"),
        ({"name_not_known": "on"}, "name_not_known", "A name is written above"),
        ({"nhs_number": "999 000 0019"}, "nhs_number", "not an NHS number"),
        ({"upn": "Z801200011234"}, "upn", "not a unique pupil number"),
        ({"address_postcode": "ZZ99"}, "address_postcode", "not a full postcode"),
        ({"disabilities": ["NONE", "HEAR"]}, "disabilities", "Remove one of the ticks"),
        ({**day("born_on", date(2999, 1, 1))}, "born_on", "in the future"),
        ({**day("born_on", date(1820, 1, 1))}, "born_on", "before 1900"),
        ({**day("expected_on", date(2026, 1, 1))}, "expected_on", "once the child is born"),
        ({**day("expected_on", date(2999, 1, 1)), **day("born_on", date(2014, 3, 5))}, "expected_on", "45 weeks"),
    ],
)
def test_mistake_is_said_in_words(changes: dict[str, object], field: str, words: str) -> None:
    form = ChildIdentityForm({**WHOLE, **changes})

    assert not form.is_valid()
    assert words in " ".join(form.errors[field])


def test_protected_address_is_not_shown_again_and_stays_when_left_empty(writer: Account) -> None:
    form = ChildIdentityForm({**WHOLE, "address_is_protected": "on"})
    assert form.is_valid()
    person = form.save(by=writer)

    page = drawn(ChildIdentityForm(person=person))
    assert "1 Invented Row" not in page and "ZZ99" not in page
    assert "1 Invented Row" in drawn(ChildIdentityForm(person=person, show_protected=True))

    blank = {**WHOLE, "address_lines": "", "address_postcode": "", **dict.fromkeys(day("address_from", date(2020, 1, 1)), "")}
    again = ChildIdentityForm(blank, person=person)
    assert again.is_valid(), again.errors
    again.save(by=writer)
    assert person.current_address.postcode == "ZZ99 1AA"
    assert person.current_address.is_protected


def test_half_typed_form_comes_back_as_it_was(writer: Account) -> None:
    posted = QueryDict(
        "identity-given_name=Or&identity-born_on_day=31&identity-born_on_month=Febr&identity-disabilities=HEAR", mutable=True
    )
    drafts.keep(writer, "incident-children", "new", posted)

    form = drafts.restore(ChildIdentityForm(prefix="identity"), drafts.kept(writer, "incident-children", "new"))
    page = drawn(form)

    assert not form.is_bound
    assert 'value="Or"' in page and 'value="31"' in page and 'value="Febr"' in page
    assert form["disabilities"].value() == ["HEAR"]


def test_every_field_of_the_forms_is_described_and_no_word_of_knowing_is_said(writer: Account) -> None:
    first, second = ChildIdentityForm(WHOLE), ChildIdentityForm(WHOLE)
    assert first.is_valid() and second.is_valid()
    first.save(by=writer)
    again = second.save(by=writer)

    assert (again.matching, again.same_as) == ("unmatched", None)
    for form in (ChildIdentityForm(), AdultIdentityForm()):
        assert all(field.label for field in form.fields.values())
