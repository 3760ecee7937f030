"""Redirect former URLs to the new pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from importing.addresses import ItemLinks
from importing.conversion.links import ITEM, resolve, target_of
from importing.planning import Plan, Skip
from importing.planning.references import References

from .keys import Keys

_LONGEST = 255
_BATCH = 500


@dataclass
class Redirects:
    """How many former URLs got a redirect, and why the others did not."""

    created: int = 0
    unchanged: int = 0
    taken: int = 0
    nowhere: int = 0
    too_long: int = 0


@dataclass(frozen=True)
class _Wish:
    path: str
    page_id: int | None
    link: str
    #: Route on the page, for a chapter of a guide.
    route: str = ""


def write_redirects(
    plans: Iterable[Plan], skips: Iterable[Skip], refs: References, keys: Keys
) -> Redirects:
    """Create a redirect for every former URL whose target exists.

    If several items claim a URL, the first gets it. Existing redirects are not changed.
    """
    done = Redirects()
    wishes: dict[str, _Wish] = {}
    for wish in (*_of_plans(plans, keys), *_of_skips(skips, refs, keys)):
        if wish.page_id is None and not wish.link:
            done.nowhere += 1
        elif len(wish.path) > _LONGEST or len(wish.link) > _LONGEST:
            done.too_long += 1
        elif wish.path in wishes:
            done.taken += wishes[wish.path] != wish
        elif wish.path not in {"", "/"}:
            wishes[wish.path] = wish
    _write(list(wishes.values()), done)
    return done


def _wish(alias: str, page_id: int | None, link: str, route: str = "") -> _Wish:
    path = Redirect.normalise_path(alias if alias.startswith("/") else f"/{alias}")
    return _Wish(path, page_id, link, route)


def _of_plans(plans: Iterable[Plan], keys: Keys) -> Iterable[_Wish]:
    for plan in plans:
        for alias in plan.aliases:
            link = keys.topic_address(plan.id) if plan.makes == "topic" else ""
            route = f"/{plan.slug}" if plan.makes == "chapter" else ""
            yield _wish(alias, keys.page(plan.id), link, route)


def _of_skips(skips: Iterable[Skip], refs: References, keys: Keys) -> Iterable[_Wish]:
    """Yield redirects for items that only redirected readers, for all their URLs."""
    for skip in skips:
        if not skip.leads_to:
            continue
        found = resolve(skip.leads_to, ItemLinks(refs.addresses, skip.item))
        target = target_of(found.href) if found.href.startswith(ITEM) else ""
        page_id = keys.page(target) if target else None
        chapter = keys.chapters.get(target)
        route = f"/{chapter.slug}" if chapter else ""
        link = found.href if found.href.startswith(("http://", "https://")) else ""
        own = [skip.item.text("url"), *skip.item.texts("aliases")]
        for alias in own or [skip.item.id]:
            if alias:
                yield _wish(alias, page_id, link, route)


def _write(wishes: list[_Wish], done: Redirects) -> None:
    for start in range(0, len(wishes), _BATCH):
        batch = wishes[start : start + _BATCH]
        with transaction.atomic():
            rows = Redirect.objects.filter(
                site=None, old_path__in=[w.path for w in batch]
            )
            known = dict(rows.values_list("old_path", "redirect_page_id"))
            there = Page.objects.filter(pk__in=[w.page_id for w in batch])
            pages = set(there.values_list("pk", flat=True))
            new = [
                w
                for w in batch
                if w.path not in known and (w.link or w.page_id in pages)
            ]
            Redirect.objects.bulk_create(
                Redirect(
                    old_path=w.path,
                    redirect_page_id=w.page_id,
                    redirect_page_route_path=w.route,
                    redirect_link=w.link,
                )
                for w in new
            )
            done.created += len(new)
            done.unchanged += len(known)
