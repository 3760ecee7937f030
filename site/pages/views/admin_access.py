"""Who comes into the CMS, and to which of its addresses.

Whoever may not edit anything finds no CMS. Whoever may edit finds none of the pages, files
and folders that are kept for groups of others, whatever the address: edit, history, preview,
usage, compare, choose. Wagtail's own permissions say the same; this is the second lock.
"""

import re
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404
from wagtail.models import Collection, Page

from files.models import Document, Image, Media
from people.access import access_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

    from people.access import Access

# What the arguments of Wagtail's addresses stand for; `pk` depends on the address.
_MEANS: "dict[str, type[Model]]" = {
    "page_id": Page,
    "page_pk": Page,
    "parent_page_id": Page,
    "page_to_move_id": Page,
    "destination_id": Page,
    "document_id": Document,
    "doc_id": Document,
    "image_id": Image,
    "media_id": Media,
    "collection_id": Collection,
}
_ITS_PK: "dict[str, type[Model]]" = {
    "pages": Page,
    "documents": Document,
    "images": Image,
    "media": Media,
    "collections": Collection,
}
_PK_IN = re.compile(
    r"\b(pages|documents|images|media|collections)/(?:chooser/chosen/)?<"
)


def only_for_those_who_edit(view: "Callable") -> "Callable":
    """404 for whoever may not enter the CMS, and for what is hidden from them in it.

    Wagtail would send the person to sign in, and sign-in, which knows the person, back.
    """

    @wraps(view)
    def answer(request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponse":
        user = request.user
        if user.is_authenticated:
            if not user.has_perm("wagtailadmin.access_admin"):
                raise Http404
            if not user.is_superuser and _is_hidden(user, request.resolver_match):
                raise Http404
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return answer


def _is_hidden(user: Any, match: Any) -> bool:
    return any(_is_shut(access_of(user), model, key) for model, key in _asked(match))


def _asked(match: Any) -> "Iterator[tuple[type[Model], Any]]":
    if "revisions/compare" in match.route:  # by place in Wagtail 7, by name in 8
        yield Page, match.args[0] if match.args else match.kwargs["pk"]
    for name, key in match.kwargs.items():
        if name in _MEANS:
            yield _MEANS[name], key
        elif name == "pk" and (found := _PK_IN.search(match.route)):
            yield _ITS_PK[found.group(1)], key


def _is_shut(access: "Access", model: "type[Model]", key: Any) -> bool:
    if not str(key).isdecimal():
        return False
    found = model._default_manager.filter(pk=key)
    if model is Page:
        path = found.values_list("path", flat=True).first()
        return path is not None and not access.cms_shows_page(path)
    column = "path" if model is Collection else "collection__path"
    path = found.values_list(column, flat=True).first()
    return path is not None and not access.cms_shows_collection(path)
