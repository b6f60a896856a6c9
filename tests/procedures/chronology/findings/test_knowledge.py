"""What was learnt late and what was never shared, in the words of several registers."""

import pytest

from tests.procedures.chronology.findings.made import found, row

KNEW = row("police", 10, "MP detained after threatening a man with a metal bar near the retail park.", "No further action")
LEARNT = [
    "Told by police that on 14/03/2019 MP had used a metal bar to threaten someone near the retail park.",
    "Information from police: mum's partner was involved in violence with a metal bar at the retail park.",
    "At a meeting police mentioned that on 14 March 2019 Rowan was violent with a metal bar.",
    "TC from police - MP arrested in March, metal bar, retail park.",
    "It was established from the police report received today that an incident involving a metal bar had taken place at the retail park.",
    "Officer shared that Rowan Ashgrove had been held over a metal bar at the retail park.",
    "Email from neighbourhood police team re: metal bar incident at retail park involving Mr Ashgrove.",
    "Learnt via MASH of incident 14/03/19 - metal bar.",
]
ALONE = [
    ("csc", "MO told SW1 that FA had gone for her with a cricket stump at the snooker hall."),
    ("health", "Linnet disclosed in clinic that mum's partner hit her with a broken bottle outside the underpass."),
    ("police", "Caller reported Rowan Ashgrove striking a woman with a machete by the canal bridge."),
    ("school", "Staff on the gate saw Rowan, drunk, waving a lock knife on the way from the snooker hall."),
    ("csc", "On the visit MO said Rowan had hidden a snooker cue after a fight at the petrol station."),
    ("police", "MP arrested: assault on a male with a crowbar o/s the taxi rank."),
    ("health", "Pt attended with a slash wound, states partner Rowan swung a stanley knife at her in the car park."),
    ("csc", "It was disclosed by mother during the visit that she had been struck with a golf club by her partner at the allotment."),
    ("school", "Parent reported that MP chased another father with a rounders bat across the playing field."),
]  # fmt: skip
NOT_SERIOUS = [
    ("police", "Letter sent to MO about the criminal damage to the fence."),
    ("police", "Vehicle check on car registered to MP; one brake light out."),
    ("school", "MP came to the office about uniform."),
    ("police", "House-to-house enquiries in the street about a burglary; MO could not help."),
    ("csc", "MP attended the parenting group and joined in."),
]


@pytest.mark.parametrize("text", LEARNT)
def test_learnt_late(text: str) -> None:
    learnt = row("health", 60, text, "Added to file")

    [finding] = found("late_knowledge", KNEW, learnt)

    assert finding.rows == (KNEW.id, learnt.id)
    assert finding.days == 50
    assert found("never_shared", KNEW, learnt) == []


@pytest.mark.parametrize("text", LEARNT)
def test_told_within_the_days_of_the_rule_is_not_late(text: str) -> None:
    assert found("late_knowledge", KNEW, row("health", 12, text, "Added to file")) == []


def test_told_on_the_day_as_the_action_says_is_not_late() -> None:
    knew = row(
        "police", 10, "MP detained after threatening a man with a metal bar near the retail park.", "Health visiting informed the same day"
    )

    assert found("late_knowledge", knew, row("health", 60, LEARNT[0])) == []


@pytest.mark.parametrize(("agency", "text"), ALONE)
def test_known_to_one_agency_alone(agency: str, text: str) -> None:
    assert len(found("never_shared", row(agency, 30, text, "Logged"))) == 1


@pytest.mark.parametrize(("agency", "text"), ALONE[:4])
@pytest.mark.parametrize(
    "action", ["Referral to MASH", "CSC and school informed the same day", "Notification sent to police, health and social care"]
)
def test_somebody_was_told(agency: str, text: str, action: str) -> None:
    assert found("never_shared", row(agency, 30, text, action)) == []


def test_shared_with_cell_counts() -> None:
    assert found("never_shared", row("csc", 30, ALONE[0][1], "Logged", shared="Police, health visitor")) == []
    assert len(found("never_shared", row("csc", 30, ALONE[0][1], "Logged", shared="MO"))) == 1


@pytest.mark.parametrize(("agency", "text"), NOT_SERIOUS)
def test_what_is_not_serious_is_left_alone(agency: str, text: str) -> None:
    assert found("never_shared", row(agency, 30, text, "Noted")) == []
