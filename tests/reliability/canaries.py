"""Unique words planted in every sensitive field, and a person at a browser who plants them."""

import base64
import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

import requests

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def new_canary() -> str:
    """A word that nothing else in the world says. It begins with a capital, as a name does."""
    return "Zq" + "".join(secrets.choice(LETTERS).lower() for _ in range(14))


@dataclass
class Flock:
    """All canaries, each with where it was planted."""

    planted: dict[str, str] = field(default_factory=dict)

    def plant(self, where: str, word: str = "") -> str:
        word = word or new_canary()
        self.planted[word] = where
        return word

    def found_in(self, content: bytes) -> dict[str, str]:
        """Canaries in some bytes, plain or in the guises that programs give to text."""
        return {word: where for word, where in self.planted.items() if any(guise in content for guise in guises(word))}


def guises(word: str) -> set[bytes]:
    plain = word.encode()
    turned = {base64.b64encode(b" " * lead + plain)[4 if lead else 0 : -4] for lead in range(3)}
    return {plain, plain.lower(), plain.upper(), word.encode("utf-16-le"), plain.hex().encode(), quote(word, safe="").encode(), *turned}


@dataclass
class Field:
    """One thing a form asks."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """What matters of a page: its title, its links and its largest form."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title, self.links = "", set[str]()
        self.forms: list[tuple[str, dict[str, Field]]] = []
        self.is_title, self.select = False, ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.is_title = tag == "title"
        if tag == "a" and given.get("href"):
            self.links.add(given["href"])
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        if not self.forms:
            return
        fields = self.forms[-1][1]
        name = given.get("name", "")
        if tag == "textarea":
            fields[name] = Field(name, "textarea")
        elif tag == "select":
            fields[name], self.select = Field(name, "select"), name
        elif tag == "option" and self.select:
            fields[self.select].options.append(given.get("value", ""))
        elif tag in ("input", "button") and name:
            kind = given.get("type", "text") if tag == "input" else "button"
            found = fields.setdefault(name, Field(name, kind, given.get("value", "")))
            found.options.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.is_title = False
        if tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.is_title:
            self.title += data

    def form(self) -> tuple[str, dict[str, Field]]:
        """The form that asks most; signing out and other small ones are passed over."""
        return max(self.forms, key=lambda form: len(form[1]))


class Visitor:
    """Somebody at a browser, who notes every address, title, file name and page they meet."""

    def __init__(self, address: str) -> None:
        self.address, self.session = address, requests.Session()
        self.addresses: set[str] = set()
        self.titles: set[str] = set()
        self.file_names: set[str] = set()
        self.pages: dict[str, bytes] = {}

    def sign_in(self, email: str, password: str) -> "Visitor":
        self.post("/accounts/login/", {"login": email, "password": password})
        # Showing who somebody is asks for the password once more.
        self.post("/accounts/reauthenticate/", {"password": password})
        return self

    def get(self, path: str) -> requests.Response:
        return self._noted(self.session.get(urljoin(self.address, path), timeout=60))

    def post(self, path: str, values: dict[str, object], files: dict[str, object] | None = None) -> requests.Response:
        token = self.session.cookies.get("csrf") or self._token()
        sent = {"csrfmiddlewaretoken": token, **values}
        return self._noted(self.session.post(urljoin(self.address, path), data=sent, files=files, timeout=60))

    def page(self, path: str) -> Page:
        return Page(self.get(path).text)

    def _token(self) -> str:
        self.session.get(urljoin(self.address, "/accounts/login/"), timeout=60)
        return self.session.cookies["csrf"]

    def _noted(self, answer: requests.Response) -> requests.Response:
        for step in (*answer.history, answer):
            self.addresses |= {step.url, step.headers.get("Location", "")}
            self.file_names.add(step.headers.get("Content-Disposition", ""))
        path = urlsplit(answer.url).path
        if "html" in answer.headers.get("Content-Type", ""):
            page = Page(answer.text)
            self.titles.add(page.title)
            self.addresses |= page.links
            self.pages[path] = self.pages.get(path, b"") + answer.content
        return answer
