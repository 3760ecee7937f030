"""Background work: the two queues of django-q2, which calls a queue a cluster."""

from . import env

# A job whose worker was killed runs again after WORKER_RETRY_SECONDS; a job may take four
# fifths of that (operations.E003).
_RETRY = env.number("WORKER_RETRY_SECONDS", 300, least=5)
# Which queue a worker reads; django-q2 reads the variable itself, before any argument.
WORKER_QUEUE = env.choice("Q_CLUSTER_NAME", "bulk", ("urgent", "bulk"))
Q_CLUSTER = {
    # Signs the jobs of both queues.
    "name": "everydoor",
    "cluster_name": "bulk",
    "orm": "default",
    "workers": env.number("WORKER_PROCESSES", 1, least=1),
    "timeout": _RETRY * 4 // 5,
    "retry": _RETRY,
    "max_attempts": 5,
    "ack_failures": False,
    "poll": 0.5,
    "queue_limit": 8,
    "bulk": 1,
    "catch_up": False,
    "save_limit": 250,
    "label": "Background work",
    "ALT_CLUSTERS": {
        "urgent": {
            # One for a sign-in code while another changes the index.
            "workers": env.number("URGENT_WORKER_PROCESSES", 2, least=1),
            "poll": 0.2,
            # What a killed worker has fetched is lost until it is retried.
            "queue_limit": 2,
        }
    },
}
# /readyz: longer than the longest job and the minute between two heartbeats.
WORKER_SILENCE_SECONDS = env.number("WORKER_SILENCE_SECONDS", _RETRY + 60, least=10)
