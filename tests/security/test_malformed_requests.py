"""Requests to the CMS that were changed by hand or cut off, one kind at a time.

The walk of `test_odd_requests` finds server errors; these say what the answer is instead.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, Workflow
from wagtail.snippets.views.chooser import ChosenMultipleView

from people.actions import join_working_group
from people.models import User, WorkingGroup
from tests.factories import Tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(browser_of: Callable) -> Client:
    browser: Client = browser_of("administrator")
    return browser


@pytest.mark.parametrize(
    "path",
    [
        "/cms/choose-page/chosen-multiple/?id=1%00",
        "/cms/choose-external-link/?parent_page_id=tea",
        "/cms/pages/?q=a%00b",
    ],
)
def test_what_cannot_be_read_is_a_bad_request(desk: Client, path: str) -> None:
    response = desk.get(path)
    assert response.status_code == 400
    assert "could not read that request" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/media/a%00b", "/documents/a%00b/tea.txt", "/topics/a%00b/", "/a%00b/"]
)
def test_a_zero_byte_in_a_path_is_not_found(browser_of: Callable, path: str) -> None:
    """On PostgreSQL the question alone is an error."""
    assert browser_of("visitor").get(path).status_code == 404


@pytest.mark.parametrize("odd", ["tea", "9" * 20, "%C2%B2", "", "-1"])
def test_a_chooser_finds_nothing_for_what_is_no_id(desk: Client, odd: str) -> None:
    for chooser in ("choose-page", "images/chooser", "documents/chooser"):
        answer = desk.get(f"/cms/{chooser}/chosen-multiple/?id={odd}")
        assert answer.status_code == 200
        assert answer.json()["result"] == []
    assert desk.get("/cms/images/chooser/chosen/tea/").status_code == 404


def test_a_number_that_no_database_holds_is_not_found(desk: Client) -> None:
    for start in ("statements", "sessions"):
        for rest in ("", "dates/", "asks/add/"):
            path = f"/cms/{start}/{'9' * 20}/{rest}"
            assert desk.get(path).status_code == 404, path


def test_a_form_without_its_counts_is_a_bad_request(
    desk: Client, site_tree: Tree
) -> None:
    page = site_tree.about
    before = page.revisions.count()
    response = desk.post(f"/cms/pages/{page.pk}/edit/", {"title": "Tea"})
    assert response.status_code == 400
    assert page.revisions.count() == before


def test_a_form_leads_to_paths_of_this_site_only(desk: Client, site_tree: Tree) -> None:
    path = f"/cms/pages/{site_tree.about.pk}/unpublish/"
    assert desk.post(path, {"next": "tea"}).status_code == 400
    site_tree.about.refresh_from_db()
    assert site_tree.about.live
    assert desk.post(path, {"next": "/cms/pages/"})["Location"] == "/cms/pages/"


def test_an_external_link_without_address_is_a_bad_request(desk: Client) -> None:
    assert desk.post("/cms/choose-external-link/", {}).status_code == 400


def test_redirects_are_not_imported_from_a_file_of_the_server(desk: Client) -> None:
    """Wagtail's second step reads, and deletes, the path that the form names."""
    for step in ("", "process/"):
        form = {"import_file_name": "/etc/hostname", "input_format": "0"}
        response = desk.post(f"/cms/redirects/import/{step}", form)
        assert (response.status_code, response["Location"]) == (302, "/cms/")


def test_a_chooser_in_which_nothing_is_created_has_no_form(desk: Client) -> None:
    where = "/cms/snippets/choose/people/workinggroup/create/"
    assert desk.post(where, {"name": "Tea"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"), [("?p=tea", 400), ("?p=", 400), ("?p=99", 404)]
)
def test_a_page_of_a_list_that_is_not_there(
    desk: Client, path: str, status: int
) -> None:
    workflow = Workflow.objects.first()
    assert workflow is not None
    where = f"/cms/workflows/edit/{workflow.pk}/{path}"
    assert desk.get(where).status_code == status


def test_the_group_of_a_working_group_is_not_deleted(
    desk: Client, working_group: WorkingGroup
) -> None:
    path = f"/cms/groups/delete/{working_group.group.pk}/"
    answer = desk.post(path, follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert "depends on it: working group" in answer.content.decode()
    assert Group.objects.filter(pk=working_group.group.pk).exists()


def test_faults_of_the_site_stay_server_errors(
    desk: Client, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_values: Any) -> None:
        message = "expected a number"
        raise ValueError(message)

    monkeypatch.setattr(ChosenMultipleView, "get", broken)
    where = "/cms/snippets/choose/pages/topic/chosen-multiple/?id=1"
    assert desk.get(where).status_code == 500


@pytest.mark.parametrize("position", ["left", "right", "first-sibling", None])
def test_nothing_is_moved_beside_the_root(
    desk: Client, site_tree: Tree, position: str | None
) -> None:
    form: dict[str, Any] = {"destination_page_id": Page.get_first_root_node().pk}
    form |= {"position": position} if position else {}
    where = f"/cms/api/main/pages/{site_tree.about.pk}/action/move/"
    answer = desk.post(where, form, content_type="application/json")
    assert answer.status_code == 403
    assert (
        Page.objects.get(pk=site_tree.about.pk).get_parent() == site_tree.home.page_ptr
    )


@pytest.mark.parametrize("alias", ["", "on"])
def test_the_page_of_a_working_group_is_not_copied(
    desk: Client, site_tree: Tree, working_group: Any, administrator: User, alias: str
) -> None:
    join_working_group(user=administrator, working_group=working_group)
    page = site_tree.group_page
    form = {"new_title": "Tea", "new_slug": "tea", "alias": alias}
    form["new_parent_page"] = str(page.get_parent().pk)
    answer = desk.post(f"/cms/pages/{page.pk}/copy/", form)
    assert answer.status_code == 200
    assert "A working group has one page" in answer.content.decode()
    assert not Page.objects.filter(slug="tea").exists()
