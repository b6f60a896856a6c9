"""One message to one address."""

import re
from dataclasses import dataclass
from typing import Final

OFFICIAL: Final = "OFFICIAL"
OFFICIAL_SENSITIVE: Final = "OFFICIAL-SENSITIVE"

# One address and nothing that a mail program could read as two, as a name, or as a new header.
_ONE_ADDRESS: Final = re.compile(r"[^@\s,;:<>\"()\[\]\\]+@[^@\s,;:<>\"()\[\]\\]+")


@dataclass(frozen=True)
class Message:
    """What is sent: to one person, marked, and without a word of any case. There is no place for a second reader."""

    to: str
    subject: str
    body: str
    marking: str = OFFICIAL

    def __post_init__(self) -> None:
        if not _ONE_ADDRESS.fullmatch(self.to):
            raise ValueError("A message goes to exactly one address.")
        if "\n" in self.subject or "\r" in self.subject:
            raise ValueError("A subject is one line.")

    @property
    def marked_subject(self) -> str:
        return f"{self.marking}: {self.subject}"

    @property
    def marked_body(self) -> str:
        return f"{self.marking}\n\n{self.body.strip()}\n\nNobody reads replies to this address.\n"
