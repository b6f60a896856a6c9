"""What browsers are told, and what an installation on the open network must hold."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from sightline.site import settings as site_settings


def ask_settings(tmp_path: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings as another installation would."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SIGHTLINE_", "DJANGO_"))}
    here = {"SIGHTLINE_DATA": str(tmp_path / "data"), "SIGHTLINE_KEYS": str(tmp_path / "keys")}
    return subprocess.run(
        [sys.executable, "-c", code], env={**clean, **here, **environment}, cwd=tmp_path, capture_output=True, text=True, check=False
    )


def test_policy_allows_only_what_the_package_serves(client: Client) -> None:
    policy = client.get("/alive/").headers["Content-Security-Policy"]

    directives = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert directives["default-src"] == ["'none'"]
    assert directives["frame-ancestors"] == directives["base-uri"] == ["'none'"]
    assert {value for values in directives.values() for value in values} == {"'none'", "'self'"}


def test_pages_are_not_kept_by_browsers(client: Client) -> None:
    headers = client.get("/alive/").headers

    assert headers["Cache-Control"] == "no-store, private"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_signing_out_clears_the_browser(client: Client) -> None:
    assert "storage" in client.post("/accounts/logout/").headers["Clear-Site-Data"]


def test_page_not_found_is_the_same_wherever_it_is(client: Client, db: None) -> None:
    first, second = client.get("/no-such-page/"), client.get("/case-reviews/01JD0000000000000000000000/no-such/")

    assert first.status_code == second.status_code == 404
    assert first.content == second.content


def test_passwords_are_kept_with_argon2() -> None:
    assert site_settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_uploads_never_lie_open_on_the_disk() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def test_writes_are_not_wrapped_by_request() -> None:
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False


def test_https_address_makes_cookies_and_transport_strict(tmp_path: Path) -> None:
    code = (
        "from sightline.site import settings as s;"
        "assert s.SESSION_COOKIE_NAME.startswith('__Host-') and s.CSRF_COOKIE_NAME.startswith('__Host-');"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_SSL_REDIRECT and s.SECURE_HSTS_SECONDS >= 31536000;"
        "assert s.ALLOWED_HOSTS == ['sightline.example']"
    )

    done = ask_settings(tmp_path, code, SIGHTLINE_ADDRESS="https://sightline.example")

    assert done.returncode == 0, done.stderr


def test_keys_inside_the_data_are_refused(tmp_path: Path) -> None:
    done = ask_settings(tmp_path, "import sightline.site.settings", SIGHTLINE_KEYS=str(tmp_path / "data" / "keys"))

    assert done.returncode != 0
    assert "must not be inside" in done.stderr


def test_secret_key_is_kept_between_starts(tmp_path: Path) -> None:
    code = "from sightline.site import settings; print(settings.SECRET_KEY)"

    first, second = ask_settings(tmp_path, code).stdout, ask_settings(tmp_path, code).stdout

    assert first == second
    assert len(first.strip()) >= 64
