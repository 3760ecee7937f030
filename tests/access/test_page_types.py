"""Who may open a page of each type, when it is public, for members or for a group."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import transaction
from wagtail.models import Page

from home.models import HomePage
from knowledge.guides.models import GuidePage
from knowledge.library.models import LibraryIndex
from knowledge.resources.models import ResourcePage
from knowledge.statements.models import StatementPage
from learning.catalogue.models import LearningIndex
from learning.recordings.models import RecordingPage
from learning.sessions.models import SessionPage
from pages.models import (
    BasePage,
    PeopleIndex,
    StandardPage,
    WorkingGroupIndex,
    WorkingGroupPage,
)
from tests.factories import members_group, restrict_page

from .answers import MISSING, OK, ROLES, answer_of

# Page types of which somebody has confirmed that their restrictions alone decide.
CLASSIFIED = {
    GuidePage,
    HomePage,
    LearningIndex,
    LibraryIndex,
    PeopleIndex,
    RecordingPage,
    ResourcePage,
    SessionPage,
    StandardPage,
    StatementPage,
    WorkingGroupIndex,
    WorkingGroupPage,
}
OPEN_TO = {
    "public": set(ROLES),
    "signed in": set(ROLES) - {"visitor"},
    "members": set(ROLES) - {"visitor"},
    "group": {"member", "owner"},
}


def _page_types(models=None):
    found = apps.get_models() if models is None else models
    return {each for each in found if issubclass(each, Page)} - {Page, BasePage}


def _unclassified(found):
    return sorted(each.__name__ for each in found - CLASSIFIED)


def test_every_page_type_is_classified():
    assert _unclassified(_page_types()) == []


def test_a_page_type_that_nobody_classified_is_found():
    class AtticPage(BasePage):
        class Meta:
            app_label = "attic"
            abstract = True

    assert _unclassified(_page_types({AtticPage, GuidePage})) == ["AtticPage"]


@contextmanager
def _restricted(page, kind, working_group):
    """Restrict the page as `kind` says, and undo it afterwards."""
    with transaction.atomic():
        page.view_restrictions.all().delete()
        groups = {"signed in": [], "members": [members_group()]}
        groups["group"] = [working_group.group]
        if kind in groups:
            restrict_page(page, *groups[kind])
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", OPEN_TO)
def test_a_page_of_each_type_opens_for_those_who_pass_its_restriction(
    kind, site_tree, working_group, browser_of
):
    browsers = {role: browser_of(role) for role in ROLES}
    wrong = []
    for page in site_tree.pages:
        with _restricted(page, kind, working_group):
            for role, browser in browsers.items():
                expected = OK if role in OPEN_TO[kind] else MISSING
                for method in (browser.get, browser.head):
                    if answer_of(method(page.url)) != expected:
                        wrong.append(f"{role}: {method.__name__} {page.url}")

    assert {page.specific_class for page in site_tree.pages} == CLASSIFIED
    assert not wrong, "\n".join(wrong)


def test_restrictions_above_a_page_apply_to_it(site_tree, working_group, browser_of):
    """One on the index and one on the guide add up on the pages of its chapters."""
    restrict_page(site_tree.library, members_group())
    restrict_page(site_tree.long_guide, working_group.group)

    for role in ROLES:
        url = f"{site_tree.long_guide.url}when-somebody-leaves/"
        answer = answer_of(browser_of(role).get(url))
        assert answer == (OK if role in OPEN_TO["group"] else MISSING), role


def test_a_draft_opens_for_nobody(site_tree, browser_of):
    site_tree.guide.unpublish()

    for role in ROLES:
        answer = answer_of(browser_of(role).get(site_tree.guide.url))
        assert answer == MISSING, role


def test_a_page_that_does_not_exist_looks_like_a_hidden_one(site_tree, browser_of):
    """Nothing in the response tells a group's page from an unknown URL."""
    stranger = browser_of("stranger")
    kept, never = (
        stranger.get(site_tree.group_page.url),
        stranger.get("/write/nothing/"),
    )

    assert kept.status_code == never.status_code == 404
    assert kept.headers.keys() == never.headers.keys()
