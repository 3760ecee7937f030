"""Actions that change the index."""

from .changes import combine_jobs, conceal, continue_in_bulk, note_changes
from .consistency import Differences, compare, repair
from .delivery import MAX_RETRY_DELAY, DeliveryResult, deliver
from .engine_consistency import RemoteDifferences, compare_remote, repair_remote
from .index_status import IndexStatus, index_status, retry_failed
from .initial_state import initialize_index
from .readiness import probe
from .rebuilding import (
    RETENTION,
    IndexDiffersError,
    Progress,
    cancel_rebuild,
    drop_old_generations,
    rebuild,
)
from .terms import count_search, forget_terms
from .writing import Applied, apply_changes, index_now

__all__ = [
    "MAX_RETRY_DELAY",
    "RETENTION",
    "Applied",
    "DeliveryResult",
    "Differences",
    "IndexDiffersError",
    "IndexStatus",
    "Progress",
    "RemoteDifferences",
    "apply_changes",
    "cancel_rebuild",
    "combine_jobs",
    "compare",
    "compare_remote",
    "conceal",
    "continue_in_bulk",
    "count_search",
    "deliver",
    "drop_old_generations",
    "forget_terms",
    "index_now",
    "index_status",
    "initialize_index",
    "note_changes",
    "probe",
    "rebuild",
    "repair",
    "repair_remote",
    "retry_failed",
]
