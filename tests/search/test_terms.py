"""Search terms are counted by day and shown to editors, never with a person."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils import timezone

from search import actions
from search.models import SearchTerm

from .conftest import for_those_who_edit

REPORT = "/cms/reports/search-terms/"
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Firefox/140.0"}


@pytest.fixture
def search(client_of, visitor, site_tree):
    actions.apply_changes()

    def ask(words, user=visitor, *, people=1, **more):
        for number in range(people):
            browser = client_of(user)
            sent = PHONE | {"REMOTE_ADDR": f"203.0.113.{number}"}
            response = browser.get("/search/", {"q": words, **more}, **sent)
            assert response.status_code == 200

    return ask


@pytest.fixture
def report(client_of, editor):
    def read(user=editor, **asked):
        return client_of(user).get(REPORT, asked)

    return read


def counted():
    rows = SearchTerm.objects.values_list("term", "people", "found_nothing")
    return {term: (people, nothing) for term, people, nothing in rows}


def test_searches_with_and_without_results_are_counted(search, member):
    search("Night worker")
    search("night  WORKER!", member)
    search("qwertyuiop")
    assert counted() == {"night worker": (2, 0), "qwertyuiop": (1, 1)}


def test_counting_a_search_is_two_statements(search, count_queries):
    with count_queries() as asked:
        search("night")
    written = [each["sql"] for each in asked if "ON CONFLICT" in each["sql"]]
    assert len(written) == 2
    assert "search_countedsearch" in written[0]
    assert "search_searchterm" in written[1]


def test_a_row_stores_a_day_and_no_person(search, member):
    search("night", member)
    row = SearchTerm.objects.values().get()
    assert set(row) == {"id", "day", "term", "people", "found_nothing"}
    assert row["day"] == timezone.localdate()


def test_further_pages_and_orders_do_not_count(search):
    search("night", kind="guide")
    search("night", page="2")
    search("night", sort="newest")
    assert counted() == {}


def test_a_filter_chosen_by_htmx_does_not_count(client_of, visitor, site_tree):
    client_of(visitor).get("/search/?q=night", HTTP_HX_REQUEST="true", **PHONE)
    assert counted() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"HTTP_USER_AGENT": "python-requests/2.32"},
        {"HTTP_USER_AGENT": ""},
        {**PHONE, "HTTP_SEC_PURPOSE": "prefetch"},
    ],
)
def test_robots_and_prefetching_do_not_count(client_of, visitor, site_tree, headers):
    assert client_of(visitor).get("/search/?q=night", **headers).status_code == 200
    assert counted() == {}


def test_a_head_request_does_not_count(client_of, visitor, site_tree):
    client_of(visitor).head("/search/?q=night", **PHONE)
    assert counted() == {}


@pytest.mark.parametrize(
    "words",
    ["a" * 81, "rowan@example.org", "call 604 555 0199", "604-555-0199", "", "!!"],
)
def test_queries_that_may_identify_a_person_are_not_stored(search, words):
    search(words)
    assert counted() == {}


def test_a_search_is_answered_although_counting_fails(search, caplog):
    def refuse(execute, sql, *given):
        if "search_searchterm" in sql:
            raise OperationalError("database is locked")
        return execute(sql, *given)

    with connection.execute_wrapper(refuse):
        search("night")
    assert counted() == {}
    assert "could not be counted" in caplog.text


def test_terms_are_deleted_after_half_a_year(search):
    search("night")
    today = timezone.now()
    with time_machine.travel(today + timedelta(days=180), tick=False):
        assert actions.forget_terms() == 0
    with time_machine.travel(today + timedelta(days=181), tick=False):
        assert actions.forget_terms() == 1
    assert counted() == {}


def test_editors_see_terms_that_three_people_searched_for(search, report):
    search("night worker", people=3)
    search("my own story", people=2)
    page = report().content.decode()
    assert "night worker" in page
    assert "my own story" not in page


def test_the_report_filters_terms_without_results(search, report):
    search("night", people=3)
    search("qwertyuiop", people=4)
    rows = report(found="never").context["object_list"]
    assert [row["term"] for row in rows] == ["qwertyuiop"]
    assert rows[0]["without_results"] == 4


def test_the_report_is_limited_to_a_period(search, report):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=40), tick=False):
        search("kettle", people=3)
    with time_machine.travel(now - timedelta(days=10), tick=False):
        search("night", people=3)
    reportable = {
        days: [row["term"] for row in report(days=days).context["object_list"]]
        for days in ("7", "30", "90")
    }
    assert reportable == {"7": [], "30": ["night"], "90": ["kettle", "night"]}
    assert report().context["object_list"][0]["term"] == "night"


def test_the_report_is_sorted_and_searched(search, report):
    search("night", people=3)
    search("kettle", people=4)
    rows = report(ordering="term").context["object_list"]
    assert [row["term"] for row in rows] == ["kettle", "night"]
    rows = report(q="nig").context["object_list"]
    assert [row["term"] for row in rows] == ["night"]


def test_the_report_can_be_downloaded(search, report):
    search("qwertyuiop", people=3)
    search("once", people=1)
    response = report(export="csv")
    rows = list(csv.reader(StringIO(b"".join(response).decode())))
    assert rows == [
        ["Words", "People a day, added up", "Found nothing"],
        ["qwertyuiop", "3", "3"],
    ]


def test_a_term_links_to_promoting_a_result(search, report, client_of, editor):
    search("night worker", people=3)
    link = "/cms/searchpicks/add/?term=night+worker"
    assert link in report().content.decode()
    form = client_of(editor).get(link).content.decode()
    assert 'value="night worker"' in form


@for_those_who_edit
def test_only_editors_see_the_report(request, report, who, status):
    person = request.getfixturevalue(who)
    assert report(person).status_code == status
    assert report(person, export="csv").status_code == status


def test_an_editor_without_the_permission_is_refused(report, editor, client_of):
    for group in editor.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="view_searchterm"))
    assert report().status_code == 302
    assert "Search terms" not in client_of(editor).get("/cms/").content.decode()


def test_the_report_of_wagtail_redirects_to_ours(client_of, administrator):
    response = client_of(administrator).get("/cms/searchpicks/reports/search-terms/")
    assert response.headers["Location"] == REPORT


def test_a_query_with_a_typed_filter_does_not_count(search):
    search("kind:guide night")
    search("night before:2020")
    assert counted() == {}


def test_a_term_that_folding_makes_too_long_is_not_stored(search):
    search("ß" * 30 + " " + "ß" * 30)
    assert counted() == {}


def test_without_a_term_the_report_says_why(search, report):
    search("night", people=2)
    reportable = report().content.decode()
    assert "No term was searched for by 3 people or more." in reportable
    assert "match your query" in report(found="never").content.decode()
