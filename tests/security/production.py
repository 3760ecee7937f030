"""The environment of production, with keys that nobody uses elsewhere."""

import base64
import hashlib


def key_from(seed: str) -> str:
    """Return a key that looks random and is the same in every process of a test run."""
    digest = hashlib.sha512(seed.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


GOOD = key_from("good")
FACTOR_KEY = base64.urlsafe_b64encode(hashlib.sha256(b"factor").digest()).decode()
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "everydoor.settings.production",
    "SECRET_KEY": GOOD,
    "SECOND_FACTOR_KEYS": FACTOR_KEY,
    "ALLOWED_HOSTS": "everydoor.example.org",
    "SITE_URL": "https://everydoor.example.org",
    "DATABASE_URL": "postgres://nobody@localhost/none",
}
