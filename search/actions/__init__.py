"""Every change of the index goes through here."""

from .changes import conceal, note, one_job
from .consistency import Differences, compare, repair
from .delivery import LONGEST_AWAY, Delivered, deliver
from .engine_consistency import Outside, compare_outside, repair_outside
from .index_status import Status, status, try_again
from .initial_state import provision_index
from .readiness import probe
from .rebuilding import KEPT, GateClosedError, Step, clear_away, give_up, rebuild
from .terms import count_search, forget_terms
from .writing import Applied, apply_changes, index_now

__all__ = [
    "KEPT",
    "LONGEST_AWAY",
    "Applied",
    "Delivered",
    "Differences",
    "GateClosedError",
    "Outside",
    "Status",
    "Step",
    "apply_changes",
    "clear_away",
    "compare",
    "compare_outside",
    "conceal",
    "count_search",
    "deliver",
    "forget_terms",
    "give_up",
    "index_now",
    "note",
    "one_job",
    "probe",
    "provision_index",
    "rebuild",
    "repair",
    "repair_outside",
    "status",
    "try_again",
]
