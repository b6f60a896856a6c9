"""Writing somebody down, correcting, and saying who they are. Everybody is invented."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.people import matching, workflow
from sightline.partnership.people.models import Matching, Person
from sightline.procedures.errors import NotAllowedNow

pytestmark = pytest.mark.django_db

ORLA = {"given_name": "Orla", "family_name": "Testerby", "born_on": date(2014, 3, 5), "sex": "female"}
HOME = {"lines": "1 Invented Row", "postcode": "zz991aa"}


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("seq").values_list("action", flat=True))


def test_person_written_down_is_kept_as_typed_with_numbers_cleaned(author: Account) -> None:
    person = workflow.write_down(by=author, address=HOME, nhs_number="999 000 0018", **ORLA)

    person.refresh_from_db()
    assert (person.given_name, person.nhs_number, person.matching) == ("Orla", "9990000018", Matching.UNMATCHED)
    assert person.current_address.postcode == "ZZ99 1AA"
    assert actions() == ["person.written_down"]


def test_writing_down_costs_the_same_whether_or_not_the_person_is_known(author: Account) -> None:
    for n in range(5):
        workflow.write_down(by=author, address=HOME, given_name=f"Other{n}", family_name="Sample", is_child=True)
    seen = []
    for fields in (ORLA, ORLA, {**ORLA, "given_name": "Orlo", "family_name": "Tasterby"}):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            person = workflow.write_down(by=author, address=HOME, **fields)
        seen.append((len(queries), {name: getattr(person, name) for name in ("matching", "same_as", "changed_since_matched")}))

    assert seen[0] == seen[1] == seen[2]


def test_correction_keeps_what_was_written_before(author: Account, colleague: Account) -> None:
    person = workflow.write_down(by=author, address=HOME, **ORLA)

    workflow.correct(person, colleague, born_on=date(2014, 5, 3), address={"lines": "2 Invented Row", "postcode": "ZZ99 2BB"})

    version = person.versions.get()
    assert version.said["born_on"] == "2014-03-05"
    assert version.said["address"]["postcode"] == "ZZ99 1AA"
    assert version.changed_by == colleague
    assert set(version.changed_fields) == {"born_on", "address.lines", "address.postcode"}
    with pytest.raises(TypeError):
        version.save()


def test_correction_of_nothing_leaves_no_version(author: Account) -> None:
    person = workflow.write_down(by=author, address=HOME, **ORLA)

    workflow.correct(person, author, address=HOME, **ORLA)

    assert person.versions.count() == 0
    assert actions() == ["person.written_down"]


def test_corrected_person_is_found_by_the_new_facts(author: Account) -> None:
    known = workflow.write_down(by=author, **ORLA)
    person = workflow.write_down(by=author, given_name="Somebody", family_name="Else", born_on=date(2001, 1, 1))
    assert matching.candidates(person) == []

    workflow.correct(person, author, **ORLA)

    person.refresh_from_db()
    assert [found.person for found in matching.candidates(person)] == [known]


def test_move_of_home_keeps_the_earlier_address(author: Account) -> None:
    person = workflow.write_down(by=author, address=HOME, **ORLA)

    workflow.move_home(person, moved_on=date(2024, 1, 2), address={"lines": "3 Invented Row", "postcode": "ZZ99 3CC"}, by=author)

    assert person.current_address.postcode == "ZZ99 3CC"
    assert person.addresses.exclude(to_on=None).get().postcode == "ZZ99 1AA"
    assert "post:ZZ991AA" in person.search_keys.values_list("key", flat=True)


def test_candidate_says_why_in_words(author: Account) -> None:
    known = workflow.write_down(by=author, address=HOME, **ORLA)
    person = workflow.write_down(by=author, **{**ORLA, "born_on": date(2014, 5, 3)})

    [candidate] = matching.candidates(person)

    assert candidate.person == known
    assert "Dates of birth have day and month the other way round" in candidate.reasons


def test_candidates_stay_among_those_the_reader_may_learn_of(author: Account) -> None:
    hidden = workflow.write_down(by=author, **ORLA)
    person = workflow.write_down(by=author, **ORLA)

    assert matching.candidates(person, among=Person.objects.exclude(pk=hidden.pk)) == []


def test_same_person_is_linked_and_the_link_can_be_undone(author: Account, colleague: Account) -> None:
    known = workflow.write_down(by=author, **ORLA)
    person = workflow.write_down(by=author, **ORLA)

    workflow.confirm_same(person, known=known, by=colleague)
    person.refresh_from_db()
    assert (person.matching, person.same_as, person.matched_by) == (Matching.SAME, known, colleague)
    assert matching.records_of(known) == {known.pk, person.pk}
    assert matching.candidates(person) == []

    workflow.undo_confirm(person, by=author)
    person.refresh_from_db()
    assert (person.matching, person.same_as, person.matched_by) == (Matching.UNMATCHED, None, None)
    assert [row.decision for row in person.matching_decisions.all()] == ["same", "undone"]
    assert actions()[-2:] == ["person.confirmed_same", "person.matching_undone"]


def test_link_goes_to_the_first_record_and_never_in_a_circle(author: Account) -> None:
    first, second, third = (workflow.write_down(by=author, **ORLA) for _ in range(3))
    workflow.confirm_same(second, known=first, by=author)
    workflow.confirm_same(third, known=second, by=author)

    third.refresh_from_db()
    assert third.same_as == first
    with pytest.raises(NotAllowedNow):
        workflow.confirm_same(first, known=third, by=author)
    with pytest.raises(NotAllowedNow):
        workflow.confirm_same(first, known=first, by=author)


def test_new_person_is_looked_at_again_after_a_correction(author: Account) -> None:
    person = workflow.write_down(by=author, **ORLA)
    workflow.confirm_new(person, by=author)
    assert not Person.objects.to_match().exists()

    workflow.correct(person, author, family_name="Testerby-Sample")

    assert list(Person.objects.to_match()) == [person]


def test_undoing_before_anybody_said_anything_is_refused(author: Account) -> None:
    person = workflow.write_down(by=author, **ORLA)

    with pytest.raises(NotAllowedNow, match="nothing to undo"):
        workflow.undo_confirm(person, by=author)


@pytest.mark.parametrize(
    "fields",
    [
        {"name_not_known": True},
        {"expected_on": date(2026, 2, 1)},
        {"given_name": "Orla"},
        {"family_name": "Testerby"},
    ],
)
def test_person_without_a_full_name_can_be_written_down(author: Account, fields: dict[str, Any]) -> None:
    assert workflow.write_down(by=author, **fields).pk


def test_field_that_is_no_part_of_an_identity_is_refused(author: Account) -> None:
    with pytest.raises(TypeError):
        workflow.write_down(by=author, matching="same", **ORLA)


def test_audit_rows_hold_no_value(author: Account) -> None:
    person = workflow.write_down(by=author, address=HOME, **ORLA)
    workflow.correct(person, author, family_name="Sample")

    for payload in AuditEvent.objects.values_list("payload", flat=True):
        for value in ("Orla", "Testerby", "Sample", "2014", "ZZ99", "Invented Row"):
            assert value not in payload
