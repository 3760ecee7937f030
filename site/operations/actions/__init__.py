"""Put work in the queue, note that the worker lives, ask whether the house is well."""

from .beats import beat
from .jobs import enqueue
from .probes import Finding, Reading, read_probes, register_probe
from .schedules import provision_schedules

__all__ = [
    "Finding",
    "Reading",
    "beat",
    "enqueue",
    "provision_schedules",
    "read_probes",
    "register_probe",
]
