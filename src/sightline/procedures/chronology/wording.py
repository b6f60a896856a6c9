"""Text as it is compared, never as it is kept: one kind of dash, of space and of letter case, without marks that cannot be seen."""

import re
import unicodedata
from typing import Final

_DASHES: Final = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d]")
_SPACES: Final = re.compile(r"\s+")
_BREAKS: Final = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control signs, halves of characters and non-characters: no text has them, and neither JSON nor a database will take them all.
_NOT_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ufeff]")
_HALVES: Final = re.compile("[\ud800-\udfff]")


def kept(text: str) -> str:
    """Text as it is kept: every word as it was written, without signs that are no text."""
    return _HALVES.sub("\ufffd", _NOT_TEXT.sub("", _BREAKS.sub("\n", text))).strip()


def compared(text: str) -> str:
    """Text as it is compared: composed, in small letters, with plain dashes, quotes and single spaces, and nothing invisible."""
    if text.isascii():
        plain = text  # nothing in it can be composed, invisible or another kind of dash
    else:
        plain = unicodedata.normalize("NFKC", text)
        plain = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Co", "Cs"))
        plain = _DASHES.sub("-", plain).replace("\u2019", "'").replace("\u2018", "'")
    plain = plain.replace("`", "'")
    return _SPACES.sub(" ", plain).strip().lower()


def excerpt(text: str, longest: int = 200) -> str:
    """The beginning of a text, for the list of what became of each line."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
