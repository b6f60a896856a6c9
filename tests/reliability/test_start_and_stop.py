"""What `./run` starts: it answers, comes back when it is killed, and leaves nothing behind when it is stopped."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from sightline.site.processes import answers
from tests.running_site import HOST, free_port

pytestmark = [pytest.mark.kills, pytest.mark.slow]

PATIENCE_SECONDS = 90


@pytest.fixture
def demo(prepared_demo: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    """A second start of the demo: its data are there already."""
    for part in ("data", "keys"):
        shutil.copytree(prepared_demo / part, tmp_path / part)
    port = free_port()
    said = tmp_path / "said"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SIGHTLINE_", "DJANGO_"))}
    with said.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "sightline", "demo", "--folder", str(tmp_path), "--port", str(port)],
            env=clean,
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    wait_until(lambda: "Sightline is running" in said.read_text() or process.poll() is not None)
    yield process, port, said
    if process.poll() is None:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def test_start_prints_where_and_who(demo: tuple[subprocess.Popen[str], int, Path]) -> None:
    _, port, said = demo

    text = said.read_text()
    assert f"http://localhost:{port}" in text
    assert "127.0.0.1" not in text
    assert "Sign in as any of these invented people" in text
    assert text.count("@") >= 4
    assert "Writing the example partnership" not in text
    assert answers(HOST, port)


def test_ctrl_c_stops_everything(demo: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, port, _ = demo
    children = psutil.Process(process.pid).children(recursive=True)

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=PATIENCE_SECONDS) == 0
    wait_until(lambda: not any(child.is_running() for child in children))
    assert not answers(HOST, port)


def test_killed_web_process_comes_back(demo: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, port, said = demo
    web = next(child for child in psutil.Process(process.pid).children() if "granian" in " ".join(child.cmdline()))

    web.kill()

    wait_until(lambda: "The web process stopped" in said.read_text())
    wait_until(lambda: answers(HOST, port))


def test_killed_worker_comes_back(demo: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, _, said = demo
    worker = next(child for child in psutil.Process(process.pid).children() if child.cmdline()[-1] == "worker")

    worker.kill()

    wait_until(lambda: "The worker process stopped" in said.read_text())
    wait_until(lambda: any(child.cmdline()[-1:] == ["worker"] for child in psutil.Process(process.pid).children()))


def test_second_start_in_the_same_folder_is_told_of_the_first(demo: tuple[subprocess.Popen[str], int, Path], tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SIGHTLINE_", "DJANGO_"))}

    second = subprocess.run(
        [sys.executable, "-m", "sightline", "demo", "--folder", str(tmp_path)], env=clean, capture_output=True, text=True, check=False
    )

    assert second.returncode == 1
    assert f"already running from this folder, at http://localhost:{demo[1]}" in second.stderr


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
