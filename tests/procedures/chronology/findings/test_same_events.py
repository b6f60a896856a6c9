"""One event in the words of two agencies, and two events that look alike."""

import pytest

from tests.procedures.chronology.findings.made import found, row

ONE = [
    (("csc", "Joint home visit with the health visitor. CH seen in pyjamas."), ("health", "Joint visit with social worker. Child not seen.")),
    (("csc", "Strategy discussion held with police and health about the dog bite."), ("police", "Officer took part in a strategy discussion with social care.")),
    (("health", "Named nurse dialled in to strategy discussion: dog bite."), ("police", "Strat mtg attended by DS, s47 agreed.")),
    (("csc", "Child protection conference chaired. Plan ended."), ("health", "HV present at child protection conference, plan ended.")),
    (("csc", "RCPC held, remains on plan under neglect."), ("school", "DSL attended review conference.")),
    (("school", "DSL rang the social care front door about CH taking food from bins."), ("csc", "Telephone contact from the school's safeguarding lead: CH seen looking in bins for food.")),
    (("school", "Team around the family meeting in the head's office."), ("health", "HV attended TAF at school.")),
    (("health", "CH brought to emergency department with burn to the hand; duty social worker rung."), ("csc", "Call to duty from the emergency department: hand burn.")),
    (("police", "Officers went to the address at the request of social care: family not answering. No reply."), ("csc", "Police asked to make a safe and well check, no reply.")),
    (("csc", "Section 47 visit with police officer. CH spoken to alone."), ("police", "Joint visit with social worker, child protection enquiry.")),
    (("csc", "CG mtg at family centre, MO did not attend."), ("school", "Core group attended by DSL.")),
    (("police", "Concern for welfare call from school, child not collected. Attended, MO located."), ("school", "CH not collected by 5pm, police called and attended school.")),
    (("csc", "S47 medical arranged at the hospital, SW accompanied CH."), ("health", "CP medical by paediatrician at request of social worker.")),
]  # fmt: skip
TWO = [
    (("csc", "Email to MO with dates."), ("health", "Text reminder sent to mum.")),
    (("school", "CH took part in sports day and was cheerful."), ("police", "School talk by neighbourhood team; CH asked questions.")),
    (("csc", "SW1 saw SIB1 at college about a bus pass."), ("school", "Phone call with mum about the trip form.")),
    (("health", "Letter from dermatology filed."), ("csc", "Unannounced visit, no reply at the door, card left.")),
    (("police", "MO rang 101 about a parking dispute."), ("csc", "Call to MO to arrange the next visit.")),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_event(one: tuple[str, str], other: tuple[str, str]) -> None:
    rows = (row(one[0], 31, one[1]), row(other[0], 31, other[1]))

    [finding] = found("same_event", *rows)

    assert set(finding.rows) == {each.id for each in rows}
    assert finding.reasons[0] == "They have the same day."


@pytest.mark.parametrize(("one", "other"), ONE)
def test_same_kind_of_event_on_another_day(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert found("same_event", row(one[0], 31, one[1]), row(other[0], 37, other[1])) == []


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_events_of_one_day(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert found("same_event", row(one[0], 31, one[1]), row(other[0], 31, other[1])) == []
