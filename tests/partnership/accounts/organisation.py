"""A small organisation with its own sign-in: just enough of OpenID Connect to be asked who somebody is."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "sightline", "an invented client secret"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Organisation:
    """Whom it says the person is, and where it answers."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    nonce_by_code: dict[str, str] = field(default_factory=dict)

    def is_person(self, *, subject: str, email: str, verified: bool = True) -> None:
        self.claims = {"sub": subject, "email": email, "email_verified": verified}

    def pages(self, path: str, query: dict[str, str]) -> dict[str, Any] | str:
        """What it answers; a text is where it sends the browser."""
        if path.endswith("/.well-known/openid-configuration"):
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            }
        if path == "/keys":
            numbers = KEY.public_key().public_numbers()
            return {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1", "n": _number(numbers.n), "e": _number(numbers.e)}]}
        if path == "/authorize":
            self.nonce_by_code["a-code"] = query.get("nonce", "")
            return f"{query['redirect_uri']}?{urlencode({'code': 'a-code', 'state': query['state']})}"
        if path == "/token":
            now = int(time.time())
            said = {**self.claims, "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300}
            if nonce := self.nonce_by_code.get("a-code"):
                said["nonce"] = nonce
            return {
                "access_token": "an-access-token",
                "token_type": "Bearer",
                "expires_in": 300,
                "id_token": jwt.encode(said, KEY, algorithm="RS256", headers={"kid": "1"}),
            }
        return self.claims if path == "/userinfo" else {}


@contextmanager
def running() -> Iterator[Organisation]:
    """The organisation, answering on this machine."""
    organisation = Organisation()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._answer(organisation.pages(parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()}))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._answer(organisation.pages(urlsplit(self.path).path, {}))

        def _answer(self, page: dict[str, Any] | str) -> None:
            self.send_response(302 if isinstance(page, str) else 200)
            if isinstance(page, str):
                self.send_header("Location", page)
                self.end_headers()
                return
            body = json.dumps(page).encode()
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    organisation.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield organisation
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _number(value: int) -> str:
    return base64.urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()
