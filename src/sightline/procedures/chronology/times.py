"""Times of day as agencies write them: 14:30, 1430, 2.30pm, 14.30hrs, noon, am, 9-10.30am."""

import re
from dataclasses import dataclass
from typing import Final

from sightline.procedures.chronology.wording import compared

LONGEST_READ: Final = 200
NOT_A_TIME: Final = "The time was not understood."
MORNING_OR_AFTERNOON: Final = "The time may be in the morning or in the afternoon."
AT_MIDNIGHT_TWICE: Final = "24:00 is the end of one day and the start of another."
_HALF: Final = r"(?P<half>a\.?\s?m|p\.?\s?m)\.?"
_HOURS: Final = r"(?:(?:hrs|hr|hours|hour|h|o'?clock|z|gmt|bst)\.?)"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?P<hour>\d{{1,2}})\s?[:.;,]\s?(?P<minute>\d{{2}})(?:[:.]\d{{2}}(?:\.\d+)?)?\s*{_HOURS}?\s*(?:{_HALF})?\s*{_HOURS}?",
        r"(?P<hour>\d{1,2})\s?h\s?(?P<minute>\d{2})",
        rf"(?P<hour>\d{{1,2}}) (?P<minute>\d{{2}})\s*(?:{_HALF})?\s*{_HOURS}?",
        rf"(?P<hour>\d{{1,2}})(?P<minute>\d{{2}})\s*{_HOURS}?\s*(?:{_HALF})?\s*{_HOURS}?",
        rf"(?P<hour>\d{{1,2}})\s*(?:{_HALF})",
        r"(?P<hour>\d{1,2})\s*(?:hrs|hours|o'?clock)",
    )
)
_NOON: Final = frozenset({"noon", "12 noon", "midday", "12 midday", "mid-day", "mid day", "12.00 noon", "12:00 noon", "1200 noon"})
_MIDNIGHT: Final = frozenset({"midnight", "12 midnight", "00.00 midnight", "00:00 midnight", "12.00 midnight"})
_PARTS_OF_A_DAY: Final = re.compile(
    r"(?:the |in the |at |this |that |during the |same |later (?:that |same |the same )?|early |mid-? ?|late |school )*"
    r"(?:a\.?m\.?|p\.?m\.?|mornings?|afternoons?|evenings?|eve|nights?|overnight|lunch ?(?:time)?|breaktime|day ?(?:time)?|all day|"
    r"hours|out of hours|ooh|bedtime|tea ?time|registration|home time|various|times?)"
)
_NO_TIME: Final = re.compile(
    r"(?:-+|\?+|\.+|/|nil|none|n/?k|n/?a|n/?r|n\.k\.|n\.a\.|tbc|unk|unknown|unclear|not (?:known|recorded|stated|given|applicable|noted)|"
    r"time (?:unknown|not (?:known|recorded|stated|given))|no time(?: recorded| given)?|untimed|x+|[:.\s]+)"
)
_BEFORE: Final = re.compile(
    r"^(?:(?:at|from|between|@|time|c|ca|circa|approx\w*|about|around|roughly|after|before|by|est|since|just (?:after|before))"
    r"(?=[\s.:~(\d])[\s.:]*|[~@(<>]+\s*)+"
)
_AFTER: Final = re.compile(r"(?:[\s(,]*(?:approx\w*|circa|ish|onwards?|on|est|\?+|sharp|precisely|exactly)[\s).?]*|[)?.~+]+)+$")
_JOINED: Final = re.compile(r"\s*(?:-|\bto\b|\buntil\b|\btill\b|\band\b|/|&|\bthen\b)\s*")


@dataclass(frozen=True)
class TimeRead:
    """A time of day as far as it was understood: HH:MM, or nothing and perhaps why."""

    time: str | None = None
    why: str = ""

    @property
    def is_understood(self) -> bool:
        """Whether the text is a time, a part of a day or says that no time is known."""
        return self.why != NOT_A_TIME


def read_time(text: str) -> TimeRead:
    """The time that a cell gives; 'am', 'pm' and the like give none and are no riddle."""
    plain = compared(text[:LONGEST_READ])
    if not plain or _NO_TIME.fullmatch(plain):
        return TimeRead()
    if found := _single(plain):
        return found
    bare = _AFTER.sub("", _BEFORE.sub("", plain)).strip(" ()")
    if bare != plain:
        if not bare or _NO_TIME.fullmatch(bare):
            return TimeRead()
        if found := _single(bare):
            return found
    return _first_of_two(bare) or _with_part_of_day(bare) or TimeRead(why=NOT_A_TIME)


def _single(plain: str) -> TimeRead | None:
    if plain in _NOON:
        return TimeRead("12:00")
    if plain in _MIDNIGHT:
        return TimeRead("00:00")
    if _PARTS_OF_A_DAY.fullmatch(plain):
        return TimeRead()
    for form in _FORMS:
        if match := form.fullmatch(plain):
            said = match.groupdict()
            return _clock(said["hour"], int(said.get("minute") or 0), (said.get("half") or "")[:1])
    return None


def _clock(hours: str, minute: int, half: str) -> TimeRead | None:
    hour = int(hours)
    if (hour, minute) == (24, 0):
        return TimeRead(why=AT_MIDNIGHT_TWICE)
    if hour > 23 or minute > 59:
        return None
    if half and hour <= 12:
        return TimeRead(f"{hour % 12 + (12 if half == 'p' else 0):02}:{minute:02}")
    if len(hours) == 1 and 1 <= hour <= 6 and not half:
        return TimeRead(f"{hour:02}:{minute:02}", MORNING_OR_AFTERNOON)
    return TimeRead(f"{hour:02}:{minute:02}")


def _first_of_two(plain: str) -> TimeRead | None:
    parts = [part.strip() for part in _JOINED.split(plain) if part.strip()]
    if len(parts) < 2:
        return None
    last = _single(parts[-1])
    if last is None:
        return None
    first = parts[0]
    half = re.search(r"([ap])\.?m\.?$", parts[-1])
    if half and not re.search(r"[ap]\.?m\.?$", first):
        hour = re.match(r"\d{1,2}", first)
        # Eleven to one in the afternoon begins in the morning.
        begins = "a" if hour and last.time and half.group(1) == "p" and int(hour.group()) % 12 > int(last.time[:2]) % 12 else half.group(1)
        return _single(f"{first}{begins}m") or _single(first)
    return _single(first)


def _with_part_of_day(plain: str) -> TimeRead | None:
    """`am 10:30`, `evening (19:00)`, `2.30 in the afternoon`."""
    for piece in re.findall(r"\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\b\.?)?|\d{4}", plain):
        rest = plain.replace(piece, " ", 1).strip(" ,;()-")
        if not _PARTS_OF_A_DAY.fullmatch(rest) or not re.search(r"\d[:.]\d{2}|\d{4}|m$", piece.strip()):
            continue
        found = _single(piece.strip())
        if found and found.time and found.why and re.search(r"p\.?m|afternoon|evening|tea|home time", rest):
            return TimeRead(f"{int(found.time[:2]) + 12:02}{found.time[2:]}")
        return TimeRead(found.time) if found else None
    return None
