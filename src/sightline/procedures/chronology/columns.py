"""What the columns of a chronology hold: by their headings, as agencies name them, or else by what stands in them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from sightline.procedures.chronology.dates import is_ditto, looks_like_date
from sightline.procedures.chronology.sight import read_sight
from sightline.procedures.chronology.tables import Cell, Line, Table
from sightline.procedures.chronology.times import read_time
from sightline.procedures.chronology.wording import compared

LONGEST_HEADING: Final = 90
SAMPLED_LINES: Final = 300
SHORTEST_EVENT: Final = 14  # on average, in letters
JOINED_FIELDS: Final = frozenset({"source", "event", "action", "comment", "shared"})

# From the most telling to the least: the first that fits decides. A figure says how sure: of two claims the surer has it.
_HEADINGS: Final[tuple[tuple[str, int, str], ...]] = (
    (
        "other",
        3,
        r"\b(?:birth|dob|d\.o\.b|edd)\b|\bage\b|\b(?:review|due|target|completion|deadline|timescale) date\b|\bdate (?:for|"
        r"due|of review|completed|of completion|signed|closed)\b|\bby when\b",
    ),
    (
        "seen",
        3,
        r"\b(?:seen|sighted|saw|sight of)\b|\b(?:child|ch|c?yp|children|young person|pupil|patient|student|subject)\b.*\b(?:spoken|present|"
        r"observed|met)\b|"
        r"^present\??$|^spoken to\b",
    ),
    (
        "recorded",
        3,
        r"\b(?:date|day|when)\b.*\b(?:record(?:ed|ing)?|entered|entry (?:made|created|added)|logged|inputt?ed|input|typed|"
        r"written(?: up)?|added|created|keyed|of (?:entry|input|record(?:ing)?|note)|noted)\b",
    ),
    (
        "recorded",
        3,
        r"\b(?:record(?:ed|ing)?|entry|entered|logged|input|created) (?:on|date|when)\b|^(?:recorded|entered|logged|inputted|"
        r"input|written up)$",
    ),
    (
        "other",
        3,
        r"\b(?:recorded|entered|logged|written|completed|inputted|typed) by\b|\bauthor(?:'s)? (?:name|role)|^author$|"
        r"^initials$|^signed$|^signature$",
    ),
    (
        "shared",
        3,
        r"\bshar(?:ed|ing)\b|\b(?:passed|sent|reported|communicated|disclosed|circulated|forwarded|copied) (?:on )?(?:to|"
        r"with)\b|\bwho (?:was|were|has been|else was) (?:told|informed|notified)\b|\b(?:agencies|others|who|persons?|"
        r"professionals|people) (?:informed|notified|told|contacted)\b|^(?:notified|informed|told(?: to)?|notifications?|"
        r"informed parties|distribution)$",
    ),
    (
        "date",
        3,
        r"\b(?:day|date) on which\b(?!.*\b(?:entry|entered|record|written|made)\b)|\btook place on\b|\boccurred on\b|"
        r"\bhappened on\b",
    ),
    ("shared", 3, r"\bto whom\b|\bpassed on to\b|\bcop(?:y|ied) to\b"),
    ("source", 3, r"\bregister\b.*\b(?:file|log)\b|\bpart of the\b.*\brecord\b"),
    ("date_to", 2, r"^(?:to|until|end|ended|date to|to date|end date|date ended|date until|finish(?:ed)?|finish date|till)$"),
    (
        "date",
        3,
        r"^(?:event |contact |incident |entry )?dates?(?: of| \(|$|/time| and time| & time| time)|\bdate\b.*\b(?:event|"
        r"contact|incident|occurr|happened|visit|activity|episode|entry)\b|\b(?:event|contact|incident|occurrence|visit|"
        r"episode|activity|case note) date\b|^date\b",
    ),
    (
        "date",
        2,
        r"\bdates?\b|^when\b|^(?:day|on|from|start|started|week|month|period|day/date|dd/?mm/?yy(?:yy)?)$|^(?:date )?from$|"
        r"^d\.?o\.?e\.?$",
    ),
    (
        "time",
        3,
        r"^times?\b|\btime (?:of|at|\()|\bwhat time\b|\b(?:event|contact|start|incident) time\b|^24 ?hr?s?\b|^hours?$|^hrs$|^at$|^t$|"
        r"^clock\b",
    ),
    (
        "comment",
        3,
        r"\bcomment(?:s|ary)?\b|\banalys[ei]s\b|\bremarks?\b|\breflections?\b|\bjudge?ment\b|\bappraisal\b|\bviews?\b|"
        r"\bopinions?\b|\bcritique\b|\blearning\b|\bhindsight\b|\bobservations? (?:by|of) (?:the )?(?:author|reviewer|writer)",
    ),
    (
        "action",
        3,
        r"\bactions?\b|\boutcomes?\b|\bresponses?\b|\bresults?\b|\bdecisions?\b|\bfollow(?:ed)?[ -]?ups?\b|\bnext steps?\b|"
        r"\bintervention|\bdisposal\b|\bwhat (?:was|did|we|you|they) (?:done|do|did)\b|\bwhat (?:was|has been) done\b|"
        r"\bwhat happened next\b|\bsteps taken\b|\bdone\b|\bconclusion\b|\bresolution\b",
    ),
    (
        "source",
        3,
        r"\bsources?\b|\bwhere (?:recorded|held|from|found)\b|\b(?:recorded|held|found|kept) in\b|\borigin\b|\b(?:record|"
        r"recording|it|case|computer|database)s? (?:systems?|type|held|name|used)\b|\bevidence\b|\bsystem\b|\bprovenance\b",
    ),
    (
        "event",
        3,
        r"\bevents?\b|\bdetails?\b|\bdescription\b|\bwhat (?:happened|occurred|was (?:said|known|seen|recorded))\b|"
        r"\bnarrative\b|\bincidents?\b|\bfacts?\b|\bsummary\b|\bcontent\b|\baccount\b|\bsynopsis\b|\boccurrence\b|"
        r"\bcircumstances\b|\bcase ?notes?\b|\bfactual\b",
    ),
    (
        "event",
        2,
        r"\bcontacts?\b|\binformation\b|\binvolvement\b|\bentry\b|\bentries\b|\bnotes?\b|\bobservations?\b|\bnature of\b|"
        r"\bactivit(?:y|ies)\b|\bconcerns?\b|\bissues?\b|\btext\b|\bhistory\b|\bepisodes?\b|\bdevelopments?\b|"
        r"\binteractions?\b|\bmatter\b|\bdiary\b|\blog\b|\bstory\b|\bheadlines?\b|\bconsultation\b|\bappointment\b",
    ),
    ("source", 2, r"\brecords?\b|\bfile\b|\breference\b|\bref\b\.?|\bdocuments?\b|\bregister\b|\bdatabase\b"),
    (
        "source",
        1,
        r"\bagenc(?:y|ies)\b|\borgani[sz]ation\b|\bservice\b|\bteam\b|\bsetting\b|\bprovider\b|\bdepartment\b|\btype\b|"
        r"\bmethod\b",
    ),
    (
        "other",
        1,
        r"\b(?:number|no|ref|id|row|item|#|sn|s/n|nr)\b|^#$|\bwho\b|\bpersons?\b|\bpeople\b|\binvolved\b|\bprofessionals?\b|"
        r"\bworkers?\b|\bpractitioner\b|\bstaff\b|\bofficer\b|\bsubject\b|\bname\b|\brole\b|\blocation\b|\bplace\b|\bvenue\b|"
        r"\baddress\b|\bwhere\b|\bsignifican|\brag\b|\brating\b|\bcategory\b|\btheme\b|\bkloe\b|\bchild\b|\bvoice\b|\battend|"
        r"\bpage\b|\bpriority\b|\brisk\b|\bduration\b|\bcode\b",
    ),
)
_COMPILED: Final = tuple((field, weight, re.compile(form)) for field, weight, form in _HEADINGS)
_FAMILY: Final = re.compile(
    r"\b(?:relationship|relation|dob|d\.o\.b|date of birth|born|nhs (?:no|number)|gender|sex|ethnicity|meaning|"
    r"abbreviations?|acronyms?|stands for|"
    r"family member|household|maiden|alias|aka|version|signature|designation|full name|legal status|explanation|glossary|"
    r"school attended|upn)\b"
)
_NAMES: Final = re.compile(
    r"^(?:(?:full |first |sur|family |child'?s |persons? )?names?|who|initials?|codes?|terms?|surname|forename|person|"
    r"member|version|abbreviations?|key|role)\b"
)


@dataclass(frozen=True)
class Claim:
    """What one column is taken for, how surely, and by what."""

    place: int
    field: str
    heading: str
    weight: int
    by: str = "heading"


def heading_field(text: str) -> tuple[str, int] | None:
    """The field that a heading names, and how surely; nothing when it is no heading we know."""
    plain = compared(text[: 5 * LONGEST_HEADING]).strip(" :*.-?")
    if not plain or not may_head(text) or (re.search(r"\d", plain) and looks_like_date(plain)):
        return None
    said = re.sub(r"\s+", " ", re.sub(r"[(\[].*?[)\]]|[(\[].*$", " ", plain)).strip(" :*.-?") or plain
    for words in (said, plain):
        for field, weight, form in _COMPILED:
            if form.search(words):
                return field, weight
    return None


def headings(line: Line) -> tuple[Claim, ...]:
    """The columns that a heading row names; nothing when the line is no heading row of a chronology."""
    cells = [(place, cell.text) for place, cell in enumerate(line.cells) if cell.text and not cell.goes_on_left and not cell.goes_on_above]
    if len(cells) < 2 or any(cell.value is not None for cell in line.cells) or not all(may_head(text) for _, text in cells):
        return ()
    found = [(place, text, heading_field(text)) for place, text in cells]
    known = [(place, text, field) for place, text, field in found if field]
    if len(known) < max(2, (len(cells) + 1) // 2):
        return ()
    claims = settled(Claim(place, field[0] if field else "other", text, field[1] if field else 0) for place, text, field in found)
    fields = {claim.field for claim in claims}
    if "date" not in fields or not fields - {"date", "recorded", "other", "date_to", "time"}:
        return ()
    return () if is_family_heading(line) else claims


def may_head(text: str) -> bool:
    """Whether a text is short enough for a heading and is neither a date nor a sentence."""
    if len(text) > 4 * LONGEST_HEADING:
        return False
    plain = re.sub(r"[(\[].*?[)\]]|[(\[].*$", " ", compared(text)).strip()
    is_long = len(plain) > LONGEST_HEADING or plain.count(" ") > 9
    return not is_long and not re.search(r"[.;!] \S", plain) and not (re.search(r"\d", plain) and looks_like_date(plain))


def is_family_heading(line: Line) -> bool:
    """Whether the line heads a table of the family, of abbreviations or of versions, which is no chronology."""
    texts = [compared(text[: 2 * LONGEST_HEADING]).strip(" :") for text in line.texts[:15]]
    if not 2 <= len(texts) <= 14 or any(len(text) > LONGEST_HEADING for text in texts):
        return False
    fields = {field[0] for text in texts if (field := heading_field(text))}
    if "date" in fields and fields & {"event", "action"} and not any("version" in text for text in texts):
        return False
    return any(_FAMILY.search(text) for text in texts) and any(_NAMES.search(text) or "relation" in text for text in texts)


def settled(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Each field to the surest of its claims; texts that are equally sure belong together; the rest are kept as other columns."""
    listed = list(claims)
    fields = {claim.field for claim in listed}
    if "date" not in fields and "recorded" in fields:
        listed = [
            _as(claim, "date") if claim.field == "recorded" and re.search(r"\b(?:date|when|day)\b", compared(claim.heading)) else claim
            for claim in listed
        ]
    best = {field: max(claim.weight for claim in listed if claim.field == field) for field in {claim.field for claim in listed}}
    if "event" not in best:
        # An agency without an event column has the event in what comes nearest.
        for stand_in in ("comment", "action", "source"):
            texts = [claim for claim in listed if claim.field == stand_in]
            if texts and (stand_in != "source" or best[stand_in] < 3):
                listed = [_as(claim, "event") if claim is texts[-1] else claim for claim in listed]
                best = {field: max(claim.weight for claim in listed if claim.field == field) for field in {claim.field for claim in listed}}
                break
    settled: list[Claim] = []
    taken: set[str] = set()
    for claim in listed:
        is_surest = claim.weight == best[claim.field] and (claim.field in JOINED_FIELDS or claim.field not in taken)
        if claim.field == "other" or is_surest:
            taken.add(claim.field)
            settled.append(claim)
        elif claim.field == "event" and "comment" not in best and re.search(r"\b(?:notes?|observations?)\b", compared(claim.heading)):
            # Beside a column of events, notes and observations are the author's.
            settled.append(_as(claim, "comment"))
        else:
            settled.append(_as(claim, "other"))
    return tuple(settled)


def _as(claim: Claim, field: str) -> Claim:
    return Claim(claim.place, field, claim.heading, claim.weight, claim.by)


def told(columns: Mapping[int, str], line: Line | None) -> tuple[Claim, ...]:
    """The columns as a person said they are."""
    return tuple(Claim(place, field, line.at(place).text if line else "", 9, "told") for place, field in sorted(columns.items()))


def by_content(table: Table, lines: Sequence[Line], known: tuple[Claim, ...] = ()) -> tuple[Claim, ...]:
    """The columns by what stands in them; nothing when no column is mostly dates or none holds text. What is known already stays."""
    sample, width = lines[:SAMPLED_LINES], table.width
    taken = {claim.place: claim for claim in known if claim.field != "other"}
    fields = {claim.field for claim in taken.values()}
    filled = {place: [line.at(place) for line in sample if line.at(place).text] for place in range(width)}
    shares = {place: _shares(cells) for place, cells in filled.items() if place not in taken and cells}
    found: dict[int, str] = {}
    if "date" not in fields:
        dates = [place for place, share in shares.items() if share["date"] >= 0.6 and len(filled[place]) * 4 >= len(sample)]
        if not dates:
            return ()
        found[dates[0]] = "date"
        if len(dates) > 1 and "recorded" not in fields:
            found[dates[1]] = "recorded"
    for field, least in (("time", 0.7), ("seen", 0.7)):
        fitting = [place for place, share in shares.items() if share[field] >= least and place not in found and share["date"] < 0.6]
        if fitting and field not in fields:
            found[fitting[0]] = field
    if "event" not in fields:
        lengths = {place: share["length"] for place, share in shares.items() if place not in found and share["letters"] >= 0.6}
        if not lengths:
            return ()
        event = max(lengths, key=lambda place: (lengths[place], -place))
        if lengths[event] < SHORTEST_EVENT and not known:
            return ()  # a list of names and birthdays has dates too
        found[event] = "event"
        texts = [place for place in lengths if place != event]
        for field, side in (
            ("source", [place for place in texts if place < event][-1:]),
            ("action", [place for place in texts if place > event][:1]),
        ):
            if field not in fields and side:
                found[side[0]] = field
    inferred = [Claim(place, field, "", 1, "content") for place, field in found.items()]
    kept = {claim.place: claim for claim in (*known, *inferred)}
    rest = [Claim(place, "other", "", 0, "content") for place in filled if place not in kept and filled[place]]
    return tuple(sorted((*kept.values(), *rest), key=lambda claim: claim.place))


def _shares(cells: Sequence[Cell]) -> dict[str, float]:
    count = Counter[str]()
    for cell in cells:
        is_date = isinstance(cell.value, date) or looks_like_date(cell.text)
        count["date"] += is_date
        has_time = (
            not is_date and any(sign.isdecimal() for sign in cell.text) and len(cell.text) < 20 and read_time(cell.text).time is not None
        )
        count["time"] += isinstance(cell.value, time) or has_time or compared(cell.text) in ("am", "pm")
        count["seen"] += len(cell.text) < 40 and read_sight(cell.text).is_understood
        count["letters"] += not is_date and sum(sign.isalpha() for sign in cell.text) > 2
        count["length"] += min(len(cell.text), 2000)
    return {key: count[key] / len(cells) for key in ("date", "time", "seen", "letters", "length")}


def is_dated(line: Line, place: int) -> bool:
    """Whether the line has a date or a ditto mark in the column of dates."""
    cell = line.at(place)
    return isinstance(cell.value, date) or (bool(cell.text) and (looks_like_date(cell.text) or is_ditto(cell.text)))
