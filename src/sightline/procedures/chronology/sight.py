"""Whether the child was seen, cautiously from what an event says of the child by name, code or pronoun."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from sightline.procedures.chronology.encounters import is_heard, is_met, is_not_brought
from sightline.procedures.chronology.sight_cells import SightRead
from sightline.procedures.chronology.wording import compared

LONGEST_EVENT: Final = 20_000
LONGEST_BESIDE: Final = 240  # signs before and after a mention that can tell of it
LONGEST_BARE: Final = 9  # words in a sentence that says little else than that the child was seen
BOTH: Final = "The text says both that the child was seen and that the child was not."

_THE_CHILD: Final = (
    r"(?:the (?:(?!eld|old|young|other|middle|second|third|unborn|step|half|foster)\w+ )?child|the baby|ch\d?|child(?: [a-z]\b)?|"
    r"index child|subject child|yp|(?:the )?(?:young person|youngster|youth|"
    r"teenager|teen|pupil|girl|boy|subject|subject (?:pupil|patient)|index (?:pupil|patient))|"
    r"(?:both|all|the|all the|all of the|all three|all four)(?: \w+)? children|children)"
)
_NOT: Final = (
    r"(?:not|never|nor|unable|failed|cannot|\w+n't|(?:did|was|were|is|could|had|ca)nt|without|nobody|nothing|no-?one|"
    r"no longer|refused|declined|no)"
)
# Verbs of which the agency is the doer and the child the object.
_SEE: Final = (
    r"(?:see|saw|seen|seeing|sight(?:ed|ing)?(?: of)?|view(?:ed|ing)?(?: of)?|eyes on|ob(?:s|serv(?:e|ed|ing))|visual check (?:of|on)|"
    r"met?(?: up)?(?: with)?|meet(?:ing)?(?: with)?|"
    r"visit(?:ed)?|interview(?:ed)?|examin(?:e|ed)|check(?:ed)? (?:in )?(?:on|with)|greeted|"
    r"(?:spoke|spoken|speak|speaking|spk|talk|talked|talking|chat|chatted|chatting|natter|nattered|word|words|conversation|catch[ -]?up|"
    r"caught up|discussion|(?:spent|had|some) (?:\w+ )?time(?: alone)?|sat(?: down)?|played|face[ -]to[ -]face|f2f|1:1|"
    r"one[ -]to[ -]one|contact) (?:to|with)|contact with)"
)
_BETWEEN: Final = (
    r"(?:by \w+ \w+|and|or|both|all|briefly|also|with|alone|the|mother|mum|mam|mo|father|fa|dad|parents?|family|his|her|"
    r"their|spoke to|spoken to|speak to|speak with|to|,|&|\w+ and|either|any of)"
)
_SEEN_WORD: Final = (
    r"(?:visible|seen|sighted|spoken (?:to|with)|spoke (?:to|with) (?:us|me)|observed|viewed|visited|interviewed|examined|assessed|"
    r"weighed|met"
    r"(?! (?:with )?(?:the|ms|mrs|mr|his|her|their)\b)|present(?!ed)|there and (?:said|spoke|chatted|talked|waved|smiled)|obs)"
)
_US: Final = (
    r"(?:us|me|we|officers?|staff|the (?:officers?|worker|nurse|team|teacher|doctor|practitioner|constable|social worker)|sw\d?|pc\d?|hv)"
)
_SEEN_AFTER: Final = re.compile(
    r"^(?:[,:]| and \w+)?(?: (?:was|were|is|had been|has been|also|both|briefly|then|later|next|all|again|each|being|well|"
    r"clearly|at|home|in|bed|asleep|upstairs|school|and|happy|been|awake|alone|duly|physically),?){0,5}"
    rf" {_SEEN_WORD}\b"
)
_TO_CARE: Final = (
    r"(?:to|at|in|into) (?:the |our )?(?:a&e|a and e|ed|emergency|casualty|hospital|minor injur\w+|walk-in|urgent|"
    r"out of hours|resus|triage)\b"
)
# Whoever is brought to or comes to a place of care is seen there, unless somebody else only tells of it.
_AT_CARE: Final = re.compile(
    rf"^,?(?: (?:was|were|had been|has been|and \w+))?(?: (?:brought|attended|presented|came|arrived|conveyed|taken|booked|in|"
    rf"carried|seen)){{1,2}}"
    rf"(?: by \w+(?: \w+)?)? {_TO_CARE}|^,? {_TO_CARE}"
)
_BROUGHT: Final = re.compile(r"\b(?:brought|carried|accompanied|came with|attended with)(?: in)? $")
_WITH_US: Final = re.compile(
    r"^,?(?: (?!was not|not\b)[\w']+){0,2}? (?:gave|showed|told|let|handed|joined|helped|met|greeted|asked|beat) (?:us|me)\b|"
    r"^(?:,? (?!was not|wasn't|did not|didn't|not\b)[\w']+){0,9}? (?:(?:talk|chatt|chat|spok|speak|wav|natter|smil|converse|sp)\w*|"
    r"said (?:hello|hi)|"
    rf"met|greet(?:ed|s)?)(?: (?:hello|over|out|freely|happily))?(?: (?:to|with|at))? {_US}\b"
)
_SEEN_BEFORE: Final = re.compile(rf"\b{_SEE}(?: {_BETWEEN}){{0,5}}[ ,:]*$")
_UNSEEN_WORD: Final = (
    r"(?:see|seen|sighted|sight|spoken|observed|viewed|visible|present|with\b|at home|in\b(?! (?:the|a) (?:mood|state))|there\b|"
    r"here\b|available|"
    r"around|about|brought|met|home|located|found|traced|produced|appear|make an appearance|show|turn up|among(?:st)?|amongst|"
    r"part of|in attendance|attend|come|join)"
)
_ABSENT: Final = r"(?:unseen|unsighted|absent|elsewhere|out|away(?! from)|off|unavailable|gone|asleep)"
_GAP: Final = r"(?: (?!(?:only|but|then|later|until|after)\b)[\w']+)"  # a word between "not" and what it denies
_UNSEEN_AFTER: Final = re.compile(
    # "not seen" and its kind, before a new clause begins
    r"^[^:]{0,60}?(?:\b(?:not|wasn'?t|weren'?t|isn'?t|nor|(?:did|could|had|was|were)n'?t|could not be|cannot be|"
    r"never)\b(?: (?!tied)\w+){0,2}? "
    rf"{_UNSEEN_WORD}\b|\b(?:unseen|unsighted|nowhere (?:to be|in)|was missed|did not attend|not in attendance|"
    rf"no sight(?:ing)?(?: of)?\b))"
    # absent right behind the name
    rf"|^(?:,? (?:who|who's|was|were|is|being|had|has|has been|had been|still|also|again|had gone|at the time|"
    rf"currently)){{0,3}} {_ABSENT}"
    r"(?=$|[ ,.;](?!(?:of|to|with) (?:hospital|control)))"
)
_UNSEEN_BEFORE: Final = re.compile(
    rf"\b(?:{_NOT}{_GAP}{{0,4}}? {_SEE}(?: (?:or|{_SEE}|{_BETWEEN}|also)){{0,4}}|no (?:sight|sighting|view|eyes|"
    rf"contact|sign)(?: of| on| with)|"
    r"without|minus|not with|but not|refused (?:access to|to let \w+ see)|denied access to)[ ,]*(?:the )?$"
)
# Said of the child by a pronoun after the naming: "as X was at a dance lesson we did not see him".
_UNSEEN_PRONOUN: Final = re.compile(
    rf"\b(?:{_NOT}{_GAP}{{0,4}}? {_SEE}(?: or {_SEE})?|no (?:sight|sighting|sign|view|eyes|contact)(?: of| on| with)|"
    rf"(?:saw|seen) nothing of) "
    r"(?:her|him|them)\b(?! (?:mother|father|mum|mam|dad|parent|brother|sister|carer)\w*)"
    rf"|\bwhom? (?:we|i|officers|staff|she|he)? ?{_NOT}(?: \w+){{0,2}}? {_SEE}\b"
    r"|, (?:so |and (?:so )?)?(?:was |were )?(?:not|never|wasn't|un) ?(?:seen|sighted|viewed|observed|met|present)\b"
    r"|, (?:so |and )?no (?:sight|sighting)\b"
)
_SEEN_PRONOUN: Final = re.compile(
    rf"(?:^|, |; | and | who )(?:was |were )?(?:we |i |officers |staff )?(?:{_SEE} (?:her|him|them|whom)\b|(?:was|were) (?:seen|"
    rf"sighted) by {_US})"
)
_REPORTED: Final = re.compile(
    r"\b(?:report(?:ed|s|ing)|said(?! (?:hello|hi))|says|told|tells|rang|worried|alleg\w+|stat(?:ed|es|ing)|according|claim\w*|"
    r"disclos\w+|"
    r"inform(?:ed|s|ation)|mention\w+|heard|voicemail|voiced|say|saying|reckons|would like|wish\w*|wants?|suspect\w*|"
    r"concern\w*|contact from|call(?:er| from)|referral|e-?mail|letter|message|anonymous|describ\w+|ask(?:ed|s|ing)|request\w*)\b"
)
_FROM_AFAR: Final = re.compile(r"\b(?:(?:tele)?phone\w*|on the line|by text|texted|video|zoom|skype|t/c|p/c|rang|voicemail|on screen)\b")
_REPORTED_UNSEEN: Final = re.compile(r"\b(?:caller|anonymous|neighbours?|worried|concerned|reckons|alleg\w+|rumou?r\w*)\b")
_SAID_OUT: Final = re.compile(
    r"^,?(?: (?:is|was|has been|keeps|being|often|always|left|still|gets)){0,3} (?:out|away|off)\b(?! at the time)"
)
_LONG_UNSEEN: Final = re.compile(
    r"\b(?:since|for (?:\w+ )?(?:days|weeks|months|years|a while|some time|long)|in (?:days|weeks|"
    r"months))\b"
)
_PLANNED: Final = re.compile(
    r"\b(?:to be|(?<!able )(?<!got )(?<!managed )to see|will|should|must|need(?:s|ed)? to|plan(?:s|ned|ning)?|would|could(?! see)|"
    r"arrang\w+|"
    r"agreed (?:to|that)|may (?:only )?see|(?:un)?supervised|if|unless|hop(?:e|ed|es|ing) to|next|rearrange|"
    r"intend\w*|due to|attempt\w*|tried|last|not yet|before|previously|until)\b"
)
_TO_COME: Final = re.compile(
    r",?(?: (?:is|are|was|were|will|should|must|needs?|due|still|also)){0,3} (?:to be|to have been|be|being arranged)\b"
)
_BY_OTHERS: Final = re.compile(
    r"\bby (?:a |an |the |his |her |their )?(?:neighbours?|caller|passer|member of (?:the )?public|relative|mother|father|"
    r"mum|dad|parents?|family|grand\w+|nan|aunt\w*|uncle|n\d|mo|fa|mgm|mp)\b|"
    r"\bseen (?:to (?!be\b)|on(?! (?:this|that|each|the day|the same|both|the (?:sofa|floor|settee|bed|mat|rug|ward|doorstep)|"
    r"her own|his own|their own|\d))|in the street|looking|wandering"
    r"|running|walking|playing|eating|being|hitting|stealing|with (?:a knife|bruis\w+|marks)|"
    r"carrying|out|alone in)\b"
)
_BARE_SEEN: Final = re.compile(
    rf"\b(?:{_SEEN_WORD}|{_SEE}|saw|eyes on|sight of|sighting of|in person|face[ -]to[ -]face|f2f|present|here with us)\b"
)
_BARE_OTHER: Final = re.compile(
    r"\b(?:about|re|regarding|mother|father|mum|mam|dad|mo|fa|parents?|carer|school|for|plan|if|will|to be|meeting|letter|report|"
    r"was there|by \w+|'s)\b"
)
_SEEN_NEXT: Final = re.compile(
    r"(?:was |were |she was |he was |they were )?(?:brought back and |returned and |both |briefly |then )*(?:seen|sighted|"
    r"spoken (?:to|with)|"
    r"examined|weighed|met)\b(?! (?:no|not|by no))"
)
_SENTENCES: Final = re.compile(r"(?<=[.!?;])\s+|\n|; ?")
_CLAUSES: Final = re.compile(r", (?:but|and|who|while|then)\b(?! (?:was |were )?(?:not|wasn't|weren't|never|un))| but | while | however ")


def sight_in_text(text: str, names: Sequence[str] = ()) -> SightRead:
    """What an event says of the sight of the child it is about, by the child's name or code; silence is neither yes nor no."""
    who = _who(tuple(names))
    seen: str | None = None
    found: set[str] = set()
    if who_is_named(text, names):
        who = _who(tuple(names), has_baby=False)  # a baby beside the child is somebody else
    was_named, told = False, ""
    for sentence in _SENTENCES.split(_with_words(compared_names(text[:LONGEST_EVENT]))):
        said = _said(sentence, who, told) or (_said_next(sentence) if was_named else None)
        was_named, told = bool(who.search(sentence)), told or sentence[:LONGEST_BESIDE]
        if said:
            found.add(said)
            seen = said
    if found == {"Y", "N"}:
        # Not seen at first, but then: the child was seen. The other way round nobody can say.
        return SightRead("Y") if seen == "Y" else SightRead(why=BOTH)
    return SightRead(seen)


@lru_cache(maxsize=64)
def _who(names: tuple[str, ...], *, has_baby: bool = True) -> re.Pattern[str]:
    said = _THE_CHILD if has_baby else _THE_CHILD.replace("the baby|", "")
    return re.compile(rf"(?<![\w'-])(?:{'|'.join([*(re.escape(name) for name in names), said])})(?![\w])(?!'s?\b)")


def who_is_named(text: str, names: Iterable[str]) -> bool:
    """Whether the child stands in the text by name or code, so that other children in it are others."""
    return bool(_named(tuple(names)).search(compared_names(text[:LONGEST_EVENT])))


@lru_cache(maxsize=64)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    forms = [*(re.escape(name) for name in names), r"ch\d?", "the child"]
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(forms)})(?!\w)")


def compared_names(text: str) -> str:
    """Text as it is compared, with `SURNAME, Forename` as it is and line breaks kept."""
    return "\n".join(compared(line) for line in text.splitlines())


def _with_words(plain: str) -> str:
    return re.sub(r"\bw/o\b", "without", re.sub(r"\bw/(?!o\b|c\b|e\b|b\b) ?", "with ", plain))


def _said(sentence: str, who: re.Pattern[str], told: str) -> str | None:
    """What one sentence says; `told` is the first of the text, which tells whether others report."""
    says: str | None = None
    if is_not_brought(sentence, names_child=bool(who.search(sentence))):
        return "N"
    for mention in who.finditer(sentence):
        before = sentence[max(0, mention.start() - LONGEST_BESIDE) : mention.start()]
        after = sentence[mention.end() : mention.end() + LONGEST_BESIDE].rstrip(" .;!")
        if _is_unseen(before, after):
            return "N"
        if _UNSEEN_BEFORE.search(before):
            continue  # somebody else did not see the child, or not for long
        if is_heard(before, after):
            says = "Y"
        is_told = not before.endswith(("what ", "what the ")) and not _REPORTED.search(before) and not _PLANNED.search(before)
        is_seen = _at_care(before, after) or (_is_seen(before, after) and not _is_others(before, mention.group(), after))
        if is_told and is_seen:
            says = "Y"
        if says is None and is_met(before, after, told) and not _FROM_AFAR.search(before + after):
            says = "Y"
    return says or _said_barely(sentence, who)


def _is_unseen(before: str, after: str) -> bool:
    if _REPORTED_UNSEEN.search(before) or _LONG_UNSEEN.search(after):
        return False
    if _REPORTED.search(before) and _SAID_OUT.match(after):
        return False  # "says the child is out at night" is a worry, not a visit
    told_after = _UNSEEN_AFTER.match(_clause(after)) or _UNSEEN_PRONOUN.search(after[:LONGEST_BESIDE])
    return bool(told_after or _UNSEEN_BEFORE.search(before))


def _is_seen(before: str, after: str) -> bool:
    return bool(_SEEN_AFTER.match(after) or _SEEN_BEFORE.search(before) or _WITH_US.match(after) or _SEEN_PRONOUN.match(after))


def _is_others(before: str, name: str, after: str) -> bool:
    """Whether it was somebody else who saw, or nobody yet has, or whoever spoke with the child did so from afar."""
    if _TO_COME.match(after):
        return True
    return bool(_FROM_AFAR.search(f"{before}{_clause(after)}") or _BY_OTHERS.search(f"{name}{after}"))


def _at_care(before: str, after: str) -> bool:
    return bool(_AT_CARE.match(after) or (_BROUGHT.search(before) and re.match(rf"^,? (?:in )?{_TO_CARE}", after)))


def _said_barely(sentence: str, who: re.Pattern[str]) -> str | None:
    """A short sentence that holds the child and a word of seeing and nobody else: `CH viewed in cot, sleeping`."""
    if sentence.count(" ") >= LONGEST_BARE or not (mention := who.search(sentence)):
        return None
    rest = sentence[: mention.start()] + " " + sentence[mention.end() :]
    stands_first = sentence[: mention.start()].count(" ") < 2 or _BARE_SEEN.match(sentence.removeprefix("we ").removeprefix("i "))
    if (
        not stands_first
        or "had seen" in rest
        or _BARE_OTHER.search(rest)
        or _FROM_AFAR.search(rest)
        or _REPORTED.search(rest)
        or _PLANNED.search(rest)
        or _TO_COME.match(sentence[mention.end() :])
        or _BY_OTHERS.search(sentence)
    ):
        return None
    return "Y" if _BARE_SEEN.search(rest) and not re.search(rf"\b{_NOT}\b", rest) else None


def _said_next(sentence: str) -> str | None:
    """What a short sentence says by a pronoun of the child whom the sentence before it named."""
    if sentence.count(" ") >= LONGEST_BARE or _REPORTED.search(sentence) or _LONG_UNSEEN.search(sentence):
        return None
    is_unseen = _UNSEEN_PRONOUN.search(sentence) or re.match(
        rf"(?:she|he|they) (?:was|were) {_NOT} (?:seen|sighted|met|present)\b", sentence
    )
    is_hidden = re.match(
        r"(?:she |he |they )?(?:did not|didn't|would not|wouldn't|refused to) (?:come|appear|see|speak|show|leave|join)\b", sentence
    )
    if is_unseen or is_hidden:
        return "N"
    return "Y" if _SEEN_NEXT.match(sentence) and not _BY_OTHERS.search(sentence) else None


def _clause(after: str) -> str:
    """What follows a mention up to the next person or clause of its own."""
    return _CLAUSES.split(after, maxsplit=1)[0]


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
