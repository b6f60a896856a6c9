"""The built styles and scripts belong to their source, are whole, and ask nothing of another site."""

import hashlib
import re

from tests.architecture.source import ROOT

SITE = ROOT / "src" / "sightline" / "site"
STATIC = SITE / "static" / "sightline"
SUMS = {
    name: digest for digest, name in (line.split() for line in (SITE / "styles" / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
}
TEMPLATES = sorted((ROOT / "src" / "sightline").rglob("templates/**/*.html"))
# A block of data is no script: it is never run.
HANDLERS = "click|change|input|submit|load|error|focus|blur|key[a-z]+|mouse[a-z]+"
INLINE = re.compile(
    rf"""<style|\sstyle=|<script(?![^>]*(\ssrc=|type="application/json"))|\son(?:{HANDLERS})=["']|href=["']javascript:""", re.IGNORECASE
)


def test_built_files_belong_to_their_source() -> None:
    changed = [name for name, digest in SUMS.items() if hashlib.sha256((SITE / name).read_bytes()).hexdigest() != digest]

    assert changed == [], "run src/sightline/site/styles/rebuild and commit what it writes"


def test_every_served_file_has_a_checksum() -> None:
    served = {str(path.relative_to(SITE)) for path in STATIC.rglob("*") if path.is_file()}

    assert served - set(SUMS) == set()


def test_styles_ask_nothing_of_another_site() -> None:
    css = (STATIC / "sightline.css").read_text(encoding="utf-8")

    asked = set(re.findall(r"url\(([^)]*)\)", css))

    assert {place for place in asked if "//" in place} == set()
    assert all((STATIC / place.strip("\"'")).is_file() for place in asked if not place.strip("\"'").startswith("data:"))
    assert "GDS Transport" not in css


def test_templates_hold_no_script_and_no_style() -> None:
    found = {str(path.relative_to(ROOT)): match[0] for path in TEMPLATES if (match := INLINE.search(path.read_text(encoding="utf-8")))}

    assert found == {}


def test_templates_fetch_nothing_from_another_site() -> None:
    fetching = re.compile(r"""(?:src|srcset|action)=["']\s*(?:https?:)?//|<link[^>]*href=["']\s*(?:https?:)?//""")

    found = [str(path.relative_to(ROOT)) for path in TEMPLATES if fetching.search(path.read_text(encoding="utf-8"))]

    assert found == []
