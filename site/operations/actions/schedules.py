from typing import Any

from django.db import transaction
from django_q.models import Schedule as Row

from operations import registry
from operations.registry import Schedule

# The rows that have this prefix are ours to change and delete.
PREFIX = "everydoor."


@transaction.atomic
def provision_schedules() -> None:
    """Make the schedules in the database those that apps registered; safe to repeat.

    When a schedule runs next changes only if the schedule itself did.
    """
    schedules = registry.schedules()
    for schedule in schedules:
        _provision(schedule)
    names = [PREFIX + schedule.name for schedule in schedules]
    Row.objects.filter(name__startswith=PREFIX).exclude(name__in=names).delete()


def _provision(schedule: Schedule) -> None:
    fields = _fields(schedule)
    row, created = Row.objects.get_or_create(
        name=PREFIX + schedule.name, defaults=fields
    )
    if not created and any(getattr(row, name) != fields[name] for name in fields):
        Row.objects.filter(pk=row.pk).update(**fields)


def _fields(schedule: Schedule) -> dict[str, Any]:
    return {
        "func": schedule.job,
        "cluster": str(schedule.queue),
        "schedule_type": Row.MINUTES,
        "minutes": schedule.minutes,
    }
