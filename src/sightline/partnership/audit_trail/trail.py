"""Writing to the audit trail: what was done inside its own move, what is about to be read before a byte of it is shown."""

import re
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection, transaction

from sightline.partnership.audit_trail import asking, witness
from sightline.partnership.audit_trail.chain import BEFORE_THE_FIRST_HASH, BEFORE_THE_FIRST_SIGNATURE, Signer, digest, stored_text
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.procedures.errors import ForTheReader

PAYLOAD_VERSION: Final = 1

# Any number will do as long as nothing else in the database uses it.
CHAIN_HEAD_LOCK: Final = 7_305_809_011

# What a row may hold: ids, kinds, names of rules and classes of fields. Nothing that could be a person's name or a value fits,
# except in a rule, which comes from the access table and never from a form.
_SHAPES: Final = {
    "action": re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}"),
    "kind": re.compile(r"(K[0-9]{1,2}m?)?"),
    "actor": re.compile(r"[A-Za-z0-9_:-]{0,64}"),
    "agency": re.compile(r"[A-Za-z0-9_:-]{0,64}"),
    "object": re.compile(r"[A-Za-z0-9_:-]{0,80}"),
    "matter": re.compile(r"[A-Za-z0-9_:-]{0,64}"),
    "decision": re.compile(r"[a-z_]{1,20}"),
    "rule": re.compile(r"[^\x00-\x1f@]{0,120}"),
    "request": re.compile(r"[A-Za-z0-9_-]{0,64}"),
    "session": re.compile(r"[0-9a-f]{0,32}"),
    "thing": re.compile(r"[a-z_]{0,60}(\.[a-z_0-9]{1,60})?"),
}
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,60}")


class AuditUnavailable(ForTheReader):
    """The reading could not be recorded, so nothing is shown."""

    def __init__(self, sentence: str = "Sightline cannot record who reads this, so it cannot show it. Try again in a few minutes.") -> None:
        super().__init__(sentence)


def record(
    action: str,
    thing: Any = None,
    *,
    by: Any,
    kind: str = "",
    matter_id: str = "",
    decision: str = "done",
    rule: str = "",
    fields: Iterable[str] = (),
    request_id: str = "",
) -> AuditEvent:
    """Add what was done, as the last statement of the move that did it: it holds the head of the chain until the commit."""
    if not connection.in_atomic_block:
        raise RuntimeError("An audit row is written inside the transaction of what it records.")
    told = asking.current()
    facts = {
        "action": action,
        "actor": _id_of(by),
        "agency": _agency_id_of(by),
        "decision": decision,
        "fields": sorted(fields),
        "kind": kind,
        "matter": str(matter_id or getattr(thing, "matter_id", "") or ""),
        "object": _id_of(thing),
        "request": request_id or told.request_id,
        "rule": rule,
        "session": told.session,
        "thing": thing._meta.label_lower if hasattr(thing, "_meta") else "",
    }
    _check_shapes(facts)
    return _append(facts)


def record_reading(
    action: str,
    thing: Any,
    *,
    by: Any,
    kind: str,
    matter_id: str = "",
    fields: Iterable[str] = (),
    rule: str = "",
    decision: str = "shown",
) -> AuditEvent:
    """Commit the record of a reading before anything is rendered; if that fails, nothing may be shown."""
    try:
        # Durable: inside another transaction the row could still vanish after the page was shown.
        with transaction.atomic(durable=True):
            return record(action, thing, by=by, kind=kind, matter_id=matter_id, fields=fields, rule=rule, decision=decision)
    except (DatabaseFailure, OSError) as problem:
        raise AuditUnavailable from problem


def head() -> tuple[int, str]:
    """The number and hash of the last row; (0, zeros) while there is none."""
    seq, row_hash, _ = _last()
    return seq, row_hash


@cache
def signer() -> Signer:
    """The signing key of this installation."""
    return Signer(settings.AUDIT_SIGNING_KEY)


def _append(facts: dict[str, Any]) -> AuditEvent:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Foreign keys are checked now: left to the commit, they would lock their rows after the head of the chain, and two people
            # who write about one review could wait for each other.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_HEAD_LOCK])
    # On the embedded database the transaction is IMMEDIATE: no other writer is inside it.
    previous_seq, previous_hash, previous_signature = _last()
    now = datetime.now(UTC)
    seq = previous_seq + 1
    payload = stored_text(
        facts
        | {
            "at": now.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "counter": time.monotonic_ns() // 1_000,  # shows a clock that was set back between two rows
            "seq": seq,
            "v": PAYLOAD_VERSION,
        }
    )
    row_hash = digest(seq, previous_hash, previous_signature, payload.encode())
    event = AuditEvent(
        seq=seq,
        payload=payload,
        prev_hash=previous_hash,
        hash=row_hash,
        signature=signer().sign(row_hash),
        at=now,
        actor_id=facts["actor"],
        agency_id=facts["agency"],
        action=facts["action"],
        kind=facts["kind"],
        object_id=facts["object"],
        matter_id=facts["matter"],
        decision=facts["decision"],
    )
    event.save(force_insert=True)
    transaction.on_commit(partial(witness.note, Path(settings.AUDIT_WITNESS), seq, row_hash))
    return event


def _last() -> tuple[int, str, str]:
    last = AuditEvent.objects.order_by("-seq").values_list("seq", "hash", "signature").first()
    return last or (0, BEFORE_THE_FIRST_HASH, BEFORE_THE_FIRST_SIGNATURE)


def _id_of(something: Any) -> str:
    if something is None:
        return ""
    if isinstance(something, str):
        return something
    return str(getattr(something, "pk", None) or "")


def _agency_id_of(by: Any) -> str:
    if by is None or isinstance(by, str):
        return ""
    return str(getattr(by, "agency_id", None) or _id_of(getattr(by, "agency", None)))


def _check_shapes(facts: dict[str, Any]) -> None:
    for name, shape in _SHAPES.items():
        if not shape.fullmatch(facts[name]):
            raise ValueError(f"The audit trail holds no such {name}: it keeps ids, kinds and rules, never a name or a value.")
    for field in facts["fields"]:
        if not _FIELD.fullmatch(field):
            raise ValueError("The audit trail holds the names of fields, never what is in them.")
