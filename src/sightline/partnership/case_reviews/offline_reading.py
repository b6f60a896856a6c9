"""Reading a filled form in a process of its own, which may use little memory and little time: the file came from outside."""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import sightline
from sightline.partnership.case_reviews.offline_form import Filled, read
from sightline.procedures.errors import NotAllowedNow

HOME = str(Path(sightline.__file__).parent.parent)
MOST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 20
LONGEST_WAIT = 60
NOT_READ = (
    "The form could not be read. Open it in Word, save it again as a Word document (.docx) and choose it again, "
    "or type the answers on the pages."
)


def read_apart(content: bytes, person_by_called: dict[str, str]) -> Filled:
    """What a filled form says, from a process that cannot take the site down with it."""
    told = json.dumps(person_by_called).encode()
    try:
        answer = subprocess.run(
            [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {HOME!r}); from {__name__} import answer_one; answer_one()"],
            input=len(told).to_bytes(4, "big") + told + content, capture_output=True, timeout=LONGEST_WAIT, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotAllowedNow(NOT_READ) from None
    if answer.returncode != 0:
        raise NotAllowedNow(NOT_READ)
    return Filled(**json.loads(answer.stdout))


def answer_one() -> None:
    """The other process: take one form from the input, answer in one line, and end."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    person_by_called = json.loads(sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big")))
    sys.stdout.write(json.dumps(asdict(read(sys.stdin.buffer.read(), person_by_called=person_by_called))))
