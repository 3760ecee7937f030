"""Every change of the index goes through here."""

from .care import Differences, compare, repair
from .delivery import LONGEST_AWAY, Delivered, deliver
from .health import probe
from .notes import conceal, note, one_job
from .outside import Outside, compare_outside, repair_outside
from .provision import provision_index
from .rebuilding import KEPT, GateClosedError, Step, clear_away, give_up, rebuild
from .status import Status, status, try_again
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
