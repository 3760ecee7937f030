"""What every page has: kind, dates, makers, routes, and its row in lists."""

import datetime as dt
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page

from pages.models import (
    BasePage,
    Contribution,
    StandardPage,
    WorkingGroupPage,
    kinds,
    specific_relations,
)
from tests.factories import (
    ContributorFactory,
    GuidePageFactory,
    HomePageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    WorkingGroupFactory,
)

pytestmark = pytest.mark.django_db


def test_kinds_are_the_types_that_listings_contain() -> None:
    found = kinds()
    assert found["group"] is WorkingGroupPage
    assert StandardPage not in found.values()
    assert {key for key, model in found.items() if model.kind.key != key} == set()


def test_the_eyebrow_names_the_kind(site_tree: Any) -> None:
    assert str(site_tree.guide.eyebrow) == "Guide"
    assert site_tree.about.eyebrow == ""


def test_a_page_is_dated_when_it_is_saved() -> None:
    page = ResourcePageFactory(issued_on=dt.date(2026, 5, 4))
    assert page.dated == dt.date(2026, 5, 4)
    page.issued_on = dt.date(2025, 1, 1)
    page.save()
    assert BasePage.objects.get(pk=page.pk).dated == dt.date(2025, 1, 1)


def test_a_standard_page_is_in_no_listing() -> None:
    page = StandardPageFactory(parent=HomePageFactory())
    assert page.dated is None
    assert page.pk not in BasePage.objects.listed().values_list("pk", flat=True)


def test_the_day_of_publication_is_that_of_the_sites_time_zone() -> None:
    page = StandardPageFactory(parent=HomePageFactory())
    page.first_published_at = dt.datetime(2026, 5, 5, 3, 0, tzinfo=dt.UTC)
    assert page.published_on() == dt.date(2026, 5, 4)
    page.first_published_at = None
    assert page.published_on() is None


def test_a_page_names_its_working_group_unless_the_group_is_unlisted() -> None:
    page = GuidePageFactory(working_group=WorkingGroupFactory(name="Nights"))
    assert page.maker == "Nights"
    page.working_group.listed = False
    assert page.maker == ""
    page.working_group = None
    assert page.maker == ""


def test_contributions_come_with_their_contributors_in_one_query(
    count_queries: Any,
) -> None:
    page = ResourcePageFactory()
    for name in ("Ana", "Ben"):
        Contribution.objects.create(
            page=page, contributor=ContributorFactory(name=name), part="wrote it"
        )
    page = type(page).objects.get(pk=page.pk)
    with count_queries() as asked:
        names = [each.contributor.name for each in page.makers]
    assert sorted(names) == ["Ana", "Ben"]
    assert len(asked) == 1


def test_a_contribution_reads_as_name_and_part() -> None:
    ana = ContributorFactory(name="Ana")
    assert str(Contribution(contributor=ana, part="led it")) == "Ana, led it"
    assert str(Contribution(contributor=ana)) == "Ana"


@pytest.fixture
def deep(db: None) -> StandardPage:
    page = StandardPageFactory(parent=HomePageFactory(), slug="one")
    for slug in ("two", "three", "four"):
        page = StandardPageFactory(parent=page, slug=slug)
    return page


def test_a_page_at_any_depth_costs_two_queries_and_the_rights(
    deep: StandardPage, count_queries: Any
) -> None:
    home = Page.objects.get(depth=2).specific
    request = RequestFactory().get("/one/two/three/four/")
    with count_queries() as asked:
        found = home.route(request, ["one", "two", "three", "four"])
    assert found.page == deep
    rights = [each for each in asked if "viewrestriction" in each["sql"]]
    assert (len(asked), len(rights)) == (3, 1)


def test_a_path_that_skips_a_page_is_404(client: Any, deep: StandardPage) -> None:
    assert client.get("/one/two/three/four/").status_code == 200
    assert client.get("/one/three/four/").status_code == 404
    assert client.get("/four/").status_code == 404


def test_a_draft_is_404_at_its_url(client: Any, deep: StandardPage) -> None:
    deep.live = False
    deep.save()
    assert client.get("/one/two/three/four/").status_code == 404


def test_rows_of_a_type_are_joined_by_their_relations() -> None:
    assert specific_relations([StandardPage]) == ["standardpage"]
    for name in specific_relations(list(kinds().values())):
        BasePage.objects.select_related(name).first()


def test_rows_are_read_as_their_own_types(site_tree: Any, count_queries: Any) -> None:
    keys = [site_tree.guide.pk, site_tree.resource.pk, site_tree.about.pk]
    rows = BasePage.objects.filter(pk__in=keys).order_by("pk").as_rows()
    assert {type(row).__name__ for row in rows} == {
        "GuidePage",
        "ResourcePage",
        "StandardPage",
    }
    for row in rows:
        assert isinstance(row.facts, list)


def test_a_page_without_a_viewer_has_no_annotations(site_tree: Any) -> None:
    assert dict(site_tree.guide.annotations) == {}


def test_pages_of_a_year_are_those_of_its_first_and_last_day(db: None) -> None:
    home = HomePageFactory()
    for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"):
        page = StandardPageFactory(parent=home, title=day)
        BasePage.objects.filter(pk=page.pk).update(dated=day)
    found = BasePage.objects.in_year(2026).order_by("dated")
    assert [page.title for page in found] == ["2026-01-01", "2026-12-31"]


def test_due_for_review_is_live_and_within_the_days() -> None:
    home = HomePageFactory()
    today = timezone.localdate()
    for title, days, live in (
        ("Past", -1, True),
        ("Last day", 30, True),
        ("Too far", 31, True),
        ("Draft", -1, False),
    ):
        date = today + dt.timedelta(days=days)
        StandardPageFactory(parent=home, title=title, live=live, review_date=date)
    found = BasePage.objects.due_for_review()
    assert [page.title for page in found] == ["Past", "Last day"]


def test_drafts_are_those_that_the_person_changed_last(
    editor: Any, moderator: Any
) -> None:
    home = HomePageFactory()
    page = StandardPageFactory(parent=home, title="Mine", revised=True)
    page.save_revision(user=editor)
    assert list(BasePage.objects.drafts_of(editor)) == [
        BasePage.objects.get(pk=page.pk)
    ]
    page.save_revision(user=moderator)
    assert not BasePage.objects.drafts_of(editor).exists()
    page.get_latest_revision().publish(user=moderator)
    assert not BasePage.objects.drafts_of(moderator).exists()
