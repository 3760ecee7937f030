"""`/healthz` and `/readyz` tell machines and people whether the site is ready."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.dispatch import Signal
from django.test import Client
from django.utils import timezone
from django_q.signals import post_spawn, pre_execute

from operations import registry
from operations.actions import heartbeat, probes, record_heartbeat, worker_runs
from operations.models import WorkerHeartbeat
from operations.registry import ProbeResult, Queue, register_probe

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_probes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    own = ("database", "migrations", "urgent-queue", "bulk-queue")
    only = {name: registry.probes()[name] for name in own}
    monkeypatch.setattr(registry, "_probes", only)


def test_healthz_answers_without_a_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.fixture
def both_workers(settings: Any) -> None:
    for queue in Queue:
        settings.WORKER_QUEUE = queue
        record_heartbeat()


@pytest.mark.usefixtures("both_workers")
def test_ready_when_database_migrations_and_both_workers_are_there(
    client: Client,
) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    body = response.json()
    assert body["ready"] is True
    assert {name: part["healthy"] for name, part in body["probes"].items()} == {
        "database": True,
        "migrations": True,
        "urgent-queue": True,
        "bulk-queue": True,
    }
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("queue", Queue)
def test_a_queue_whose_worker_was_never_seen_is_unhealthy_by_its_name(
    client: Client, settings: Any, queue: Queue
) -> None:
    (other,) = set(Queue) - {queue}
    settings.WORKER_QUEUE = other
    record_heartbeat()
    response = client.get("/readyz")
    assert response.status_code == 503
    probes = response.json()["probes"]
    assert probes[f"{other}-queue"]["healthy"] is True
    assert probes[f"{queue}-queue"]["healthy"] is False
    assert f"Q_CLUSTER_NAME={queue}" in probes[f"{queue}-queue"]["message"]


@pytest.mark.usefixtures("both_workers")
@pytest.mark.parametrize("queue", Queue)
def test_a_queue_whose_worker_is_silent_is_unhealthy_by_its_name(
    client: Client, settings: Any, queue: Queue
) -> None:
    limit = timedelta(seconds=settings.WORKER_SILENCE_SECONDS)
    WorkerHeartbeat.objects.filter(queue=queue).update(
        seen_at=timezone.now() - limit - timedelta(seconds=1)
    )
    response = client.get("/readyz")
    assert response.status_code == 503
    unhealthy = {
        name for name, part in response.json()["probes"].items() if not part["healthy"]
    }
    assert unhealthy == {f"{queue}-queue"}


def test_the_worker_last_seen_counts_of_several_machines(client: Client) -> None:
    day = timezone.now() - timedelta(hours=23)
    for queue in Queue:
        WorkerHeartbeat.objects.create(queue=queue, machine="silent", seen_at=day)
        WorkerHeartbeat.objects.create(
            queue=queue, machine="busy", seen_at=timezone.now()
        )
    assert client.get("/readyz").status_code == 200


def test_a_machine_silent_for_a_day_is_deleted() -> None:
    day = timezone.now() - timedelta(days=1, seconds=1)
    WorkerHeartbeat.objects.create(queue=Queue.BULK, machine="gone", seen_at=day)
    record_heartbeat()
    record_heartbeat()
    assert WorkerHeartbeat.objects.count() == 1


@pytest.fixture
def _new_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "_recorded_at", float("-inf"))


@pytest.mark.usefixtures("_new_worker")
@pytest.mark.parametrize("signal", [post_spawn, pre_execute])
def test_a_worker_is_seen_when_it_starts_and_when_it_takes_a_job(
    settings: Any, signal: Signal
) -> None:
    settings.WORKER_QUEUE = "urgent"
    signal.send(sender="django_q")
    assert WorkerHeartbeat.objects.get().queue == Queue.URGENT


@pytest.mark.usefixtures("_new_worker")
def test_a_busy_worker_records_a_heartbeat_every_half_minute_only(
    django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker_runs()
    first = WorkerHeartbeat.objects.get().seen_at
    with django_assert_num_queries(0):
        worker_runs()
    monkeypatch.setattr(heartbeat, "_recorded_at", time.monotonic() - 31)
    worker_runs()
    assert WorkerHeartbeat.objects.get().seen_at > first


@pytest.mark.usefixtures("_new_worker")
def test_a_worker_survives_a_database_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(WorkerHeartbeat.objects, "update_or_create", locked)
    worker_runs()
    assert "could not record its heartbeat" in caplog.text


@pytest.mark.usefixtures("both_workers")
def test_a_probe_that_raises_is_unhealthy_and_its_error_is_not_shown(
    client: Client,
) -> None:
    def engine() -> ProbeResult:
        raise OSError("https://user:secret@engine.example.org refused")

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
def test_a_browser_gets_a_page(
    client: Client, request: pytest.FixtureRequest, ready: bool
) -> None:
    if ready:
        request.getfixturevalue("both_workers")
    response = client.get("/readyz", headers={"accept": "text/html,*/*;q=0.8"})
    assert response.status_code == (200 if ready else 503)
    title = "Everything is ready" if ready else "Something is not ready"
    assert f'<h1 class="head__title">{title}</h1>' in response.content.decode()
