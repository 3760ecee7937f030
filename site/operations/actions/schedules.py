from django.conf import settings
from django.db import transaction
from django_q.models import Schedule

# Rows with this before their name are ours to change and to take away.
PREFIX = "everydoor."


@transaction.atomic
def provision_schedules() -> None:
    """The schedules of the database are those of settings.SCHEDULES; when one runs next
    stays as it was unless its rhythm changed."""
    for name, (job, minutes) in settings.SCHEDULES.items():
        schedule, made = Schedule.objects.get_or_create(
            name=PREFIX + name, defaults=_row(job, minutes)
        )
        if not made and (schedule.func, schedule.minutes) != (job, minutes):
            Schedule.objects.filter(pk=schedule.pk).update(**_row(job, minutes))
    wanted = [PREFIX + name for name in settings.SCHEDULES]
    Schedule.objects.filter(name__startswith=PREFIX).exclude(name__in=wanted).delete()


def _row(job: str, minutes: int) -> dict[str, object]:
    return {"func": job, "schedule_type": Schedule.MINUTES, "minutes": minutes}
