"""Sight of the child in words that no list foresaw: cells of a column, and sentences of an event."""

import pytest

from sightline.procedures.chronology.sight import forms_of_name, sight_in_text
from sightline.procedures.chronology.sight_cells import read_sight

NAMES = (*forms_of_name("Tansy Quill"), "tq", "tans")

SEEN_CELLS = """
Yes - eyes on|Eyes on child|Physically sighted|In attendance|Child there|Met with|Had a conversation|Yes, briefly at door|F2F
Face to face|In person|Observed in cot|Talked with her alone|Spoke to him|With dad|With carer present|On her own|1:1|Viewed
Was there|Yes (asleep)|Seen asleep|Child at home and seen|Visible|Seen - not spoken to|Seen but not alone|Y, chatted|y (in class)
Saw him|We saw her|Came with mum|Attended with aunt|Visited|Accompanied by father|Seen through window|Yes, no concerns
Seen, no concerns|Examined|Presented|Had sight of|Sight of child obtained|Yes; did not speak|Home - seen|Both twins seen|Clapped eyes on
""".replace("\n", "|").strip("|").split("|")  # fmt: skip

UNSEEN_CELLS = """
Not there|Wasn't home|No eyes on|Out|Away|Elsewhere|Absent today|Asleep upstairs|At nursery|At his nan's|No - with grandparents
Didn't see|Did not meet|Not viewed|Couldn't be found|Unable to see|Nobody in|No answer at door|Unavailable|Missing|Hadn't come
Not observed|Not on this visit|Child out of house|Never sighted|No sighting|N (poorly)|Off sick|Not brought|Failed to attend|Not today
Not present|Child did not come|Gone to dad's|Refused to come down|Stayed in bedroom|On holiday|Nope|Without child|Not with parent
Seen by nobody|No one saw her
""".replace("\n", "|").strip("|").split("|")  # fmt: skip

UNSAID_CELLS = """
n/a|N/R|Not noted|Isn't recorded|Doesn't say|Unrecorded|Record silent|Not mentioned|Can't tell|Unclear from notes|Not evident|-|--|?
unknown|No mention|Left blank|Not documented|No detail given|Not specified|Nothing noted|Not captured|Don't know|Does not state
""".replace("\n", "|").strip("|").split("|")  # fmt: skip

SEEN_TEXTS = [
    "Eyes on Tansy, who looked well.",
    "Had a natter with Tansy by the gate.",
    "Tans chatted to us about her hamster.",
    "Tansy in the kitchen. Sat with her and talked about school. Saw TQ alone.",
    "Met CH in the playground.",
    "Talked with the young person on her own.",
    "Obs TQ f2f.",
    "Spent time with Tansy at the family centre.",
    "Tansy was present and chatty.",
    "Caught up with the pupil after lunch.",
    "The youngster was sighted by officers.",
    "Child seen awake.",
    "CH viewed in cot, sleeping.",
    "Spk w/ TQ direct.",
    "The subject child was around and spoke with the worker.",
    "Sight of Tansy obtained at the door.",
    "Tansy was seen by the nurse, cheerful.",
    "Laid eyes on the child.",
    "Officers had sight of CH, well dressed.",
    "Tansy greeted us at the door.",
    "Had a word with Tansy in the yard.",
    "We got to see Tansy for ten minutes.",
    "Saw both Rowan and Tansy in the garden.",
    "The youngster said hello to us.",
    "TQ, seen, smiling.",
    "Tansy spoken with in person.",
    "We were able to speak to Tansy by herself.",
    "In conversation with the young person face to face.",
    "Young person met face-to-face.",
    "Worker saw TQ at nursery.",
    "Tansy was brought to A&E by her aunt with a cut lip.",
    "TQ presented at casualty, scald to the hand.",
    "The young person gave us a tour of her room.",
    "Went out with the social worker. We spoke with Tansy away from the family.",
    "We clapped eyes on Tansy in the hallway.",
    "Tansy joined us at the table and drew a dragon.",
    "Tansy popped his head round the door and waved at the worker.",
    "Nurse saw Tansy on the ward.",
    "Contact with Tansy in person.",
    "TQ: seen by staff, settled.",
    "Direct sight of the youngster.",
    "Tansy observed playing in garden.",
    "Visual check of Tansy completed.",
    "Tansy was at the table when we called, and spoke freely to us.",
]

UNSEEN_TEXTS = [
    "Mother in for a form. Tansy wasn't there.",
    "No eyes on Tansy.",
    "Tansy stayed upstairs and we couldn't see her.",
    "Called at the house; TQ at her dad's, not seen.",
    "As Tansy had gone swimming we saw nothing of her. Child unseen.",
    "Did not get to see the young person.",
    "We never met Tansy.",
    "Nobody in. Could not see CH.",
    "Father came by himself. He had left Tansy with a friend and we did not meet her.",
    "The youngster had gone to football and wasn't seen.",
    "Tansy away, no sighting.",
    "No sighting of the pupil today.",
    "Mother alone; the subject child absent.",
    "Mother, without Tansy, collected a parcel. She was not seen by us.",
    "Failed to see TQ.",
    "Not able to speak to Tansy.",
    "Unable to sight the child.",
    "CH out at the time.",
    "Tansy did not come along.",
    "Tansy was not around.",
    "Tansy had remained with her aunt, so was not seen.",
    "Tansy wasn't with mum.",
    "The subject child remained at nursery and we had no sight of her.",
    "Sister came in alone. The young person, who was at rugby, was not observed.",
    "Did not see or speak to the child.",
    "Tansy could not be located.",
    "Nobody had eyes on Tansy today.",
    "Tansy nowhere to be seen.",
    "We left without having seen Tansy.",
    "Tansy remained upstairs; did not come down to see us.",
    "Mum came minus Tansy, who was at karate.",
    "The youngster was at nan's and so was missed.",
    "Tansy unavailable.",
    "Tansy didn't make an appearance.",
    "Not possible to see Tansy.",
]

SILENT_TEXTS = [
    "Mother reports Tansy saw her father at the weekend.",
    "Email from school about Tansy's lunches.",
    "Neighbour said she had seen Tansy out late.",
    "Plan to see Tansy on Tuesday.",
    "Worker will speak to CH next week.",
    "Anonymous caller: CH not seen for days.",
    "Grandmother was worried that nobody had seen Tansy since Friday.",
    "Rowan was spoken to at the shop.",
    "Saw mother about Tansy.",
    "Spoke to mother about Tansy.",
    "Spoke to the school regarding the young person.",
    "Letter inviting Tansy to clinic.",
    "Strategy meeting about Tansy, sergeant present.",
    "Tansy is to be seen by the paediatrician.",
    "Mother would like Tansy to be seen.",
    "Told by neighbour that the dog has never been tied up and Tansy is scared.",
    "Prescription for Tansy sent.",
    "Report on Tansy tabled, father present.",
    "Father asked if he could see Tansy.",
    "Mother rang to rearrange the appointment for Tansy.",
    "Met father to discuss Tansy.",
    "Chat with mother re Tansy.",
    "Mother stated that Tansy saw the fight.",
    "Caller heard a child crying, had not seen it.",
    "Mother had seen nothing of the break-in.",
    "Referral: Tansy seen with bruising by teacher.",
    "Uncle was seen with a knife near Tansy's school.",
    "Discussed Tansy with her social worker, who saw her last week.",
    "Mum rang to say Tansy was at home and playing.",
    "Ms Frome met the family support team about Tansy.",
    "Home visit planned; Tansy should be spoken to alone.",
    "Spoke to Tansy on the telephone.",
    "TQ rang us and talked to staff about her lunches.",
    "Video call with Tansy, chatty.",
    "Caller says CH is out every night until late.",
    "Father has been told to stay away from Tansy.",
    "Uncle may only see Tansy with a worker present.",
    "Vehicle check on the road outside Tansy's school; nobody seen.",
    "GP letter: Tansy attended A&E last month.",
    "Conference: the chair spoke with parents about Tansy.",
    "Grandad wants to see Tansy more.",
    "Dad had not seen Tansy for weeks, he said.",
    "Neighbour spoke with Tansy over the fence and rang us.",
    "Tansy's teacher was spoken to.",
    "A letter about Tansy's eye test came.",
    "Mum met with the school about Tansy.",
    "Strategy meeting: Tansy to be interviewed.",
    "School says Tansy was seen by their nurse.",
    "Tansy's social worker visited mum.",
    "Sister seen; she talked about Tansy.",
]


@pytest.mark.parametrize("text", SEEN_CELLS)
def test_unforeseen_cell_says_seen(text: str) -> None:
    assert read_sight(text).seen == "Y"


@pytest.mark.parametrize("text", UNSEEN_CELLS)
def test_unforeseen_cell_says_not_seen(text: str) -> None:
    assert read_sight(text).seen == "N"


@pytest.mark.parametrize("text", UNSAID_CELLS)
def test_unforeseen_cell_says_nothing(text: str) -> None:
    assert read_sight(text).seen is None


@pytest.mark.parametrize("text", SEEN_TEXTS)
def test_unforeseen_sentence_says_seen(text: str) -> None:
    assert sight_in_text(text, NAMES).seen == "Y"


@pytest.mark.parametrize("text", UNSEEN_TEXTS)
def test_unforeseen_sentence_says_not_seen(text: str) -> None:
    assert sight_in_text(text, NAMES).seen == "N"


@pytest.mark.parametrize("text", SILENT_TEXTS)
def test_unforeseen_sentence_says_nothing(text: str) -> None:
    assert sight_in_text(text, NAMES).seen is None
