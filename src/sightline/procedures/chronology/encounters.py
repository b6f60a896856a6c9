"""What a child does, and has done, in front of those who write: seen without the word, as `TQ sang in assembly` or `weighed with mum`."""

import re
from typing import Final

_FAMILY: Final = (
    r"(?:his|her|their|its|mo|mother|mum|mummy|mam|fa|father|dad|daddy|nan\w*|gran\w*|mgm|aunt\w*|uncle|cousin|brother|sister|sibling|"
    r"parents?|carers?|family|(?:a |an |another |the )?(?:friend|peer|neighbour|pupil|child|boy|girl|relative|caller|partner|"
    r"step\w*|mother|father)\w*|each|no-?one|nobody)\b"
)
_LINK: Final = (
    r"(?:,|who|was|has|had|also|then|later|briefly|happily|proudly|freely|quietly|came in and|stopped and|stayed and|at|the|desk|and)"
)
# The child as the doer, right behind the name.
_DOES: Final = re.compile(
    rf"^,?(?: {_LINK}){{0,3}} (?:"
    r"took part\b|participated\b|joined in\b|had (?:a|another) (?:go|turn)\b|helped (?:out|clear|hand|tidy|carry|set|make|with|"
    r"staff|the)|"
    r"approached (?:a |an |the |our )?(?:\w+ )?(?:officer|pcso|pc|constable|staff|worker|teacher|nurse|stall|desk)|"
    r"stopped (?:and|to) (?:spoke|speak|chat|talk)|(?:spoke|talked|chatted)\b(?! (?:to|with) " + _FAMILY + r"| of (?:him|her|their)sel)|"
    r"(?:talked|chatted|spoke) (?:about|of|through)|told (?!" + _FAMILY + r"|that|us he|us she)\w|"
    r"(?:confided|disclosed) (?:in|to) (?:staff|the|a|an|worker|teacher|nurse|officer|pc|miss|mr|ms)|"
    r"attd\b|attended (?:with|alongside|the (?:police|front|surgery|clinic|session|drop|stall|station|desk|practice|office|"
    r"workshop|lesson|"
    r"centre|appointment)|(?:a |our |his |her |their )?(?:clinic|surgery|drop-?in|workshop|session|review|appointment|class|"
    r"lesson|lessons|"
    r"assembly|club|check-?up))|"
    r"(?:came|called|walked|went|popped|turned up|arrived) (?:in|into|along|to|at) (?:the |our |to the |school )?(?:office|desk|"
    r"station|front|"
    r"clinic|surgery|room|class\w*|nurse|reception|medical|library|hub|lacking|school|without|with)|came (?:with|along)\b|turned up\b|"
    r"was (?:among|amongst|one of) (?:the )?(?:children|pupils|young people|group|those)|was (?:a |the |our )?(?:narrator|star|"
    r"reader|keen|"
    r"pupil of|soloist|goalkeeper|happy|chatty|smiling|cheerful|lively|settled)\b|"
    r"(?:was |got )?(?:examined|weighed|measured|vaccinated|immunised|assessed|treated|swabbed|x-?rayed)\b|r/v\b|reviewed by\b|"
    r"wt \d|ht \d|weight \d|weighs \d|weighed \d|has (?:a |an )?(?:\w+ ){0,2}(?:bruis\w+|ankle|lump|cut|graze|mark|burn|swelling|"
    r"scratch\w*)|"
    r"had (?:(?:a|an|his|her|their) )?(?:[\w-]+ ){1,4}(?:done|taken|checked|measured|reviewed)\b|had (?:catch-?up|mentor|nurture|"
    r"lunch|toast|breakfast|some)\b|"
    r"(?:sang|danced|performed|played|drew|painted|planted|built|coloured|won|led the|read (?:aloud|to|out|with)|baked|"
    r"recited|juggled|acted|tidied|tried|brought out|brought in|showed|answered|described|discussed|asked|chose|engaged|"
    r"worked (?:hard|well|on)|"
    r"smiled|laughed|waved|(?:received|collected|earned) (?:a|an|his|her|their|the))\b(?! (?:up (?:at|with)|truant))|"
    r"taken (?:for|out for|out to|swimming|bowling)\b|(?:and \w+ )?went out for\b|with (?:a |an )?[\w -]{2,30}, examined\b|"
    r"(?:called|went|came) (?:in )?at (?:the )?(?:station|desk|front|office))"
)
_TENDED: Final = re.compile(
    r"\bby (?:\w+ ){0,2}?(?:staff|teacher|nurse|matron|ta|first aider|worker)\b.{0,20}\b(?:spoke|talked|sat|chatted) (?:to|with) "
)
_HEARD: Final = re.compile(r"\b(?:heard|listened to|watched|helped) $")
_HEARD_DO: Final = re.compile(
    r"^,? (?:read|reading|sing|singing|play|playing|perform\w*|recite|practi\w+|dance|with (?:his|her|their) (?:reading|work))\b"
)
_AND_DOES: Final = re.compile(r"\band $")
_TOGETHER: Final = re.compile(r"^,? (?:called|came|attended|went out|walked|popped|dropped|visited)(?: in)? (?:at|to|into|in|for|the)\b")
_AT_STALL: Final = re.compile(
    r"^,? (?:at|on|in) (?:the|our) (?:police|dog|station|front|nurse|clinic|stall|desk|drop|reading|art|music|breakfast|sports|"
    r"class|school|play)"
)
# The child as the one to whom something is done, right before the name.
_DONE_TO: Final = re.compile(
    r"(?:"
    r"\b(?:bloods?|samples?|swabs?|temperature|measurements?|photos?|an account|account|statement|history)(?: \w+)? (?:taken|"
    r"obtained|collected) "
    r"(?:from|of)|"
    r"\b(?:vaccin\w+|immunisation\w*|jabs?|boosters?|dose|injection|medication|inhaler|plaster|first aid|sticker|certificate|award)"
    r"(?: \w+)? (?:given|administered|awarded|applied) to|"
    r"\b(?:done|completed|held|carried out|undertaken|conducted|work|session|interview|lesson|assessment|activity|workshop|slot|"
    r"check-?in|"
    r"1:1|1-1|1-2-1|one[ -]to[ -]one|catch-?up|chat|time|keepsafe work|direct work)(?: \w+)? with|"
    r"\bchat(?:ted)? between [\w .'-]{2,30} and|"
    r"\b(?:accompanied|attended|came|arrived|called|joined) (?:(?:in|along) )?(?:by|with)|"
    r"\b(?:brought|handed|given|taken) (?:in )?(?:to|into) (?:the )?(?:desk|office|station|counter|reception)(?: \w+)? by|"
    r"\b(?:came across|bumped into|stopped to (?:speak|chat|talk) (?:to|with)|chatted (?:to|with)|praised|comforted|greeted|thanked)|"
    r"\b(?:review|check-?up|examination|measurement|screening|screen|height and weight|weight|bmi) (?:of|for)|"
    r"\b(?:o/e|on examination,?)|"
    r"\b(?:noted|saw|seen|observed|noticed|spotted)(?: \w+){0,8}? (?:on)|"
    r"\b(?:school provided|loaned by school) (?:for|to)"
    r"),? $"
)
_RECEIVED: Final = re.compile(
    r"\b(?:(?:call|e-?mails?|correspondence|letter|message|voicemail|text|referral|notification|notified|update|information|"
    r"report|word|query|contact|"
    r"intelligence|news|disclosure|copy|minutes)\b(?: \w+){0,3}? (?:from|by|in from|via|received)|e-?mail\b|letter\b|referral\b|"
    r"(?:rang|phoned|telephoned|e-?mailed|wrote|texted|contacted) |learn(?:t|ed)|understood|let us know|apparently|"
    r"according to|multi-?agency|strategy (?:meeting|discussion)|strat\b|conference|core group|mash\b|supervision)"
)
_UNTOLD: Final = re.compile(
    r"\b(?:report(?:ed|s|ing)|says|alleg\w+|claim\w*|stat(?:ed|es)|inform(?:ed|s)|heard|worr\w+|"
    r"concern\w*|would|should|will|may|might|could|plan\w*|arrang\w+|invit\w+|due|next|letter|e-?mail\w*|cancel\w*|postpon\w*|"
    r"supervised|unsupervised|not|never|nobody|no-?one|none|no longer|without|unable|refus\w+|declin\w+|if|when)\b|"
    r"\b(?:what(?: the)?|(?<!review )(?<!screen )of) $"
)
# An appointment to which the child was not brought; one that a service cancelled is none.
_NOT_BROUGHT: Final = re.compile(
    r"\b(?:wnb|was not brought|wasn't brought|not brought(?: (?:in|to|for|by))?|(?:did not|didn't|failed to|has not|had not) "
    r"(?:bring|present|take))\b"
)
_NOBODY_BROUGHT: Final = re.compile(
    r"(?:[\w&'/ -]{0,45}?(?: -|[:,;]) )?(?:dna,? ?(?:- )?)?(?:\(?wnb\)?|(?:was )?not brought)(?:$|[ ,](?:to|at|for|in|by|again|no|"
    r"x\d)\b.{0,60})"
)


def is_met(before: str, after: str, told: str) -> bool:
    """Whether one mention of the child tells that the child did something, or had it done, in front of those who write."""
    if _RECEIVED.search(told) or _RECEIVED.search(before) or _UNTOLD.search(before):
        return False
    return bool(
        _DOES.match(after)
        or _DONE_TO.search(before)
        or (_AND_DOES.search(before) and _TOGETHER.match(after))
        or _AT_STALL.match(after)
        or _TENDED.search(after)
    )


def is_heard(before: str, after: str) -> bool:
    """Whether those who write heard or watched the child do something: `heard TQ read`."""
    return bool(_HEARD.search(before) and _HEARD_DO.match(after))


def is_not_brought(sentence: str, *, names_child: bool) -> bool:
    """Whether a sentence says that the child was not brought to an appointment, by name or with nobody named."""
    return bool(_NOT_BROUGHT.search(sentence) if names_child else _NOBODY_BROUGHT.fullmatch(sentence.rstrip(" .;!")))
