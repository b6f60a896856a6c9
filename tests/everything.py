"""Runs every check and every test, part by part, and says how long each took. `./test` calls this.

A part that cannot run here is named NOT RUN: no failure for a newcomer, a failure where CI is set.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import PostgresServer, programs

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
OTHERWISE_MARKED = "browser or kills or matrix"
COUNTED = re.compile(r"(\d+) (passed|failed|error|errors|skipped|xfailed|deselected)")
IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@dataclass
class Part:
    """One part of the run and how it went."""

    name: str
    outcome: str = "passed"
    seconds: float = 0.0
    detail: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def main() -> int:
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="sightline-prepared-") as folder:
        # What one part of the run has prepared, a later part copies.
        os.environ["SIGHTLINE_PREPARED_FOLDER"] = folder
        return every_part()


def every_part() -> int:
    began = time.monotonic()
    parts = [Part("install", seconds=float(os.environ.get("SIGHTLINE_INSTALL_SECONDS", 0)))]
    chromium = find_chromium(parts)
    has_postgres = find_postgres(parts)
    python = sys.executable

    parts.append(check("ruff", [python, "-m", "ruff", "check", "--no-cache", "."]))
    parts.append(check("import contracts", [str(Path(python).parent / "lint-imports"), "--no-cache"]))
    parts.append(check("types of procedures", [python, "-m", "mypy"]))
    manage = [python, "-m", "sightline", "manage"]
    parts.append(check("no migration is missing", [*manage, "makemigrations", "--check", "--dry-run"], scratch()))
    deploy = {**scratch(), "SIGHTLINE_ADDRESS": "https://sightline.example"}
    parts.append(check("deployment check", [*manage, "check", "--deploy", "--fail-level", "WARNING"], deploy))

    two, by_file = ["-n", "2", "--dist", "loadscope"], ["-n", "2", "--dist", "loadfile"]
    parts.append(tests("tests on SQLite", [*two, "-m", f"not ({OTHERWISE_MARKED})"]))
    if has_postgres:
        with PostgresServer() as server:
            there = {"SIGHTLINE_DATABASE_URL": server.address()}
            places = ["tests/partnership", "tests/site", *(["tests/journeys"] if Path("tests/journeys").is_dir() else [])]
            found = [place for place in places if Path(place).is_dir()]
            parts.append(tests("tests on PostgreSQL", [*two, "-m", f"not ({OTHERWISE_MARKED})", *found], there))
            pairwise = ["-m", "matrix", "-k", "each_page", "tests/access/test_http_matrix.py"]
            parts.append(tests("pairwise matrix, PostgreSQL", [*two, *pairwise], there))
    else:
        parts.append(not_run("tests on PostgreSQL", "PostgreSQL is not installed (apt-get install postgresql)"))
    parts.append(tests("access matrix", [*two, "-m", "matrix"]))
    if chromium:
        parts.append(tests("browser", [*by_file, "-m", "browser"], {"SIGHTLINE_CHROMIUM": chromium}))
    else:
        parts.append(not_run("browser", "chromium is not installed (apt-get install chromium)"))
    parts.append(tests("kills", [*by_file, "-m", "kills"]))
    return report(parts, time.monotonic() - began + parts[0].seconds)


def scratch() -> dict[str, str]:
    """Folders for commands that start the site without a test runner."""
    folder = ROOT / "var" / "test"
    return {"SIGHTLINE_DATA": str(folder / "data"), "SIGHTLINE_KEYS": str(folder / "keys")}


def check(name: str, command: list[str], environment: dict[str, str] | None = None) -> Part:
    """A command that is right when it ends with 0."""
    part, status, _ = run(name, command, environment)
    if status:
        part.outcome = "failed"
        part.counts = {"failed": 1}
    return part


def tests(name: str, arguments: list[str], environment: dict[str, str] | None = None) -> Part:
    """A run of pytest; no test at all is as good as none failing."""
    part, status, output = run(name, [sys.executable, "-m", "pytest", "-q", "--durations=5", *arguments], environment)
    for number, word in COUNTED.findall(output.strip().splitlines()[-1] if output.strip() else ""):
        part.counts[{"errors": "error"}.get(word, word)] = int(number)
    part.counts.pop("deselected", None)
    if status == 5:
        part.detail = "no tests yet"
    elif status:
        part.outcome = "failed"
        part.counts.setdefault("failed", 0 if part.counts.get("error") else 1)
    return part


def run(name: str, command: list[str], environment: dict[str, str] | None) -> tuple[Part, int, str]:
    print(f"\n=== {name}", flush=True)
    began = time.monotonic()
    process = subprocess.Popen(
        command, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        lines.append(line)
    status = process.wait()
    return Part(name, seconds=time.monotonic() - began), status, "".join(lines)


def not_run(name: str, why: str) -> Part:
    return Part(name, outcome="failed" if IS_CI else "NOT RUN", detail=f"NOT RUN: {why}", counts={"failed": 1} if IS_CI else {})


def find_chromium(parts: list[Part]) -> str:
    """A chromium that starts: the system's, or Debian's installed now, or the test library's own."""
    if found := _working_chromium():
        return found
    part, _, _ = run("install chromium", _apt("chromium"), None)
    parts.append(part)
    return _working_chromium()


def _working_chromium() -> str:
    chosen = os.environ.get("SIGHTLINE_CHROMIUM", "")
    for name in (chosen, *CHROMIUM_NAMES):
        path = shutil.which(name) if name else None
        # On some systems the name is only a stub that asks for another package.
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return ""


def find_postgres(parts: list[Part]) -> bool:
    if programs() is None:
        part, _, _ = run("install PostgreSQL", _apt("postgresql"), None)
        parts.append(part)
    return programs() is not None


def _apt(package: str) -> list[str]:
    """Install a package of the system, where this person may; otherwise say so and end."""
    script = (
        'if ! command -v apt-get >/dev/null; then echo "no apt-get here"; exit 0; fi\n'
        'if [ "$(id -u)" = 0 ]; then root=; elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then root="sudo -n"; '
        f'else echo "{package} is missing and this user may not install it"; exit 0; fi\n'
        f"for attempt in 1 2 3; do $root env DEBIAN_FRONTEND=noninteractive sh -c "
        f'"apt-get update -q >/dev/null && apt-get install -qy --no-install-recommends {package} >/dev/null" && exit 0; sleep 5; done\n'
        f'echo "{package} could not be installed"\n'
    )
    return ["sh", "-c", script]


def report(parts: list[Part], seconds: float) -> int:
    total: dict[str, int] = {}
    print("\n=== summary")
    for part in parts:
        counts = ", ".join(f"{number} {word}" for word, number in part.counts.items() if number)
        print(f"{part.seconds:8.1f} s  {part.outcome:<8} {part.name:<24} {counts}{'; ' if counts and part.detail else ''}{part.detail}")
        for word, number in part.counts.items():
            total[word] = total.get(word, 0) + number
    failed = any(part.outcome == "failed" for part in parts)
    order = ("failed", "passed", "skipped", "xfailed", "error")
    counts = ", ".join(f"{total[word]} {word}" for word in order if total.get(word))
    print(f"\n{counts or 'no tests ran'} in {seconds:.2f}s")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
