"""Reading an agency's chronology in a process of its own, which may use little memory and little time: the file came from outside."""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import sightline
from sightline.procedures.chronology.files import read_chronology
from sightline.procedures.chronology.reading import CannotRead, Reading, as_plain, from_plain

HOME: Final = str(Path(sightline.__file__).parent.parent)
MOST_MEMORY: Final = 768 * 1024 * 1024
MOST_SECONDS: Final = 30
LONGEST_WAIT: Final = 90
NOT_READ: Final = (
    "The chronology could not be read in the time and memory that a file may use. It can be kept as an attachment, with its rows typed "
    "beside it, or sent again in smaller parts."
)


def read_apart(
    content: bytes,
    extension: str,
    *,
    period: tuple[date, date] | None = None,
    columns: Mapping[int, str] | None = None,
    names: tuple[str, ...] = (),
) -> Reading:
    """The rows of a chronology, from a process that cannot take the site down with it; raises CannotRead with a sentence."""
    told = json.dumps(
        {
            "extension": extension,
            "period": [day.isoformat() for day in period] if period else None,
            "columns": [[number, field] for number, field in columns.items()] if columns else None,
            "names": names,
        }
    ).encode()
    try:
        answer = subprocess.run(
            [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {HOME!r}); from {__name__} import answer_one; answer_one()"],
            input=len(told).to_bytes(4, "big") + told + content, capture_output=True, timeout=LONGEST_WAIT, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CannotRead(NOT_READ) from None
    if answer.returncode != 0:
        raise CannotRead(NOT_READ)
    said = json.loads(answer.stdout)
    if "cannot_read" in said:
        raise CannotRead(said["cannot_read"])
    return from_plain(said)


def answer_one() -> None:
    """The other process: take one file from the input, answer in one line, and end."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told = json.loads(sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big")))
    period = told["period"] and (date.fromisoformat(told["period"][0]), date.fromisoformat(told["period"][1]))
    try:
        reading = read_chronology(
            sys.stdin.buffer.read(), told["extension"], period=period or None, columns=dict(told["columns"] or ()) or None,
            names=tuple(told["names"]),
        )  # fmt: skip
    except CannotRead as refusal:
        sys.stdout.write(json.dumps({"cannot_read": refusal.sentence}))
        return
    sys.stdout.write(json.dumps(as_plain(reading)))
