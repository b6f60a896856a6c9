"""The two processes of a running Sightline, web and worker: started together, started again when one dies, stopped together."""

import ctypes
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import FrameType

from sightline.site.terminal import complain, say

PR_SET_PDEATHSIG = 1
SECONDS_TO_STOP = 15
SECONDS_TO_START = 60
LONGEST_PAUSE_SECONDS = 30.0
STEADY_AFTER_SECONDS = 20.0


class AlreadyRunning(RuntimeError):
    """Another Sightline is using the same data folder."""


class PortTaken(RuntimeError):
    """Something else already answers on the port asked for."""


@dataclass
class Child:
    """One process we keep alive."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = 1.0
    start_again_at: float = field(default=0.0)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_end_with_parent)

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal_all(self, number: int) -> None:
        """Reach the process and those it started: a killed web server must not leave its workers holding the port."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


def web_command(host: str, port: int, workers: int) -> list[str]:
    """How the web process is started."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--http", "1", "--respawn-failed-workers"),
        *("--backpressure", "64", "--log-level", "warning", "--workers-kill-timeout", "10"),
        "sightline.site.wsgi:application",
    ]


def worker_command() -> list[str]:
    """How the worker is started."""
    return [sys.executable, "-m", "sightline", "worker"]


def run_together(children: list[Child], *, host: str, port: int, ready: str) -> int:
    """Keep the children alive until somebody asks us to stop."""
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        for child in children:
            child.start()
        if _wait_until_it_answers(host, port, children, stopping):
            say(ready)
        elif not stopping:
            complain(f"Sightline did not answer on port {port} within {SECONDS_TO_START} seconds. The lines above say why.")
            return 1
        while not stopping:
            for child in children:
                _look_after(child)
            time.sleep(0.25)
        say("Stopping …")
        return 0
    finally:
        _stop(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def hold_folder(data: Path, address: str) -> int:
    """Make sure only one Sightline uses the folder; the lock goes with the process that holds it."""
    path = data / "running"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        where = path.read_text(encoding="utf-8").strip()
        os.close(handle)
        raise AlreadyRunning(f"Sightline is already running from this folder, at {where}. Stop that one first, or use it.") from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, address.encode(), 0)
    return handle


def free_port(host: str, wanted: int, *, others: int) -> int:
    """The wanted port, or the next free one among the given number of others."""
    for port in range(wanted, wanted + others + 1):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except OSError:
                continue
            return port
    if others:
        raise PortTaken(f"Ports {wanted} to {wanted + others} are all in use. Choose another with --port.")
    raise PortTaken(f"Port {wanted} is in use by another program. Stop that program, or choose another port with --port.")


def _look_after(child: Child) -> None:
    now = time.monotonic()
    if child.process is not None:
        if not child.has_died():
            return
        status = child.process.returncode
        child.signal_all(signal.SIGKILL)
        child.process = None
        child.pause = 1.0 if now - child.started_at > STEADY_AFTER_SECONDS else min(child.pause * 2, LONGEST_PAUSE_SECONDS)
        child.start_again_at = now + child.pause
        complain(f"The {child.name} process stopped ({status}); starting it again.")
    elif now >= child.start_again_at:
        child.start()


def _wait_until_it_answers(host: str, port: int, children: list[Child], stopping: list[int]) -> bool:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and not stopping:
        if any(child.has_died() for child in children):
            return False
        if answers(host, port):
            return True
        time.sleep(0.1)
    return False


def answers(host: str, port: int) -> bool:
    """Does the web process answer? Any answer but a fault will do: which host names it serves is not asked here."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/alive/")
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _stop(children: list[Child]) -> None:
    for child in children:
        child.signal_all(signal.SIGTERM)
    until = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        if child.process is not None:
            try:
                child.process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                complain(f"The {child.name} process did not stop in time and was ended.")
        child.signal_all(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def _end_with_parent() -> None:
    """Ask the kernel to stop this child when its parent is killed, so no orphan keeps the port or the database."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
