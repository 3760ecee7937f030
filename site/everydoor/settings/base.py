"""Settings that hold everywhere; dev, test and production have the differences."""

import zoneinfo
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from . import env
from .accounts import *
from .background import *
from .browser import *

# British Columbia has stayed on UTC-7 since 2026: an old system time-zone database is an
# hour wrong in winter, so only the tzdata package is used (operations.E001 checks it).
zoneinfo.reset_tzpath(to=())

ROOT = Path(__file__).resolve().parents[3]
VAR = env.folder("EVERYDOOR_VAR", ROOT / "var")

INSTALLED_APPS = [
    "demo",
    "operations",
    "mail",
    "people",
    "files",
    "pages",
    "search",
    "learning.catalogue",
    "learning.sessions",
    "learning.recordings",
    "knowledge.library",
    "knowledge.guides",
    "knowledge.statements",
    "knowledge.resources",
    "home",
    "importing",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "people.apps.UsersConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    # After documents, images and media: it loads all hooks in its ready(), and ours narrow
    # the permission policies that those three register.
    "wagtail.snippets",
    "modelcluster",
    "taggit",
    "csp",
    "django_htmx",
    "django_q",
    "django_vite",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pages.middleware.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "operations.middleware.keep_out_of_caches",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "people.middleware.remember_viewer",
    "people.middleware.renew_session",
    "people.middleware.require_second_factor",
    "home.middleware.navigation",
    "pages.middleware.AccessRedirectMiddleware",
    "pages.middleware.MalformedRequestMiddleware",
]

ROOT_URLCONF = "everydoor.urls"
WSGI_APPLICATION = "everydoor.wsgi.application"
ASGI_APPLICATION = "everydoor.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# The accounts that `manage.py demo` creates, in debug only: NAME@example.org.
DEMONSTRATION_ACCOUNTS = ("member", "lead", "orglead", "editor", "moderator", "admin")
DEMONSTRATION_PASSWORD = "everydoor-demo"  # noqa: S105
# Whether developers can see every component at /gallery/.
GALLERY = False

# --- data ---------------------------------------------------------------------------
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY"
    ),
}

# The most connections to PostgreSQL of one process.
_POOL = env.number("DATABASE_POOL", 8, least=1)


def database(url: str) -> dict[str, Any]:
    """Return connection settings for a URL: SQLite with WAL, or PostgreSQL with a pool."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    options = settings.setdefault("OPTIONS", {})
    if settings["ENGINE"].endswith("sqlite3"):
        options.update(_SQLITE_OPTIONS)
    else:
        options["pool"] = {"min_size": 1, "max_size": _POOL}
        # The indexes of search are in memory, which the planner cannot know; and compiling its
        # statement would take longer than running it.
        options.setdefault("options", "-c random_page_cost=1.1 -c jit=off")
    return settings


DATABASES = {
    "default": database(
        env.text("DATABASE_URL", f"sqlite:///{VAR / 'everydoor.sqlite3'}")
    )
}
# Empty for the database's own full-text search, else a URL of Elasticsearch or OpenSearch.
SEARCH_URL = env.text("SEARCH_URL")

# Without Redis limits of sign-ins are in here too: with the default of 300 entries, a
# stranger who causes many would push them out.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
if REDIS_URL := env.text("REDIS_URL"):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }

# --- files --------------------------------------------------------------------------
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR / "media")
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", VAR / "static")
STATICFILES_DIRS = [ROOT / "site" / "frontend" / "dist"]
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "",
        "manifest_path": ROOT / "site" / "frontend" / "dist" / "manifest.json",
    }
}
# Who sends a file once access was checked: this process, or the proxy in front of it.
FILES_SEND_BY = env.choice(
    "FILES_SEND_BY", "python", ("python", "x-accel-redirect", "x-sendfile")
)
FILES_INTERNAL_URL = env.text("FILES_INTERNAL_URL", "/protected/")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# The accounts of the demonstration share a password that everyone knows, so `manage.py demo`
# creates them in debug only, unless this is set.
DEMONSTRATION_ALLOWED = False

# --- language and time --------------------------------------------------------------
LANGUAGE_CODE = "en-ca"
LANGUAGES = [("en-ca", _("English")), ("fr-ca", _("French"))]
LOCALE_PATHS = [ROOT / "site" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Vancouver"
WAGTAIL_CONTENT_LANGUAGES = [("en-ca", _("English"))]

# --- Wagtail ------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Everydoor"
WAGTAILADMIN_BASE_URL = env.text("SITE_URL", "http://localhost:8000")
WAGTAILDOCS_DOCUMENT_MODEL = "files.Document"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "files.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = env.number("UPLOAD_MEGABYTES", 500, least=1) * 1024 * 1024
WAGTAILIMAGES_IMAGE_MODEL = "files.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "files.forms.ImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILMEDIA = {
    "MEDIA_MODEL": "files.Media",
    "MEDIA_FORM_BASE": "files.forms.MediaForm",
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Groups and members say who may see what; a password would be passed on, and guessed.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# People change e-mail address, password and second factor on their account page instead.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# Reviewers are told of new work; administrators who review nothing need not be.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
TAGGIT_CASE_INSENSITIVE = True

# --- mail ---------------------------------------------------------------------------
# Every e-mail is first stored as a row; a worker sends it through MAIL_TRANSPORT.
EMAIL_BACKEND = "mail.backends.OutboxBackend"
EMAIL_TIMEOUT = 20
# Whether anyone can read all mail at /mail/: for the demonstration.
MAIL_READABLE = False
MAIL_KEPT_DAYS = env.number("MAIL_KEPT_DAYS", 30, least=1)
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Everydoor <everydoor@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "everydoor.logs.PrivateFormatter",
            "fmt": "{levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Without Django's own handlers, which write URLs as they are.
        "django": {"level": "INFO", "handlers": []},
        "django.server": {"level": "INFO", "handlers": [], "propagate": True},
        # These would log a line for each row, or for each retry of an engine that is down.
        "elastic_transport": {"level": "ERROR"},
        **{
            key: {"level": "WARNING"} for key in ("django-q", "django_tasks", "wagtail")
        },
    },
}
