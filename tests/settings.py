"""The site's own settings, with a data folder of their own for each test run."""

import atexit
import os
import shutil
import tempfile

if "SIGHTLINE_TEST_FOLDER" not in os.environ:
    # The controlling process makes the folder and takes it away; workers of the same run inherit it.
    _folder = tempfile.mkdtemp(prefix="sightline-test-")
    os.environ["SIGHTLINE_TEST_FOLDER"] = _folder
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)

_folder = os.environ["SIGHTLINE_TEST_FOLDER"]
os.environ["SIGHTLINE_DATA"] = f"{_folder}/data"
os.environ["SIGHTLINE_KEYS"] = f"{_folder}/keys"
for _name in ("SIGHTLINE_ADDRESS", "SIGHTLINE_DEMO", "SIGHTLINE_OIDC_ISSUER", "SIGHTLINE_MAIL_URL", "SIGHTLINE_BEHIND_PROXY"):
    os.environ.pop(_name, None)

from sightline.site.settings import *  # noqa: E402, F403

# A test database is dropped at the end, which a pool of open connections would prevent.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)  # noqa: F405

# Argon2 is slow on purpose; a test of its own asserts that the site uses it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
