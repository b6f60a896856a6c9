"""`sightline audit verify` and `sightline audit head`: what a partner's own information officer can run."""

import argparse
from collections.abc import Callable, Sequence

from sightline.partnership.audit_trail import trail
from sightline.partnership.audit_trail.chain import is_hash
from sightline.partnership.audit_trail.verification import verify

WHOLE, NOT_WHOLE = 0, 1


def run(arguments: Sequence[str], say: Callable[[str], object]) -> int:
    """Run one of the two, say how it ended, and answer 0 only if the trail is whole."""
    parser = argparse.ArgumentParser(prog="sightline audit", description="Check that the audit trail is as it was written.")
    commands = parser.add_subparsers(dest="command", required=True)
    verifying = commands.add_parser("verify", help="read the whole trail and name the first row that is wrong")
    verifying.add_argument("--head", type=_head, metavar="SEQ:HASH", help="a head that was given out earlier, from `sightline audit head`")
    commands.add_parser("head", help="print the number and hash of the last row, to be kept by somebody else")
    chosen = parser.parse_args(arguments)
    if chosen.command == "head":
        seq, row_hash = trail.head()
        say(f"{seq}:{row_hash}")
        return WHOLE
    found = verify(pasted_head=chosen.head)
    say(found.why)
    for remark in found.remarks:
        say(remark)
    if found.ok:
        say(f"Head: {found.head[0]}:{found.head[1]}")
        return WHOLE
    if found.first_bad_seq is not None:
        say(f"First bad row: {found.first_bad_seq}")
    return NOT_WHOLE


def _head(text: str) -> tuple[int, str]:
    seq, _, row_hash = text.strip().partition(":")
    if not (seq.isdecimal() and int(seq) > 0 and is_hash(row_hash)):
        raise argparse.ArgumentTypeError("a head looks like 1234:9f3c… with 64 figures and letters after the colon")
    return int(seq), row_hash
