"""What one edition of statutory guidance requires."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self


class RapidReviewAnchor(StrEnum):
    """From which day a rapid review's working days are counted: practice differed until the Panel's guidance of June 2025."""

    NOTIFIED_ON = "notified_on"
    AWARE_ON = "aware_on"
    ACCEPTED_ON = "accepted_on"

    @property
    def label(self) -> str:
        return _ANCHOR_LABELS[self]


_ANCHOR_LABELS: Final[Mapping[RapidReviewAnchor, str]] = {
    RapidReviewAnchor.NOTIFIED_ON: "the day the notification was sent to the Panel",
    RapidReviewAnchor.AWARE_ON: "the day the local authority became aware",
    RapidReviewAnchor.ACCEPTED_ON: "the day the business unit accepted the referral",
}


class CountingRule(StrEnum):
    """What one notification stands for."""

    INCIDENT = "incident"
    DEAD_CHILD_OR_SIBLING_GROUP = "dead_child_or_sibling_group"


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; an open end is empty."""

    from_on: date | None
    to_on: date | None

    @classmethod
    def read(cls, entry: dict[str, Any]) -> Self:
        return cls(entry.get("from"), entry.get("to"))

    def covers(self, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True)
class Partner:
    """One of the three safeguarding partners, and by what kind of body it was held when."""

    role: str
    name: str
    period: Period


@dataclass(frozen=True)
class SignRole:
    """Who signs for a safeguarding partner, and when."""

    role: str
    signs: str
    period: Period


@dataclass(frozen=True)
class NotifiableType:
    """A kind of event that must or should be notified from a day on."""

    code: str
    duty: str
    from_on: date
    source: str


@dataclass(frozen=True)
class RuleSet:
    """Everything that one edition of the guidance fixes for a case that runs under it."""

    id: str
    edition: int
    title: str
    period: Period
    is_from_confirmed: bool
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    content_hash: str
    sin_days: int
    rr_days: int
    rr_anchor: RapidReviewAnchor
    lcspr_months: int
    prepub_days: int
    structured_children: int
    children_per_notification: CountingRule
    children_per_notification_source: str
    partners: tuple[Partner, ...]
    sign_roles: tuple[SignRole, ...]
    notifiable_types: tuple[NotifiableType, ...]

    def __str__(self) -> str:
        return self.id

    def number(self, parameter: str) -> int:
        """The length of a clock by the name that the clocks' file gives it."""
        return {
            "sin_days": self.sin_days, "rr_days": self.rr_days, "lcspr_months": self.lcspr_months, "prepub_days": self.prepub_days,
        }[parameter]  # fmt: skip

    def partner_names(self, on: date) -> dict[str, str]:
        """What kind of body each safeguarding partner was on a day."""
        return {partner.role: partner.name for partner in self.partners if partner.period.covers(on)}

    def signs_for(self, role: str, on: date) -> str:
        """Who signs for a partner on a day: for health the clinical commissioning group, from 1 July 2022 the integrated care board."""
        for sign_role in self.sign_roles:
            if sign_role.role == role and sign_role.period.covers(on):
                return sign_role.signs
        raise LookupError(f"{self.id} does not say who signs for {role} on {on}")

    def is_notifiable(self, code: str, on: date | None) -> bool:
        """Whether a kind of event is notifiable on the day the authority became aware; without a day, whether it is at all."""
        return any(kind.code == code and (on is None or kind.from_on <= on) for kind in self.notifiable_types)
