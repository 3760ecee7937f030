import logging

from django.utils.translation import gettext as _

from operations import registry
from operations.registry import Probe, ProbeResult

log = logging.getLogger(__name__)


def run_probes() -> dict[str, ProbeResult]:
    """Run every registered probe; one that raises is unhealthy, its error is logged."""
    return {name: _run(name, probe) for name, probe in registry.probes().items()}


def _run(name: str, probe: Probe) -> ProbeResult:
    try:
        return probe()
    except Exception:
        log.exception("The probe “%s” failed", name)
        return ProbeResult(healthy=False, message=_("does not answer"))
