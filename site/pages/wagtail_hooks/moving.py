"""Ask before a copied or moved page is open to more people than today."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.models import Page, PageViewRestriction

from pages.access import wider_access
from pages.actions import confirm_wider_access
from people.models import WorkingGroup
from people.querysets import MEMBERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.http import HttpRequest

    from people.models import Restriction

#: The field of the form that holds what was confirmed.
CONFIRMED = "wider_access"


@hooks.register("before_copy_page")
def ask_before_copying(request: "HttpRequest", page: Page) -> TemplateResponse | None:
    """Ask once the form is valid. An alias is as private as its source anyway."""
    if request.method != "POST":
        return None
    form_class = getattr(page.specific_class, "copy_form_class", CopyForm)
    form = form_class(request.POST, user=request.user, page=page)
    if not form.is_valid() or form.cleaned_data.get("alias"):
        return None
    parent = form.cleaned_data["new_parent_page"]
    return _ask(request, [page], parent, _("Copy it all the same"), copying=True)


@hooks.register("before_move_page")
def ask_before_moving(
    request: "HttpRequest", page: Page, destination: Page
) -> TemplateResponse | None:
    """Ask in place of Wagtail's own question, but nobody who may not move it there."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        return None
    return _ask(request, [page], destination, _("Move it all the same"))


@hooks.register("before_bulk_action")
def ask_before_moving_several(
    request: "HttpRequest", kind: str, pages: "Sequence[Any]", action: Any
) -> TemplateResponse | None:
    """Ask about those pages that more people could see afterwards."""
    if not isinstance(action, MoveBulkAction):
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    return _ask(request, pages, destination, _("Move them all the same"))


def _ask(
    request: "HttpRequest",
    pages: "Iterable[Page]",
    parent: Page,
    label: str,
    *,
    copying: bool = False,
) -> TemplateResponse | None:
    """Ask, or let the pages through if just this was confirmed."""
    wider = [(page, wider_access(page, parent, copying=copying)) for page in pages]
    asked = [(page, access) for page, access in wider if access]
    key = ";".join(f"{page.pk}:{parent.pk}:{access.key}" for page, access in asked)
    if not asked or request.POST.get(CONFIRMED) == key:
        confirm_wider_access(page for page, _access in asked)
        return None
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {CONFIRMED, "csrfmiddlewaretoken"}
    ]
    return TemplateResponse(
        request,
        "cms/wider_access.html",
        {
            "questions": [
                {
                    "page": page,
                    "now": _readers(access.now, request.user),
                    "then": _readers(access.then, request.user),
                }
                for page, access in asked
            ],
            "parent": parent.specific_deferred,
            "copying": copying,
            "label": label,
            "confirmed": CONFIRMED,
            "key": key,
            "sent": sent,
        },
    )


def _readers(restrictions: "Collection[Restriction]", user: Any) -> str:
    """Say who passes the restrictions, naming only groups that the CMS shows to the user."""
    kinds = {each.kind for each in restrictions}
    groups = {
        each.groups for each in restrictions if each.kind == PageViewRestriction.GROUPS
    }
    if PageViewRestriction.PASSWORD in kinds or frozenset() in groups:
        return _("nobody")
    if groups:
        named = sorted(_names(each, user) for each in groups)
        return _("people in {groups}").format(
            groups=_(", who are also in ").join(named)
        )
    if PageViewRestriction.LOGIN in kinds:
        return _("everybody who is signed in")
    return _("everybody, also without signing in")


def _names(keys: "Collection[int]", user: Any) -> str:
    shown = WorkingGroup.objects.shown_in_cms_to(user).filter(group__in=keys)
    names = sorted(shown.values_list("name", flat=True))
    roles = Group.objects.filter(pk__in=keys, working_group=None)
    names += [
        _("the community") if name == MEMBERS else name
        for name in roles.order_by("name").values_list("name", flat=True)
    ]
    if len(names) < len(keys):
        names.append(_("a group that you cannot see"))
    return _(" or ").join(names)
