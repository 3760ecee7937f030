"""The schedules in the database are those that the apps registered."""

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from operations import jobs, registry
from operations.actions import enqueue, provision_schedules
from operations.models import WorkerHeartbeat
from operations.registry import Queue, register_job, register_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_schedules", {})
    monkeypatch.setattr(registry, "_queues", {})


def rows() -> dict[str | None, tuple[str, int | None, str | None]]:
    return {
        row.name: (row.func, row.minutes, row.cluster) for row in Schedule.objects.all()
    }


def test_after_migrating_every_registered_schedule_is_in_the_database() -> None:
    assert rows() == {
        "everydoor." + each.name: (each.job, each.minutes, each.queue)
        for each in registry.schedules()
    }


@pytest.mark.parametrize(
    ("name", "queue"),
    [
        ("urgent-heartbeat", Queue.URGENT),
        ("bulk-heartbeat", Queue.BULK),
        ("expired-sessions", Queue.BULK),
        ("urgent-mail", Queue.URGENT),
        ("mail", Queue.BULK),
        ("old-mail", Queue.BULK),
        ("publish", Queue.URGENT),
        ("search", Queue.URGENT),
        ("search-terms", Queue.BULK),
    ],
)
def test_the_apps_register_their_schedules(name: str, queue: Queue) -> None:
    assert {each.name: each.queue for each in registry.schedules()}[name] == queue


def test_provisioning_again_changes_nothing() -> None:
    soon = timezone.now()
    Schedule.objects.update(next_run=soon)
    provision_schedules()
    assert set(Schedule.objects.values_list("next_run", flat=True)) == {soon}


@pytest.mark.usefixtures("empty_registry")
def test_a_changed_schedule_is_updated_and_one_no_longer_registered_is_deleted() -> (
    None
):
    Schedule.objects.create(name="somebody's own", func="math.floor")
    register_schedule("heartbeat", job="operations.jobs.heartbeat", minutes=5)
    Schedule.objects.create(name="everydoor.heartbeat", func="math.floor")
    provision_schedules()
    assert rows() == {
        "everydoor.heartbeat": ("operations.jobs.heartbeat", 5, "bulk"),
        "somebody's own": ("math.floor", None, None),
    }


@pytest.mark.usefixtures("empty_registry")
def test_two_schedules_cannot_have_one_name() -> None:
    register_schedule("floor", job="math.floor", minutes=5)
    register_schedule("floor", job="math.floor", minutes=5)
    with pytest.raises(ImproperlyConfigured):
        register_schedule("floor", job="math.floor", minutes=6)


@pytest.mark.usefixtures("empty_registry")
def test_a_job_has_one_queue_and_bulk_unless_it_is_registered() -> None:
    register_job("math.floor", queue=Queue.URGENT)
    assert registry.queue_of("math.floor") == Queue.URGENT
    assert registry.queue_of("math.ceil") == Queue.BULK
    with pytest.raises(ImproperlyConfigured):
        register_job("math.floor", queue=Queue.BULK)


def test_the_heartbeat_job_records_a_heartbeat() -> None:
    jobs.heartbeat()
    assert WorkerHeartbeat.objects.count() == 1


def test_expired_sessions_are_deleted() -> None:
    Session.objects.create(session_key="old", expire_date=timezone.now())
    jobs.delete_expired_sessions()
    assert not Session.objects.exists()


@pytest.mark.usefixtures("empty_registry")
def test_a_job_is_enqueued_where_it_was_registered_unless_told_otherwise() -> None:
    register_job("math.floor", queue=Queue.URGENT)
    enqueue("math.floor", 1.5)
    enqueue("math.ceil", 1.5)
    enqueue("math.floor", 1.5, queue=Queue.BULK)
    jobs = [(row.key, row.func(), row.args()) for row in OrmQ.objects.order_by("pk")]
    assert jobs == [
        ("urgent", "math.floor", (1.5,)),
        ("bulk", "math.ceil", (1.5,)),
        ("bulk", "math.floor", (1.5,)),
    ]


def test_a_job_is_rolled_back_with_its_transaction() -> None:
    with transaction.atomic():
        enqueue("math.floor", 1.5)
        transaction.set_rollback(True)
    assert not OrmQ.objects.exists()


def test_a_job_that_does_not_exist_is_refused_when_it_is_enqueued() -> None:
    with pytest.raises(ImportError):
        enqueue("operations.jobs.no_such_job")
    assert not OrmQ.objects.exists()
