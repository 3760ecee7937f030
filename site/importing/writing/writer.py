"""Write all tasks of a run in batches; one bad item never stops the rest."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from importing.library import Problem
from importing.tasks import Task, Tasks
from pages.models import BasePage
from search.actions import combine_jobs, index_now

from .chapters import Chapters
from .files import write_file
from .keys import Keys
from .ledger import Verdict
from .pages import MODELS as PAGES
from .pages import Filling, bare
from .publishing import publish
from .redirects import write_redirects
from .rows import MODELS as ROWS
from .rows import Rows, mark_of
from .session_dates import SessionDates
from .shelves import open_shelves
from .tree import append

# Items per transaction: on SQLite nobody else can write meanwhile, so they are few.
_ROWS, _BARE, _FULL, _FOUND = 50, 50, 10, 50
# Seconds between two transactions. A process that waits for SQLite retries only every tenth
# of a second, and without the pause would find the database locked each time.
_PAUSE = 0.025


class EditedSinceError(Exception):
    """Somebody has edited here what an item became."""

    def __str__(self) -> str:
        return _("It was edited here since.")


@dataclass
class Writer:
    """Writes the tasks of one run, in an order in which targets precede references."""

    tasks: Tasks
    pages: dict[str, BasePage] = field(default_factory=dict)
    written: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger = self.tasks.ledger
        self.chapters = Chapters(self.tasks)
        self.keys = Keys(self.ledger, self.chapters.plans)
        self.filling = Filling(self.keys)
        self.rows = Rows(self.ledger)
        self.dates = SessionDates(self.ledger, self.tasks.report, self.tasks.overwrite)

    def write(self) -> None:
        """Write all waiting tasks, then redirects, then the search index."""
        with combine_jobs():
            self._write()
            self._find()

    def _write(self) -> None:
        self._files()
        for makes in ROWS:
            tasks = self._of(makes)
            # A topic finds its parent in the ledger, so each is recorded separately.
            size = 1 if makes == "topic" else _ROWS
            self._each(_("People and topics"), tasks, self._row, size=size)
        self.keys.shelves = open_shelves(self._shelves())
        self._pages([task for task in self.tasks.waiting if task.plan.makes in PAGES])
        self.chapters.finish()
        self._redirects()
        self.tasks.report.links_lost = self.keys.lost

    def _of(self, makes: str) -> list[Task]:
        """Return the waiting tasks of one kind, parents before their children."""
        found = [task for task in self.tasks.waiting if task.plan.makes == makes]
        parents = {task.plan.id: task.plan.fields.get("parent", "") for task in found}
        return sorted(found, key=lambda task: _depth(task.plan.id, parents))

    def _shelves(self) -> set[str]:
        plans = self.tasks.plans
        parts = [part for plan in plans for part in plan.parts]
        return {plan.shelf for plan in (*plans, *parts)} - {""}

    def _files(self) -> None:
        library = self.tasks.library
        for number, file in enumerate(library.files.values(), 1):
            try:
                self.tasks.report.files[write_file(file, library, self.ledger)] += 1
            except Exception as error:  # One bad file must not stop the rest.
                self.tasks.report.files["skipped"] += 1
                self.tasks.report.notes.append(Problem(file.name, str(error)))
            self.tasks.progress(_("Files"), number, len(library.files))

    def _redirects(self) -> None:
        made = write_redirects(
            self.tasks.plans, self.tasks.skips, self.tasks.planner.refs, self.keys
        )
        self.tasks.report.redirects = vars(made)

    def _find(self) -> None:
        """Index the pages now; if this is stopped, the worker does it from their notes."""
        for start in range(0, len(self.written), _FOUND):
            keys = self.written[start : start + _FOUND]
            index_now(BasePage.objects.filter(pk__in=keys))
            done = start + len(keys)
            self.tasks.report.indexed = done
            self.tasks.progress(_("Search"), done, len(self.written))
            _pause()

    # --- batches ----------------------------------------------------------------------
    def _each(
        self, stage: str, tasks: Sequence[Task], act: "_Act", *, size: int
    ) -> None:
        """Act on each task, many in one transaction; if one fails, one by one."""
        for number, batch in _batches(tasks, size):
            try:
                with transaction.atomic():
                    done = [act(task) for task in batch]
                    self.ledger.record(done)
            except Exception:  # Retried below, one by one.
                self._one_by_one(batch, act)
            else:
                for task in batch:
                    self.tasks.done(task)
            self.tasks.progress(stage, number, len(tasks))

    def _one_by_one(self, batch: Sequence[Task], act: "_Act") -> None:
        for task in batch:
            try:
                with transaction.atomic():
                    self.ledger.record([act(task)])
            except EditedSinceError as error:
                self.tasks.leave(task, str(error))
            except Exception as error:  # The others continue.
                self.tasks.fail(task, error)
            else:
                self.tasks.done(task)

    # --- rows -------------------------------------------------------------------------
    def _row(self, task: Task) -> "_Done":
        plan = task.plan
        row = self.ledger.rows.get(plan.id)
        if task.verdict is Verdict.CREATE or row is None:
            thing, adopted = self.rows.make(plan)
            return plan.id, thing, plan.digest, "" if adopted else mark_of(thing)
        thing = ROWS[plan.makes]._default_manager.get(pk=row.object_id)
        if mark_of(thing) != row.mark and not self.tasks.overwrite:
            raise EditedSinceError
        self.rows.fill(thing, plan)
        thing.save()
        return plan.id, thing, plan.digest, mark_of(thing)

    # --- pages ------------------------------------------------------------------------
    def _pages(self, tasks: list[Task]) -> None:
        new = [task for task in tasks if task.verdict is Verdict.CREATE]
        new = self._take_places(new)
        self.chapters.begin()
        for number, batch in _batches(new, _FULL):
            try:
                self._publish(batch)
            except Exception:  # Retried below, one by one.
                self._publish_one_by_one(batch)
            else:
                for task in batch:
                    self.tasks.done(task)
            self.tasks.progress(_("Pages"), number, len(new))
        changed = [task for task in tasks if task.verdict is Verdict.UPDATE]
        self._each(_("Changed pages"), changed, self._update, size=1)

    def _take_places(self, tasks: list[Task]) -> list[Task]:
        """Add every new page to the tree, so that texts can link to it."""
        begun = [task for task in tasks if self.ledger.key(task.plan.id) is not None]
        for task in begun:
            page = PAGES[task.plan.makes]._default_manager.get(
                pk=self.ledger.key(task.plan.id)
            )
            self.pages[task.plan.id] = page
        fresh = [task for task in tasks if task.plan.id not in self.pages]
        for parent, group in _by_parent(fresh):
            for _number, batch in _batches(group, _BARE):
                self._append(parent, batch)
        return [task for task in tasks if task.plan.id in self.pages]

    def _append(self, parent: str, batch: Sequence[Task]) -> None:
        parent_id = self._parent_id(parent)
        try:
            if parent_id is None:
                raise LookupError(_("the page above it did not arrive"))
            self._append_all(parent_id, batch)
        except Exception as error:  # Retried one by one.
            if len(batch) == 1:
                self.tasks.fail(batch[0], error)
                return
            for task in batch:
                self._append(parent, [task])

    def _parent_id(self, parent: str) -> int | None:
        shelf = self.keys.shelves.get(parent)
        return shelf.pk if shelf is not None else self.keys.page(parent)

    def _append_all(self, parent_id: int, batch: Sequence[Task]) -> None:
        with transaction.atomic():
            pages = [bare(task.plan) for task in batch]
            append(parent_id, pages)
            self.ledger.record(
                (task.plan.id, page, "", "")
                for task, page in zip(batch, pages, strict=True)
            )
        for task, page in zip(batch, pages, strict=True):
            self.pages[task.plan.id] = page

    def _publish(self, batch: Sequence[Task]) -> None:
        pages = [self.pages[task.plan.id] for task in batch]
        for task, page in zip(batch, pages, strict=True):
            self.filling.fill(page, task.plan)
        with transaction.atomic():
            for task, page in zip(batch, pages, strict=True):
                self.dates.write(page, task.plan)
            publish(pages, live=[task.plan.live for task in batch])
            self.ledger.record(
                (task.plan.id, page, task.plan.digest, str(page.latest_revision_id))
                for task, page in zip(batch, pages, strict=True)
            )
        self.written += [page.pk for page in pages]

    def _publish_one_by_one(self, batch: Sequence[Task]) -> None:
        for task in batch:
            try:
                self._publish([task])
            except Exception as error:  # The others continue.
                self.tasks.fail(task, error)
            else:
                self.tasks.done(task)

    def _update(self, task: Task) -> "_Done":
        """Update a page by a new revision, Wagtail's usual way, with all signals."""
        plan, row = task.plan, self.ledger.rows[task.plan.id]
        page: Any = PAGES[plan.makes]._default_manager.get(pk=row.object_id)
        if str(page.latest_revision_id) != row.mark and not self.tasks.overwrite:
            raise EditedSinceError
        self.filling.fill(page, plan)
        self.dates.write(page, plan)
        revision = page.save_revision(changed=True)
        if plan.live:
            revision.publish()
        elif page.live:
            page.unpublish()
            said = _("It is a draft in the library now, so it was unpublished here.")
            self.tasks.report.notes.append(Problem(plan.id, said))
        latest = Page.objects.values_list("latest_revision_id", flat=True)
        self.written.append(page.pk)
        return plan.id, page, plan.digest, str(latest.get(pk=page.pk))


_Done = tuple[str, Any, str, str]
_Act = Callable[[Task], _Done]


def _batches(tasks: Sequence[Task], size: int) -> Iterator[tuple[int, Sequence[Task]]]:
    """Yield batches, each with the number of tasks up to its end."""
    for start in range(0, len(tasks), size):
        batch = tasks[start : start + size]
        yield start + len(batch), batch
        _pause()


def _pause() -> None:
    if connection.vendor == "sqlite":
        time.sleep(_PAUSE)


def _depth(item_id: str, parents: dict[str, str]) -> int:
    """Return how many ancestors an item has; a circle of parents ends somewhere."""
    depth = 0
    while depth < len(parents) and (item_id := parents.get(item_id, "")):
        depth += 1
    return depth


def _by_parent(tasks: Sequence[Task]) -> Iterator[tuple[str, list[Task]]]:
    """Yield tasks by parent and type; those below index pages come first."""
    groups: dict[tuple[bool, str, str], list[Task]] = {}
    for task in tasks:
        plan = task.plan
        key = (bool(plan.parent), plan.parent or plan.shelf, plan.makes)
        groups.setdefault(key, []).append(task)
    for (_below, parent, _makes), group in sorted(groups.items()):
        yield parent, sorted(group, key=lambda task: task.plan.order)
