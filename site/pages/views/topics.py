"""The pages of topics, and the gallery of components for developers."""

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render

from pages.models import (
    BasePage,
    Listing,
    ListingFilter,
    Topic,
    TopicTree,
    kinds,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def topics(request: "HttpRequest") -> "HttpResponse":
    """Show all topics as a tree, with how many pages the user finds under each."""
    seen = BasePage.objects.visible_to(request.user).listed().order_by()
    counts = dict(
        Topic.objects.annotate(
            count=Count("pages", filter=Q(pages__in=seen.values("pk")), distinct=True)
        ).values_list("pk", "count")
    )
    tree = TopicTree.load()  # after the counts: a new topic then counts as 0
    roots = [
        {
            "topic": root,
            "count": sum(counts.get(pk, 0) for pk in tree.with_descendants(root)),
            "children": [(each, counts.get(each.pk, 0)) for each in tree.under(root)],
        }
        for root in tree.roots()
    ]
    return render(request, "pages/topics.html", {"roots": roots, "door": "library"})


def topic(request: "HttpRequest", slug: str) -> "HttpResponse":
    """Show everything about one topic and the topics below it, as a listing."""
    tree = TopicTree.load()
    found = tree.by_slug.get(slug)
    if found is None:
        raise Http404
    listing = Listing(
        pages=BasePage.objects.about_topics(tree.with_descendants(found)),
        models=list(kinds().values()),
        wanted=ListingFilter.read(request.GET),
        viewer=request.user,
    )
    rows = listing.page(request.GET.get("page"))
    context = {
        "door": "library",
        "topic": found,
        "parts": tree.under(found),
        "listing": listing,
        "rows": rows,
        "count": rows.paginator.count,
    }
    return render(request, "pages/topic.html", context)


def gallery(request: "HttpRequest") -> "HttpResponse":
    """Show every component in its states; only with the setting GALLERY."""
    return render(request, "gallery/index.html")
