"""Topics: what there is about each. And the gallery, for those who build."""

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
    """All topics as a tree, with how much a reader finds under each."""
    seen = BasePage.objects.visible_to(request.user).listed().order_by()
    counts = dict(
        Topic.objects.annotate(
            count=Count("pages", filter=Q(pages__in=seen.values("pk")), distinct=True)
        ).values_list("pk", "count")
    )
    tree = TopicTree.load()  # a topic may have come since they were counted
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
    """Everything about one topic and the topics below it, filtered as a listing."""
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
    """Every component in its states. Its address exists only where GALLERY is on."""
    return render(request, "gallery/index.html")
