"""The worker's regular duties: this list and no other."""

from datetime import timedelta
from typing import Final

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from sightline.partnership.accounts.workflow import look_after_accounts
from sightline.partnership.audit_trail.verification import verify_and_keep
from sightline.partnership.case_reviews.workflow import chasing, signing
from sightline.partnership.need_to_know.workflow.registers import match_everything
from sightline.partnership.notices.rounds import Duty


def verify_the_audit_trail() -> None:
    """Read the whole trail once a day, so that its readers can see when it was last whole."""
    verify_and_keep(now=timezone.now())


def chase_agencies() -> None:
    """Remind agencies of answers that are due, and let lateness climb, on working days."""
    chasing.chase_all(at=timezone.now())


def remind_signers() -> None:
    """Write to partners who have not signed when the day of sign-off is near."""
    signing.remind_all(at=timezone.now())


DUTIES: Final = (
    Duty("chase_agencies", timedelta(hours=1), chase_agencies),
    Duty("remind_signers", timedelta(hours=1), remind_signers),
    Duty("verify_audit_trail", timedelta(days=1), verify_the_audit_trail, longest=timedelta(hours=2)),
    Duty("look_after_accounts", timedelta(hours=6), look_after_accounts),
    # A name corrected since is held against people's private lists again.
    Duty("match_private_lists", timedelta(days=1), match_everything, longest=timedelta(hours=2)),
    Duty("clear_expired_sessions", timedelta(days=1), SessionStore.clear_expired),
)
