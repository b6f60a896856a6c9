"""How far a preview of a version for a family or the public has come. It ends in nothing that may be given to anybody."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class PreviewStatus(StrEnum):
    """A preview is prepared, put to police and lawyers, and stands agreed until something in it changes."""

    PREPARED = "prepared"
    WITH_POLICE_AND_LEGAL = "with_police_and_legal"
    AGREED = "agreed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {
            "prepared": "Being prepared", "with_police_and_legal": "With police and legal adviser",
            "agreed": "Both agree to what they saw", "dropped": "Dropped",
        }[self.value]  # fmt: skip


MOVES: Final[Mapping[PreviewStatus, frozenset[PreviewStatus]]] = {
    PreviewStatus.PREPARED: frozenset({PreviewStatus.WITH_POLICE_AND_LEGAL, PreviewStatus.DROPPED}),
    # One of the two does not agree, or something in it changed.
    PreviewStatus.WITH_POLICE_AND_LEGAL: frozenset({PreviewStatus.PREPARED, PreviewStatus.AGREED, PreviewStatus.DROPPED}),
    PreviewStatus.AGREED: frozenset({PreviewStatus.PREPARED, PreviewStatus.DROPPED}),
    PreviewStatus.DROPPED: frozenset(),
}
VIEWS_NEEDED: Final = frozenset({"police", "legal"})
