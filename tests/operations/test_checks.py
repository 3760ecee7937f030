"""The system checks of operations refuse settings that would not work."""

import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from everydoor.settings.base import database
from operations import checks, registry


def ids(check: Any) -> list[str]:
    return [message.id for message in check(None)]


@pytest.fixture
def old_time_zones(tmp_path: Path) -> Iterator[None]:
    """Use zones in which British Columbia still sets its clocks back in winter."""
    zoneinfo.reset_tzpath(to=())
    from importlib.resources import files  # noqa: PLC0415

    folder = tmp_path / "America"
    folder.mkdir()
    old = files("tzdata.zoneinfo.America").joinpath("Los_Angeles").read_bytes()
    (folder / "Vancouver").write_bytes(old)
    zoneinfo.reset_tzpath(to=(str(tmp_path),))
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()


def test_british_columbia_stays_on_utc_minus_7() -> None:
    assert ids(checks.time_zones_are_current) == []


@pytest.mark.usefixtures("old_time_zones")
def test_an_old_time_zone_database_is_refused() -> None:
    assert ids(checks.time_zones_are_current) == ["operations.E001"]


@pytest.mark.parametrize(
    "options",
    [
        {"transaction_mode": "DEFERRED"},
        {"init_command": "PRAGMA foreign_keys=ON"},
        {"timeout": 0},
    ],
)
def test_sqlite_that_several_processes_cannot_write_is_refused(
    settings: Any, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    right = database("sqlite:///x.sqlite3")
    monkeypatch.setitem(settings.DATABASES, "default", right)
    assert ids(checks.sqlite_allows_concurrent_writes) == []
    wrong = {**right, "OPTIONS": {**right["OPTIONS"], **options}}
    monkeypatch.setitem(settings.DATABASES, "default", wrong)
    assert ids(checks.sqlite_allows_concurrent_writes) == ["operations.E002"]


@pytest.mark.parametrize("common", [60, 120])
def test_a_job_must_not_be_retried_while_it_runs(settings: Any, common: int) -> None:
    assert ids(checks.jobs_are_not_retried_while_they_run) == []
    settings.Q_CLUSTER = {
        "cluster_name": "bulk",
        "retry": common,
        "timeout": 60,
        "ALT_CLUSTERS": {"urgent": {"retry": 60} if common > 60 else {"timeout": 30}},
    }
    assert ids(checks.jobs_are_not_retried_while_they_run) == ["operations.E003"]


def test_a_registered_job_that_does_not_exist_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert ids(checks.registered_jobs_exist) == []
    monkeypatch.setattr(registry, "_schedules", {})
    registry.register_schedule("gone", job="operations.jobs.gone", minutes=1)
    assert ids(checks.registered_jobs_exist) == ["operations.E004"]


def test_deploying_on_sqlite_gives_a_warning(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite, postgres = database("sqlite:///x.sqlite3"), database("postgres://db/e")
    monkeypatch.setitem(settings.DATABASES, "default", sqlite)
    assert ids(checks.production_has_a_real_database) == ["operations.W001"]
    monkeypatch.setitem(settings.DATABASES, "default", postgres)
    assert ids(checks.production_has_a_real_database) == []
