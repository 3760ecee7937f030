"""Every change of the index goes through here."""

from .care import Differences, compare, repair
from .health import probe
from .notes import conceal, note, one_job
from .terms import count_search, forget_terms
from .writing import Applied, apply_changes, index_now, rebuild

__all__ = [
    "Applied",
    "Differences",
    "apply_changes",
    "compare",
    "conceal",
    "count_search",
    "forget_terms",
    "index_now",
    "note",
    "one_job",
    "probe",
    "rebuild",
    "repair",
]
