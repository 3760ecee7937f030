"""Every change reaches the external engine, whatever fails in between."""

import io
import json
import socket
import time

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from search import actions, engines, jobs
from search.engines import ItemKey
from search.engines.remote import Put, RemoteEngine, Remove, engine
from search.engines.remote.connection import SEARCH_TIMEOUT, client
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
    return engines.search(parse(words), rules)


def _write(page, title):
    page.title = title
    page.save_revision().publish()


def _wait_no_longer():
    Delivery.objects.update(not_before=timezone.now())


def _document(engine, page):
    return client(engine.url).get(
        index=f"{engine.location.prefix}-g1", id=f"page-{page.pk}"
    )


def test_a_written_item_is_found_by_the_external_engine(outside, page):
    answer = _answer("ocarina")
    assert (answer.engine, answer.fallback) == ("opensearch", False)
    assert [match.key for match in answer.matches] == [ItemKey("page", page.pk)]


def test_a_deleted_page_is_removed_from_the_engine(outside, page):
    page.delete()
    catch_up()
    assert _answer("ocarina").total == 0
    assert ItemKey("page", page.pk) not in dict(outside.stored_items(1))


def test_several_changes_to_a_page_are_sent_once(outside, page):
    for title in ("Ocarina one", "Ocarina two", "Ocarina three"):
        _write(page, title)
        actions.apply_changes()
    assert Delivery.objects.count() == 3
    assert actions.deliver().sent == 1
    item = IndexedItem.objects.get(object_id=page.pk, source="page")
    assert (
        dict(outside.stored_items(1))[ItemKey("page", page.pk)].version == item.version
    )


def test_an_older_version_never_overwrites_a_newer_one(outside, page):
    key = ItemKey("page", page.pk)
    now = _document(outside, page)
    newer = Put(
        key, now["_version"] + 5, {**now["_source"], "words": "", "passages": []}
    )
    late = Remove(key, now["_version"] + 1)
    for change in (newer, late, newer):
        assert outside.send([change], generation=1, refresh=True) == {}
    assert _document(outside, page)["_version"] == newer.version


def test_a_late_write_does_not_restore_a_deleted_page(outside, page):
    key = ItemKey("page", page.pk)
    before = _document(outside, page)
    outside.send([Remove(key, before["_version"] + 2)], generation=1, refresh=True)
    again = Put(key, before["_version"] + 1, {**before["_source"], "passages": []})
    assert outside.send([again], generation=1, refresh=True) == {}
    assert key not in dict(outside.stored_items(1))


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
    monkeypatch.setattr("search.engines.failover.MAX_HIDDEN", 0)
    actions.conceal(source="page", object_ids=[page.pk])
    answer = _answer("ocarina")
    assert (answer.total, answer.engine, answer.fallback) == (
        0,
        engines.embedded().name,
        False,
    )


def test_the_embedded_engine_answers_while_the_external_one_is_unavailable(
    door, page, visitor, client_of
):
    catch_up()
    door.shut()
    _write(page, "Zither")
    assert "1 changed" in jobs.apply_changes()
    assert "unavailable" in _told_of_search()
    answer = _answer("zither")
    assert (answer.total, answer.engine, answer.fallback) == (
        1,
        engines.embedded().name,
        True,
    )
    text = client_of(visitor).get("/search/", {"q": "zither"}).content.decode()
    assert "The search engine is unavailable." in text
    assert Delivery.objects.get().attempts == 0


def test_missed_changes_are_delivered_when_the_engine_is_back(door, page, monkeypatch):
    monkeypatch.setattr("search.engines.failover.BACKOFF_SECONDS", 0.0)
    catch_up()
    door.shut()
    _write(page, "Zither")
    assert "1 changed" in jobs.apply_changes()
    row = Delivery.objects.get()
    assert timezone.now() < row.not_before < timezone.now() + actions.MAX_RETRY_DELAY
    door.open()
    _wait_no_longer()
    catch_up()
    assert not Delivery.objects.exists()
    answer = _answer("zither")
    assert (answer.total, answer.engine) == (1, "opensearch")


def test_a_failed_engine_is_not_retried_at_once(door, page):
    catch_up()
    door.shut()
    assert _answer("ocarina").fallback
    door.open()
    assert _answer("ocarina").fallback


def test_only_one_search_waits_for_an_unresponsive_engine(door, page):
    catch_up()
    door.shut()
    with socket.create_server(("127.0.0.1", door.port), backlog=8):
        waited = []
        for _turn in range(2):
            began = time.monotonic()
            assert _answer("ocarina").total == 1
            waited.append(time.monotonic() - began)
    assert SEARCH_TIMEOUT <= waited[0] < SEARCH_TIMEOUT + 1
    assert waited[1] < SEARCH_TIMEOUT / 2


def test_creating_an_existing_index_changes_nothing(outside, page):
    outside.create(1)
    assert _answer("ocarina").total == 1


def test_a_rejected_item_does_not_block_the_others(outside, page, site_tree):
    indices = client(outside.url).indices
    index = f"{outside.location.prefix}-g1"
    indices.put_settings(index=index, settings={"index.blocks.write": True})
    _write(page, "Zither")
    catch_up()
    refused = Delivery.objects.get()
    assert refused.attempts == 1
    assert "block" in refused.error
    indices.put_settings(index=index, settings={"index.blocks.write": False})
    other = StandardPageFactory(parent=site_tree.home, title="Marimba", slug="marimba")
    catch_up()
    assert _answer("marimba").matches[0].key == ItemKey("page", other.pk)
    _wait_no_longer()
    catch_up()
    assert _answer("zither").total == 1
    assert not Delivery.objects.exists()


def test_an_engine_that_lost_everything_is_filled_again(outside, page):
    outside.drop(1)
    assert _answer("ocarina").fallback, "no index answers, the database does"
    catch_up()
    assert not _answer("ocarina").fallback
    assert actions.compare_remote().is_consistent


def test_an_index_is_searched_only_when_it_is_complete(outside, page, monkeypatch):
    outside.drop(1)
    with monkeypatch.context() as stopped:
        stopped.setattr("search.actions.delivery._send_all_due", _stop)
        with pytest.raises(KeyboardInterrupt):
            actions.deliver()
    assert outside.generations() == {1: False}
    assert _answer("ocarina").fallback
    catch_up()
    assert outside.generations() == {1: True}


def _stop(*_args):
    raise KeyboardInterrupt


def test_an_engine_that_missed_changes_is_filled_again(outside, page, settings):
    with_engine, settings.SEARCH_URL = settings.SEARCH_URL, ""
    _write(page, "Zither")
    actions.apply_changes()
    settings.SEARCH_URL = with_engine
    assert not Delivery.objects.exists()
    catch_up()
    assert _answer("zither").engine == "opensearch"
    assert _answer("zither").total == 1


def test_a_rebuild_fills_a_new_index_and_drops_the_old_one(outside, page):
    actions.rebuild()
    assert IndexState.objects.get().serving == 2
    assert outside.generations() == {1: True, 2: True}
    IndexState.objects.update(rebuilt_at=F("rebuilt_at") - 2 * actions.RETENTION)
    catch_up()
    assert outside.generations() == {2: True}
    assert not _answer("ocarina").fallback


def test_filling_an_index_again_stops_at_the_time_limit(outside, page, monkeypatch):
    monkeypatch.setattr("search.actions.delivery.BATCH", 1)
    outside.drop(1)
    outside.create(1)
    assert actions.deliver(seconds=0).sent == 1
    assert Delivery.objects.exists()
    assert outside.generations() == {1: False}
    assert _answer("ocarina").engine == engines.embedded().name
    catch_up()
    assert outside.generations() == {1: True}
    assert _answer("ocarina").engine == "opensearch"


def test_search_check_repairs_differences_of_the_engine(outside, page):
    key = ItemKey("page", page.pk)
    version = dict(outside.stored_items(1))[key].version
    outside.send([Remove(key, version + 1)], generation=1, refresh=True)
    outside.send([Remove(ItemKey("page", 4711), 1)], generation=1, refresh=True)
    out = io.StringIO()
    with pytest.raises(CommandError, match="differs"):
        call_command("search_check", json=True, stdout=out)
    assert json.loads(out.getvalue())["outside"]["differing"] == [f"page {page.pk}"]
    call_command("search_check", repair=True, stdout=io.StringIO())
    assert _answer("ocarina").total == 1


def test_one_host_of_several_may_be_unavailable(outside, page, settings):
    scheme, rest = engine_url().split("://")
    url = f"{scheme}://127.0.0.1:9,{rest.split('/')[0]}/{outside.location.prefix}"
    for _turn in range(4):
        assert RemoteEngine(url).generations() == {1: True}


def test_the_probe_reports_the_state_of_the_engine(outside):
    assert "opensearch answers" in _told_of_search()


def _told_of_search():
    return actions.probe().message


def test_a_rejected_query_does_not_disable_the_engine(outside, page, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(
            engine, "search_body", lambda *_args, **_given: {"query": {"odd": {}}}
        )
        answer = _answer("ocarina")
    assert answer.fallback
    assert [match.key for match in answer.matches] == [ItemKey("page", page.pk)]
    assert not _answer("ocarina").fallback
