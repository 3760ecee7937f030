from typing import Any

from django.utils.module_loading import import_string
from django_q.tasks import async_task  # noqa: TID251  (the one place)

from operations import registry
from operations.registry import Queue


def enqueue(job: str, /, *arguments: Any, queue: Queue | None = None) -> None:
    """Have a worker call the job, named by its dotted path, after the transaction commits.

    The queue is the one that the job was registered for, unless another one is given. It
    is a table: if the transaction is rolled back, so is the job. A job whose worker was
    killed runs again, so every job must be idempotent. Raises ImportError if there is no
    such job.
    """
    import_string(job)
    async_task(job, *arguments, cluster=str(queue or registry.queue_of(job)))
