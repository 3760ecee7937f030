"""Register organizations, working groups and contributors in the CMS."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import router
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .views.cms import PeopleGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

register_snippet(PeopleGroup)


@hooks.register("before_delete_snippet")
def refuse_to_delete_what_is_needed(
    request: "HttpRequest", instances: "Sequence[Any]"
) -> "HttpResponse | None":
    """Refuse to delete a snippet that other rows protect, alone or with others.

    Wagtail asks its reference index, which follows changes later, and in a bulk action it
    does not ask at all: both would fail in the database.
    """
    if request.method != "POST":
        return None
    needed = next(filter(_is_protected, instances), None)
    if needed is None:
        return None
    messages.error(
        request,
        _("{name} cannot be deleted: something on the site still needs it.").format(
            name=needed
        ),
    )
    return redirect(needed.snippet_viewset.get_url_name("list"))


def _is_protected(instance: Any) -> bool:
    collector = Collector(using=router.db_for_write(type(instance)), origin=instance)
    try:
        collector.collect([instance])
    except ProtectedError:
        return True
    return False
