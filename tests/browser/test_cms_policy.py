"""Editors use the CMS, and its Content-Security-Policy refuses nothing of it.

The console is watched by `open_page`; here the browser's own reports of violations too, in
every frame. `tests/security/test_cms_policy.py` asks every URL.
"""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from wagtail.models import Task, Workflow

from pages.models import BasePage
from search.actions import apply_changes
from tests.factories import ImageFactory, MediaFactory, Tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def lists_and_forms(tree: Tree) -> Iterator[str]:
    """Yield the main pages of the CMS, except the forms of pages."""
    image, media = ImageFactory(), MediaFactory()
    for name, *args in (
        ("wagtailadmin_home",),
        ("wagtailadmin_explore", tree.home.pk),
        ("wagtailadmin_account",),
        ("wagtailimages:index",),
        ("wagtailimages:add_multiple",),
        ("wagtailimages:edit", image.pk),
        ("wagtaildocs:index",),
        ("wagtaildocs:add_multiple",),
        ("wagtaildocs:edit", tree.document.pk),
        ("wagtailmedia:index",),
        ("wagtailmedia:edit", media.pk),
        ("wagtailadmin_collections:index",),
        ("wagtailadmin_workflows:index",),
        ("wagtailadmin_workflows:edit", Workflow.objects.earliest("pk").pk),
        ("wagtailadmin_workflows:edit_task", Task.objects.earliest("pk").pk),
        ("wagtailadmin_reports:site_history",),
        ("wagtailadmin_reports:locked_pages",),
        ("wagtailadmin_reports:aging_pages",),
        ("wagtailadmin_reports:workflow",),
        ("search_reports:terms",),
        ("search_reports:index",),
        ("wagtailredirects:index",),
        ("wagtailredirects:add",),
        ("wagtailsearchpromotions:index",),
        ("wagtailsnippets:index",),
        ("wagtailsnippets_pages_topic:list",),
        ("wagtailsnippets_pages_topic:edit", tree.topic.pk),
        ("wagtailsnippets_people_organization:list",),
        ("wagtailsnippets_people_organization:edit", tree.organization.pk),
        ("wagtailsnippets_people_workinggroup:edit", tree.group.pk),
        ("wagtailsettings:edit", "people", "communitysettings"),
        ("wagtailusers_users:index",),
        ("wagtailusers_users:add",),
        ("wagtailusers_groups:index",),
        ("wagtailusers_groups:add",),
        *(
            (f"wagtailadmin_pages:{view}", tree.about.pk)
            for view in ("history", "move", "copy", "delete", "unpublish", "usage")
        ),
    ):
        yield reverse(name, args=args)


def forms_of_pages(tree: Tree) -> Iterator[str]:
    """Yield the form of a page of each type, and of each type that can be added."""
    of_each_type = {type(page): page for page in BasePage.objects.specific()}
    for page in of_each_type.values():
        yield reverse("wagtailadmin_pages:edit", args=[page.pk])
    for parent in (tree.home, tree.learn, tree.library, tree.write):
        for model in parent.specific_class.creatable_subpage_models():
            if model.can_create_at(parent):
                kind = (model._meta.app_label, model._meta.model_name, parent.pk)
                yield reverse("wagtailadmin_pages:add", args=kind)


def test_no_page_of_the_site_is_refused_anything(
    watched: Callable, site_tree: Tree
) -> None:
    apply_changes()
    paths = [page.url for page in site_tree.pages]
    topic = site_tree.topic.get_absolute_url()
    for path in (*paths, topic, "/topics/", "/search/?q=night", "/accounts/email/"):
        watched(path).wait_for_load_state("networkidle")


def test_no_list_and_no_form_is_refused_anything(
    cms: Callable, site_tree: Tree
) -> None:
    for path in lists_and_forms(site_tree):
        cms(path)


def test_no_form_of_a_page_is_refused_anything(cms: Callable, site_tree: Tree) -> None:
    for path in forms_of_pages(site_tree):
        cms(path)
