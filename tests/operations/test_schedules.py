"""What the database will run is what the settings say."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from operations import jobs
from operations.actions import enqueue, provision_schedules
from operations.models import WorkerBeat

pytestmark = pytest.mark.django_db


def rows() -> dict[str | None, tuple[str, int | None]]:
    return {row.name: (row.func, row.minutes) for row in Schedule.objects.all()}


def test_after_migrating_every_schedule_is_there(settings: Any) -> None:
    expected = {"everydoor." + name: row for name, row in settings.SCHEDULES.items()}
    assert rows() == expected
    assert "everydoor.publish" in expected


def test_provisioning_again_changes_nothing() -> None:
    soon = timezone.now()
    Schedule.objects.update(next_run=soon)
    provision_schedules()
    assert set(Schedule.objects.values_list("next_run", flat=True)) == {soon}


def test_a_changed_rhythm_is_taken_over_and_a_dropped_job_goes(settings: Any) -> None:
    Schedule.objects.create(name="somebody's own", func="math.floor")
    settings.SCHEDULES = {"heartbeat": ("operations.jobs.heartbeat", 5)}
    provision_schedules()
    assert rows() == {
        "everydoor.heartbeat": ("operations.jobs.heartbeat", 5),
        "somebody's own": ("math.floor", None),
    }


def test_the_heartbeat_is_a_beat() -> None:
    jobs.heartbeat()
    assert WorkerBeat.objects.count() == 1


def test_old_sign_ins_are_forgotten() -> None:
    Session.objects.create(session_key="old", expire_date=timezone.now())
    jobs.forget_old_sign_ins()
    assert not Session.objects.exists()


def test_a_job_that_does_not_exist_is_refused_when_it_is_enqueued() -> None:
    with pytest.raises(ImportError):
        enqueue("operations.jobs.no_such_job")
    assert not OrmQ.objects.exists()
