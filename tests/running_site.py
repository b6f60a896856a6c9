"""A whole Sightline in processes of its own, for tests that drive a browser or kill processes."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from sightline.site.processes import answers, web_command

HOST = "127.0.0.1"


def free_port() -> int:
    """A port nobody uses now, below those that connections take for themselves; two test processes never look in the same place."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        with socket.socket() as attempt:
            try:
                attempt.bind((HOST, port := random.randrange(15_000 + number % 8 * 2_000, 17_000 + number % 8 * 2_000)))
            except OSError:
                continue
            return port


class RunningSite:
    """Data and keys in a folder, a web process and a worker, started and stopped (or killed) at will."""

    def __init__(self, folder: Path, *, database_url: str = "", is_demo: bool = True, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.address = f"http://localhost:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGHTLINE_")}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "sightline.site.settings",
            "SIGHTLINE_DATA": str(folder / "data"),
            "SIGHTLINE_KEYS": str(folder / "keys"),
            "SIGHTLINE_DATABASE_URL": database_url,
            "SIGHTLINE_DEMO": "1" if is_demo else "",
            "SIGHTLINE_ADDRESS": self.address,
        }
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self.log = folder / "processes.log"

    def __enter__(self) -> "RunningSite":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def copy_from(self, prepared: Path) -> None:
        """Begin from a prepared data and key folder, so that each test has the same past."""
        shutil.copytree(prepared / "data", self.folder / "data", dirs_exist_ok=True)
        shutil.copytree(prepared / "keys", self.folder / "keys", dirs_exist_ok=True)

    def load_demo(self) -> None:
        """The example partnership, as of today."""
        self.sightline("migrate")
        load = "from django.utils import timezone; from sightline.site import demo; demo.load(timezone.localdate())"
        self.sightline("manage", "shell", "--no-imports", "-c", load)

    def sightline(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """One command of the command line, with this site's settings."""
        return subprocess.run(
            [sys.executable, "-m", "sightline", *arguments], env=self.environment, capture_output=True, text=True, check=check, timeout=300
        )

    def start(self, *, with_worker: bool = True) -> None:
        self.start_web()
        if with_worker:
            self.start_worker()

    def start_web(self, workers: int = 1) -> None:
        self.web = self._open(web_command(HOST, self.port, workers))
        until = time.monotonic() + 60
        while not answers(HOST, self.port):
            if self.web.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the web process did not start:\n{self.log.read_text(errors='replace')[-4000:]}")
            time.sleep(0.05)

    def start_worker(self) -> None:
        self.worker = self._open([sys.executable, "-m", "sightline", "worker"])

    def kill_web(self) -> None:
        """Without warning, as a power cut would."""
        self._end(self.web, signal.SIGKILL)
        self.web = None

    def kill_worker(self) -> None:
        self._end(self.worker, signal.SIGKILL)
        self.worker = None

    def stop(self) -> None:
        self._end(self.web, signal.SIGTERM)
        self._end(self.worker, signal.SIGTERM)
        self.web = self.worker = None

    def _open(self, command: list[str]) -> subprocess.Popen[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)

    @staticmethod
    def _end(process: subprocess.Popen[bytes] | None, number: int) -> None:
        if process is None:
            return
        for attempt in (number, signal.SIGKILL):
            try:
                os.killpg(process.pid, attempt)
            except ProcessLookupError:
                break
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                continue
        process.wait()
