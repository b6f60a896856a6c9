"""Ports, the lock on the data folder, and the care for processes that die."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sightline.site import processes
from sightline.site.processes import AlreadyRunning, Child, PortTaken, free_port, hold_folder

HOST = "127.0.0.1"


def test_taken_port_gives_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert port < free_port(HOST, port, others=20) <= port + 20


def test_taken_port_that_was_asked_for_is_refused_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()

        with pytest.raises(PortTaken, match="Stop that program, or choose another port"):
            free_port(HOST, taken.getsockname()[1], others=0)


def test_second_start_in_a_folder_names_the_first(tmp_path: Path) -> None:
    held = hold_folder(tmp_path, "http://localhost:8000")

    with pytest.raises(AlreadyRunning, match="http://localhost:8000"):
        hold_folder(tmp_path, "http://localhost:8001")
    os.close(held)


def test_folder_is_free_again_after_its_holder_ended(tmp_path: Path) -> None:
    os.close(hold_folder(tmp_path, "http://localhost:8000"))

    os.close(hold_folder(tmp_path, "http://localhost:8001"))


def test_child_that_dies_is_started_again(capsys: pytest.CaptureFixture[str]) -> None:
    child = Child("web", [sys.executable, "-c", "import time; time.sleep(60)"])
    child.start()
    assert child.process is not None
    first = child.process.pid
    child.signal_all(signal.SIGKILL)
    child.process.wait()

    processes._look_after(child)
    child.start_again_at = 0.0
    processes._look_after(child)

    assert child.process.pid != first
    assert "starting it again" in capsys.readouterr().err
    child.signal_all(signal.SIGKILL)
    child.process.wait()


def test_child_that_keeps_dying_is_given_longer_pauses() -> None:
    child = Child("web", [sys.executable, "-c", "raise SystemExit(1)"])
    pauses = []
    for _ in range(7):
        child.start()
        assert child.process is not None
        child.process.wait()
        processes._look_after(child)
        pauses.append(child.pause)

    assert pauses == [2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import sys, time; from sightline.site.processes import Child;"
        "c = Child('web', [sys.executable, '-c', 'import time; time.sleep(120)']); c.start();"
        "open(sys.argv[1], 'w').write(str(c.process.pid)); time.sleep(120)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(note)])
    until = time.monotonic() + 30
    while not (note.exists() and note.read_text()) and time.monotonic() < until:
        time.sleep(0.05)

    parent.kill()
    parent.wait()

    child = int(note.read_text())
    until = time.monotonic() + 30
    while _is_alive(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_alive(child)


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
