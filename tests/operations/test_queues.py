"""django-q2 gives each worker its own queue, with the schedules of that queue."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_q import scheduler as django_q_scheduler
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.models import OrmQ, Schedule

from operations.actions import enqueue
from operations.registry import Queue

ROOT = Path(__file__).resolve().parents[2]
REPORT = """
import django, json
django.setup()
from django_q.conf import Conf
print(json.dumps({
    "queue": Conf.CLUSTER_NAME, "salt": Conf.PREFIX, "workers": Conf.WORKERS,
    "fetched": Conf.QUEUE_LIMIT, "retry": Conf.RETRY, "timeout": Conf.TIMEOUT,
}))
"""


def worker_configuration(**variables: str) -> subprocess.CompletedProcess[str]:
    """Return what django-q2 reads in a process with these environment variables."""
    return subprocess.run(
        [sys.executable, "-c", REPORT],
        cwd=ROOT,
        env={
            **{k: v for k, v in os.environ.items() if k != "Q_CLUSTER_NAME"},
            "DJANGO_SETTINGS_MODULE": "everydoor.settings.test",
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, {"queue": "bulk", "workers": 1}),
        (
            {"Q_CLUSTER_NAME": "bulk", "WORKER_PROCESSES": "3"},
            {"queue": "bulk", "workers": 3},
        ),
        (
            {"Q_CLUSTER_NAME": "urgent", "WORKER_PROCESSES": "3"},
            {"queue": "urgent", "workers": 2, "fetched": 2},
        ),
    ],
)
def test_the_environment_says_which_queue_a_worker_reads(
    variables: dict[str, str], expected: dict[str, Any]
) -> None:
    found = json.loads(worker_configuration(**variables).stdout)
    assert {name: found[name] for name in expected} == expected
    assert found["salt"] == "everydoor"
    assert found["retry"] > found["timeout"]


def test_a_worker_for_a_queue_that_does_not_exist_does_not_start() -> None:
    ended = worker_configuration(Q_CLUSTER_NAME="urgnet")
    assert ended.returncode != 0
    assert "write one of: urgent, bulk" in ended.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("queue", Queue)
def test_a_worker_takes_only_the_jobs_of_its_queue(queue: Queue) -> None:
    for each in Queue:
        enqueue("math.floor", 1.5, queue=each)
    OrmQ.objects.update(lock=timezone.now() - timedelta(seconds=1))
    (taken,) = get_broker(queue).dequeue()
    assert OrmQ.objects.get(pk=taken[0]).key == queue
    assert get_broker(queue).queue_size() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("queue", Queue)
def test_a_worker_runs_only_the_schedules_of_its_queue(
    monkeypatch: pytest.MonkeyPatch, queue: Queue
) -> None:
    monkeypatch.setattr(Conf, "CLUSTER_NAME", str(queue))
    # It would close the connection of the test's transaction.
    monkeypatch.setattr(
        django_q_scheduler, "close_old_django_connections", lambda: None
    )
    Schedule.objects.update(next_run=timezone.now() - timedelta(seconds=1))
    django_q_scheduler.scheduler(broker=get_broker(queue))
    due = Schedule.objects.filter(cluster=queue)
    jobs = [(row.key, row.func()) for row in OrmQ.objects.all()]
    assert sorted(jobs) == sorted((queue, schedule.func) for schedule in due)
    assert (queue, "operations.jobs.heartbeat") in jobs
