"""Invariants of the machine that the house stands on. docs/operations/checks.md tells
what to do about each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.module_loading import import_string

from . import registry


@register(Tags.compatibility)
def time_zones_are_current(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """British Columbia stays on UTC-7 in winter from 2026 on."""
    winter = datetime(2027, 1, 15, 12, tzinfo=ZoneInfo("America/Vancouver"))
    if winter.utcoffset() == timedelta(hours=-7):
        return []
    return [
        Error(
            "The time-zone database is too old: it still sets British Columbia's "
            "clocks back in winter.",
            hint="Install tzdata 2026.1 or later; leave PYTHONTZPATH empty.",
            id="operations.E001",
        )
    ]


@register(Tags.compatibility)
def sqlite_takes_turns(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Web and worker may write at once only with WAL, IMMEDIATE and a busy timeout."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    options = database.get("OPTIONS", {})
    fit = (
        options.get("transaction_mode") == "IMMEDIATE"
        and "journal_mode=wal" in options.get("init_command", "").lower()
        and options.get("timeout", 0) >= 5  # noqa: PLR2004  (seconds)
    )
    if fit:
        return []
    return [
        Error(
            "SQLite is not set up for two processes that write.",
            hint="Keep everydoor.settings.base.database(): WAL, IMMEDIATE, a timeout.",
            id="operations.E002",
        )
    ]


@register(Tags.compatibility)
def work_is_given_out_again_only_when_it_ended(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """The queue's `retry` is longer than a job may take."""
    cluster: dict[str, Any] = settings.Q_CLUSTER
    if cluster["retry"] > cluster["timeout"]:
        return []
    return [
        Error(
            "A job would be given out a second time while the first still runs.",
            hint="Q_CLUSTER: retry must exceed timeout.",
            id="operations.E003",
        )
    ]


@register(Tags.compatibility)
def registered_jobs_exist(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every job that an app registers or schedules can be imported."""
    return [
        Error(
            f"A registered job does not exist: {job}.",
            hint="Correct the name in the `apps.py` that registers it.",
            id="operations.E004",
        )
        for job in sorted(registry.jobs())
        if not _exists(job)
    ]


@register(Tags.security, deploy=True)
def production_has_a_real_database(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """SQLite serves one machine; whoever deploys on it should mean it."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    return [
        Warning(
            "Production runs on SQLite: one machine only, backed up as a file.",
            hint="Set DATABASE_URL to PostgreSQL, or silence operations.W001.",
            id="operations.W001",
        )
    ]


def _exists(job: str) -> bool:
    try:
        return callable(import_string(job))
    except ImportError:
        return False
