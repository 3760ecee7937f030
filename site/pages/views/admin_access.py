"""Who may use which URLs of the CMS.

People who may not edit anything get 404 for all of them. Editors get 404 for every URL of a
page, file or collection of a working group that they are not in: edit, history, preview,
usage, compare, choose. Wagtail's permissions refuse most of those too; this is a second check.
"""

import re
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import Http404
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page

from files.models import Document, Image, Media
from people.access import access_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

    from people.access import Access

# The models that arguments of Wagtail's URLs refer to; that of `pk` depends on the path.
_MODELS_BY_ARGUMENT: "dict[str, type[Model]]" = {
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
    "redirect_id": Redirect,
}
_MODELS_BY_PATH: "dict[str, type[Model]]" = {
    "pages": Page,
    "documents": Document,
    "images": Image,
    "media": Media,
    "collections": Collection,
}
_PATH_WITH_PK = re.compile(
    r"\b(pages|documents|images|media|collections)/(?:chooser/chosen/)?<"
)


def require_cms_access(view: "Callable") -> "Callable":
    """Answer with 404 to users who may not use the CMS, and for what it hides from them.

    Wagtail would redirect them to sign in, and sign-in would redirect them back.
    """

    @wraps(view)
    def checked_view(
        request: "HttpRequest", *args: Any, **kwargs: Any
    ) -> "HttpResponse":
        user = request.user
        if user.is_authenticated:
            if not user.has_perm("wagtailadmin.access_admin"):
                raise Http404
            if not user.is_superuser and _is_hidden(user, request.resolver_match):
                raise Http404
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return checked_view


def _is_hidden(user: Any, match: Any) -> bool:
    return any(
        _is_hidden_object(access_of(user), model, key)
        for model, key in _objects_of(match)
    )


def _objects_of(match: Any) -> "Iterator[tuple[type[Model], Any]]":
    if "revisions/compare" in match.route:  # by place in Wagtail 7, by name in 8
        yield Page, match.args[0] if match.args else match.kwargs["pk"]
    for name, key in match.kwargs.items():
        if name in _MODELS_BY_ARGUMENT:
            yield _MODELS_BY_ARGUMENT[name], key
        elif name == "pk" and (found := _PATH_WITH_PK.search(match.route)):
            yield _MODELS_BY_PATH[found.group(1)], key
    if "object_id" in match.kwargs:
        yield from _named_object(**match.kwargs)


def _named_object(
    *, app_label: str, model_name: str, object_id: str, **others: Any
) -> "Iterator[tuple[type[Model], Any]]":
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        return
    for known in (Page, Document, Image, Media, Collection):
        if issubclass(model, known):
            yield known, object_id


def _is_hidden_object(access: "Access", model: "type[Model]", key: Any) -> bool:
    if not str(key).isdecimal():
        return False
    found = model._default_manager.filter(pk=key)
    if model is Page:
        path = found.values_list("path", flat=True).first()
        return path is not None and not access.cms_shows_page(path)
    if model is Redirect:
        path = found.values_list("redirect_page__path", flat=True).first()
        return path is not None and not access.cms_shows_page(path)
    column = "path" if model is Collection else "collection__path"
    path = found.values_list(column, flat=True).first()
    return path is not None and not access.cms_shows_collection(path)
