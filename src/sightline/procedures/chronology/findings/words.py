"""The word lists of the rules, ready to be found in texts; and texts as the rules compare them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from sightline.procedures.chronology.wording import compared

ANY_WORDS: Final = r"(?:\W+\w[\w'/-]*){0,4}?\W+"
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
_PIECE: Final = re.compile(r"\w+")
LONGEST_KEY: Final = 3  # letters by which words with any ending are looked up
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


class Listed:
    """The words of one or several lists, found in texts as `plain` gives them.

    Hundreds of words are not tried at each letter: each piece of a text is looked up, and only the words that it can begin are tried there.
    """

    def __init__(self, listed: Iterable[str]) -> None:
        whole: dict[str, list[str]] = {}
        begun: dict[str, list[str]] = {}
        other: list[str] = []
        for word in sorted(set(listed), key=lambda word: (-len(word), word)):
            first = _PIECE.match(word)
            if first is None:
                other.append(word)
            elif word[first.end() : first.end() + 1] == "*":
                begun.setdefault(first[0][:LONGEST_KEY], []).append(word)
            else:
                whole.setdefault(first[0], []).append(word)
        self._whole = {piece: _any(words) for piece, words in whole.items()}
        self._begun = {piece: _any(words) for piece, words in begun.items()}
        self._other = _any(other) if other else None
        self._tried: dict[str, tuple[re.Pattern[str], ...]] = {}
        """What each piece that was met can begin: mostly nothing."""

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in the order of the text, none within another."""
        end = 0
        for piece, start in pieces(text):
            tried = self._tried.get(piece)
            if tried is None:
                tried = self._tried[piece] = self._can_begin(piece)
            if tried and start >= end:
                matches = [found for each in tried if (found := each.match(text, start))]
                if matches:
                    found = max(matches, key=lambda found: found.end())
                    yield found
                    end = found.end()
        if self._other:
            yield from self._other.finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match; nothing for none."""
        return next(self.finditer(text), None)

    def match(self, text: str) -> re.Match[str] | None:
        """A match with which the text begins; nothing for none."""
        found = self.search(text)
        return found if found and found.start() == 0 else None

    def findall(self, text: str) -> list[str]:
        """The words of every match."""
        return [found.group() for found in self.finditer(text)]

    def sub(self, instead: str, text: str) -> str:
        """The text with something else in the place of every match."""
        kept, at = list[str](), 0
        for found in sorted(self.finditer(text), key=lambda found: found.start()):
            if found.start() >= at:
                kept += [text[at : found.start()], instead]
                at = found.end()
        return "".join((*kept, text[at:]))

    def _can_begin(self, piece: str) -> tuple[re.Pattern[str], ...]:
        found = (self._whole.get(piece), *(self._begun.get(piece[:length]) for length in range(1, min(len(piece), LONGEST_KEY) + 1)))
        return tuple(each for each in found if each)


@cache
def pattern(*names: str) -> Listed:
    """The words of one or several lists, named `heading.list`; they read texts as `plain` gives them."""
    return Listed(word for name in names for word in lists()[name.split(".")[0]][name.split(".")[1]])


@lru_cache(maxsize=50_000)
def pieces(text: str) -> tuple[tuple[str, int], ...]:
    """The letters and figures of a text that belong together, each with its place."""
    return tuple((found[0], found.start()) for found in _PIECE.finditer(text))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_as_pattern, words)))


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
