"""The migrated database of the tests, made once and kept.

Wagtail's migrations cost more than most tests. On SQLite in memory the first run leaves a
copy of the migrated database in the machine's temporary folder, under a name made of every
migration, of the versions installed and of what is provisioned after migrating; later runs,
and the second process of the same run, start from it. Migrating still happens, and finds
nothing to do. PostgreSQL is always migrated from the beginning.
"""

import hashlib
import os
import sqlite3
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

PROVISIONED = (
    "apps.py",
    "actions/roles.py",
    "actions/workflow.py",
    "actions/schedules.py",
    "actions/initial_state.py",
    "engines/sqlite.py",
)
_kept: list[sqlite3.Connection] = []


def _key() -> str:
    digest = hashlib.sha256()
    for package in ("django", "wagtail", "django-allauth", "django-q2", "wagtailmedia"):
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if "site-packages" in folder.parts:
            continue
        files = [
            *folder.glob("migrations/*.py"),
            *(folder / each for each in PROVISIONED),
        ]
        for file in sorted(filter(Path.is_file, files)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:24]


def template() -> Path:
    """Where the migrated database of this very code is kept."""
    user = os.getuid()
    return Path(tempfile.gettempdir()) / f"everydoor-tests-{user}-{_key()}.sqlite3"


def begin_from_template() -> None:
    """The test database, when it is made, holds what the kept one holds."""
    creation: Any = connection.creation
    if connection.vendor != "sqlite" or not template().is_file():
        return
    made = creation._create_test_db

    def make(*args: Any, **kwargs: Any) -> str:
        name: str = made(*args, **kwargs)
        if "mode=memory" in name:
            memory = sqlite3.connect(name, uri=True)
            with sqlite3.connect(f"file:{template()}?mode=ro", uri=True) as kept:
                kept.backup(memory)
            kept.close()
            _kept.append(memory)  # as long as one connection is open, the data stay
        return name

    creation._create_test_db = make


def keep_template() -> None:
    """Keep the migrated database, unless it is kept already."""
    if connection.vendor != "sqlite" or template().is_file():
        return
    draft = template().with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])
    draft.replace(template())


def let_go() -> None:
    """Close what held the database in memory."""
    while _kept:
        _kept.pop().close()
