"""Looking at a file in a process of its own, which may use little memory and little time and is thrown away afterwards."""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import sightline
from sightline.partnership.documents.inspection.findings import ONE_MEGABYTE, CannotKeep, Inspected
from sightline.partnership.documents.inspection.sniff import inspect

HOME = str(Path(sightline.__file__).parent.parent)
MOST_MEMORY = 512 * ONE_MEGABYTE
MOST_SECONDS = 10
LONGEST_WAIT = 60
NOT_SAFE = (
    "The file could not be checked safely: looking at it took too long or too much memory. "
    "Save the document again under a new name, or print it to a PDF, and choose that."
)


def inspect_apart(content: bytes, name: str) -> Inspected:
    """Say what a file is, from a process that cannot take the site down with it. The name goes in by the back door, as a list of
    running programs is open to everybody on the machine."""
    told = name.encode()
    try:
        answer = subprocess.run(
            [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {HOME!r}); from {__name__} import answer_one; answer_one()"],
            input=len(told).to_bytes(4, "big") + told + content,
            capture_output=True, timeout=LONGEST_WAIT, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CannotKeep(NOT_SAFE) from None
    if answer.returncode != 0:
        raise CannotKeep(NOT_SAFE)
    said = json.loads(answer.stdout)
    if "refused" in said:
        raise CannotKeep(said["refused"])
    return Inspected(**said)


def answer_one() -> None:
    """The other process: take one file from the input, answer in one line, and end."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ONE_MEGABYTE, ONE_MEGABYTE))
    told = sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big")).decode()
    content = sys.stdin.buffer.read()
    try:
        said = asdict(inspect(content, told))
    except CannotKeep as refusal:
        said = {"refused": refusal.sentence}
    sys.stdout.write(json.dumps(said))
