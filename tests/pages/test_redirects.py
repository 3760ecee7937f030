"""Redirects: old URLs lead on, unless they lead to what the user may not see."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from people.actions import leave_working_group
from tests.factories import StandardPageFactory, restrict_page

pytestmark = pytest.mark.django_db


def redirect(old_path: str, to: Any = None, **fields: Any) -> Redirect:
    made: Redirect = Redirect.objects.create(
        old_path=Redirect.normalise_path(old_path), redirect_page=to, **fields
    )
    return made


@pytest.mark.parametrize("who", ["owner", "member", "stranger", "visitor"])
def test_a_redirect_to_another_site_is_followed_by_everybody(
    request: Any, client_of: Any, site_tree: Any, who: str
) -> None:
    redirect("/manual", redirect_link="https://example.org/manual")
    answer = client_of(request.getfixturevalue(who)).get("/manual/")
    assert (answer.status_code, answer["Location"]) == (
        301,
        "https://example.org/manual",
    )


def test_a_temporary_redirect_says_so(client: Any, site_tree: Any) -> None:
    redirect("/old", site_tree.about, is_permanent=False)
    assert client.get("/old/").status_code == 302


def test_a_page_that_exists_is_never_redirected(client: Any, site_tree: Any) -> None:
    redirect("/about", site_tree.guide)
    assert client.get("/about/").status_code == 200


def test_a_redirect_to_a_draft_is_404_and_does_not_tell_its_title(
    client: Any, site_tree: Any
) -> None:
    draft = StandardPageFactory(
        parent=site_tree.home, slug="secret-plan", title="A secret plan", live=False
    )
    redirect("/old", draft)
    answer = client.get("/old/")
    assert answer.status_code == 404
    assert "secret" not in answer.content.decode()


def test_a_redirect_with_a_query_string_reveals_no_more_than_one_without(
    client: Any, site_tree: Any
) -> None:
    redirect("/old?id=7", site_tree.group_page)
    redirect("/other", site_tree.group_page)
    for url in ("/old/?id=7", "/other/?id=7", "/other/;x=1?id=7"):
        answer = client.get(url)
        assert answer.status_code == 404, url
        assert "Location" not in answer


def test_a_redirect_below_a_restricted_page_asks_its_restriction_too(
    client: Any, client_of: Any, member: Any, site_tree: Any
) -> None:
    notes = StandardPageFactory(parent=site_tree.group_page, slug="notes")
    redirect("/notes", notes)
    assert client.get("/notes/").status_code == 404
    assert client_of(member).get("/notes/").status_code == 301


def test_a_redirect_to_a_page_for_everybody_signed_in(
    client: Any, client_of: Any, stranger: Any, site_tree: Any
) -> None:
    page = restrict_page(StandardPageFactory(parent=site_tree.home, slug="inside"))
    redirect("/old", page)
    assert client.get("/old/").status_code == 404
    assert client_of(stranger).get("/old/")["Location"].endswith("/inside/")


def test_somebody_who_has_just_left_the_group_is_led_there_no_more(
    client_of: Any, member: Any, site_tree: Any
) -> None:
    redirect("/old", site_tree.group_page)
    client = client_of(member)
    assert client.get("/old/").status_code == 301
    leave_working_group(user=member, working_group=site_tree.group)
    assert client.get("/old/").status_code == 404


def test_a_redirect_of_this_site_hides_as_well_as_one_of_all_sites(
    client: Any, site_tree: Any
) -> None:
    site = Site.objects.get(is_default_site=True)
    redirect("/old", site_tree.about)
    redirect("/old", site_tree.group_page, site=site)
    assert client.get("/old/").status_code == 404


def test_a_page_whose_slug_changes_is_found_at_its_old_url(
    client: Any, site_tree: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = site_tree.about
    page.slug = "about-us"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert client.get("/about/")["Location"].endswith("/about-us/")
    assert client.get("/about-us/").status_code == 200


def test_the_redirect_of_a_page_that_took_a_former_url_replaces_the_older_one(
    client: Any, site_tree: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = StandardPageFactory(parent=site_tree.home, slug="rules")
    with django_capture_on_commit_callbacks(execute=True):
        first.slug = "old-rules"
        first.save_revision().publish()
    second = StandardPageFactory(parent=site_tree.home, slug="rules")
    with django_capture_on_commit_callbacks(execute=True):
        second.slug = "new-rules"
        second.save_revision().publish()
    assert client.get("/rules/")["Location"].endswith("/new-rules/")


def test_a_page_with_a_url_too_long_for_a_redirect_can_be_renamed_and_moved(
    client: Any, site_tree: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """PostgreSQL refuses a row that does not fit into its column; others keep theirs."""
    kept = redirect("/kept", site_tree.about, automatically_created=True)
    above = StandardPageFactory(parent=site_tree.home, slug="a" * 200)
    below = StandardPageFactory(parent=above, slug="b" * 200)
    with django_capture_on_commit_callbacks(execute=True):
        below.slug = "c" * 200
        below.save_revision().publish()
        above.move(site_tree.about, pos="last-child")
    assert client.get(f"/{'a' * 200}/").status_code == 301
    assert client.get(f"/about/{'a' * 200}/{'c' * 200}/").status_code == 200
    assert client.get(f"/{'a' * 200}/{'b' * 200}/").status_code == 404
    assert Redirect.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("visitor", 302),
        ("member", 404),
        ("editor", 302),
        ("moderator", 200),
        ("administrator", 200),
    ],
)
def test_moderators_and_administrators_keep_the_redirects(
    request: Any, client_of: Any, site_tree: Any, who: str, status: int
) -> None:
    client = client_of(request.getfixturevalue(who))
    assert client.get(reverse("wagtailredirects:index")).status_code == status
