"""An engine outside the database hears of every change, whatever happens to it."""

import io
import json
import socket
import time

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from search import actions, engines, jobs
from search.engines import Key
from search.engines.remote import Put, RemoteEngine, Remove, engine
from search.engines.remote.connection import ASKING_SECONDS, client
from search.models import Delivery, IndexedItem, IndexState
from search.query import parse
from search.results import Results
from tests.factories import StandardPageFactory, restrict_page
from tests.remote import catch_up, engine_url


@pytest.fixture
def page(site_tree):
    return StandardPageFactory(parent=site_tree.home, title="Ocarina", slug="ocarina")


@pytest.fixture
def outside(remote_engine, page):
    catch_up()
    assert not Delivery.objects.exists()
    return remote_engine


def _answer(words, rules=frozenset({""})):
    return engines.ask(parse(words), rules)


def _write(page, title):
    page.title = title
    page.save_revision().publish()


def _wait_no_longer():
    Delivery.objects.update(not_before=timezone.now())


def _document(engine, page):
    return client(engine.url).get(
        index=f"{engine.place.prefix}-g1", id=f"page-{page.pk}"
    )


def test_what_is_written_is_found_by_the_engine_outside(outside, page):
    answer = _answer("ocarina")
    assert (answer.engine, answer.fallback) == ("opensearch", False)
    assert [match.key for match in answer.matches] == [Key("page", page.pk)]


def test_a_deleted_page_is_gone_outside_too(outside, page):
    page.delete()
    catch_up()
    assert _answer("ocarina").total == 0
    assert Key("page", page.pk) not in dict(outside.held(1))


def test_many_changes_of_a_page_are_sent_as_one(outside, page):
    for title in ("Ocarina one", "Ocarina two", "Ocarina three"):
        _write(page, title)
        actions.apply_changes()
    assert Delivery.objects.count() == 3
    assert actions.deliver().sent == 1
    item = IndexedItem.objects.get(object_id=page.pk, source="page")
    assert dict(outside.held(1))[Key("page", page.pk)].version == item.version


def test_what_is_older_never_overwrites_what_is_newer(outside, page):
    key = Key("page", page.pk)
    now = _document(outside, page)
    newer = Put(
        key, now["_version"] + 5, {**now["_source"], "words": "", "passages": []}
    )
    late = Remove(key, now["_version"] + 1)
    for change in (newer, late, newer):
        assert outside.send([change], generation=1, at_once=True) == {}
    assert _document(outside, page)["_version"] == newer.version


def test_a_late_writing_does_not_bring_a_deleted_page_back(outside, page):
    key = Key("page", page.pk)
    before = _document(outside, page)
    outside.send([Remove(key, before["_version"] + 2)], generation=1, at_once=True)
    again = Put(key, before["_version"] + 1, {**before["_source"], "passages": []})
    assert outside.send([again], generation=1, at_once=True) == {}
    assert key not in dict(outside.held(1))


def test_a_page_made_private_is_hidden_while_the_engine_still_shows_it(
    outside, page, visitor, member, site_tree
):
    restrict_page(page, site_tree.group.group)
    assert _answer("ocarina").total == 0, "concealed, not indexed yet"
    actions.apply_changes()
    assert Delivery.objects.filter(urgent=True).exists()
    answer = _answer("ocarina")
    assert (answer.total, answer.engine) == (0, "opensearch"), "indexed, not told yet"
    actions.deliver()
    assert Results(parse("ocarina"), visitor).total == 0
    assert Results(parse("ocarina"), member).total == 1


def test_with_very_many_to_hide_the_embedded_engine_answers(outside, page, monkeypatch):
    monkeypatch.setattr("search.engines.failover.MOST_HIDDEN", 0)
    actions.conceal(source="page", object_ids=[page.pk])
    answer = _answer("ocarina")
    assert (answer.total, answer.engine, answer.fallback) == (
        0,
        engines.embedded().name,
        False,
    )


def test_while_the_engine_is_away_saves_go_on_and_the_database_answers(
    door, page, visitor, client_of
):
    catch_up()
    door.shut()
    _write(page, "Zither")
    assert "1 changed" in jobs.apply_changes()
    assert "away" in _told_of_search()
    answer = _answer("zither")
    assert (answer.total, answer.engine, answer.fallback) == (
        1,
        engines.embedded().name,
        True,
    )
    text = client_of(visitor).get("/search/", {"q": "zither"}).content.decode()
    assert "reserve" in text
    assert Delivery.objects.get().attempts == 0


def test_when_the_engine_is_back_it_is_told_what_it_missed(door, page, monkeypatch):
    monkeypatch.setattr("search.engines.failover.REST_SECONDS", 0.0)
    catch_up()
    door.shut()
    _write(page, "Zither")
    assert "1 changed" in jobs.apply_changes()
    row = Delivery.objects.get()
    assert timezone.now() < row.not_before < timezone.now() + actions.LONGEST_AWAY
    door.open()
    _wait_no_longer()
    catch_up()
    assert not Delivery.objects.exists()
    answer = _answer("zither")
    assert (answer.total, answer.engine) == (1, "opensearch")


def test_an_engine_that_failed_is_left_alone_for_a_moment(door, page):
    catch_up()
    door.shut()
    assert _answer("ocarina").fallback
    door.open()
    assert _answer("ocarina").fallback


def test_nobody_waits_twice_for_an_engine_that_does_not_answer(door, page):
    catch_up()
    door.shut()
    with socket.create_server(("127.0.0.1", door.port), backlog=8):
        waited = []
        for _turn in range(2):
            began = time.monotonic()
            assert _answer("ocarina").total == 1
            waited.append(time.monotonic() - began)
    assert ASKING_SECONDS <= waited[0] < ASKING_SECONDS + 1
    assert waited[1] < ASKING_SECONDS / 2


def test_room_that_is_there_already_is_left_as_it_is(outside, page):
    outside.create(1)
    assert _answer("ocarina").total == 1


def test_an_item_that_the_engine_refuses_waits_and_holds_nobody_up(
    outside, page, site_tree
):
    indices = client(outside.url).indices
    index = f"{outside.place.prefix}-g1"
    indices.put_settings(index=index, settings={"index.blocks.write": True})
    _write(page, "Zither")
    catch_up()
    refused = Delivery.objects.get()
    assert refused.attempts == 1
    assert "block" in refused.error
    indices.put_settings(index=index, settings={"index.blocks.write": False})
    other = StandardPageFactory(parent=site_tree.home, title="Marimba", slug="marimba")
    catch_up()
    assert _answer("marimba").matches[0].key == Key("page", other.pk)
    _wait_no_longer()
    catch_up()
    assert _answer("zither").total == 1
    assert not Delivery.objects.exists()


def test_an_engine_that_lost_everything_is_filled_again(outside, page):
    outside.drop(1)
    assert _answer("ocarina").fallback, "no index answers, the database does"
    catch_up()
    assert not _answer("ocarina").fallback
    assert actions.compare_outside().is_well


def test_an_index_is_asked_only_when_it_is_whole(outside, page, monkeypatch):
    outside.drop(1)
    with monkeypatch.context() as stopped:
        stopped.setattr("search.actions.delivery._drain", _stop)
        with pytest.raises(KeyboardInterrupt):
            actions.deliver()
    assert outside.generations() == {1: False}
    assert _answer("ocarina").fallback
    catch_up()
    assert outside.generations() == {1: True}


def _stop(*_args):
    raise KeyboardInterrupt


def test_an_engine_that_was_left_out_for_a_while_is_filled_afresh(
    outside, page, settings
):
    with_engine, settings.SEARCH_URL = settings.SEARCH_URL, ""
    _write(page, "Zither")
    actions.apply_changes()
    settings.SEARCH_URL = with_engine
    assert not Delivery.objects.exists()
    catch_up()
    assert _answer("zither").engine == "opensearch"
    assert _answer("zither").total == 1


def test_a_rebuild_fills_an_index_of_its_own_and_the_old_one_goes(outside, page):
    actions.rebuild()
    assert IndexState.objects.get().serving == 2
    assert outside.generations() == {1: True, 2: True}
    IndexState.objects.update(rebuilt_at=F("rebuilt_at") - 2 * actions.KEPT)
    catch_up()
    assert outside.generations() == {2: True}
    assert not _answer("ocarina").fallback


def test_the_check_finds_what_differs_outside_and_repairs_it(outside, page):
    key = Key("page", page.pk)
    version = dict(outside.held(1))[key].version
    outside.send([Remove(key, version + 1)], generation=1, at_once=True)
    outside.send([Remove(Key("page", 4711), 1)], generation=1, at_once=True)
    out = io.StringIO()
    with pytest.raises(CommandError, match="differs"):
        call_command("search_check", json=True, stdout=out)
    assert json.loads(out.getvalue())["outside"]["differing"] == [f"page {page.pk}"]
    call_command("search_check", repair=True, stdout=io.StringIO())
    assert _answer("ocarina").total == 1


def test_one_host_of_several_may_be_away(outside, page, settings):
    scheme, rest = engine_url().split("://")
    url = f"{scheme}://127.0.0.1:9,{rest.split('/')[0]}/{outside.place.prefix}"
    for _turn in range(4):
        assert RemoteEngine(url).generations() == {1: True}


def test_the_probe_says_how_the_engine_is(outside):
    assert "opensearch answers, 0 deliveries waiting" in _told_of_search()


def _told_of_search():
    return actions.probe().message


def test_a_question_that_the_engine_refuses_puts_it_to_rest_for_nobody(
    outside, page, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(engine, "body", lambda *_args, **_given: {"query": {"odd": {}}})
        answer = _answer("ocarina")
    assert answer.fallback
    assert [match.key for match in answer.matches] == [Key("page", page.pk)]
    assert not _answer("ocarina").fallback
