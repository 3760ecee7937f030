"""What the apps above declare to operations: jobs and their queues, schedules, probes.

Every app registers its own in `AppConfig.ready`, so that nothing here names another app.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured


class Queue(StrEnum):
    """The queues of background work; each has a worker of its own."""

    URGENT = "urgent"
    BULK = "bulk"


@dataclass(frozen=True)
class Schedule:
    """A job that runs every so many minutes, by its dotted path."""

    name: str
    job: str
    minutes: int
    queue: Queue


@dataclass(frozen=True)
class ProbeResult:
    """Whether a part of the site works, and a message that may be shown to anyone."""

    healthy: bool
    message: str


Probe = Callable[[], ProbeResult]

_queues: dict[str, Queue] = {}
_schedules: dict[str, Schedule] = {}
_probes: dict[str, Probe] = {}


def register_job(job: str, *, queue: Queue) -> None:
    """Put the job, named by its dotted path, into a queue whenever it is enqueued.

    A job that nobody registers goes to the bulk queue. Raises ImproperlyConfigured if the
    job is registered for another queue already.
    """
    if _queues.setdefault(job, queue) != queue:
        raise ImproperlyConfigured(f"{job} is registered for two queues.")


def register_schedule(
    name: str,
    *,
    job: str,
    minutes: int,
    queue: Queue = Queue.BULK,
) -> None:
    """Run the job, named by its dotted path, every so many minutes in the queue.

    `migrate` writes the schedule to the database. Raises ImproperlyConfigured if another
    schedule has the name.
    """
    schedule = Schedule(name, job, minutes, queue)
    if _schedules.setdefault(name, schedule) != schedule:
        raise ImproperlyConfigured(f"Two schedules are called “{name}”.")


def register_probe(name: str, probe: Probe) -> None:
    """Let `/readyz` call the probe and show its result under the name.

    Raises ImproperlyConfigured if another probe has the name.
    """
    if _probes.setdefault(name, probe) is not probe:
        raise ImproperlyConfigured(f"Two probes are called “{name}”.")


def queue_of(job: str) -> Queue:
    """Return the queue that the job was registered for: bulk, if it was not."""
    return _queues.get(job, Queue.BULK)


def jobs() -> set[str]:
    """Return the dotted paths of all jobs that were registered or scheduled."""
    return {*_queues, *(schedule.job for schedule in _schedules.values())}


def schedules() -> list[Schedule]:
    """Return all schedules, in the order in which they were registered."""
    return list(_schedules.values())


def probes() -> dict[str, Probe]:
    """Return all probes by their names, in the order in which they were registered."""
    return dict(_probes)
