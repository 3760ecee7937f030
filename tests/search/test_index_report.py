"""The report of the index in the CMS."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from search import actions
from search.documents import PageSource
from search.models import Delivery, IndexChange, IndexedItem, IndexState
from tests.remote import catch_up

REPORT = "/cms/reports/search-index/"
# Nobody listens there.
AWAY = "opensearch+http://127.0.0.1:9/everydoor"
AGAIN = f"{REPORT}retry/"


@pytest.fixture
def report(client_of, moderator, site_tree):
    def read(user=moderator):
        response = client_of(user).get(REPORT)
        return " ".join(response.content.decode().split())

    return read


@pytest.fixture
def broken(site_tree, monkeypatch):
    """Return a page that cannot be indexed; its change has failed once."""
    actions.apply_changes()

    def refuse(_source, _object_ids):
        raise ValueError("the body makes no sense")

    with monkeypatch.context() as patch:
        patch.setattr(PageSource, "entries", refuse)
        actions.note_changes(source="page", object_ids=[site_tree.guide.pk])
        actions.apply_changes()
    return IndexChange.objects.get()


@pytest.mark.parametrize(
    ("who", "status", "button"),
    [
        ("visitor", 302, False),
        ("stranger", 404, False),
        ("member", 404, False),
        ("owner", 404, False),
        ("editor", 302, False),
        ("moderator", 200, True),
        ("administrator", 200, True),
    ],
)
def test_moderators_and_administrators_see_it(
    request, client_of, site_tree, broken, who, status, button
):
    client = client_of(request.getfixturevalue(who))
    response = client.get(REPORT)
    assert response.status_code == status
    assert ("Try again now" in response.content.decode()) is button
    client.post(AGAIN)
    broken.refresh_from_db()
    assert (broken.not_before <= timezone.now()) is button


def test_it_shows_the_size_and_that_nothing_is_pending(report):
    actions.apply_changes()
    page = report()
    assert "Nothing is pending." in page
    items = IndexedItem.objects.count()
    assert re.search(rf"<dt>Items</dt>\s*<dd>\s*{items}\s*</dd>", page)
    assert "in the database; available" in page


def test_it_shows_pending_changes_and_their_age(report, site_tree):
    actions.apply_changes()
    IndexChange.objects.create(
        source="page",
        object_id=site_tree.guide.pk,
        noted_at=timezone.now() - timedelta(hours=3),
    )
    page = report()
    assert "1 change is pending; 0 failed before" in page
    assert "3 hours ago" in page.replace("\xa0", " ")


def test_a_failure_is_shown_with_its_reason_and_can_be_retried(
    report, broken, client_of, moderator, site_tree
):
    page = report()
    assert "ValueError: the body makes no sense" in page
    assert f'href="/cms/pages/{site_tree.guide.pk}/edit/"' in page
    assert site_tree.guide.title not in page
    before = OrmQ.objects.count()
    response = client_of(moderator).post(AGAIN, follow=True)
    assert "Trying 1 change again." in response.content.decode()
    assert OrmQ.objects.count() == before + 1
    actions.apply_changes()
    assert not IndexChange.objects.exists()
    assert "Nothing is pending." in report()


def test_only_a_post_request_retries(client_of, moderator, broken):
    assert client_of(moderator).get(AGAIN).status_code == 405
    broken.refresh_from_db()
    assert broken.not_before > timezone.now()


def test_pending_deliveries_are_shown(report):
    assert "external engine" not in report()
    Delivery.objects.create(
        source="page", object_id=7, generation=1, version=3, attempts=2, error="gone"
    )
    page = report()
    assert "Changes to be sent to the external engine" in page
    assert "gone" in page


def test_an_unavailable_engine_is_shown_with_the_reason(report, settings):
    settings.SEARCH_URL = AWAY
    page = report()
    assert "unavailable; the database answers meanwhile" in page
    assert "Connection refused" in page


def test_an_available_engine_is_shown(report, remote_engine):
    catch_up()
    assert "available" in report().replace("in the database; available", "")


def test_a_rebuild_is_shown_while_it_runs(report):
    actions.apply_changes()
    seen = []
    actions.rebuild(progress=lambda step: seen.append(report()))
    assert "generation 2:" in seen[0]
    assert "Being built anew" not in report()


def test_the_last_comparison_is_remembered(report, site_tree):
    assert re.search(r"Compared with the database</dt>\s*<dd>\s*not yet", report())
    actions.apply_changes()
    actions.compare()
    assert "0 items differed" in report()
    assert IndexState.objects.get().differences == 0


def test_it_costs_the_same_for_many_changes(client_of, moderator, count_queries):
    client = client_of(moderator)
    client.get(REPORT)
    counted = []
    for many in (5, 50):
        actions.note_changes(source="page", object_ids=range(many))
        with count_queries() as asked:
            client.get(REPORT)
        counted.append(len(asked))
    assert counted[0] == counted[1]
