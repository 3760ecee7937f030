import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from operations.models import WorkerBeat

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """What a probe found: fit or not, in words fit for anybody's eyes."""

    well: bool
    words: str


@dataclass(frozen=True)
class Reading:
    """A finding under the name of its probe."""

    name: str
    well: bool
    words: str


Probe = Callable[[], Finding]
_probes: dict[str, Probe] = {}


def register_probe(name: str, probe: Probe) -> None:
    """`/readyz` asks it from now on. A later probe of the same name takes its place."""
    _probes[name] = probe


def read_probes() -> list[Reading]:
    """What every probe finds; one that fails is a finding too, its reason in the log."""
    return [_read(name, probe) for name, probe in _probes.items()]


def _read(name: str, probe: Probe) -> Reading:
    try:
        found = probe()
    except Exception:
        log.exception("The probe “%s” failed", name)
        found = Finding(well=False, words=_("does not answer"))
    return Reading(name=name, well=found.well, words=found.words)


def database() -> Finding:
    """The database answers a question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding(well=True, words=_("answers"))


_migrated = False


def migrations() -> Finding:
    """Every migration has been applied. Once found so, it stays so for this process."""
    global _migrated  # noqa: PLW0603  (a process that has seen it need not look again)
    if not _migrated:
        executor = MigrationExecutor(connection)
        left = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if left:
            words = _("%(count)d to apply: run manage.py migrate") % {
                "count": len(left)
            }
            return Finding(well=False, words=words)
        _migrated = True
    return Finding(well=True, words=_("all applied"))


def worker() -> Finding:
    """Some worker was seen within WORKER_SILENCE_SECONDS."""
    latest = WorkerBeat.objects.order_by("-seen_at").first()
    if latest is None:
        return Finding(
            well=False, words=_("never seen: start one with manage.py qcluster")
        )
    silence = timezone.now() - latest.seen_at
    words = _("seen %(seconds)d seconds ago") % {"seconds": silence.total_seconds()}
    limit = timedelta(seconds=settings.WORKER_SILENCE_SECONDS)
    return Finding(well=silence <= limit, words=words)


register_probe("database", database)
register_probe("migrations", migrations)
register_probe("worker", worker)
