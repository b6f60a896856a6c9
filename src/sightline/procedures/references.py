"""Identifiers for records, and the short references that people say on the telephone."""

import secrets
from typing import Final

from ulid import ULID

REFERENCE_LETTERS: Final = "BCDFGHJKMNPQRTVWXY"
"""No vowels, so that no word appears; no L, S or Z, which read as 1, 5 and 2."""

REFERENCE_DIGITS: Final = "346789"
"""No 0, 1, 2 or 5, which read as O, I, Z and S."""

REFERENCE_PATTERN: Final = f"^[{REFERENCE_LETTERS}]{{2}}[{REFERENCE_DIGITS}]-[{REFERENCE_DIGITS}][{REFERENCE_LETTERS}]{{2}}$"


def new_ulid() -> str:
    """A new identifier for a record: 26 characters that say nothing about the record except roughly when it was made."""
    return str(ULID())


def new_reference() -> str:
    """A new reference for a matter, like `KX7-4QD`: random, so that it tells neither how many matters there are nor which came first."""
    letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(4)]
    digits = [secrets.choice(REFERENCE_DIGITS) for _ in range(2)]
    return f"{letters[0]}{letters[1]}{digits[0]}-{digits[1]}{letters[2]}{letters[3]}"
