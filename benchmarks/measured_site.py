"""The database that is measured: made once, then used again."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Beside the repository, as in its continuous integration; --corpus names another one.
CORPUS = ROOT.parent / "shared" / "corpus" / "digitalgov"
ITEMS = 3_500


def say(line: str) -> None:
    """Messages go to standard error, so that standard output can be read by a program."""
    print(line, file=sys.stderr, flush=True)


def environment(folder: Path, settings: str) -> dict[str, str]:
    """The environment of a site that keeps all its files in a folder of its own."""
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
        "SECRET_KEY": "measured-on-one-machine-and-thrown-away-everydoor-everydoor",
        "SECURE_SSL_REDIRECT": "0",
        "PYTHONUNBUFFERED": "1",
    }


def as_development(env: dict[str, str]) -> dict[str, str]:
    """The same place under the settings that the demonstration runs with."""
    return {**env, "DJANGO_SETTINGS_MODULE": "everydoor.settings.dev"}


def manage(env: dict[str, str], *arguments: str) -> None:
    """Run a management command to its end; its output is ours, on standard error."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, env=env, check=True, stdout=sys.stderr, cwd=ROOT)


def build(env: dict[str, str]) -> None:
    """A database with the demonstration community; the assets must be there."""
    if not (ROOT / "site" / "frontend" / "dist" / "manifest.json").exists():
        sys.exit("The assets are not built. Say `make setup` first.")
    manage(as_development(env), "migrate", "--verbosity", "0")
    manage(as_development(env), "demo")


def prepare(env: dict[str, str], corpus: Path, items: int) -> None:
    """The demonstration community, and a large library beside its own.

    The library is imported where there is one, else so many items are made up. A second
    call finds all of it there and is quick.
    """
    build(env)
    made = Path(env["EVERYDOOR_VAR"]) / "library-is-there"
    if not made.exists():
        if (corpus / "items.jsonl").exists():
            say(f"Importing {corpus}")
            manage(as_development(env), "import_library", str(corpus), "-v", "0")
        else:
            say(f"Making {items:,} items up")
            command = f"from benchmarks.library import make_up; make_up({items})"
            manage(as_development(env), "shell", "-v", "0", "--command", command)
        made.touch()
    manage(env, "collectstatic", "--no-input", "--verbosity", "0")
