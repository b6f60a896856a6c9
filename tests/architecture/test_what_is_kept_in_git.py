"""Locks and tracked files name no machine and no registry, and what is pinned is pinned by hash."""

import subprocess
import tomllib

import pytest

from tests.architecture.source import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))

# Written in two halves, so that this file does not find itself.
MACHINE_PLACES = tuple(
    first + second
    for first, second in (
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("/opt/", "pypi"),
        ("/opt/", "wheels"),
        ("/tmp/", "plan"),
        ("/tmp/", "venv"),
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("registry.", "npmjs"),
        ("extra-", "index-url"),
    )
)


def tracked_texts() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    texts = {}
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if not name or not path.is_file():
            continue
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return texts


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = {f"{name}: {place}" for name, text in tracked_texts().items() for place in MACHINE_PLACES if place in text}

    assert found == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_pins_by_hash_and_names_no_place(lock: object) -> None:
    text = lock.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    requirements = [block for block in text.replace("\\\n", " ").splitlines() if block.strip()]

    assert "://" not in text
    assert "index" not in text
    assert all("==" in block and "--hash=sha256:" in block for block in requirements)


def pins(name: str) -> set[str]:
    """`name==version` of each line of a lock."""
    lines = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8").splitlines()
    return {line.split()[0].lower() for line in lines if "==" in line}


def test_both_locks_agree() -> None:
    assert pins("run") <= pins("test")


def test_what_is_asked_for_is_locked() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {pin.split("==")[0] for pin in pins("test")}

    wanted = {name.split("[")[0].split("==")[0].lower() for name in asked["dependencies"] + asked["optional-dependencies"]["test"]}

    assert wanted <= locked
