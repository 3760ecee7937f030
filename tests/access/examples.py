"""Paths to request for a URL pattern: for rows that exist, and for rows that do not."""

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Site, Task, Workflow

from files.models import Document, Image, Media
from people.models import User

from .addresses import Address
from .guarded import GROUP_WORD, MEMBERS_WORD, GuardedSite

if TYPE_CHECKING:
    from collections.abc import Callable

NOWHERE = 987_654_321

_PAGE = ("page_id", "parent_page_id", "page_to_move_id", "page_pk")
# The model of the parameter `pk` in URLs of the CMS.
_PK_OF: dict[str, type[Model]] = {
    "cms/collections/": Collection,
    "cms/workflows/tasks/": Task,
    "cms/workflows/": Workflow,
    "cms/sites/": Site,
    "cms/users/": User,
    "cms/groups/": Group,
    "cms/documents/": Document,
    "cms/images/": Image,
    "cms/media/": Media,
    "cms/redirects/": Redirect,
    "cms/api/main/^documents": Document,
    "cms/api/main/^images": Image,
}


class Examples:
    """Fills URL patterns with the public content of a site."""

    def __init__(self, site: GuardedSite) -> None:
        self.site = site
        tree, public = site.tree, site.files[""]
        page = tree.session
        self.values: dict[str, Any] = dict.fromkeys(_PAGE, page.pk) | {
            "destination_id": tree.library.pk,
            "revision_id": page.latest_revision_id,
            "document_id": public.document.pk,
            "doc_id": public.document.pk,
            "image_id": public.image.pk,
            "media_id": public.media.pk,
            "public_id": public.document.public_id,
            "filename": public.document.filename,
            "name": public.image.file.name,
            "slug": tree.topic.slug,
            "track": tree.recording.caption_tracks.get().pk,
            "filter_spec": "width-32",
            "action_name": "approve",
            "action": "delete",
            "app_label": page._meta.app_label,
            "model_name": page._meta.model_name,
            "app_name": page._meta.app_label,
            "content_type_app_name": page._meta.app_label,
            "content_type_model_name": page._meta.model_name,
            "object_id": page.pk,
            "kind": "o",
            "person": site.findable.public_id,
            "invitation": "none",
            "token": "none",
            "key": "none",
            "email": EmailAddress.objects.values_list("email").first() or "",
        }

    def of(self, address: Address) -> list[str]:
        """Return the paths; none for an expression that only a test of its own can fill."""
        if address.is_expression or address.route in {"search/", "search/suggest/"}:
            return self._expressions(address)
        return list(
            dict.fromkeys(
                [
                    address.filled(self.present(address)),
                    address.filled(_Absent(self.values)),
                ]
            )
        )

    def present(self, address: Address) -> dict[str, Any]:
        values = _OrOne(self.values)
        if model := _model_of(address):
            first = model._default_manager.order_by("pk").last()
            values["pk"] = first.pk if first else 1
        elif "pk" in address.parameters:
            values["pk"] = self.site.tree.session.pk
        if address.name.startswith("people:"):
            values["public_id"] = self._whose(address)
        if address.name.startswith("session_dates:"):
            values["public_id"] = self.site.tree.session.dates[0].public_id
        return values

    def _whose(self, address: Address) -> str:
        tree = self.site.tree
        if "/g/" in address.route or "/groups/" in address.route:
            return tree.group.public_id
        if "/p/" in address.route:
            return self.site.findable.public_id
        return tree.organization.public_id

    def _expressions(self, address: Address) -> list[str]:
        made: dict[str, Callable[[], list[str]]] = {
            r"^((?:[\w\-]+/)*)$": lambda: [
                "/",
                *(page.url for page in self.site.tree.pages),
                "/no/such/page/",
            ],
            r"search/": lambda: ["/search/", "/search/?q=kettle"],
            r"search/suggest/": lambda: [
                f"/search/suggest/?q={word[:4]}"
                for word in ("kettle", GROUP_WORD, MEMBERS_WORD)
            ],
            r"cms/^.*/$": lambda: ["/cms/no/such/page/"],
        }
        return made[address.route]() if address.route in made else []


def _model_of(address: Address) -> type[Model] | None:
    if address.route.startswith("cms/snippets/"):
        route = address.route.removeprefix("cms/snippets/").removeprefix("choose/")
        parts = route.split("/")
        named = len(parts) > 2 and "<" not in parts[0]
        return apps.get_model(*parts[:2]) if named else None
    for start, model in _PK_OF.items():
        if address.route.startswith(start):
            return model
    return None


class _OrOne(dict):
    """A parameter without a value is 1."""

    def __missing__(self, key: str) -> Any:
        return 1


class _Absent(dict):
    """Numbers of rows that do not exist; strings as they are, since they select the view."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(
            {
                key: NOWHERE if isinstance(value, int) else value
                for key, value in values.items()
            }
        )

    def __missing__(self, key: str) -> Any:
        return NOWHERE
