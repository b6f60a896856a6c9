"""How a case is learnt from that does not reach the threshold, and the statuses of such a review."""

from enum import StrEnum
from typing import Final

METHODS: Final = [
    ("learning_review", "Learning lessons review"), ("multi_agency_review", "Multi-agency case review"),
    ("thematic_review", "Thematic or appreciative review"), ("single_agency_review", "Single-agency review"),
    ("audit", "Audit deep-dive"), ("practitioner_event", "Practitioner learning event"),
]  # fmt: skip


class LearningReviewStatus(StrEnum):
    """How far a review below the threshold has come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return {"planned": "Planned", "under_way": "Under way", "finished": "Finished", "stopped": "Stopped"}[self.value]


BOXES: Final = [
    ("background", "1. Background"), ("why_it_matters", "2. Why it matters"), ("key_facts", "3. Key facts"), ("findings", "4. Findings"),
    ("learning", "5. Learning"), ("what_to_do", "6. What to do"), ("questions", "7. Questions and links"),
]  # fmt: skip
"""The seven boxes of a briefing, the same each time."""
