"""The plans of a run, what to do with each, and the report that results."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .library import Library, Problem
from .planning import Plan, Planner, Skip, left_out
from .report import Report
from .writing.ledger import Ledger, Verdict

Progress = Callable[[str, int, int], None]

_WORDS = {Verdict.CREATE: "created", Verdict.UPDATE: "updated"}


@dataclass
class Task:
    """A plan and what to do with it; parts of an item are counted separately."""

    plan: Plan
    verdict: Verdict
    is_part: bool = False


@dataclass
class Tasks:
    """The tasks of a run; plans that change nothing are counted immediately."""

    library: Library
    report: Report
    overwrite: bool
    progress: Progress
    waiting: list[Task] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    # Plans of everything that is or will be here, for redirects.
    plans: list[Plan] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger = Ledger.load(self.library.source)
        self.planner = Planner(self.library)

    def prepare(self) -> None:
        """Plan every item, and compare the plans with earlier imports."""
        library, report = self.library, self.report
        report.items = len(library.items) + len(library.problems)
        report.skipped += library.problems
        report.notes += library.notes
        self.skips += self.planner.skips
        count = len(self.planner.arriving)
        for number, made in enumerate(self.planner.plans(), 1):
            if isinstance(made, Skip):
                self.skips.append(made)
            else:
                self._take(made)
            self.progress(_("Reading"), number, count)
        for skip in self.skips:
            report.skip(skip.item.id, skip.reason)

    def _take(self, plan: Plan) -> None:
        kind = plan.item.kind
        self.report.left_out.update(f"{kind}: {name}" for name in left_out(plan.item))
        self.plans.append(plan)
        self._judge(plan, is_part=False)
        for part in plan.parts:
            self._judge(part, is_part=True)

    def _judge(self, plan: Plan, *, is_part: bool) -> None:
        self.report.tally.add(plan.tally)
        self.report.notes += [Problem(plan.id, note) for note in plan.notes]
        task = Task(plan, self.ledger.verdict(plan), is_part)
        if task.verdict is Verdict.DELETED and self.overwrite:
            task.verdict = Verdict.CREATE
        if task.verdict is Verdict.DELETED:
            self.leave(task, _("It was deleted here since."))
        elif task.verdict is Verdict.UNCHANGED or self.report.dry_run:
            self.done(task)
        else:
            self.waiting.append(task)

    def done(self, task: Task) -> None:
        """Count an item, or a part of one, as created, updated or unchanged."""
        word = _WORDS.get(task.verdict, "unchanged")
        if task.is_part:
            self.report.parts[word] += 1
        else:
            setattr(self.report, word, getattr(self.report, word) + 1)
        if word != "unchanged":
            self.report.made[task.plan.makes] += 1

    def leave(self, task: Task, reason: str) -> None:
        """Count an item, or a part of one, as skipped for a reason."""
        if task.is_part:
            self.report.parts["skipped"] += 1
            self.report.notes.append(Problem(task.plan.id, reason))
        else:
            self.report.skip(task.plan.id, reason)

    def fail(self, task: Task, error: Exception) -> None:
        words = _("It could not be written: {error}")
        self.leave(task, words.format(error=f"{type(error).__name__}: {error}"))
