"""Every page of the demonstration, tried by those who may see it and by the others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from files.models import Document, Image, Media
from pages.models import BasePage, WorkingGroupPage
from people.access import access_of
from people.models import WorkingGroup

PEOPLE = ("member", "lead", "orglead", "editor", "moderator", "admin")


@pytest.fixture(autouse=True)
def _as_the_demonstration_runs(settings: Any) -> None:
    """Its editors sign in with a password alone."""
    settings.REQUIRE_SECOND_FACTOR = False


def _pages() -> list[BasePage]:
    return list(BasePage.objects.order_by("path"))


@pytest.mark.parametrize("name", ["", *PEOPLE])
def test_every_page_opens_for_those_who_may_see_it_and_for_nobody_else(
    name: str, who: Any, client_of: Callable
) -> None:
    person = who(name) if name else AnonymousUser()
    browser, access = client_of(person), access_of(person)
    wrong = {
        (page.url, answer.status_code)
        for page in _pages()
        if (answer := browser.get(page.url)).status_code
        != (200 if access.may_see_page(page) else 404)
    }
    assert not wrong


def test_visitors_see_all_but_the_pages_of_members_and_groups(community: Any) -> None:
    pages = BasePage.objects.visible_to(AnonymousUser())
    closed = BasePage.objects.count() - pages.count()
    members_only, group_pages = 7, 4
    assert closed == members_only + group_pages


def test_a_working_groups_page_and_papers_are_for_its_members(who: Any) -> None:
    mine = WorkingGroup.objects.get(name="Medication")
    pages = WorkingGroupPage.objects.visible_to(who("lead"))
    assert {page.group.name for page in pages} == {"Medication", "Coming back"}
    assert mine.page.documents(who("lead")).count() == 2
    assert not mine.page.documents(who("member")).exists()
    assert not WorkingGroupPage.objects.visible_to(who("orglead")).exists()


@pytest.mark.parametrize("kind", [Document, Image, Media])
@pytest.mark.parametrize("name", ["", "member", "lead", "orglead"])
def test_every_file_is_sent_to_those_who_may_have_it(
    kind: Any, name: str, who: Any, client_of: Callable
) -> None:
    person = who(name) if name else AnonymousUser()
    browser = client_of(person)
    mine = set(kind.objects.visible_to(person).values_list("pk", flat=True))
    for item in kind.objects.all():
        answer = browser.get(item.file.url if kind is Image else item.url)
        assert answer.status_code == (200 if item.pk in mine else 404), item
        if answer.status_code == 200:
            assert b"".join(answer.streaming_content)
