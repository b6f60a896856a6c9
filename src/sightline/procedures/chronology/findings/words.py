"""The word lists of the rules, ready to be found in texts; and texts as the rules compare them."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from sightline.procedures.chronology.wording import compared

ANY_WORDS: Final = r"(?:\W+\w[\w'/-]*){0,4}?\W+"
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
_WORD: Final = re.compile(r"[a-z][a-z'&-]*[a-z]|\d+")
# Words that tell nothing of one event.
_STOP: Final = (
    "a about after again all also am an and any are as asked at be because been before being but by came can child could day days "
    "did do does done down for from further gave given had has have he her here him his home how i if in into is it its just last "
    "later made me more my new next no not now of off on one or other our out over own re reported said same see seen she since so "
    "some spoke still such than that the their them then there they this those time to today told too two under until up upon us "
    "very via was we well went were what when where which while who whom why will with would yes you your arden"
)
STOP: Final = frozenset(_STOP.split())


@cache
def lists() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Every word list by its heading and name, as the file has it."""
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return {heading: {name: tuple(words) for name, words in named.items()} for heading, named in tomllib.loads(text).items()}


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """One pattern for the words of one or several lists, named `heading.list`; it reads texts as `plain` gives them."""
    words = {word for name in names for word in lists()[name.split(".")[0]][name.split(".")[1]]}
    return re.compile("|".join(_as_pattern(word) for word in sorted(words, key=lambda word: (-len(word), word))))


@lru_cache(maxsize=100_000)
def may_begin(token: str) -> frozenset[str]:
    """The lists that have a word which this piece of text can begin: most rows need not be searched for most lists."""
    return frozenset(
        name
        for name, (whole, beginnings) in _beginnings().items()
        if token in whole or any(token.startswith(beginning) for beginning in beginnings.get(token[0], ()))
    )


@cache
def first_words() -> frozenset[str]:
    """Every whole word with which a word of some list begins: no name of anybody."""
    return frozenset().union(*(whole for whole, _ in _beginnings().values()))


@cache
def _beginnings() -> Mapping[str, tuple[frozenset[str], Mapping[str, tuple[str, ...]]]]:
    found: dict[str, tuple[frozenset[str], Mapping[str, tuple[str, ...]]]] = {}
    for heading, named in lists().items():
        for name, words in named.items():
            whole, beginnings = set[str](), dict[str, list[str]]()
            for word in words:
                first = re.match(r"\w+", word)
                if first and word[first.end() : first.end() + 1] == "*":
                    beginnings.setdefault(first[0][0], []).append(first[0])
                elif first:
                    whole.add(first[0])
            found[f"{heading}.{name}"] = frozenset(whole), {letter: tuple(each) for letter, each in beginnings.items()}
    return found


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """A text as it is compared: small letters, one kind of dash, quote and space."""
    return compared(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text, as they are written."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def stems(text: str) -> list[str]:
    """The telling words of a plain text without their endings."""
    return [stem(word) for word in _WORD.findall(text) if word not in STOP]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its commonest English endings: visits, visited and visiting are one word."""
    word = word.removesuffix("'s").removesuffix("'")
    for ending, rest in (("ingly", ""), ("edly", ""), ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: len(word) - len(ending)] + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def _as_pattern(word: str) -> str:
    parts = [re.escape(part.strip()).replace(r"\*", r"[\w'-]*").replace(r"\ ", r"[\s-]+") for part in word.split("~")]
    return rf"(?<![\w]){ANY_WORDS.join(parts)}(?![\w])"


def any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for words that are known only when a case is read; nothing for none."""
    listed = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in listed)})(?!\w)") if listed else None
