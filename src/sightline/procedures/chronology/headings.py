"""What one heading of a chronology's table means, by its words, and which lines can be headings at all."""

import re
from collections.abc import Sequence
from typing import Final

from sightline.procedures.chronology.dates import looks_like_date
from sightline.procedures.chronology.tables import Line
from sightline.procedures.chronology.wording import compared

LONGEST_HEADING: Final = 90

# From the most telling to the least: the first that fits decides. A figure says how sure: of two claims the surer has it.
_HEADINGS: Final[tuple[tuple[str, int, str], ...]] = (
    (
        "other",
        3,
        r"\b(?:birth|dob|d\.o\.b|edd)\b|\bage\b|\b(?:review|due|target|completion|deadline|timescale) date\b|\bdate (?:for|"
        r"due|of review|completed|of completion|signed|closed)\b|\bby when\b",
    ),
    ("date", 2, r"\bseen ?(?:/|or|and|&) ?\w+ date\b|\bdate (?:last )?(?:seen|attended|visited)\b"),
    (
        "source",
        3,
        r"^(?:where )?(?:\w+ )?(?:held|kept|taken|found|stored|located|filed|drawn|extracted|sourced|obtained|gathered|copied|"
        r"lifted|came|comes) "
        r"(?:in|on|at|from|within|under)\b(?! (?:date|what))|\b(?:held|kept|stored) by\b|\bnotes? (?:held|used|kept)\b|\bsystem ?/|"
        r"\bwhich (?:record|system|file)\b|"
        r"\b(?:recorded|logged|filed) (?:in|at|under|within)\b",
    ),
    ("date", 2, r"^(?:logged|recorded|entered) for$|\bdt\b|\bdated\b"),
    (
        "seen",
        3,
        r"\b(?:seen|sighted|saw|sight(?:ings?)? of|eyes[ -]on|face[ -]to[ -]face)\b|\bdid (?:we|you|i|they|staff|anyone|"
        r"\w+ worker) (?:see|meet|sight|speak)\b|\b(?:child|ch|c?yp|children|young person|pupil|patient|student|"
        r"subject)\b.*\b(?:spoken|present|"
        r"observed|met|visible|in view|eyes|there\?|with (?:us|you|worker|staff)|here\?)|"
        r"\b(?:sight|view|eyes|presence) (?:of|on) (?:the )?(?:child|ch|c?yp|pupil|patient|subject|young)|"
        r"^present\??$|^spoken to\b",
    ),
    (
        "recorded",
        3,
        r"\b(?:date|day|when)\b.*\b(?:record(?:ed|ing)?|entered|entry (?:was |is )?(?:made|created|added)|logged|inputt?ed|input|typed|"
        r"uploaded|scanned|saved|written(?: up)?|added|created|keyed|of (?:entry|input|record(?:ing)?|note)|noted)\b",
    ),
    (
        "recorded",
        3,
        r"\b(?:record(?:ed|ing)?|entry|entered|logged|input(?:ted)?|created|typed|keyed|uploaded|scanned|saved|written|noted|"
        r"added)(?: (?:up|in))? "
        r"(?:on|date|when|at)\b|^(?:recorded|entered|logged|inputted|"
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
        r"\bshar(?:ed|ing)\b|\b(?:passed|sent|reported|communicated|disclosed|circulated|forwarded|copied|copy (?:given|sent|went)|"
        r"given|told|relayed) (?:on )?(?:to|"
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
    ("event", 2, r"^what\b(?!.*\b(?:next|did|done|do|time|actions?|outcome)\b)"),
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
_OF_THE_CHILD: Final = re.compile(
    r"\b(?:child(?:ren)?|ch|c?yp|young (?:person|people)|youngster|pupil|student|patient|subject|baby|infant|teen\w*|client)\b"
)
_ASKS: Final = re.compile(r"(?:was|were|is|did|does|do|has|have|had|could|any)\b")
_NOT_SIGHT: Final = re.compile(
    r"\b(?:consent\w*|agree\w*|accept\w*|views?|complet\w+|follow\w*|chased|signed|needed|required|record\w*|kloe|concern\w*|"
    r"allegation|injur\w+|threshold|crime|arrest\w*|police|parents?|mother|father|famil\w+|meeting|interpreter|voice|wishes|aware|"
    r"informed|told|shared|signific\w+|risk|harm\w*|plan|referr\w+|register\w*|subject to|asked|why)\b"
)
_FAMILY: Final = re.compile(
    r"\b(?:relationship|relation|dob|d\.o\.b|date of birth|born|nhs (?:no|number)|gender|sex|ethnicity|meaning|"
    r"abbreviations?|acronyms?|stands for|"
    r"family member|household|maiden|alias|aka|version|signature|designation|full name|legal status|explanation|glossary|"
    r"school attended|upn)\b"
)
_NAMES: Final = re.compile(
    r"^(?:(?:full |first |sur|family |child'?s |persons? )?names?|who|initials?|codes?|terms?|surname|forename|person|"
    r"member|family member|household member|family|relative|individual|version|abbreviations?|key|role)\b"
)
LONGEST_OF_A_PERSON: Final = 60
_CODE_OF_A_PERSON: Final = re.compile(r"[A-Z][A-Za-z]{0,4}\d{0,2}")
_NAME_OF_A_PERSON: Final = re.compile(r"[A-Z][\w'’-]+(?:,? [A-Z][\w'’-]+)+")


def heading_field(text: str) -> tuple[str, int] | None:
    """The field that a heading names, and how surely; nothing when it is no heading we know."""
    plain = compared(text[: 5 * LONGEST_HEADING]).strip(" :*.-?")
    if not plain or not may_head(text) or (re.search(r"\d", plain) and looks_like_date(plain)):
        return None
    said = re.sub(r"\s+", " ", re.sub(r"[(\[].*?[)\]]|[(\[].*$", " ", plain)).strip(" :*.-?") or plain
    is_question = compared(text).rstrip(" :*.)").endswith("?")
    for words in (said, plain):
        for field, weight, form in _COMPILED:
            if form.search(words) or (is_question and form.search(f"{words}?")):
                return field, weight
    return None


def asks_about_sight(text: str) -> bool:
    """Whether a heading of unknown words asks something of the child: `Was CYP in the room?`"""
    plain = compared(text[: 2 * LONGEST_HEADING])
    return bool(_OF_THE_CHILD.search(plain)) and not _NOT_SIGHT.search(plain) and ("?" in plain or bool(_ASKS.match(plain)))


def asks_about_else(text: str) -> bool:
    """Whether a heading is known to ask another question than whether the child was seen."""
    return heading_field(text) is not None or bool(_NOT_SIGHT.search(compared(text[: 2 * LONGEST_HEADING])))


def may_head(text: str) -> bool:
    """Whether a text is short enough for a heading and is neither a date nor a sentence."""
    if len(text) > 4 * LONGEST_HEADING:
        return False
    plain = re.sub(r"[(\[].*?[)\]]|[(\[].*$", " ", compared(text)).strip()
    is_long = len(plain) > LONGEST_HEADING or plain.count(" ") > 9
    is_sentence = plain.endswith(".") and plain.count(" ") > 3
    return (
        not is_long and not is_sentence and not re.search(r"[.;!] \S", plain) and not (re.search(r"\d", plain) and looks_like_date(plain))
    )


def lists_people(lines: Sequence[Line]) -> bool:
    """Whether a table lists people and not events, whatever its headings: most lines are a name, a code for it, and little else."""
    filled = [line.texts for line in lines if line.texts]
    if not 3 <= len(filled) <= 40 or any(len(texts) > 6 or max(map(len, texts)) > LONGEST_OF_A_PERSON for texts in filled):
        return False
    listed = sum(
        any(_CODE_OF_A_PERSON.fullmatch(text) for text in texts) and any(_NAME_OF_A_PERSON.fullmatch(text) for text in texts)
        for texts in filled[1:]
    )
    return listed * 10 >= 6 * (len(filled) - 1)


def is_family_heading(line: Line) -> bool:
    """Whether the line heads a table of the family, of abbreviations or of versions, which is no chronology."""
    texts = [compared(text[: 2 * LONGEST_HEADING]).strip(" :") for text in line.texts[:15]]
    if not 2 <= len(texts) <= 14 or any(len(text) > LONGEST_HEADING for text in texts):
        return False
    fields = {field[0] for text in texts if (field := heading_field(text))}
    if "date" in fields and fields & {"event", "action"} and not any("version" in text for text in texts):
        return False
    return any(_FAMILY.search(text) for text in texts) and any(_NAMES.search(text) or "relation" in text for text in texts)
