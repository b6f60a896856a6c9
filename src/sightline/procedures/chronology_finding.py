"""What becomes of a finding of a chronology: a person accepts or dismisses it, and may look at it again."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class FindingStatus(StrEnum):
    """What a person has said of a finding; until then it is only what a rule says."""

    FOUND = "found"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        return {"found": "Not looked at yet", "accepted": "Accepted", "dismissed": "Dismissed"}[self.value]


MOVES: Final[Mapping[FindingStatus, frozenset[FindingStatus]]] = {
    FindingStatus.FOUND: frozenset({FindingStatus.ACCEPTED, FindingStatus.DISMISSED}),
    # A later return may change what was said.
    FindingStatus.ACCEPTED: frozenset({FindingStatus.FOUND}),
    FindingStatus.DISMISSED: frozenset({FindingStatus.FOUND}),
}
