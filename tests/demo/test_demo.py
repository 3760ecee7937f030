"""`manage.py demo`: it makes what it promises, once, in debug only, and writes to nobody."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision, Site

from demo.actions import build_community
from demo.management.commands.demo import accounts
from files.models import Document
from home.models import HomePage
from knowledge.guides.models import GuidePage
from knowledge.resources.models import ResourcePage
from knowledge.statements.models import StatementPage
from learning.recordings.models import Cue, RecordingPage
from learning.sessions.models import SessionPage, Speaker
from pages.models import (
    Contribution,
    StandardPage,
    Topic,
    WorkingGroupPage,
)
from people.actions import Role
from people.models import Organization, User, WorkingGroup
from search import jobs
from search.models import SearchTerm


def _run() -> dict[str, Any]:
    out = io.StringIO()
    call_command("demo", "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.parametrize(
    ("model", "count"),
    [
        (Organization, 12),
        (User, 30),
        (WorkingGroup, 4),
        (WorkingGroupPage, 4),
        (SessionPage, 17),
        (RecordingPage, 4),
        (GuidePage, 3),
        (StatementPage, 2),
        (ResourcePage, 13),
        (Document, 17),
        (StandardPage, 5),
    ],
)
def test_it_makes_what_it_promises(community: Any, model: Any, count: int) -> None:
    assert model.objects.count() == count


def test_ten_sessions_belong_to_the_series_six_are_over(community: Any) -> None:
    monthly = SessionPage.objects.filter(series__name="Monthly sessions")
    assert monthly.count() == 10
    assert monthly.past().count() == 6
    assert monthly.coming()[0].slug == "when-someone-returns"


def test_topics_are_a_tree_with_other_words_for_them(community: Any) -> None:
    assert Topic.objects.filter(parent=None).count() == 6
    treatment = Topic.objects.get(name="Opioid agonist treatment")
    assert {"OAT", "carries", "methadone"} <= set(treatment.synonym_list)
    assert treatment.parent is not None


def test_each_recording_has_its_captions_within_its_length(community: Any) -> None:
    for page in RecordingPage.objects.all():
        cues = Cue.objects.filter(track__recording=page)
        assert 30 <= cues.count() <= 60
        last = max(cue.end_ms for cue in cues)
        assert last <= page.duration_seconds * 1000
        assert page.chapters.count() == 5


def test_bodies_would_pass_an_editors_form(community: Any) -> None:
    for model in (GuidePage, StatementPage, SessionPage, RecordingPage, ResourcePage):
        for page in model.objects.all():
            page.full_clean()
            page.body.stream_block.clean(page.body)


@pytest.mark.parametrize("model", [Contribution, Speaker])
def test_rows_of_a_page_stand_in_an_order(community: Any, model: Any) -> None:
    assert model.objects.exists()
    assert not model.objects.filter(sort_order=None).exists()


def test_the_site_begins_at_the_home_page(community: Any) -> None:
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == HomePage.objects.get()


def test_what_people_searched_for_finds_what_the_report_says(
    community: Any, client: Any
) -> None:
    jobs.apply_changes()
    rows = SearchTerm.objects.since(
        timezone.localdate() - dt.timedelta(weeks=5)
    ).reportable()
    assert rows.count() == 12
    for row in rows:
        page = client.get("/search/", {"q": row["term"]})
        assert row["without_results"] in {0, row["people_days"]}
        assert bool(page.context["results"].total) == (not row["without_results"]), row[
            "term"
        ]


def test_an_editor_answered_a_term_that_finds_nothing(
    community: Any, client: Any
) -> None:
    jobs.apply_changes()
    (promoted,) = client.get("/search/", {"q": "Curfew"}).context["promoted"]
    assert promoted.hit.url == "/learn/dialogues/pets-plants-and-visitors/"


def test_a_second_run_on_the_same_day_changes_nothing(community: Any) -> None:
    before = Revision.objects.count()
    again = build_community(today=timezone.localdate()).as_json()
    assert again["unchanged"] > 150
    assert not again["created"] + again["updated"] + again["kept"]
    assert Revision.objects.count() == before


def test_later_runs_keep_its_dates_in_step(community: Any) -> None:
    page = SessionPage.objects.get(slug="when-someone-returns")
    cues = set(Cue.objects.values_list("pk", flat=True))
    later = build_community(today=timezone.localdate() + dt.timedelta(weeks=9))
    moved = SessionPage.objects.get(pk=page.pk)
    assert moved.next_starts_at > page.next_starts_at
    assert moved.occurrences.count() == 1
    assert later.as_json()["kinds"]["updated"]["date"] == 18
    assert not later.as_json()["created"]
    lately = timezone.localdate() + dt.timedelta(weeks=5)
    assert SearchTerm.objects.since(lately).reportable().count() == 12
    assert set(Cue.objects.values_list("pk", flat=True)) == cues


def test_what_a_person_changed_is_left_alone(community: Any, who: Any) -> None:
    page = GuidePage.objects.get(slug="when-someone-returns")
    page.title = "Coming home"
    page.save_revision(user=who("editor")).publish()
    later = build_community(today=timezone.localdate() + dt.timedelta(weeks=9))
    assert later.as_json()["kinds"]["kept"] == {"guide": 1}
    assert GuidePage.objects.get(pk=page.pk).title == "Coming home"


def test_six_people_can_sign_in_and_nobody_else(community: Any, settings: Any) -> None:
    promised = sorted(f"{name}@example.org" for name in settings.DEMONSTRATION_ACCOUNTS)
    able = [user.email for user in User.objects.all() if user.has_usable_password()]
    assert sorted(able) == sorted(accounts()) == promised
    for user in User.objects.filter(email__in=able):
        assert user.check_password(settings.DEMONSTRATION_PASSWORD)
        assert user.emailaddress_set.get().verified


def test_outside_debug_the_house_refuses_to_serve_with_these_accounts(
    community: Any,
) -> None:
    found = run_checks(databases=["default"])
    assert "people.E001" in {message.id for message in found}


def test_roles_are_as_the_addresses_say(who: Any) -> None:
    assert who("editor").groups.filter(name=Role.EDITOR).exists()
    assert who("moderator").groups.filter(name=Role.MODERATOR).exists()
    assert who("admin").groups.filter(name=Role.ADMINISTRATOR).exists()
    assert who("lead").working_group_memberships.filter(role="lead").count() == 1
    assert who("orglead").organization_memberships.get().role == "lead"
    assert not who("member").is_staff


def test_nobody_is_named_who_did_not_choose_to_be_found(community: Any) -> None:
    hidden = User.objects.filter(listed=False)
    assert hidden.exists()
    assert not hidden.filter(contributor__isnull=False).exists()


def test_the_command_reports_as_json_and_writes_to_nobody(
    community: Any, allowed: None
) -> None:
    report = _run()
    assert report["created"] == 0
    assert report["accounts"] == accounts()
    assert not mail.outbox


def test_the_command_tells_people_how_to_sign_in(
    community: Any, allowed: None, settings: Any
) -> None:
    out = io.StringIO()
    call_command("demo", stdout=out)
    assert "member@example.org" in out.getvalue()
    assert settings.DEMONSTRATION_PASSWORD in out.getvalue()
