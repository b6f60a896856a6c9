"""Lists of codes and their plain labels: what the forms offer and what the exports say."""

import tomllib
from functools import cache
from importlib.resources import files


def names() -> tuple[str, ...]:
    """The lists there are."""
    return tuple(_lists())


def choices(name: str) -> list[tuple[str, str]]:
    """A list in the order in which people expect it, as pairs of code and label."""
    return list(label_by_code(name).items())


def label_by_code(name: str) -> dict[str, str]:
    """A list as a dictionary, in order."""
    return dict(_lists()[name])


def label(name: str, code: str) -> str:
    """What a code means in plain words; a code that is no longer known is shown as it is, never dropped."""
    return _lists()[name].get(our_code(name, code), code)


def our_code(name: str, code: str) -> str:
    """Our code for one that another system sent: GROM and WROM are the same ethnicity."""
    return _synonyms().get(name, {}).get(code, code)


@cache
def _content() -> dict[str, dict[str, dict[str, str]]]:
    text = files(__package__).joinpath("code_lists.toml").read_text(encoding="utf-8")
    content: dict[str, dict[str, dict[str, str]]] = tomllib.loads(text)
    return content


def _synonyms() -> dict[str, dict[str, str]]:
    return _content()["synonyms"]


@cache
def _lists() -> dict[str, dict[str, str]]:
    # The file holds lists of plain text beside the table of synonyms, so the value types differ.
    return {name: {code: str(text) for code, text in entries.items()} for name, entries in _content().items() if name != "synonyms"}
