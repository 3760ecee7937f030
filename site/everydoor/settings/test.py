"""Settings of the tests: as in production, but faster where that changes nothing."""

import tempfile
from pathlib import Path

from . import env
from .base import *

GALLERY = True
DEBUG = False
SECRET_KEY = "test-only-everydoor"  # noqa: S105
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
