"""`/healthz` and `/readyz` tell machines and people whether the site is ready."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from operations import registry
from operations.actions import probes, record_heartbeat
from operations.models import WorkerBeat
from operations.registry import ProbeResult, register_probe

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_probes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    own = ("database", "migrations", "worker")
    only = {name: registry.probes()[name] for name in own}
    monkeypatch.setattr(registry, "_probes", only)


def test_healthz_answers_without_a_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_when_database_migrations_and_worker_are_there(client: Client) -> None:
    record_heartbeat()
    response = client.get("/readyz")
    assert response.status_code == 200
    body = response.json()
    assert body["ready"] is True
    assert {name: part["healthy"] for name, part in body["probes"].items()} == {
        "database": True,
        "migrations": True,
        "worker": True,
    }
    assert "no-store" in response.headers["Cache-Control"]


def test_not_ready_before_a_worker_was_ever_seen(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["probes"]["worker"]["healthy"] is False


def test_not_ready_when_the_worker_has_been_silent(
    client: Client, settings: Any
) -> None:
    record_heartbeat()
    limit = timedelta(seconds=settings.WORKER_SILENCE_SECONDS)
    WorkerBeat.objects.update(seen_at=timezone.now() - limit - timedelta(seconds=1))
    assert client.get("/readyz").status_code == 503


def test_a_machine_silent_for_a_day_is_deleted() -> None:
    day = timezone.now() - timedelta(days=1, seconds=1)
    WorkerBeat.objects.create(machine="gone", seen_at=day)
    record_heartbeat()
    record_heartbeat()
    assert WorkerBeat.objects.count() == 1


def test_a_probe_that_raises_is_unhealthy_and_its_error_is_not_shown(
    client: Client,
) -> None:
    def engine() -> ProbeResult:
        raise OSError("https://user:secret@engine.example.org refused")

    record_heartbeat()
    register_probe("engine", engine)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["probes"]["engine"]["healthy"] is False
    assert "secret" not in response.content.decode()


def test_two_probes_cannot_have_one_name() -> None:
    with pytest.raises(ImproperlyConfigured):
        register_probe("database", probes.probe_migrations)


def test_pending_migrations_are_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "_migrated", False)
    monkeypatch.setattr(
        probes.MigrationExecutor, "migration_plan", lambda *_: ["one", "two"]
    )
    result = client.get("/readyz").json()["probes"]["migrations"]
    assert result["healthy"] is False
    assert result["message"].startswith("2 to apply")


@pytest.mark.parametrize("ready", [True, False])
def test_a_browser_gets_a_page(client: Client, ready: bool) -> None:
    if ready:
        record_heartbeat()
    response = client.get("/readyz", headers={"accept": "text/html,*/*;q=0.8"})
    assert response.status_code == (200 if ready else 503)
    title = "Everything is ready" if ready else "Something is not ready"
    assert f'<h1 class="head__title">{title}</h1>' in response.content.decode()
