"""The second sink: a file outside the data folder that notes the head of the trail after every commit."""

import logging
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

logger = logging.getLogger(__name__)

_HEAD = re.compile(rb"([1-9][0-9]{0,18}) ([0-9a-f]{64})")
_TORN_HEAD = re.compile(rb"[1-9][0-9]{0,18}(?: [0-9a-f]{0,63})?")
"""What a full disk or a power cut may leave of a line. A whole hash with something else about it is not that."""


@dataclass(frozen=True)
class Head:
    """What the witness saw: the row of this number had this hash."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Damage:
    """A line of the witness file that nothing innocent explains."""

    line: int


def note(path: Path, seq: int, row_hash: str) -> bool:
    """Add a head to the file. The row is already committed, so a failure is told and not raised: the file may lag."""
    line = f"{seq} {row_hash}\n".encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except FileNotFoundError:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as problem:
            return _could_not(problem)
    except OSError as problem:
        return _could_not(problem)
    try:
        if os.write(handle, line) != len(line):
            # End the torn line, so that the next one stands alone.
            os.write(handle, b"\n")
            return False
    except OSError as problem:
        return _could_not(problem)
    finally:
        os.close(handle)
    return True


def heads(path: Path, *, up_to: int) -> Iterator[Head | Damage]:
    """Every head in the first so many bytes of the file, in the order written; nothing if there is no file yet."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        left = up_to
        for number, line in enumerate(file, start=1):
            left -= len(line)
            if left < 0:
                return
            line = line.rstrip(b"\n").strip(b"\0")
            if match := _HEAD.fullmatch(line):
                yield Head(int(match[1]), match[2].decode())
            elif line and not _TORN_HEAD.fullmatch(line):
                yield Damage(number)


def set_aside(path: Path, now: datetime) -> Path | None:
    """Begin a new file after a restore from a backup, keeping the old one beside it; gives the old file's new name."""
    if not path.exists():
        return None
    kept = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%S}")
    path.rename(kept)
    return kept


def _could_not(problem: OSError) -> bool:
    logger.warning("The audit witness file could not be written (%s). The audit trail itself is kept.", type(problem).__name__)
    return False
