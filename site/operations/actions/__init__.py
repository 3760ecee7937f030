"""Enqueue jobs, record heartbeats, write schedules to the database, run the probes."""

from .enqueue import enqueue
from .heartbeat import record_heartbeat, worker_runs
from .probes import probe_database, probe_migrations, probe_worker
from .readiness import run_probes
from .schedules import provision_schedules

__all__ = [
    "enqueue",
    "probe_database",
    "probe_migrations",
    "probe_worker",
    "provision_schedules",
    "record_heartbeat",
    "run_probes",
    "worker_runs",
]
