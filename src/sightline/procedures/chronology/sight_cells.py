"""What the cell of a 'child seen' column says, by its words of seeing, of absence and of silence."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sightline.procedures.chronology.wording import compared

LONGEST_CELL: Final = 400
NOT_CLEAR: Final = "Whether the child was seen was not understood."

_NOT: Final = (
    r"(?:not|never|nor|no|nobody|no-?one|none|nothing|neither|without|un(?:able|willing)|fail\w*|refus\w+|"
    r"declin\w+|w/o|hardly|\w+n't|(?:did|was|were|is|do|does|could|has|had|wo|ca)nt|cannot)"
)
# The record does not say: a word of silence, or of recording with a "not" before it.
_SILENT: Final = re.compile(
    r"(?:n/?a|n\.a\.?|n/?r|n/?k|n/?s|n\.k\.?|n\.r\.?|d/?k|unk|tbc|nil|none|blank|no entry|y ?/ ?n|yes ?/ ?no|not? info\w*|"
    r"[-?./_*=\s]+)(?:$|"
    r"[\s,;:.(].*)"
    r"|.*\b(?:un(?:known|clear|recorded|stated|specified|documented|certain|noted|confirmed)|unsure|silent|silence|illegible)\b.*"
    rf"|.*\b{_NOT} (?:\w+ ){{0,2}}?(?:appl\w*|record\w*|relevant|required|stat(?:ed?|es|ing)|clear|known?|says?|said|not(?:ed?|ing)|"
    r"specif\w+|document\w*|mention\w*|given|give|tell|told|indicat\w+|evident|captured|asked|certain|sure|legible|details?|entered|"
    r"written|obvious|confirm\w*|apparent|complet\w+|filled|logged)\b.*"
    r"|.*\b(?:left|cell|field|box) (?:blank|empty)\b.*"
    r"|(?:by |via |on )?(?:the )?(?:tele)?phone(?: call)?(?: only)?|call|letter|e-?mail|text|meeting|professionals? only|virtual|admin\w*"
)
_YES: Final = re.compile(r"(?:y|yes|yep|yeah|aye|true|1|\u2713|\u2714|\u2705|\u2611|x)(?:$|[\s,;:.(/&+\-!])")
_NO: Final = re.compile(r"(?:n|no|nope|false|0|ns|n\.|\u2717|\u2718|\u2716|\u274c|\u00d7|dna|d\.n\.a\.?|wnb|absent)(?:$|[\s,;:.(/\-!])")
_SEEING: Final = (
    r"(?:seen|see|seeing|saw|sights?|sighted|sighting|eyes on|ob(?:s|served?|serving|servation)|viewed|view|met|meet|present|"
    r"presented|presence|"
    r"visible|visited|examined|assessed|weighed|spoke|spoken|speak|speaking|spk|chat|chats|chatted|chatting|talk|talked|talking|"
    r"conversation|"
    r"conversed|interviewed|greeted|in person|face[ -]to[ -]face|f2f|ftf|f/f|attended|attend|attending|attendance|there|here|around|"
    r"about$|about (?:the )?(?:house|home|school)|both|all|"
    r"1:1|1-1|one[ -]to[ -]one|alone|accompanied|brought|came|come|along|available|at home|in view|with us|took part|joined|contact made|"
    r"(?:on|by) (?:(?:her|his|their|its) )?own|by (?:him|her|them)sel(?:f|ves))"
)
_BESIDE: Final = r"(?:with|w/|in (?:the )?(?:presence|company) of|accompanied by) ?(?:\w+ ){0,2}?\w+"
_SAYS_SEEN: Final = re.compile(rf"\b(?:{_SEEING})\b|^{_BESIDE}")
_STARTS_SEEN: Final = re.compile(
    r"(?:(?:the |both |all )?(?:child|children|ch|c?yp|pupil|patient|twins|young person) )?(?:was |were )?(?:seen|sighted|saw|met|"
    r"present|observed|viewed|visited)\b(?! by no)"
)
# After "seen", a "not" that is only about talking, being alone or worry leaves the child seen.
_SMALLER_NO: Final = re.compile(
    rf"\b{_NOT} (?:\w+ ){{0,2}}?(?:alone|spoken|speak|talk\w*|own|concern\w*|worr\w+|issues?|injur\w+|marks?|undressed|awake|bruis\w+|"
    r"problems?|private\w*|verbal|engag\w+|separately|fully|long)\b"
)
_SAYS_NOT: Final = re.compile(
    rf"\b{_NOT} (?:[\w']+ ){{0,4}}?(?:{_SEEING}|in|home|found|with\b.*|access|reply|answer|response|contact|engage\w*)\b"
    rf"|^{_NOT} (?:this|that|today|on (?:this|that)|yet|at (?:this|that|all))\b|^{_NOT}$|\bunseen\b|^without (?:the )?(?:child|yp|"
    rf"ch|young|pupil|subject)|\bby (?:nobody|no one|no-one|none)\b"
)
_ABSENT: Final = re.compile(
    r"\b(?:elsewhere|out|away|absent|absence|asleep|sleeping|missing|missed|hiding|hid|hidden|gone|went|left|off|ill|sick|poorly|unwell|"
    r"refus\w+|declin\w+|cancel\w+|unavailable|abroad|holiday|remained|stayed|staying|dna|wnb|no[ -]show|at (?:\w+'?s? ){0,2}?\w+)\b"
)
_PRESENT_AT_HOME: Final = re.compile(r"\b(?:in class|at home|in school|in bed|home)\b")


@dataclass(frozen=True)
class SightRead:
    """Y when the child was seen, N when not, None when nothing says; and whether the cell was understood."""

    seen: str | None = None
    is_understood: bool = True
    why: str = ""


@lru_cache(maxsize=4096)
def read_sight(text: str, beside: Collection[str] = ()) -> SightRead:
    """What the cell of a 'child seen' column says; `beside` are other values of the column that give its code away."""
    plain = re.sub(r"\bw/(?: |(?=\w))", "with ", compared(text[:LONGEST_CELL])).strip(" .*'\"")
    if not plain:
        return SightRead(is_understood=False)
    if said := _by_first_word(plain, beside):
        return SightRead(said)
    if _STARTS_SEEN.match(plain) and not _SAYS_NOT.search(_SMALLER_NO.sub(" ", plain)):
        return SightRead("Y")
    if _SILENT.fullmatch(plain):
        return SightRead()
    if _SAYS_NOT.search(plain):
        return SightRead("N")
    if _SAYS_SEEN.search(plain):
        return SightRead("Y")
    if _ABSENT.search(plain):
        return SightRead("N")
    if _PRESENT_AT_HOME.fullmatch(plain):
        return SightRead("Y")
    return SightRead(is_understood=False, why=NOT_CLEAR)


def says_seeing(text: str) -> bool:
    """Whether a cell speaks of seeing or absence in words, rather than with a bare yes or no that any column could hold."""
    plain = re.sub(r"^(?:y|n|yes|no)\b[\s,;:.(/\-]*", "", compared(text[:LONGEST_CELL]))
    return bool(_SAYS_SEEN.search(plain) or _SAYS_NOT.search(plain) or _ABSENT.search(plain))


def _by_first_word(plain: str, beside: Collection[str]) -> str | None:
    if re.fullmatch(r"(?:y ?/ ?n|yes ?/ ?no)", plain):
        return None
    if plain == "x" and any(_YES.match(other) and other != "x" for other in beside):
        return "N"  # a cross beside ticks or yeses
    if _YES.match(plain):
        return "Y"
    if _NO.match(plain) and not _SILENT.fullmatch(plain):
        return "N"
    return None
