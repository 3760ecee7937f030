"""System checks of the machine and the settings.

docs/operations/checks.md says what to do about each.
"""

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
    """Require time zones that keep British Columbia on UTC-7 in the winter of 2026."""
    winter = datetime(2027, 1, 15, 12, tzinfo=ZoneInfo("America/Vancouver"))
    if winter.utcoffset() == timedelta(hours=-7):
        return []
    return [
        Error(
            "The time-zone database is too old: in winter it is wrong by an hour "
            "for British Columbia.",
            hint="Install tzdata 2026.1 or later; leave PYTHONTZPATH empty.",
            id="operations.E001",
        )
    ]


@register(Tags.compatibility)
def sqlite_allows_concurrent_writes(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Require WAL, IMMEDIATE and a timeout, so that web and workers can all write."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    options = database.get("OPTIONS", {})
    configured = (
        options.get("transaction_mode") == "IMMEDIATE"
        and "journal_mode=wal" in options.get("init_command", "").lower()
        and options.get("timeout", 0) >= 5  # noqa: PLR2004  (seconds)
    )
    if configured:
        return []
    return [
        Error(
            "SQLite is not configured for several processes that write.",
            hint="Use everydoor.settings.base.database(): WAL, IMMEDIATE, a timeout.",
            id="operations.E002",
        )
    ]


@register(Tags.compatibility)
def jobs_are_not_retried_while_they_run(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Require that in each queue `retry` is longer than a job may take."""
    common: dict[str, Any] = settings.Q_CLUSTER
    queues = {common["cluster_name"]: {}, **common["ALT_CLUSTERS"]}
    return [
        Error(
            f"In the {name} queue a job would start again while it still runs.",
            hint="Q_CLUSTER: retry must exceed timeout.",
            id="operations.E003",
        )
        for name, own in queues.items()
        if {**common, **own}["retry"] <= {**common, **own}["timeout"]
    ]


@register(Tags.compatibility)
def registered_jobs_exist(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Require that every job that an app registers or schedules can be imported."""
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
    """Warn that SQLite serves one machine only; the warning can be silenced."""
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
