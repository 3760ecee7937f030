"""Chapters: items that become a part of their guide's page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from importing.planning import Plan
from importing.tasks import Task, Tasks
from knowledge.guides.models import GuidePage

from .ledger import Verdict


@dataclass
class Chapters:
    """Records of the chapters of a run; the text is written with the guide."""

    tasks: Tasks

    @property
    def plans(self) -> dict[str, Plan]:
        """All chapters of the library by item, also those that need nothing."""
        return {plan.id: plan for plan in self.tasks.plans if plan.makes == "chapter"}

    def begin(self) -> None:
        """Note the guide of each new chapter, so that texts can link to the chapter.

        The record has no digest yet: a run that stops here writes the guide next time.
        """
        new = [each for each in self._waiting() if each.verdict is Verdict.CREATE]
        self.tasks.ledger.record(
            (task.plan.id, guide, "", "")
            for task in new
            if (guide := self._guide_of(task.plan)) is not None
        )

    def finish(self) -> None:
        """Record each chapter whose guide was written, and report the others."""
        for task in self._waiting():
            guide = self._guide_of(task.plan)
            if guide is not None and self._is_written(task.plan):
                done = (task.plan.id, guide, task.plan.digest, "")
                self.tasks.ledger.record([done])
                self.tasks.done(task)
            else:
                self.tasks.leave(task, _("Its guide was not written."))

    def _waiting(self) -> list[Task]:
        waiting = self.tasks.waiting
        return [task for task in waiting if task.plan.makes == "chapter"]

    def _guide_of(self, plan: Plan) -> GuidePage | None:
        key = self.tasks.ledger.key(plan.parent)
        return GuidePage(pk=key) if key is not None else None

    def _is_written(self, plan: Plan) -> bool:
        guide = self.tasks.planner.refs.guides.get(plan.parent)
        row = self.tasks.ledger.rows.get(plan.parent)
        return guide is not None and row is not None and row.digest == guide.digest
