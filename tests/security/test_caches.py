"""Attack: press Back after somebody signed out, or ask a shared cache for what it stored.

Asks every URL as every role. What depends on the user must not be stored by any cache; a
file that is public must be revalidated each time, so that it is gone once it is private.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ReferenceIndex

from people.models import User
from tests.access.addresses import addresses
from tests.access.answers import ROLES
from tests.access.closing import close_response
from tests.access.examples import Examples
from tests.access.guarded import MEMBERS_WORD, GuardedSite
from tests.factories import DocumentFactory, FolderFactory, members_group

from .extent import WHOLE

pytestmark = pytest.mark.django_db

# The only URLs that may be the same for everybody: a public file or its captions.
FILES = ("/documents/", "/media/", "/captions/")
# Signing out would change the role.
AVOIDED = ("/accounts/logout/",)


def directives(response: Any) -> set[str]:
    given = response.headers.get("Cache-Control", "")
    return {each.strip() for each in given.split(",") if each.strip()}


def is_kept_out(response: Any) -> bool:
    return "no-store" in directives(response)


def paths(guarded: GuardedSite) -> Iterator[str]:
    examples = Examples(guarded)
    for address in addresses():
        yield from examples.of(address)
    yield from (page.url for page in guarded.kept)
    for files in guarded.files.values():
        yield from (files.document.url, files.image.file.url, files.media.file.url)


@pytest.mark.parametrize("role", ROLES if WHOLE else ("visitor", "owner", "editor"))
def test_no_cache_stores_what_depends_on_the_user(
    role: str, guarded: GuardedSite, client_of: Callable, request: Any
) -> None:
    browser = client_of(request.getfixturevalue(role))
    wrong, asked = [], 0
    for where in paths(guarded):
        if where in AVOIDED:
            continue
        response = browser.get(where)
        close_response(response)
        asked += 1
        wrong += [f"{where}: {problem}" for problem in _problems(where, response)]
    assert asked > 500
    assert not wrong, "\n".join(wrong)


def _problems(where: str, response: Any) -> Iterator[str]:
    given = directives(response)
    depends = "cookie" in response.headers.get("Vary", "").lower() or response.cookies
    if where.startswith(FILES) and "public" in given:
        if given != {"public", "no-cache"}:
            yield f"a file with {given}"
    elif depends and not {"no-store", "private"} <= given:
        yield f"depends on the user, but has {given or 'no header'}"
    elif "public" in given:
        yield f"declared public: {given}"


@pytest.mark.parametrize(
    "where",
    [
        "/account/profile/",
        "/account/sign-in/",
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/email/",
        "/search/?q=night",
    ],
)
def test_the_back_button_shows_nothing_of_a_person(
    member: User, client_of: Callable, where: str
) -> None:
    assert is_kept_out(client_of(member).get(where))


def test_a_page_with_members_captions_is_not_stored(
    guarded: GuardedSite, member: User, client_of: Callable
) -> None:
    captions = guarded.files[MEMBERS_WORD].captions
    response = client_of(member).get(f"/captions/{captions.pk}.vtt")
    assert MEMBERS_WORD in response.content.decode()
    assert is_kept_out(response)


def test_a_document_that_is_made_private_is_gone_from_caches() -> None:
    """A shared cache asks again, by ETag, and is told that there is no such file."""
    document = DocumentFactory()
    before = Client().get(document.url)
    close_response(before)
    assert directives(before) == {"public", "no-cache"}

    document.collection = FolderFactory(groups=[members_group()])
    document.save()

    after = Client().get(document.url, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 404


def test_a_document_that_only_members_may_have_is_never_stored(
    member: User, client_of: Callable
) -> None:
    document = DocumentFactory(collection=FolderFactory(groups=[members_group()]))
    client = client_of(member)
    first = client.get(document.url)
    close_response(first)
    again = client.get(document.url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert is_kept_out(first)
    assert is_kept_out(again)


def test_a_visitor_keeps_a_public_picture_and_asks_again_each_time(
    guarded: GuardedSite, member: User, client_of: Callable
) -> None:
    guarded.tree.session.listing_image = guarded.files[""].image
    guarded.tree.session.save()
    ReferenceIndex.create_or_update_for_object(guarded.tree.session)
    url = guarded.files[""].image.file.url
    of_visitor, of_member = Client().get(url), client_of(member).get(url)
    for each in (of_visitor, of_member):
        assert each.status_code == 200
        close_response(each)
    assert directives(of_visitor) == {"public", "no-cache"}
    assert is_kept_out(of_member)
