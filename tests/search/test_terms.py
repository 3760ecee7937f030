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

    def ask(words, user=visitor, *, times=1, **more):
        for _ in range(times):
            browser = client_of(user)
            response = browser.get("/search/", {"q": words, **more}, **PHONE)
            assert response.status_code == 200

    return ask


@pytest.fixture
def report(client_of, editor):
    def read(user=editor, **asked):
        return client_of(user).get(REPORT, asked)

    return read


def counted():
    rows = SearchTerm.objects.values_list("term", "times", "found_nothing")
    return {term: (times, nothing) for term, times, nothing in rows}


def test_a_search_counts_and_one_in_vain_counts_as_such(search, member):
    search("Night worker")
    search("night  WORKER!", member)
    search("qwertyuiop")
    assert counted() == {"night worker": (2, 0), "qwertyuiop": (1, 1)}


def test_a_search_is_one_statement_that_adds(search, count_queries):
    search("night")
    with count_queries() as asked:
        search("night")
    written = [each for each in asked.captured_queries if "searchterm" in each["sql"]]
    assert len(written) == 1
    assert "ON CONFLICT" in written[0]["sql"]


def test_the_row_knows_a_day_and_no_person(search, member):
    search("night", member)
    row = SearchTerm.objects.values().get()
    assert set(row) == {"id", "day", "term", "times", "found_nothing"}
    assert row["day"] == timezone.localdate()


def test_what_belongs_to_one_question_counts_once(search):
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
def test_robots_and_guesses_of_a_browser_do_not_count(
    client_of, visitor, site_tree, headers
):
    assert client_of(visitor).get("/search/?q=night", **headers).status_code == 200
    assert counted() == {}


def test_looking_at_the_head_alone_does_not_count(client_of, visitor, site_tree):
    client_of(visitor).head("/search/?q=night", **PHONE)
    assert counted() == {}


@pytest.mark.parametrize(
    "words",
    ["a" * 81, "rowan@example.org", "call 604 555 0199", "604-555-0199", "", "!!"],
)
def test_what_may_tell_of_somebody_is_not_kept(search, words):
    search(words)
    assert counted() == {}


def test_a_search_is_answered_where_it_cannot_be_counted(search, caplog):
    def refuse(execute, sql, *given):
        if "search_searchterm" in sql:
            raise OperationalError("database is locked")
        return execute(sql, *given)

    with connection.execute_wrapper(refuse):
        search("night")
    assert counted() == {}
    assert "could not be counted" in caplog.text


def test_half_a_year_later_it_is_forgotten(search):
    search("night")
    today = timezone.now()
    with time_machine.travel(today + timedelta(days=180), tick=False):
        assert actions.forget_terms() == 0
    with time_machine.travel(today + timedelta(days=181), tick=False):
        assert actions.forget_terms() == 1
    assert counted() == {}


def test_editors_read_terms_from_three_searches_on(search, report):
    search("night worker", times=3)
    search("my own story", times=2)
    page = report().content.decode()
    assert "night worker" in page
    assert "my own story" not in page


def test_the_report_tells_what_was_never_found(search, report):
    search("night", times=3)
    search("qwertyuiop", times=4)
    rows = report(found="never").context["object_list"]
    assert [row["term"] for row in rows] == ["qwertyuiop"]
    assert rows[0]["without_results"] == 4


def test_the_report_is_of_a_period(search, report):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=40), tick=False):
        search("kettle", times=3)
    with time_machine.travel(now - timedelta(days=10), tick=False):
        search("night", times=3)
    reportable = {
        days: [row["term"] for row in report(days=days).context["object_list"]]
        for days in ("7", "30", "90")
    }
    assert reportable == {"7": [], "30": ["night"], "90": ["kettle", "night"]}
    assert report().context["object_list"][0]["term"] == "night"


def test_the_report_is_sorted_and_searched(search, report):
    search("night", times=3)
    search("kettle", times=4)
    rows = report(ordering="term").context["object_list"]
    assert [row["term"] for row in rows] == ["kettle", "night"]
    rows = report(q="nig").context["object_list"]
    assert [row["term"] for row in rows] == ["night"]


def test_the_report_can_be_taken_along(search, report):
    search("qwertyuiop", times=3)
    search("once", times=1)
    response = report(export="csv")
    rows = list(csv.reader(StringIO(b"".join(response).decode())))
    assert rows == [["Words", "Searches", "Found nothing"], ["qwertyuiop", "3", "3"]]


def test_a_term_leads_to_promoting_a_result(search, report, client_of, editor):
    search("night worker", times=3)
    link = "/cms/searchpicks/add/?term=night+worker"
    assert link in report().content.decode()
    form = client_of(editor).get(link).content.decode()
    assert 'value="night worker"' in form


@for_those_who_edit
def test_only_those_who_edit_read_it(request, report, who, status):
    person = request.getfixturevalue(who)
    assert report(person).status_code == status
    assert report(person, export="csv").status_code == status


def test_an_editor_without_the_permission_is_refused(report, editor, client_of):
    for group in editor.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="view_searchterm"))
    assert report().status_code == 302
    assert "Search terms" not in client_of(editor).get("/cms/").content.decode()


def test_wagtails_own_report_leads_to_ours(client_of, administrator):
    response = client_of(administrator).get("/cms/searchpicks/reports/search-terms/")
    assert response.headers["Location"] == REPORT


def test_a_filter_that_was_typed_does_not_count_either(search):
    search("kind:guide night")
    search("night before:2020")
    assert counted() == {}


def test_a_term_that_grows_as_it_is_folded_is_not_kept(search):
    search("ß" * 30 + " " + "ß" * 30)
    assert counted() == {}


def test_without_a_term_the_report_says_why(search, report):
    search("night", times=2)
    reportable = report().content.decode()
    assert "No term was searched for 3 times or more." in reportable
    assert "match your query" in report(found="never").content.decode()
