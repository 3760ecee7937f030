from typing import Any

from django.utils.module_loading import import_string
from django_q.tasks import async_task


def enqueue(job: str, /, *args: Any, **keywords: Any) -> None:
    """The worker calls `job` (its dotted path) once the caller's transaction is committed,
    and again if it was killed meanwhile: a job is harmless to repeat.

    The queue is a table: where the transaction is rolled back, the job was never there.
    Raises ImportError where there is no such job, so that a wrong name is found by
    the one who writes it.
    """
    import_string(job)
    async_task(job, *args, **keywords)
