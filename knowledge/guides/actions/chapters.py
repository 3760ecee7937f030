"""Published chapters keep their URLs."""

from typing import Any

from wagtail.contrib.redirects.models import Redirect

from knowledge.guides.models import GuidePage


def keep_chapter_urls(*, instance: GuidePage, **_signal: Any) -> None:
    """Store the URL part of each chapter before a live guide is saved.

    A chapter whose URL part was changed by hand gets a redirect from the old URL. Handles
    `pre_save`, so it also covers scheduled publication and reverting to a revision.
    """
    if not instance.live:
        return
    published = instance.published_slugs()
    instance.store_slugs()
    for chapter in instance.text.chapters:
        before = published.get(chapter.block_id, chapter.slug)
        if before != chapter.slug:
            _redirect(instance, before, chapter.slug)


def _redirect(guide: GuidePage, before: str, after: str) -> None:
    if (base := guide.get_url()) is None:
        return
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(f"{base}{before}/"),
        site=None,
        defaults={
            "redirect_page": guide,
            "redirect_page_route_path": f"/{after}",
            "redirect_link": "",
            "automatically_created": True,
        },
    )
