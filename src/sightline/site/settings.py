"""Settings of the site. Everything an operator may choose comes from the environment; everything else is decided here."""

import functools
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from sightline.site import keys

env = environ.Env()

# What an operator may choose -------------------------------------------------------------------------------------------

DATA_FOLDER = Path(env.str("SIGHTLINE_DATA", "var/data")).resolve()
KEY_FOLDER = Path(env.str("SIGHTLINE_KEYS", "var/keys")).resolve()
DATABASE_URL = env.str("SIGHTLINE_DATABASE_URL", "")
IS_DEMO = env.bool("SIGHTLINE_DEMO", False)
ADDRESS = env.str("SIGHTLINE_ADDRESS", "http://localhost:8000").rstrip("/")

if KEY_FOLDER == DATA_FOLDER or DATA_FOLDER in KEY_FOLDER.parents:
    raise RuntimeError("SIGHTLINE_KEYS must not be inside SIGHTLINE_DATA: whoever takes the data must not find the keys beside it.")

DATA_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)

_address = urlsplit(ADDRESS)
IS_HTTPS = _address.scheme == "https"

# Django ----------------------------------------------------------------------------------------------------------------

DEBUG = False
SECRET_KEY = keys.make_key_if_absent(KEY_FOLDER, keys.SECRET_KEY).hex()
AUDIT_SIGNING_KEY = keys.make_key_if_absent(KEY_FOLDER, keys.AUDIT_SIGNING_KEY)
# Best on another disk or machine: whoever rolls the data back must not be able to roll this back with it.
AUDIT_WITNESS = Path(env.str("SIGHTLINE_WITNESS", str(KEY_FOLDER.parent / "witness" / "audit.heads"))).resolve()

ALLOWED_HOSTS = [_address.hostname or "localhost"]
if not IS_HTTPS:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ADDRESS]

ROOT_URLCONF = "sightline.site.urls"
WSGI_APPLICATION = "sightline.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "case_reviews",
    "meetings",
    "actions",
    "documents",
    "need_to_know",
    "people",
    "accounts",
    "agencies",
    "audit_trail",
    "notices",
    "pages",
]

INSTALLED_APPS = [
    *(f"sightline.partnership.{room}" for room in ROOMS),
    "sightline.site.database",  # for its `migrate`
    "django_cotton.apps.SimpleAppConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "sightline.site.middleware.KeepNothingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sightline.site.middleware.AskingMiddleware",
    "sightline.site.middleware.AnswersForReadersMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "sightline.partnership.accounts.middleware.EntryMiddleware",
    "sightline.partnership.need_to_know.middleware.OneLookMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                *(["sightline.site.context.page"] if find_spec("sightline.site.context") else []),
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]
if find_spec("sightline.partnership.pages.forms"):
    FORM_RENDERER = "sightline.partnership.pages.forms.GovukRenderer"

# Database --------------------------------------------------------------------------------------------------------------

ATOMIC_REQUESTS = False
EMBEDDED_DATABASE = DATA_FOLDER / "sightline.db"

if DATABASE_URL:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
    DATABASES["default"].setdefault("OPTIONS", {}).update({"pool": {"min_size": 0, "max_size": 8, "timeout": 30}})
else:
    DATABASES = {
        "default": {
            "ENGINE": "sightline.site.database",
            "NAME": EMBEDDED_DATABASE,
            "OPTIONS": {
                "key": functools.partial(keys.database_key, KEY_FOLDER, EMBEDDED_DATABASE),
                # Writers queue at the start of a transaction instead of failing in its middle.
                "transaction_mode": "IMMEDIATE",
            },
            "CONN_MAX_AGE": 600,
            "TEST": {"NAME": DATA_FOLDER / "test.db"},
        }
    }

# People who sign in ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 10
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _address.scheme
ACCOUNT_ADAPTER = "sightline.partnership.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "sightline.partnership.accounts.adapter.SocialAdapter"
MFA_ADAPTER = "sightline.partnership.accounts.adapter.SecondFactorAdapter"
AXES_USERNAME_CALLABLE = "sightline.partnership.accounts.adapter.username_of"
ACCOUNT_FORMS = {
    name: f"sightline.partnership.accounts.sign_in_forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "set_password": "SetPasswordForm",
        "change_password": "ChangePasswordForm",
        "reauthenticate": "ReauthenticateForm",
    }.items()
}
MFA_FORMS = {
    name: f"sightline.partnership.accounts.sign_in_forms.{form}"
    for name, form in {
        "authenticate": "CodeForm",
        "reauthenticate": "CodeAgainForm",
        "activate_totp": "AddAppForm",
        "add_webauthn": "AddPasskeyForm",
        "edit_webauthn": "RenamePasskeyForm",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sightline"
# Browsers give passkeys to http://localhost alone among plain addresses; anywhere else they need https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
# A session is listed at sign-in; reading pages costs no write (see accounts.gates).
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
# Whom an organisation may sign in is decided by our own adapter alone.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False

if env.str("SIGHTLINE_OIDC_ISSUER", ""):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "agency",
                    "name": env.str("SIGHTLINE_OIDC_NAME", "your organisation"),
                    "client_id": env.str("SIGHTLINE_OIDC_CLIENT"),
                    "secret": env.str("SIGHTLINE_OIDC_SECRET"),
                    "settings": {"server_url": env.str("SIGHTLINE_OIDC_ISSUER")},
                }
            ],
        }
    }

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["login", "password"]
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_VERBOSE = False
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]
RATELIMIT_TRUSTED_PROXIES = 0

# Sessions and cookies --------------------------------------------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
# The idle limit; the limit of ten hours is kept by accounts.gates.
SESSION_COOKIE_AGE = 60 * 15
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_FAILURE_VIEW = "sightline.site.views.form_out_of_date"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What browsers are told ------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.bool("SIGHTLINE_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY = {
    **{
        feature: []
        for feature in (
            "accelerometer",
            "autoplay",
            "browsing-topics",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "usb",
        )
    },
    "publickey-credentials-get": "self",
    "publickey-credentials-create": "self",
}

# Uploads ---------------------------------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# An upload goes from memory into the encrypted database and never lies open on the disk in between.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_PERMISSIONS = 0o600

# Language, time, files -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS: list[Path] = []

STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in [Path(__file__).parent / "static"] if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files are served from the package itself, so starting needs no copying step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60 * 60

# Post ------------------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.str("SIGHTLINE_MAIL_FROM", f"sightline@{_address.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if env.str("SIGHTLINE_MAIL_URL", ""):
    vars().update(env.email_url("SIGHTLINE_MAIL_URL"))
elif IS_DEMO:
    # An invented partnership has no mail server: its letters are kept in the database and shown on a page.
    EMAIL_BACKEND = "sightline.partnership.notices.kept_mail.KeptMailBackend"
EMAIL_TIMEOUT = 20
# A letter whose sender died is taken up again after the lease; one that was not taken, after a pause that doubles.
NOTICE_LEASE_SECONDS = env.int("SIGHTLINE_MAIL_LEASE_SECONDS", 120)
NOTICE_RETRY_SECONDS = env.float("SIGHTLINE_MAIL_RETRY_SECONDS", 30.0)

# Logging: to standard error, and never a value ---------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["terminal"], "level": env.str("SIGHTLINE_LOG_LEVEL", "WARNING")},
    # A page not found is no defect, and its address is nobody's business.
    "loggers": {"axes": {"level": "ERROR"}, "django.request": {"level": "ERROR"}},
}
