"""Whether the child was seen: from the cell of a 'child seen' column, or cautiously from what the event says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sightline.procedures.chronology.wording import compared

LONGEST_CELL: Final = 400
LONGEST_EVENT: Final = 20_000
LONGEST_BESIDE: Final = 240  # signs before and after a mention that can tell of it
BOTH: Final = "The text says both that the child was seen and that the child was not."
NOT_CLEAR: Final = "Whether the child was seen was not understood."

_NO: Final = re.compile(
    r"(?:n|no|not|none seen|unseen|absent|false|0|ns|n\.|\u2717|\u2718|\u2716|\u274c|\u00d7|dna|d\.n\.a\.?|wnb|"
    r"was not brought|did not attend|not brought|declined|refused|no access|no reply|no answer|no contact|nobody seen)"
    r"(?:$|[\s,;:.(/\-!])"
)
_NOT_SEEN: Final = re.compile(
    r"\b(?:not|wasn'?t|weren'?t|never|nor)\b(?: \w+){0,2} (?:seen|sighted|spoken|present|observed|met|available|in\b|"
    r"at home|there)|^unseen\b"
)
_NOTHING_SAID: Final = re.compile(
    r"(?:n/?a|n\.a\.?|n/?r|n/?k|not (?:recorded|applicable|known|stated|clear|noted|specified|documented|relevant|"
    r"required)|unknown|unclear|unk|"
    r"nothing recorded|no record|not? info\w*|blank|-+|\?+|\.+|/|y/n|yes/no|y / n|nil|none|tbc|n\.k\.?|n\.r\.?|unrecorded|no details?|"
    r"(?:by |via )?(?:tele)?phone(?: call)?(?: only)?|call|letter|e-?mail|meeting|professionals? only|virtual)(?:$|[\s,;:.(].*)"
)
_YES: Final = re.compile(
    r"(?:y|yes|yep|seen|alone|true|1|present|sighted|spoken|observed|met|both|all|\u2713|\u2714|\u2705|\u2611|x)(?:$|[\s,;:.(/&+\-!].*)"
)
_SEEN: Final = re.compile(r"\b(?:seen|spoken (?:to|with)|sighted)\b")

_THE_CHILD: Final = (
    r"(?:the (?:\w+ )?child|the baby|ch\d?|child(?: [a-z]\b)?|index child|subject child|yp|the young person|young person|"
    r"(?:both|all|the|all the|all of the|all three|all four)(?: \w+)? children|children)"
)
_REPORTED: Final = re.compile(
    r"\b(?:report(?:ed|s|ing)|said|says|told|tells|rang|worried|alleg\w+|stat(?:ed|es|ing)|according|claim\w*|disclos\w+|"
    r"inform(?:ed|s|ation)|mention\w+|heard|"
    r"concern\w*|contact from|call(?:er| from)|referral|e-?mail|letter|message|anonymous|describ\w+|ask(?:ed|s|ing)|request\w*)\b"
)
_PLANNED: Final = re.compile(
    r"\b(?:to be|to see|will|should|must|need(?:s|ed)? to|plan(?:s|ned|ning)?|would|could|arrang\w+|agreed (?:to|that)|if|"
    r"unless|hop(?:e|ed|es|ing) to|"
    r"intend\w*|due to|attempt\w*|tried|last|not yet|before|previously|until)\b"
)
_BY_OTHERS: Final = re.compile(
    r"\bby (?:a |an |the |his |her |their )?(?:neighbours?|caller|passer|member of (?:the )?public|relative|mother|father|"
    r"mum|dad|parents?|family|grand\w+|nan|aunt\w*|uncle|n\d|mo|fa|mgm|mp)\b|"
    r"\bseen (?:to |on(?! (?:this|that|each|the day|the same|both|her own|his own|their own|\d))|in the street|looking|wandering"
    r"|running|walking|playing|eating|being|hitting|stealing|with a knife|"
    r"carrying|out|alone in)\b"
)
_SEEN_AFTER: Final = re.compile(
    r"^(?:,| and \w+)?(?: (?:was|were|is|had been|has been|also|both|briefly|then|later|next|all|again|each|being|well|"
    r"clearly|at|home|in|bed|asleep|upstairs|school|and|happy|been),?){0,5}"
    r" (?:visible|seen|sighted|spoken (?:to|with)|observed|visited|interviewed|examined|assessed|weighed|met|present(?!ed))\b"
)
_SEEN_BEFORE: Final = re.compile(
    r"\b(?:saw|spoke (?:to|with)|(?:chatted|talked|had a (?:chat|word)|sat|played) (?:to|with)|met(?: with)?|seen|"
    r"spoken (?:to|with)|visited|sighted|observed|interviewed|examined|checked on|sight of)"
    r"(?: (?:by \w+ \w+|and|both|all|briefly|also|with|alone|the|mother|mum|mo|father|fa|dad|parents?|family|his|her|"
    r"their|spoke to|spoken to|to|,|&|\w+ and)){0,5}[ ,:]*$"
)
_UNSEEN_AFTER: Final = re.compile(
    r"^.{0,60}?(?:\b(?:not|never|wasn'?t|weren'?t|isn'?t|nor)\b(?: \w+){0,2}? (?:seen|sighted|spoken|present|with (?:her|"
    r"him|them|mo\b|mum|mother|fa\b|parent)|at home|in\b|there|observed|available|brought|met|home|up\b|visible)"
    r"|\b(?:unseen|absent|was out\b|were out\b|away\b|did not attend|not in attendance|could not be seen|no sight of|elsewhere)\b)"
)
_UNSEEN_BEFORE: Final = re.compile(
    r"\b(?:(?:not|never|didn'?t|did not|unable to|could not|couldn'?t|without|no)(?: \w+){0,3}? (?:see|seeing|seen|"
    r"sight of|sighting of|meet|speak to|sighted|met|spoken to)"
    r"(?: (?:or speak to|or spoken to|with|the|either|any of))*|no (?:sight|sighting|view) of|without|not with|"
    r"refused (?:access to|to let \w+ see)|denied access to)[ ,]*(?:the )?$"
)


@dataclass(frozen=True)
class SightRead:
    """Y when the child was seen, N when not, None when nothing says; and whether the cell was understood."""

    seen: str | None = None
    is_understood: bool = True
    why: str = ""


def read_sight(text: str) -> SightRead:
    """What the cell of a 'child seen' column says."""
    plain = compared(text[:LONGEST_CELL]).strip(" .*'\"")
    if not plain or _NOTHING_SAID.fullmatch(plain):
        return SightRead(is_understood=bool(plain))
    if _NO.match(plain) or _NOT_SEEN.search(plain):
        return SightRead("N")
    if _YES.fullmatch(plain) or _SEEN.search(plain):
        return SightRead("Y")
    return SightRead(is_understood=False, why=NOT_CLEAR)


def sight_in_text(text: str, names: Sequence[str] = ()) -> SightRead:
    """What an event says of the sight of the child it is about, by the child's name or code; silence is neither yes nor no."""
    who = re.compile(rf"(?<![\w'-])(?:{'|'.join([*(re.escape(name) for name in names), _THE_CHILD])})(?![\w])(?!'s?\b)")
    seen: str | None = None
    found: set[str] = set()
    if who_is_named(text, names):
        who = re.compile(who.pattern.replace("the baby|", ""))  # a baby beside the child is somebody else
    for sentence in re.split(r"(?<=[.!?;])\s+|\n|; ?", compared_names(text[:LONGEST_EVENT])):
        said = _said(sentence, who)
        if said:
            found.add(said)
            seen = said
    if found == {"Y", "N"}:
        # Not seen at first, but then: the child was seen. The other way round nobody can say.
        return SightRead("Y") if seen == "Y" else SightRead(why=BOTH)
    return SightRead(seen)


def who_is_named(text: str, names: Iterable[str]) -> bool:
    """Whether the child stands in the text by name or code, so that other children in it are others."""
    forms = [*(re.escape(name) for name in names), r"ch\d?", "the child"]
    return bool(re.search(rf"(?<![\w'-])(?:{'|'.join(forms)})(?!\w)", compared_names(text[:LONGEST_EVENT])))


def compared_names(text: str) -> str:
    """Text as it is compared, with `SURNAME, Forename` as it is and line breaks kept."""
    return "\n".join(compared(line) for line in text.splitlines())


def _said(sentence: str, who: re.Pattern[str]) -> str | None:
    says: str | None = None
    for mention in who.finditer(sentence):
        before = sentence[max(0, mention.start() - LONGEST_BESIDE) : mention.start()]
        after = sentence[mention.end() : mention.end() + LONGEST_BESIDE].rstrip(" .;!")
        if _UNSEEN_AFTER.match(_clause(after)) or _UNSEEN_BEFORE.search(before):
            return "N"
        is_seen = _SEEN_AFTER.match(after) or _SEEN_BEFORE.search(before)
        if is_seen and not _REPORTED.search(before) and not _PLANNED.search(before) and not _BY_OTHERS.search(f"{mention.group()}{after}"):
            says = "Y"
    return says


def _clause(after: str) -> str:
    """What follows a mention up to the next person or clause of its own."""
    return re.split(r", (?:but|and|who|while|then)\b| but | while | however ", after, maxsplit=1)[0]


def forms_of_name(name: str) -> list[str]:
    """How a child with this full name is written: in full, by forename, surname first, by initials."""
    plain = compared(name)
    parts = [part for part in re.split(r"[\s,]+", plain) if part]
    if not parts:
        return []
    if "," in plain and len(parts) > 1:
        surname, _, forename = (piece.strip() for piece in plain.partition(","))
        parts = [*forename.split(" "), *surname.split(" ")]
    forms = {" ".join(parts), parts[0]}
    if len(parts) > 1:
        forms |= {f"{parts[-1]}, {parts[0]}", f"{parts[-1]} {parts[0]}", f"{parts[0]} {parts[-1]}"}
    return sorted((form for form in forms if len(form) > 2), key=len, reverse=True)
