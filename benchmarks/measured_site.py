"""The site that is measured: its database is made once, then reused."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parents[1]
# Beside the repository, as in continuous integration; --corpus names another one.
CORPUS = ROOT.parent / "shared" / "corpus" / "digitalgov"
ITEMS = 3_500


def say(line: str) -> None:
    """Write to standard error; standard output is for the result, which programs may read."""
    print(line, file=sys.stderr, flush=True)


def environment(folder: Path, settings: str) -> dict[str, str]:
    """Return the environment of a site with all of its files in one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "EVERYDOOR_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'everydoor.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "SITE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SECOND_FACTOR_KEYS": Fernet.generate_key().decode(),
        "SECURE_SSL_REDIRECT": "0",
        "PYTHONUNBUFFERED": "1",
    }


def as_development(env: dict[str, str]) -> dict[str, str]:
    """Return the same environment with the settings of the demonstration."""
    return {**env, "DJANGO_SETTINGS_MODULE": "everydoor.settings.dev"}


def manage(env: dict[str, str], *arguments: str) -> None:
    """Run a management command; its output goes to standard error."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, env=env, check=True, stdout=sys.stderr, cwd=ROOT)


def build(env: dict[str, str]) -> None:
    """Make a database with the demonstration community; the assets must be built."""
    if not (ROOT / "site" / "frontend" / "dist" / "manifest.json").exists():
        sys.exit("The assets are not built. Run `make setup` first.")
    manage(as_development(env), "migrate", "--verbosity", "0")
    manage(as_development(env), "demo")


def prepare(env: dict[str, str], corpus: Path, items: int) -> None:
    """Make the demonstration community and a large library.

    The library is imported if there is one; else `items` articles are generated. A second
    call reuses both and is quick.
    """
    build(env)
    made = Path(env["EVERYDOOR_VAR"]) / "library-is-there"
    if not made.exists():
        if (corpus / "items.jsonl").exists():
            say(f"Importing {corpus}")
            manage(as_development(env), "import_library", str(corpus), "-v", "0")
        else:
            say(f"Generating {items:,} items")
            command = f"from benchmarks.library import make_up; make_up({items})"
            manage(as_development(env), "shell", "-v", "0", "--command", command)
        made.touch()
    manage(env, "collectstatic", "--no-input", "--verbosity", "0")
