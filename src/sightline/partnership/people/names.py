"""How names are compared: spelling, short forms and sound."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from rapidfuzz.distance import DamerauLevenshtein

# Words that people type in a name box when there is no name to type.
NOT_A_NAME = frozenset(
    {
        "baby", "unborn", "unknown", "not", "known", "no", "name", "none", "nil", "unnamed", "infant", "child", "boy", "girl", "male",
        "female", "tbc", "newborn", "twin", "one", "two",
    }
)  # fmt: skip
LONGEST_WORD_COMPARED = 40
# Letters that do not fall apart into a plain letter and an accent.
PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})

# Spellings that sound the same in English, applied in order to lower-case letters.
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"^(kn|gn|pn)", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"^x", "s"), (r"^wh", "w"), (r"^mac(?=[^aeiouyk])", "mc"),
        (r"ough$", "o"), (r"augh", "af"), (r"igh", "i"), (r"gh(?=[^aeiouy]|$)", ""), (r"gh", "ğ"), (r"ph", "f"),
        (r"sch|tch|ch|cz", "ç"), (r"sh|sz", "ş"), (r"th", "t"), (r"dg(?=[eiy])", "j"), (r"ck|cc|q|kh", "k"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"g(?=[ei])", "j"), (r"x", "ks"), (r"z", "s"), (r"v|w(?=[aeiouy])", "v"),
        (r"w", ""), (r"h(?=[^aeiouy]|$)", ""), (r"mb$", "m"), (r"y", "i"), (r"v", "f"), (r"ğ", "g"), (r"e$", ""),
    ]
]  # fmt: skip


def words(name: str) -> tuple[str, ...]:
    """A name's parts in plain small letters: no accents, apostrophes joined, hyphens parted, and no words that mean 'not known'."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN_LETTERS))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub(r"['’`´.]", "", plain)
    return tuple(word[:LONGEST_WORD_COMPARED] for word in re.findall(r"[^\W\d_]+", plain) if word not in NOT_A_NAME)


def sound(word: str) -> str:
    """How a word sounds, roughly: its first letter and its later consonants, doubled letters once."""
    for pattern, replacement in SOUNDS:
        word = pattern.sub(replacement, word)
    if not word:
        return ""
    first = "a" if word[0] in "aeiou" else word[0]
    rest = re.sub(r"[aeiouh]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)


@lru_cache(maxsize=1)
def short_forms() -> dict[str, frozenset[int]]:
    """The families of a given name, by name: 'Liz' and 'Elizabeth' share one. A name may be in several."""
    families: dict[str, set[int]] = {}
    lines = resources.files(__package__).joinpath("data/short_forms.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("#"):
            for name in line.split():
                families.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in families.items()}


def are_short_forms(one: str, other: str) -> bool:
    families = short_forms()
    return bool(families.get(one, frozenset()) & families.get(other, frozenset()))


def are_nearly_spelt_alike(one: str, other: str) -> bool:
    """One slip of the keyboard in a word of four letters or more, two in a word of eight."""
    shorter = min(len(one), len(other))
    if shorter < 4:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=3) <= (2 if shorter >= 8 else 1)


def begin_alike(one: str, other: str) -> bool:
    """The same first four letters."""
    return len(one) >= 4 and one[:4] == other[:4]


def likeness(one: Iterable[str], other: Iterable[str]) -> str:
    """The closest way in which any word of one name agrees with any word of the other: same, short form, spelling, sound, or ''."""
    ones, others = set(one), set(other)
    if ones & others:
        return "same"
    pairs = [(a, b) for a in ones for b in others]
    if any(are_short_forms(a, b) for a, b in pairs):
        return "short form"
    if any(are_nearly_spelt_alike(a, b) for a, b in pairs):
        return "spelling"
    if any(sound(a) == sound(b) and len(sound(a)) > 1 for a, b in pairs):
        return "sound"
    return ""
