"""The factories create a consistent site."""

from django.apps import apps
from wagtail.models import Page

from pages.models import BasePage


def test_the_site_has_every_page_type(site_tree):
    made = {page.specific_class for page in site_tree.pages}
    types = {each for each in apps.get_models() if issubclass(each, BasePage)}

    assert types - {BasePage} <= made


def test_the_page_tree_has_no_problems(site_tree):
    assert not any(Page.find_problems())
    assert all(page.live for page in site_tree.pages)


def test_members_and_leads_are_in_the_group_and_strangers_are_not(
    working_group, stranger, member, owner
):
    names = {row.user: row.role for row in working_group.memberships.all()}

    assert names == {member: "member", owner: "lead"}


def test_the_page_of_a_group_is_visible_to_its_members_only(
    site_tree, visitor, stranger, member
):
    pages = BasePage.objects.filter(pk=site_tree.group_page.pk)

    assert not pages.visible_to(visitor)
    assert not pages.visible_to(stranger)
    assert pages.visible_to(member)
