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

    When a schedule runs next does not change.
    """
    schedules = registry.schedules()
    for schedule in schedules:
        Row.objects.update_or_create(
            name=PREFIX + schedule.name, defaults=_fields(schedule)
        )
    names = [PREFIX + schedule.name for schedule in schedules]
    Row.objects.filter(name__startswith=PREFIX).exclude(name__in=names).delete()


def _fields(schedule: Schedule) -> dict[str, Any]:
    return {
        "func": schedule.job,
        "cluster": str(schedule.queue),
        "schedule_type": Row.MINUTES,
        "minutes": schedule.minutes,
    }
