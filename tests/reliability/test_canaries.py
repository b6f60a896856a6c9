"""Unique words in every sensitive field, then a search of everything that the running site leaves behind.

Two people write an incident, a child, a household, drafts and a document on the pages; others look round. Both processes are killed
as they stand. No planted word may be in a log, a letter, an audit row, an address, a title, a file name, a temporary file, or in the
bytes of the database and its journal. Inside the decrypted database each may lie only in the tables of its own room.
"""

import json
import sys
from pathlib import Path

import pytest

from tests.reliability.canaries import Field, Flock, Page, Visitor, new_canary
from tests.running_site import RunningSite

pytestmark = pytest.mark.kills

PASSWORD = "arden-example-only"
RAISER, MANAGER = "bryn.cotterwold@arden.example", "morgan.hale@arden.example"
LOOKERS = ("isolde.marchmere", "edda.rowanlea", "ambrose.fellwater", "roza.winterlea", "dev.harrowgale", "petra.callowfield")

READ_EVERYTHING = """
import json
from django.apps import apps
found = {}
for model in apps.get_models(include_auto_created=True):
    for row in model.objects.values():
        found.setdefault(model._meta.db_table, []).append(repr({k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()}))
print("<<<" + json.dumps(found) + ">>>")
"""
ASK_MATTER = """
from sightline.partnership.case_reviews.models import SeriousIncident
print("<<<" + SeriousIncident.objects.get(pk="{}").matter_id + ">>>")
"""
# Where a planted word may lie in the decrypted database, by where it was planted; what was only searched for, or typed in a form that
# has been saved since, lies nowhere.
ROOMS = {
    "identity": ("people_",), "draft": ("people_draft",), "incident": ("case_reviews_", "people_draft"), "document": ("documents_",),
    "search": (),
}  # fmt: skip
# Pages on which a name may be seen: those that reveal it, the form in which it is written, and the pack for the national form.
MAY_SHOW_A_NAME = ("/identities/", "/sections/children/", "/sections/people/", "/notification-pack/")
DAY = {"day": "27", "month": "10", "year": "2019"}
SECTIONS = ("safety", "what-happened", "awareness", "context", "legal-test")
AFTERWARDS = ("family/", "family/add/", "local-reference/", "consult/")
ITEMS = ("children", "people", "professionals", "proceedings")


def filled(flock: Flock, fields: dict[str, Field], where: str) -> dict[str, object]:
    """An answer to everything that a form asks, with a canary in every box that takes words."""
    values: dict[str, object] = {}
    for name, asked in fields.items():
        part = name.rsplit("-", 1)[-1]
        kept_in = "identity" if name.startswith("identity-") else where
        if name in ("csrfmiddlewaretoken", "draft_turn") or asked.kind in ("button", "submit"):
            continue
        if asked.kind == "hidden":
            values[name] = asked.value
        elif asked.kind in ("radio", "select"):
            values[name] = next((option for option in asked.options if option), "")
        elif asked.kind == "checkbox":
            values[name] = [] if part in ("name_not_known", "no_named_child", "is_child") else [asked.options[-1] or "on"]
        elif part.endswith(("_day", "_month", "_year")):
            values[name] = "" if "expected_on" in name else DAY[part.rsplit("_", 1)[-1]]
        elif "time" in part:
            values[name] = "10:15"
        elif "count" in part or asked.kind == "number":
            values[name] = "2"
        elif part == "nhs_number":
            values[name] = "999 000 0018"
            flock.plant("identity nhs_number", "9990000018")
        elif part == "upn":
            values[name] = flock.plant("identity upn", "Y801200011234")
        elif "postcode" in part:
            values[name] = flock.plant("identity postcode", "QX97 3ZQ")
        elif "email" in part:
            values[name] = flock.plant(f"{kept_in} {name}") + "@arden.example"
        else:
            values[name] = flock.plant(f"{kept_in} {name}")
    return values


def write_an_incident(flock: Flock, raiser: Visitor) -> str:
    """From the first word to its being raised; the address of the incident."""
    begun = raiser.post("/case-reviews/raise/", {})
    incident = begun.url.split("/case-reviews/")[1].split("/")[0]
    base = f"/case-reviews/{incident}"
    for slug in SECTIONS:
        path = f"{base}/sections/{slug}/"
        _, fields = raiser.page(path).form()
        values = filled(flock, fields, "incident")
        values |= {"place_area": "here", "no_named_child": []} if "place_area" in fields else {}
        raiser.post(f"/drafts/incident-{slug}/{incident}/", {**values, "what": flock.plant("search draft of a saved form")})
        raiser.post(path, {**values, "happened_precision": "exact"})
    for slug in ITEMS:
        path = f"{base}/sections/{slug}/add/"
        _, fields = raiser.page(path).form()
        values = filled(flock, fields, "incident")
        raiser.post(f"/drafts/incident-{slug}/{incident}/", {"name": flock.plant("draft never saved"), "draft_page": "another"})
        raiser.post(path, {**values, "identity-nhs_number": "999 000 0019"})  # a mistake first, so that an error page is drawn
        raiser.post(path, values)
    raiser.post(f"{base}/check/", {})
    return base


def open_page(visitor: Visitor, path: str) -> Page:
    """A page of a matter; who opens a matter for the first time says first that they have no connection with it."""
    answer = visitor.get(path)
    if "/statement/" in answer.url:
        action, fields = Page(answer.text).form()
        values = {name: next((option for option in asked.options if option), asked.value) for name, asked in fields.items()}
        visitor.post(action or answer.url, values)
        answer = visitor.get(path)
    assert answer.status_code == 200, f"{path} {answer.status_code}"
    return Page(answer.text)


def work_on_it(flock: Flock, manager: Visitor, decider: Visitor, base: str) -> None:
    """What the business unit and the local authority write afterwards."""
    for visitor, part in [*((manager, part) for part in AFTERWARDS), (decider, "decide/")]:
        action, fields = open_page(visitor, f"{base}/{part}").form()
        visitor.post(action or f"{base}/{part}", filled(flock, fields, "incident"))


def look_round(visitor: Visitor, pages: int) -> None:
    """Follow every link there is, up to a number."""
    seen: set[str] = set()
    waiting = ["/"]
    while waiting and len(seen) < pages:
        path = waiting.pop(0).split("#")[0]
        if path in seen or not path.startswith("/") or path.startswith(("//", "/accounts/logout", "/static/")):
            continue
        seen.add(path)
        answer = visitor.get(path)
        if "html" in answer.headers.get("Content-Type", ""):
            from_here = sorted(link for link in Page(answer.text).links if link not in seen)
            waiting += [
                link if link.startswith("/") else f"{path.split('?')[0]}{link}" for link in from_here if not link.startswith("mailto")
            ]


def test_no_planted_word_is_found_where_it_does_not_belong(prepared_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flock = Flock()
    site = RunningSite(tmp_path, is_demo=True)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    site.environment |= {"SIGHTLINE_LOG_LEVEL": "DEBUG", "TMPDIR": str(temporary)}
    site.copy_from(prepared_demo)
    try:
        site.start()
        raiser, manager = (Visitor(site.address).sign_in(email, PASSWORD) for email in (RAISER, MANAGER))
        lookers = [Visitor(site.address).sign_in(f"{name}@arden.example", PASSWORD) for name in LOOKERS]

        base = write_an_incident(flock, raiser)
        matter = add_documents(flock, site, raiser, manager, base)
        work_on_it(flock, manager, lookers[0], base)
        look_for_somebody(flock, manager, matter)
        raiser.get(f"/case-reviews/{new_canary()}/")
        for visitor, pages in [(raiser, 60), (manager, 120), *((looker, 40) for looker in lookers)]:
            look_round(visitor, pages)
        visitors = [raiser, manager, *lookers]
    finally:
        site.kill_web()
        site.kill_worker()

    outside = {path: flock.found_in(path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()}
    assert {str(path): found for path, found in outside.items() if found} == {}, "in a file: database, journal, log, letter, temporary file"
    assert list(temporary.rglob("*")) == [], "a temporary file was left"
    for visitor in visitors:
        met = "\n".join([*visitor.addresses, *visitor.titles, *visitor.file_names])
        assert flock.found_in(met.encode()) == {}, "in an address, a title or a file name"
        names = {word: where for word, where in flock.planted.items() if where.startswith("identity")}
        for path, page in visitor.pages.items():
            if not any(place in path for place in MAY_SHOW_A_NAME):
                assert {where for word, where in names.items() if word.encode() in page} == set(), path

    tables = json.loads(site.sightline("manage", "shell", "-c", READ_EVERYTHING).stdout.split("<<<")[1].split(">>>")[0])
    kept: set[str] = set()
    for table, rows in tables.items():
        for word, where in flock.found_in("\n".join(rows).encode()).items():
            assert table.startswith(ROOMS[where.split()[0]]), f"{where} was found in the table {table}"
            kept.add(word)
    lost = {where for word, where in flock.planted.items() if word not in kept and not where.startswith("search")}
    assert lost == set(), "planted and not stored: the search would prove nothing"

    pages = sum(len(visitor.pages) for visitor in visitors)
    with capsys.disabled():
        sys.stdout.write(
            f"\ncanaries: {len(flock.planted)} planted, {len(outside)} files, {len(tables)} tables and {pages} pages searched, 0 astray\n"
        )


def add_documents(flock: Flock, site: RunningSite, raiser: Visitor, manager: Visitor, base: str) -> str:
    """Keep a document and try one that is refused; the id of the incident's matter."""
    answer = site.sightline("manage", "shell", "-c", ASK_MATTER.format(base.rsplit("/", 1)[-1])).stdout
    matter = answer.split("<<<")[1].split(">>>")[0]
    for visitor in (raiser, manager):
        open_page(visitor, f"{base}/")
        content = f"Invented: {flock.plant('document content')}\n".encode()
        name = f"{flock.plant('document file name')}.txt"
        page = f"/matters/{matter}/documents/add/"
        visitor.post(page, {"title": flock.plant("document title"), "seal": ""}, {"upload": (name, content)})
        visitor.post(page, {"title": flock.plant("search title refused")}, {"upload": (f"{flock.plant('search refused name')}.exe", b"MZ")})
    return matter


def look_for_somebody(flock: Flock, manager: Visitor, matter: str) -> None:
    """Reveal an identity, and search the vault for a name that is not in it."""
    manager.get("/identities/matching/")
    for link in sorted(link for link in manager.addresses if link.startswith(f"/identities/matching/{matter}")):
        manager.get(link)
        manager.get(link.replace("/matching/", "/"))
        manager.post(link, {"do": "search", "given_name": flock.plant("search given"), "family_name": flock.plant("search family")})
