"""Somebody empties their name, and others read the local part of their e-mail address."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from people.actions import Role, grant_role, invite
from people.models import User
from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db
LOCAL_PART = "quiet.kim.1979"


@pytest.fixture
def nameless(client_of: Any, member: User) -> User:
    """Return a member of the group who emptied the name on their profile, and is listed."""
    User.objects.filter(pk=member.pk).update(email=f"{LOCAL_PART}@example.org")
    client_of(member).post("/account/profile/", {"name": "", "listed": "on"})
    member.refresh_from_db()
    assert member.name == ""
    member.working_group_memberships.update(shown=True)
    return member


def test_no_page_for_members_or_leads_shows_a_part_of_the_address(
    client_of: Any,
    nameless: User,
    owner: User,
    stranger: User,
    organization: Any,
    working_group: Any,
    site_tree: Any,
) -> None:
    addresses = {
        site_tree.group_page.url: owner,
        nameless.get_absolute_url(): stranger,
        organization.get_absolute_url(): stranger,
        "/search/?q=member": stranger,
        reverse("people:organization_members", args=(organization.public_id,)): owner,
        working_group.get_absolute_url(): owner,
        reverse(
            "people:membership",
            args=("g", working_group.public_id, nameless.public_id),
        ): owner,
    }
    for url, reader in addresses.items():
        answer = client_of(reader).get(url)
        assert answer.status_code == 200, url
        page = answer.content.decode()
        assert LOCAL_PART not in page, url
        assert url.startswith("/search/") or "A member" in page, url


def test_their_own_pages_greet_them_without_the_address(
    client_of: Any, nameless: User, site_tree: Any
) -> None:
    assert LOCAL_PART not in client_of(nameless).get("/").content.decode()


def test_an_invitation_by_them_does_not_show_the_address(
    nameless: User, organization: Any
) -> None:
    invite(email="new@example.org", into=organization, by=nameless)
    message = mail.outbox[-1]
    whole = f"{message.subject} {message.body} {message.alternatives}"
    assert "A member invites you" in whole
    assert LOCAL_PART not in whole


def test_the_cms_shows_no_address_of_those_who_worked_on_a_page(
    client_of: Any, nameless: User, moderator: User, site_tree: Any
) -> None:
    """Wagtail's report of ageing pages showed the whole address of who published each."""
    page = StandardPageFactory(title="Quiet hours", owner=nameless)
    grant_role(user=nameless, role=Role.MODERATOR)
    page.save_revision(user=nameless).publish(user=nameless)
    assert PageLogEntry.objects.filter(user=nameless, action="wagtail.publish").exists()
    client = client_of(moderator)
    for url in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=(page.get_parent().pk,)),
        reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        reverse("wagtailadmin_pages:history", args=(page.pk,)),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_reports:aging_pages_results"),
        reverse("wagtailadmin_reports:aging_pages") + "?export=csv",
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:locked_pages"),
        "/cms/snippets/people/workinggroup/",
    ):
        answer = client.get(url)
        assert answer.status_code == 200, url
        body = b"".join(answer) if answer.streaming else answer.content
        assert LOCAL_PART not in body.decode(), url
        if "aging" in url:
            assert "A member" in body.decode(), url


def test_the_report_of_ageing_pages_costs_the_same_for_more_pages(
    client_of: Any, moderator: User, count_queries: Any, site_tree: Any
) -> None:
    client, costs = client_of(moderator), []
    for more in (2, 8):
        for _ in range(more):
            page = StandardPageFactory()
            page.save_revision(user=moderator).publish(user=moderator)
        client.get(reverse("wagtailadmin_reports:aging_pages"))
        with count_queries() as counted:
            client.get(reverse("wagtailadmin_reports:aging_pages"))
        costs.append(len(counted))
    assert Page.objects.count() > 10
    assert costs[0] == costs[1]
