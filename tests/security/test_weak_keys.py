"""Attack: sign a session of an administrator with a key that was guessed or is published.

The web server is started as in production. It must not start with such a key.
"""

import hashlib
import os
import string
import subprocess
import sys
from typing import Any

import pytest
from cryptography.fernet import Fernet

from everydoor.settings import dev
from everydoor.settings import test as test_settings

from .production import ENVIRONMENT, FACTOR_KEY, GOOD, key_from

WEAK = [
    "abc",
    "a" * 64,
    "only-for-this-check-" * 4,
    "0123456789" * 6,
    string.ascii_letters + string.digits,
    "django-insecure-" + GOOD,
    dev.SECRET_KEY,
    dev.SECRET_KEY + GOOD,
    test_settings.SECRET_KEY,
]


def start(**changes: str) -> Any:
    """Load the site as a web server does, and report."""
    return subprocess.run(
        [sys.executable, "-c", "import everydoor.wsgi"],
        env={**os.environ, **ENVIRONMENT, **changes},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("key", WEAK)
@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FALLBACKS"])
def test_the_site_does_not_start_with_a_weak_key(name: str, key: str) -> None:
    refused = start(**{name: key})
    assert refused.returncode != 0
    assert f"ImproperlyConfigured: {name} " in refused.stderr
    assert key not in refused.stderr.rpartition("ImproperlyConfigured")[2]


def test_one_weak_fallback_among_good_ones_is_refused() -> None:
    assert start(SECRET_KEY_FALLBACKS=f"{GOOD},abc").returncode != 0


@pytest.mark.parametrize(
    "key",
    [
        "",
        "abc",
        f"{FACTOR_KEY},abc",
        FACTOR_KEY + "A",
        "A" * 43 + "=",
        *dev.SECOND_FACTOR_KEYS,
        *test_settings.SECOND_FACTOR_KEYS,
    ],
)
def test_the_site_does_not_start_without_a_key_for_second_factors(key: str) -> None:
    refused = start(SECOND_FACTOR_KEYS=key)
    assert refused.returncode != 0
    assert "SECOND_FACTOR_KEYS" in refused.stderr.rpartition("ImproperlyConfigured")[2]


@pytest.mark.parametrize(
    "key", [GOOD, hashlib.sha256(b"hex").hexdigest(), key_from("short")[:51]]
)
def test_the_site_starts_with_random_keys(key: str) -> None:
    second = Fernet.generate_key().decode()
    started = start(
        SECRET_KEY=key,
        SECRET_KEY_FALLBACKS=GOOD,
        SECOND_FACTOR_KEYS=f"{second},{FACTOR_KEY}",
    )
    assert started.returncode == 0, started.stderr
