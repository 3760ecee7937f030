"""A copy of the migrated test database, from which later runs start.

Wagtail's migrations take longer than most tests. On SQLite in memory the first run saves a
copy of the migrated database in the machine's temporary folder. Its name is a digest of all
migrations, the installed versions and the code that runs after migrating. Later runs and
the second process of the same run start from it; `migrate` still runs, and finds nothing to
do. PostgreSQL is always migrated from scratch.
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
_connections: list[sqlite3.Connection] = []


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
    """Return the path of the copy that matches the current code."""
    user = os.getuid()
    return Path(tempfile.gettempdir()) / f"everydoor-tests-{user}-{_key()}.sqlite3"


def start_from_template() -> None:
    """Make Django fill the test database from the copy as soon as it creates it."""
    creation: Any = connection.creation
    if connection.vendor != "sqlite" or not template().is_file():
        return
    made = creation._create_test_db

    def make(*args: Any, **kwargs: Any) -> str:
        name: str = made(*args, **kwargs)
        if "mode=memory" in name:
            memory = sqlite3.connect(name, uri=True)
            with sqlite3.connect(f"file:{template()}?mode=ro", uri=True) as saved:
                saved.backup(memory)
            saved.close()
            # A database in memory lives as long as a connection to it is open.
            _connections.append(memory)
        return name

    creation._create_test_db = make


def save_template() -> None:
    """Save a copy of the migrated database, unless there is one."""
    if connection.vendor != "sqlite" or template().is_file():
        return
    draft = template().with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])
    draft.replace(template())


def close() -> None:
    """Close the connections that held the database in memory."""
    while _connections:
        _connections.pop().close()
