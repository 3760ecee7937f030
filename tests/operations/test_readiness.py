"""`/healthz` and `/readyz` tell machines and people how the house is."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from operations.actions import Finding, beat, probes, register_probe
from operations.models import WorkerBeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground_probes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    ground = ("database", "migrations", "worker")
    only = {name: probes._probes[name] for name in ground}
    monkeypatch.setattr(probes, "_probes", only)


def test_alive_asks_nothing(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_when_database_migrations_and_worker_are_there(client: Client) -> None:
    beat()
    response = client.get("/readyz")
    assert response.status_code == 200
    told = response.json()
    assert told["ready"] is True
    assert {name: part["well"] for name, part in told["probes"].items()} == {
        "database": True,
        "migrations": True,
        "worker": True,
    }
    assert "no-store" in response.headers["Cache-Control"]


def test_not_ready_before_a_worker_was_ever_seen(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["probes"]["worker"]["well"] is False


def test_not_ready_when_the_worker_has_been_silent(
    client: Client, settings: Any
) -> None:
    beat()
    limit = timedelta(seconds=settings.WORKER_SILENCE_SECONDS)
    WorkerBeat.objects.update(seen_at=timezone.now() - limit - timedelta(seconds=1))
    assert client.get("/readyz").status_code == 503


def test_a_machine_silent_for_a_day_is_forgotten() -> None:
    day = timezone.now() - timedelta(days=1, seconds=1)
    WorkerBeat.objects.create(machine="gone", seen_at=day)
    beat()
    beat()
    assert WorkerBeat.objects.count() == 1


def test_a_probe_that_fails_is_a_finding_and_keeps_its_secret(client: Client) -> None:
    def engine() -> Finding:
        raise OSError("https://user:secret@engine.example.org refused")

    beat()
    register_probe("engine", engine)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["probes"]["engine"]["well"] is False
    assert "secret" not in response.content.decode()


def test_migrations_left_over_are_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "_migrated", False)
    monkeypatch.setattr(
        probes.MigrationExecutor, "migration_plan", lambda *_: ["one", "two"]
    )
    told = client.get("/readyz").json()["probes"]["migrations"]
    assert told["well"] is False
    assert told["words"].startswith("2 to apply")


@pytest.mark.parametrize("well", [True, False])
def test_a_person_reads_a_page(client: Client, well: bool) -> None:
    if well:
        beat()
    response = client.get("/readyz", headers={"accept": "text/html,*/*;q=0.8"})
    assert response.status_code == (200 if well else 503)
    words = "Everything is ready" if well else "Something is not ready"
    assert f'<h1 class="head__title">{words}</h1>' in response.content.decode()
