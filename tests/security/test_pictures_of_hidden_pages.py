"""Pictures of drafts and hidden pages, by their address and in the CMS.

A picture is open only while it is on a live page that the reader may see. A draft's picture is
seen by those who may see the draft; nothing is open because it is on no page.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from files.models import Image, PictureUse
from tests.access.closing import close_response
from tests.factories import (
    FolderFactory,
    HomePageFactory,
    ImageFactory,
    StandardPageFactory,
    figure,
    members_group,
    restrict_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Any:
    return HomePageFactory()


def status(client: Client, url: str) -> int:
    response = client.get(url)
    close_response(response)
    return int(response.status_code)


def draft(page: Any, image: Image | None) -> Any:
    """Save a draft of a page with another picture, as the editor's form does."""
    page.listing_image = image
    page.has_unpublished_changes = True
    return page.save_revision()


def test_a_picture_on_no_page_is_for_editors(
    client_of: Any, stranger: Any, editor: Any
) -> None:
    image = ImageFactory()
    assert status(Client(), image.file.url) == 404
    assert status(client_of(stranger), image.file.url) == 404
    assert status(client_of(editor), image.file.url) == 200


def test_the_picture_of_a_later_draft_waits_for_its_publication(
    client_of: Any, editor: Any, home: Any
) -> None:
    former, later = ImageFactory(), ImageFactory()
    page = StandardPageFactory(parent=home, listing_image=former)
    revision = draft(page, later)
    assert status(Client(), later.file.url) == 404
    assert status(client_of(editor), later.file.url) == 200
    assert status(Client(), former.file.url) == 200
    revision.publish()
    assert status(Client(), later.file.url) == 200
    assert status(Client(), former.file.url) == 404


def test_a_picture_taken_off_a_hidden_page_opens_to_nobody_else(
    client_of: Any, home: Any, editor: Any, member: Any, working_group: Any
) -> None:
    image = ImageFactory()
    page = StandardPageFactory(parent=home, listing_image=image)
    restrict_page(page, working_group.group)
    assert status(client_of(member), image.file.url) == 200
    draft(page, None).publish()
    for client in (Client(), client_of(member), client_of(editor)):
        assert status(client, image.file.url) == 404


def test_the_picture_of_a_draft_of_a_hidden_page_is_hidden(
    client_of: Any, home: Any, editor: Any, working_group: Any
) -> None:
    page = StandardPageFactory(parent=home)
    restrict_page(page, working_group.group)
    image = ImageFactory()
    draft(page, image)
    for client in (Client(), client_of(editor)):
        assert status(client, image.file.url) == 404


def test_a_picture_in_a_text_counts_and_an_unpublished_page_closes_it(
    home: Any,
) -> None:
    image = ImageFactory()
    page = StandardPageFactory(parent=home, body=[figure(image)])
    assert status(Client(), image.file.url) == 200
    page.unpublish()
    assert status(Client(), image.file.url) == 404


@pytest.mark.parametrize(
    "url",
    [
        "/cms/images/{}/",
        "/cms/images/{}/preview/width-20/",
        "/cms/images/{}/generate_url/output/",
        "/cms/images/{}/delete/",
        "/cms/images/usage/{}/",
        "/cms/images/chooser/chosen/{}/",
        "/cms/images/chooser/select_format/{}/",
    ],
)
def test_the_cms_shows_no_more_than_the_address_of_the_file(
    client_of: Any, home: Any, editor: Any, working_group: Any, url: str
) -> None:
    hidden = ImageFactory(title="The house at night")
    page = StandardPageFactory(parent=home, listing_image=hidden)
    restrict_page(page, working_group.group)
    client = client_of(editor)
    response = client.get(url.format(hidden.pk), follow=True)
    assert "The house at night" not in response.getvalue().decode("latin-1")
    assert response.get("Content-Type", "").startswith("text/html") or (
        response.status_code in (403, 404)
    )


def test_the_lists_of_the_cms_leave_it_out(
    client_of: Any, home: Any, editor: Any, working_group: Any
) -> None:
    hidden = ImageFactory(title="The house at night")
    ImageFactory(title="A door")
    page = StandardPageFactory(parent=home, listing_image=hidden)
    restrict_page(page, working_group.group)
    client = client_of(editor)
    for name in ("wagtailimages:index", "wagtailimages_chooser:choose"):
        answer = client.get(reverse(name)).content.decode()
        assert "The house at night" not in answer
        assert "A door" in answer
    chosen = reverse("wagtailimages_chooser:chosen_multiple")
    assert "The house at night" not in client.get(
        chosen, {"id": hidden.pk}
    ).content.decode("utf-8")


def test_an_editor_gets_the_file_of_what_the_cms_shows(
    client_of: Any, editor: Any, home: Any
) -> None:
    image = ImageFactory(collection=FolderFactory(groups=[members_group()]))
    StandardPageFactory(parent=home, listing_image=image)
    client = client_of(editor)
    preview = reverse("wagtailimages:preview", args=[image.pk, "width-20"])
    assert status(client, preview) == status(client, image.file.url) == 200


def test_its_address_tells_nothing_about_a_picture() -> None:
    image = ImageFactory(filename="house-at-4711-secret-street.png")
    assert "house" not in image.file.url
    assert "secret" not in image.get_rendition("width-20").url
    assert ImageFactory(filename="a.png").file.name != image.file.name


def test_a_use_is_recorded_once_and_says_what_readers_see(home: Any) -> None:
    image = ImageFactory()
    page = StandardPageFactory(parent=home, listing_image=image, body=[figure(image)])
    use = PictureUse.objects.get(image=image)
    assert (use.page_id, use.published) == (page.pk, True)
    page.listing_image, page.body = None, []
    page.save()
    use.refresh_from_db()
    assert not use.published
    page.listing_image = image
    page.save(update_fields=["listing_image"])
    use.refresh_from_db()
    assert use.published
