"""Every change of the index goes through here."""

from .care import Differences, compare, repair
from .health import probe
from .notes import conceal, note, one_job
from .writing import Applied, apply_changes, index_now, rebuild

__all__ = [
    "Applied",
    "Differences",
    "apply_changes",
    "compare",
    "conceal",
    "index_now",
    "note",
    "one_job",
    "probe",
    "rebuild",
    "repair",
]
