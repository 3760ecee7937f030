"""Settings of the tests: as in production, but faster where that changes nothing."""

import tempfile
from pathlib import Path

from . import env
from .base import *

GALLERY = True
DEBUG = False
SECRET_KEY = "test-only-everydoor"  # noqa: S105
SECOND_FACTOR_KEYS = ["dGVzdC1vbmx5LWV2ZXJ5ZG9vci1zZWNyZXQta2V5cyE="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="everydoor-test-"))
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
REQUIRE_SECOND_FACTOR = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
DATABASES = {"default": database(env.text("DATABASE_URL", "sqlite:///:memory:"))}

# `manage.py lintmigrations` reads migrations of ours that alter tables with rows in them.
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    "include_apps": [
        name.replace(".", "_")
        for name in INSTALLED_APPS
        if (ROOT / "site" / name).is_dir() or (ROOT / name.replace(".", "/")).is_dir()
    ],
    "ignore_initial_migrations": True,
    "project_root_path": str(ROOT),
    "no_cache": True,
}
