"""A site of which a working group hides a part; every hidden name holds the secret word."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    Comment,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Workflow,
    WorkflowPage,
)

from files.models import Document, Image, Media
from people.models import WorkingGroup
from tests.factories import (
    DocumentFactory,
    FolderFactory,
    ImageFactory,
    MediaFactory,
    StandardPageFactory,
    Tree,
    WorkingGroupFactory,
    WorkingGroupPageFactory,
    body,
    download,
    figure,
    make_tree,
    related,
    text,
)

#: Stands in every title, text, URL and tag that is hidden, and nowhere else.
SECRET = "meadowsweet"  # noqa: S105
#: The key of the hidden page, folder, redirect and files alike, so that one request with this
#: id asks for all of them; and the key of the hidden draft.
KEY, DRAFT_KEY = 9001, 9002


@dataclass
class HiddenSite:
    """What the group hides, and a public page that one of its members linked to all of it."""

    tree: Tree
    group: WorkingGroup
    group_page: Page
    page: Page
    draft: Page
    folder: Collection
    document: Document
    image: Image
    media: Media
    public: Page


def make_hidden_site(organization: Any, author: Any, *, group_name: str) -> HiddenSite:
    """Create the site; the author, who is in the group, left comments and a history."""
    tree = make_tree(organization=organization)
    group = WorkingGroupFactory(
        name=group_name, purpose=f"{group_name}?", listed=False, members=[author]
    )
    folder = FolderFactory(pk=KEY, name=f"Folder of {SECRET}", groups=[group.group])
    hidden = {"pk": KEY, "collection": folder}
    files = {
        "document": DocumentFactory(
            title=f"Sheet of {SECRET}", filename=f"{SECRET}.txt", **hidden
        ),
        # Its address is of no matter here: nobody outside can fetch it.
        "image": ImageFactory(title=f"Picture of {SECRET}", **hidden),
        "media": MediaFactory(
            title=f"Sound of {SECRET}", filename=f"{SECRET}.mp3", **hidden
        ),
    }
    files["document"].tags.add(f"{SECRET} leaves")
    group_page = WorkingGroupPageFactory(
        parent=tree.write,
        group=group,
        title=f"Page of {SECRET}",
        collection=folder,
        groups=[group.group],
        revised=True,
    )
    made = HiddenSite(
        tree=tree,
        group=group,
        group_page=group_page,
        folder=folder,
        **_pages(tree, group_page),
        **files,
        public=StandardPageFactory(parent=tree.home, title="Where the kettle stands"),
    )
    _link_to_it(made)
    _leave_traces(made, author)
    return made


def _pages(tree: Tree, parent: Page) -> dict[str, Page]:
    content = {
        "parent": parent,
        "summary": f"A cup of {SECRET}.",
        "body": [*body(f"Pour water over {SECRET}."), download(tree.document)],
        "tags": [f"{SECRET} tea"],
        "topics": [tree.topic],
        "revised": True,
    }
    draft = StandardPageFactory(pk=DRAFT_KEY, title=f"Draft on {SECRET}", **content)
    draft.unpublish()
    return {
        "page": StandardPageFactory(pk=KEY, title=f"Notes on {SECRET}", **content),
        "draft": draft,
    }


def _link_to_it(site: HiddenSite) -> None:
    """Let the public page refer to what is hidden in every way there is."""
    page = site.public.specific
    page.listing_image = site.image
    page.working_group = site.group
    page.superseded_by = site.page.basepage_ptr
    page.body = [
        text(
            f'a <a linktype="page" id="{site.page.pk}">link</a>',
            f'a <a linktype="document" id="{site.document.pk}">sheet</a>',
        ),
        figure(site.image),
        download(site.document),
        related(site.page),
    ]
    page.save_revision().publish()


def _leave_traces(site: HiddenSite, author: Any) -> None:
    """Write what the CMS records about hidden things, and about deleted ones."""
    Comment.objects.create(
        page=site.draft, user=author, text=f"More {SECRET}?", contentpath="title"
    )
    Redirect.objects.create(pk=KEY, old_path=f"/{SECRET}", redirect_page=site.page)
    WorkflowPage.objects.create(page=site.page, workflow=Workflow.objects.first())
    for item in (site.page, site.draft, site.document, site.folder, site.group):
        log(instance=item, action="wagtail.edit", user=author)
    gone = {
        "label": f"Gone {SECRET}",
        "action": "wagtail.delete",
        "timestamp": timezone.now(),
        "user": author,
        "deleted": True,
    }
    page_type = ContentType.objects.get_for_model(Page)
    PageLogEntry.objects.bulk_create(
        [PageLogEntry(page_id=777, content_type=page_type, **gone)]
    )
    document_type = ContentType.objects.get_for_model(Document)
    ModelLogEntry.objects.create(object_id="777", content_type=document_type, **gone)
