"""Who may fetch a document, an image or a recording: owner, member, stranger, visitor, and
somebody who has just lost access."""

import random
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission, ReferenceIndex

from files.access import decide_fetch, may_fetch
from files.models import Document, Image, Media
from people.actions import leave_working_group
from people.models import User
from tests.access.closing import close_response
from tests.factories import (
    DocumentFactory,
    FolderFactory,
    HomePageFactory,
    ImageFactory,
    MediaFactory,
    StandardPageFactory,
    members_group,
    restrict_collection,
    restrict_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Any:
    return HomePageFactory()


@pytest.fixture
def image() -> Image:
    return ImageFactory()


def status(client: Client, url: str, **headers: str) -> int:
    response = client.get(url, headers=headers)
    close_response(response)
    return int(response.status_code)


def page_with(image: Image, home: Any, **fields: Any) -> Any:
    """Make a page that shows the image, as the editor's form would save it."""
    page = StandardPageFactory(parent=home, listing_image=image, **fields)
    ReferenceIndex.create_or_update_for_object(page)
    return page


def test_an_image_on_a_public_page_is_public(
    client_of: Any, image: Image, home: Any, stranger: User
) -> None:
    page_with(image, home)
    assert status(Client(), image.file.url) == 200
    assert status(client_of(stranger), image.file.url) == 200


def test_an_image_on_a_page_of_a_group_is_for_the_group(
    client_of: Any,
    image: Image,
    home: Any,
    owner: User,
    member: User,
    stranger: User,
    editor: User,
    working_group: Any,
) -> None:
    restrict_page(page_with(image, home), working_group.group)
    for person, expected in (
        (owner, 200),
        (member, 200),
        (stranger, 404),
        (editor, 404),
        (AnonymousUser(), 404),
    ):
        assert status(client_of(person), image.file.url) == expected, person


def test_an_image_of_a_group_is_gone_for_somebody_who_has_just_left_it(
    client_of: Any, image: Image, home: Any, member: User, working_group: Any
) -> None:
    restrict_page(page_with(image, home), working_group.group)
    client = client_of(member)
    assert status(client, image.file.url) == 200
    leave_working_group(user=member, working_group=working_group)
    assert status(client, image.file.url) == 404


def test_an_image_on_a_draft_is_for_editors_only(
    client_of: Any, image: Image, home: Any, member: User, editor: User
) -> None:
    page_with(image, home, live=False)
    assert status(client_of(editor), image.file.url) == 200
    assert status(client_of(member), image.file.url) == 404
    assert status(Client(), image.file.url) == 404


def test_an_image_on_a_hidden_and_a_public_page_is_public(
    image: Image, home: Any, working_group: Any
) -> None:
    restrict_page(page_with(image, home, slug="hidden"), working_group.group)
    assert status(Client(), image.file.url) == 404
    page_with(image, home, slug="public")
    assert status(Client(), image.file.url) == 200


def test_a_rendition_is_as_private_as_its_image(
    client_of: Any, image: Image, home: Any, member: User, working_group: Any
) -> None:
    restrict_page(page_with(image, home), working_group.group)
    url = image.get_rendition("width-32").url
    assert status(client_of(member), url) == 200
    assert status(Client(), url) == 404


def test_an_image_in_the_collection_of_a_group_stays_there_on_a_public_page(
    client_of: Any, home: Any, member: User, stranger: User, working_group: Any
) -> None:
    image = ImageFactory(collection=FolderFactory(groups=[working_group.group]))
    page_with(image, home)
    assert status(client_of(member), image.file.url) == 200
    assert status(client_of(stranger), image.file.url) == 404


def test_no_image_is_stored_by_a_shared_cache(
    client_of: Any, image: Image, home: Any, member: User, working_group: Any
) -> None:
    for page in (page_with(image, home), None):
        client = client_of(member)
        response = client.get(image.file.url)
        assert response["Cache-Control"].startswith("private"), page
        close_response(response)
        if page:
            restrict_page(page, working_group.group)
    assert decide_fetch(AnonymousUser(), ImageFactory()).public is False


def test_only_a_public_document_is_stored_by_a_shared_cache(
    client_of: Any, member: User
) -> None:
    public = DocumentFactory()
    private = DocumentFactory(collection=FolderFactory(groups=[members_group()]))
    for document, cache in ((public, "public"), (private, "private")):
        for file in (document, MediaFactory(collection=document.collection)):
            url = file.url if isinstance(file, Document) else file.file.url
            response = client_of(member).get(url)
            assert response["Cache-Control"].startswith(cache)
            close_response(response)


def test_a_document_is_gone_for_somebody_whose_account_was_deactivated(
    client_of: Any, member: User
) -> None:
    document = DocumentFactory(collection=FolderFactory(groups=[members_group()]))
    client = client_of(member)
    assert status(client, document.url) == 200
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert status(client, document.url) == 404


def test_a_document_is_found_under_its_own_name_only() -> None:
    document = DocumentFactory(filename="handover.txt")
    assert status(Client(), document.url) == 200
    assert status(Client(), document.url.replace("handover", "other")) == 404
    assert status(Client(), document.url.replace(document.public_id, "none")) == 404


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("factory", [DocumentFactory, MediaFactory])
def test_predicate_and_queryset_agree_for_documents_and_recordings(
    factory: Any,
    seed: int,
    stranger: User,
    member: User,
    owner: User,
    editor: User,
    working_group: Any,
) -> None:
    dice = random.Random(seed)
    folders = [Collection.get_first_root_node()]
    for number in range(5):
        parent = Collection.objects.get(pk=dice.choice(folders).pk)
        folders.append(parent.add_child(name=f"Folder {number}"))
    for folder in dice.sample(folders[1:], 3):
        groups = [[], [members_group()], [working_group.group]]
        restrict_collection(folder, *dice.choice(groups))
    files = [factory(collection=folder) for folder in folders]
    root = User.objects.create_superuser("root@example.org")
    for viewer in (AnonymousUser(), stranger, member, owner, editor, root):
        visible = set(type(files[0]).objects.visible_to(viewer))
        assert visible == {each for each in files if may_fetch(viewer, each)}


def test_one_decision_costs_a_fixed_number_of_queries(
    client_of: Any, member: User, home: Any, image: Image, count_queries: Any
) -> None:
    page_with(image, home)
    client = client_of(member)
    counts = []
    for number in range(2):
        if number:
            for extra in range(5):
                page_with(image, home, slug=f"page-{extra}")
        with count_queries() as asked:
            assert status(client, image.file.url) == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    document = DocumentFactory()
    with count_queries() as asked:
        assert status(client, document.url) == 200
    restrictions = [
        each for each in asked.captured_queries if "viewrestriction" in each["sql"]
    ]
    assert len(restrictions) == 1


def test_the_cms_lists_only_files_that_the_editor_may_see(
    client_of: Any, editor: User, working_group: Any
) -> None:
    hidden = FolderFactory(name="Kept apart", groups=[working_group.group])
    DocumentFactory(title="Of the group", collection=hidden)
    ImageFactory(title="Of the group", collection=hidden)
    MediaFactory(title="Of the group", collection=hidden)
    DocumentFactory(title="For everybody")
    client = client_of(editor)
    for url in ("/cms/documents/", "/cms/images/", "/cms/media/"):
        page = client.get(url).content.decode()
        assert "Of the group" not in page
        assert "Kept apart" not in page
    assert "For everybody" in client.get("/cms/documents/").content.decode()


@pytest.mark.parametrize(
    ("factory", "url"),
    [
        (DocumentFactory, "/cms/documents/edit/{}/"),
        (ImageFactory, "/cms/images/{}/"),
        (MediaFactory, "/cms/media/edit/{}/"),
    ],
)
def test_an_editor_cannot_open_a_file_of_a_group_in_the_cms(
    factory: Any, url: str, client_of: Any, editor: User, working_group: Any
) -> None:
    hidden = factory(collection=FolderFactory(groups=[working_group.group]))
    shown = factory()
    client = client_of(editor)
    assert client.get(url.format(shown.pk)).status_code == 200
    response = client.get(url.format(hidden.pk), follow=True)
    assert hidden.title not in response.content.decode()


def test_a_manager_of_collections_sees_only_visible_ones(
    client_of: Any, editor: User, working_group: Any
) -> None:
    FolderFactory(name="Leaflets")
    hidden = FolderFactory(name="Kept apart", groups=[working_group.group])
    client = client_of(editor)
    assert client.get("/cms/collections/").status_code != 200
    may_change = Permission.objects.get(codename="change_collection")
    GroupCollectionPermission.objects.create(
        group=Group.objects.get(name="Editors"),
        collection=Collection.get_first_root_node(),
        permission=may_change,
    )
    page = client.get("/cms/collections/").content.decode()
    assert "Leaflets" in page
    assert "Kept apart" not in page
    page = client.get(f"/cms/collections/{hidden.pk}/", follow=True).content.decode()
    assert "Kept apart" not in page


def test_files_and_recordings_lie_in_collections_that_privacy_protects() -> None:
    for model in (Document, Image, Media):
        assert model._meta.get_field("collection").related_model is Collection
