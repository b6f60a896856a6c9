"""Moves of a recommendation: written down, and answered with reasons."""

from datetime import date
from typing import Any

from django.db import transaction

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions import access
from sightline.partnership.actions.models import Recommendation
from sightline.partnership.audit_trail import trail
from sightline.procedures.errors import NotAllowedNow


@transaction.atomic
def write_down(*, text: str, by: Account, **fields: Any) -> Recommendation:
    """Write down what somebody recommends; one that repeats an earlier one says how the response will differ."""
    access.check_can_raise(by, fields.get("matter"))
    if not text.strip():
        raise NotAllowedNow("Write what is recommended.")
    if fields.get("repeats") is not None and not fields.get("how_response_differs", "").strip():
        raise NotAllowedNow("It was recommended before. Say how the response will differ this time.")
    if (fields.get("required_of") == "agency") != (fields.get("agency") is not None):
        raise NotAllowedNow("Name the agency if the recommendation is made to one agency, and none otherwise.")
    row = Recommendation.objects.create(text=text.strip(), created_by=by, **fields)
    trail.record("recommendation.written", row, by=by, kind="K13", matter_id=row.matter_id or "")
    return row


@transaction.atomic
def answer(recommendation: Recommendation, *, accepted: bool, reasons: str, decided_on: date, by: Account) -> Recommendation:
    """The partnership's answer, with its reasons; a refusal counts as an answer too."""
    row = Recommendation.objects.select_for_update(of=("self",)).select_related("matter").get(pk=recommendation.pk)
    access.check(by, "run", row)
    if row.status != "made":
        raise NotAllowedNow("This recommendation has already been answered. Open it again to see how.")
    if not reasons.strip():
        raise NotAllowedNow("Give the reasons.")
    row.status, row.answer, row.decided_on = "accepted" if accepted else "not_accepted", reasons.strip(), decided_on
    row.version += 1
    row.save(update_fields=["status", "answer", "decided_on", "version"])
    trail.record("recommendation.answered", row, by=by, kind="K13", matter_id=row.matter_id or "")
    return row
