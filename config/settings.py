"""Settings, all from the environment (or a ``.env`` file beside manage.py).

============================== ======== ===============================================
SECRET_KEY                     required at least 50 characters; signs sessions and cursors
ALLOWED_HOSTS                  required comma list of the host names that are served
DATABASE_URL                            default: an SQLite file beside manage.py
HTTPS                                   default on; off only while every host is this machine
CSRF_TRUSTED_ORIGINS                    comma list, for a proxy that changes the host
DEBUG                                   default off; only while every host is this machine
NUM_PROXIES                             default 1 with HTTPS: whose X-Forwarded-For is believed
DESK_NAME                               what feeds and pages call it; default Borne Out
DATA_LICENCE                            of the claims, for exports, such as CC-BY-4.0
IMPORT_MAX_MEGABYTES                    of a file over HTTP; default 20
WRITES_PER_MINUTE                       of an account over the API; default 120
LOGINS_PER_MINUTE_FROM_ADDRESS          passwords tried; default 10
LOGINS_PER_MINUTE_OF_NAME               passwords tried; default 5
============================== ======== ===============================================

A missing value or a wrong combination stops the start with the variable's name.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")


def switch(name: str, *, default: str) -> bool:
    """A variable that is on or off, and nothing that merely looks like either."""
    value = env.str(name, default=default)
    if value not in ("on", "off"):
        raise ImproperlyConfigured(f"{name} is “{value}”: write on or off.")
    return value == "on"


def number(name: str, *, default: int, least: int) -> int:
    text = env.str(name, default=str(default))
    if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= 100_000):
        raise ImproperlyConfigured(f"{name} is “{text}”: write a number from {least} to 100000.")
    return int(text)


SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DESK_NAME = env.str("DESK_NAME", default="Borne Out")
DATA_LICENCE = env.str("DATA_LICENCE", default="")
DEBUG = switch("DEBUG", default="off")
HTTPS = switch("HTTPS", default="on")
NUM_PROXIES = number("NUM_PROXIES", default=int(HTTPS), least=0)
LOGINS_PER_MINUTE_FROM_ADDRESS = number("LOGINS_PER_MINUTE_FROM_ADDRESS", default=10, least=1)
LOGINS_PER_MINUTE_OF_NAME = number("LOGINS_PER_MINUTE_OF_NAME", default=5, least=1)
WRITES_PER_MINUTE = number("WRITES_PER_MINUTE", default=120, least=1)
# A file past this, brought over HTTP to be imported, goes by `manage.py import_claims`.
IMPORT_MAX_BYTES = 1_000_000 * number("IMPORT_MAX_MEGABYTES", default=20, least=1)

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY has fewer than 50 characters: make a random one.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty: name the hosts that are served.")
if not DESK_NAME.strip():
    raise ImproperlyConfigured("DESK_NAME is empty: say who judges the claims, or leave it out.")
_elsewhere = sorted(set(ALLOWED_HOSTS) - {"127.0.0.1", "localhost", "[::1]", "testserver"})
for _name, _risky in {"HTTPS=off": not HTTPS, "DEBUG=on": DEBUG}.items():
    if _risky and _elsewhere:
        raise ImproperlyConfigured(
            f"{_name} is for this machine alone, but ALLOWED_HOSTS names {', '.join(_elsewhere)}."
        )

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR}/borne-out.sqlite3")}
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = None  # a connection lives as long as its server thread
_database["CONN_HEALTH_CHECKS"] = True
match _database.get("ENGINE"):
    case "django.db.backends.sqlite3":
        _database["OPTIONS"] = {
            # A transaction takes the write lock when it begins: the lock the ledger needs.
            "transaction_mode": "IMMEDIATE",
            # Seconds. SQLite serves waiting writers in no order, so be patient.
            "timeout": 60,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    case "django.db.backends.postgresql":
        _database["ENGINE"] = "claims.postgresql"
        _options = _database.setdefault("OPTIONS", {})
        # Seconds. A network that forgets an idle connection without a word is told that it is used,
        # or seen to have forgotten it before a request does.
        _options.setdefault("keepalives_idle", 60)
        # What finds a page soon is not worth the start of more processes; counts of many still are.
        _options.setdefault("options", "-c parallel_setup_cost=50000")
    case _:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://.")

INSTALLED_APPS = [
    "claims.apps.ClaimsConfig",
    "claims.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.headers.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Above those that see to cookies and lengths: an answer of 304 has the length of none.
    "claims.api.conditional.ConditionalReads",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTHENTICATION_BACKENDS = ["claims.logins.CountedLogins"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

KNOX_TOKEN_MODEL = "claims.ApiToken"  # noqa: S105 - the name of a model
REST_KNOX = {"TOKEN_PREFIX": "bo_"}  # so that a scanner of leaked secrets knows one
MIGRATION_MODULES = {"knox": None}  # its one table is ours, and its migrations would make another

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"  # due days end at midnight UTC, whoever looks
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # straight from the packages: no collected copy to go stale

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# A proxy stands in front wherever HTTPS is on; it sets this header, and drops a client's own.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
X_FRAME_OPTIONS = "DENY"
# An upload or a form past this is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A claim's page posts ten fields for each piece of evidence; the bytes are bounded above.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

CONTENT_SECURITY_POLICY = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],  # the icons inside Swagger UI's style sheet
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # Reads are public; but a token that is offered there has to be a good one.
    "DEFAULT_AUTHENTICATION_CLASSES": ["claims.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.throttles.WriteThrottle"],
    "NUM_PROXIES": NUM_PROXIES,
    "DEFAULT_METADATA_CLASS": "claims.api.metadata.SchemaMetadata",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "claims.api.errors.problem_response",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Borne Out",
    "DESCRIPTION": (BASE_DIR / "claims/api/description.md").read_text(encoding="utf-8"),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Names of vocabularies that several components hold.
    "ENUM_NAME_OVERRIDES": {
        "EventTypeEnum": "claims.timelines.EVENT_TYPES",
        "CauseEnum": "claims.choices.AssessmentCause",
        "ChangeCauseEnum": "claims.api.changes.CAUSES",
        **{
            f"{name}Enum": f"claims.choices.{name}"
            for name in ("ClaimKind", "EvidenceKind", "LinkType", "SpeakerKind")
        },
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
