"""A stale form never overwrites somebody else's newer revision unnoticed."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.cms.forms import edit_url, fields_of, open_form
from tests.factories import HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def page(db: None) -> Any:
    page = StandardPageFactory(parent=HomePageFactory(), title="Tea at night")
    page.save_revision()
    return page


@pytest.fixture
def mine(client_of: Any, moderator: Any) -> Any:
    return client_of(moderator)


@pytest.fixture
def theirs(client_of: Any, editor: Any) -> Any:
    return client_of(editor)


def save(client: Any, page: Any, fields: dict, **more: Any) -> Any:
    return client.post(edit_url(page), fields | more)


def title_of(page: Any) -> str:
    page.refresh_from_db()
    return str(page.get_latest_revision_as_object().title)


@pytest.fixture
def stale(mine: Any, theirs: Any, page: Any) -> dict[str, Any]:
    """My form, loaded before they saved theirs."""
    loaded = open_form(mine, page)
    save(theirs, page, open_form(theirs, page), title="Theirs")
    return loaded | {"title": "Mine"}


WAYS = [{}, {"action-publish": "1"}, {"action-submit": "1"}]


@pytest.mark.parametrize("way", WAYS, ids=["save", "publish", "submit"])
def test_a_stale_form_is_refused_for_every_button(
    mine: Any, page: Any, stale: Any, way: dict
) -> None:
    answer = save(mine, page, stale, **way)
    assert answer.status_code == 409
    assert title_of(page) == "Theirs"
    page.refresh_from_db()
    assert page.title == "Tea at night"
    assert not page.workflow_in_progress


def test_the_refusal_says_who_saved_when_and_keeps_what_was_typed(
    mine: Any, page: Any, stale: Any, editor: Any
) -> None:
    html = save(mine, page, stale).content
    notice = BeautifulSoup(html, "html.parser").find(id="stale")
    assert notice is not None
    assert "Eda saved a newer revision" in notice.get_text()
    second, first, *_ = page.revisions.order_by("-pk").values_list("pk", flat=True)
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, first, second]
    )
    assert notice.find("a", href=compare)
    assert fields_of(html)["title"] == "Mine"


def test_a_second_window_of_the_same_person_is_told_so(mine: Any, page: Any) -> None:
    loaded = open_form(mine, page)
    save(mine, page, open_form(mine, page), title="Mine, in another window")
    refused = save(mine, page, loaded, title="Mine")
    assert refused.status_code == 409
    assert "You saved a newer revision of this page in another window" in (
        " ".join(refused.content.decode().split())
    )


def test_saving_again_without_ticking_the_box_is_refused_again(
    mine: Any, page: Any, stale: Any
) -> None:
    again = stale | fields_of(save(mine, page, stale).content)
    assert save(mine, page, again).status_code == 409
    assert title_of(page) == "Theirs"


def test_ticking_the_box_saves_mine_and_keeps_theirs_in_the_history(
    mine: Any, page: Any, stale: Any
) -> None:
    refused = save(mine, page, stale)
    chosen = stale | fields_of(refused.content)
    box = BeautifulSoup(refused.content, "html.parser").find(
        attrs={"name": "write_over"}
    )
    assert save(mine, page, chosen, write_over=box["value"]).status_code == 302
    assert title_of(page) == "Mine"
    assert "Theirs" in [each.content["title"] for each in page.revisions.all()]


def test_ticking_the_box_publishes_too(mine: Any, page: Any, stale: Any) -> None:
    refused = save(mine, page, stale, **{"action-publish": "1"})
    box = BeautifulSoup(refused.content, "html.parser").find(
        attrs={"name": "write_over"}
    )
    chosen = stale | {"action-publish": "1", "write_over": box["value"]}
    save(mine, page, chosen)
    page.refresh_from_db()
    assert page.title == "Mine"


def test_the_box_counts_only_for_the_revision_that_was_shown(
    mine: Any, theirs: Any, page: Any, stale: Any
) -> None:
    refused = save(mine, page, stale)
    box = BeautifulSoup(refused.content, "html.parser").find(
        attrs={"name": "write_over"}
    )
    save(theirs, page, open_form(theirs, page), title="Theirs again")
    chosen = stale | {"write_over": box["value"]}
    assert save(mine, page, chosen).status_code == 409
    assert title_of(page) == "Theirs again"


def test_a_form_that_is_not_stale_is_saved(mine: Any, page: Any) -> None:
    assert save(mine, page, open_form(mine, page), title="Mine").status_code == 302
    assert title_of(page) == "Mine"


def test_a_form_that_does_not_name_its_revision_is_refused(
    mine: Any, page: Any
) -> None:
    fields = open_form(mine, page)
    del fields["loaded_revision_id"]
    assert save(mine, page, fields, title="Mine").status_code == 409


def test_a_form_of_a_page_without_revisions_is_refused_once_there_is_one(
    mine: Any, theirs: Any, page: Any
) -> None:
    page.revisions.all().delete()
    page.latest_revision = page.live_revision = None
    page.save()
    loaded = open_form(mine, page)
    save(theirs, page, open_form(theirs, page), title="Theirs")
    assert save(mine, page, loaded, title="Mine").status_code == 409
    assert title_of(page) == "Theirs"


def autosave(client: Any, page: Any, fields: dict) -> Any:
    return client.post(edit_url(page), fields, **JSON)


def test_autosave_writes_one_revision_that_is_then_published(
    mine: Any, page: Any
) -> None:
    fields = open_form(mine, page) | {"title": "First"}
    first = autosave(mine, page, fields).json()
    fields |= {"overwrite_revision_id": first["revision_id"], "title": "Second"}
    second = autosave(mine, page, fields).json()
    assert second["revision_id"] == first["revision_id"]
    done = save(mine, page, fields, title="Third", **{"action-publish": "1"})
    assert done.status_code == 302
    page.refresh_from_db()
    assert page.title == "Third"


def test_autosave_of_a_stale_form_is_refused(mine: Any, page: Any, stale: Any) -> None:
    answer = autosave(mine, page, stale)
    assert (answer.status_code, answer.json()["error_code"]) == (
        400,
        "invalid_revision",
    )
    assert title_of(page) == "Theirs"


def test_overwriting_a_revision_that_autosave_changed_is_refused(
    mine: Any, theirs: Any, page: Any
) -> None:
    """Their version keeps its number while it changes, so the time is compared too."""
    fields = open_form(theirs, page) | {"title": "Theirs"}
    first = autosave(theirs, page, fields).json()
    loaded = open_form(mine, page)
    fields |= {"overwrite_revision_id": first["revision_id"], "title": "Theirs, longer"}
    autosave(theirs, page, fields)
    assert save(mine, page, loaded, title="Mine").status_code == 409
    assert title_of(page) == "Theirs, longer"


def test_the_box_does_not_count_once_that_revision_was_written_again(
    mine: Any, theirs: Any, page: Any
) -> None:
    loaded = open_form(mine, page) | {"title": "Mine"}
    fields = open_form(theirs, page) | {"title": "Theirs"}
    first = autosave(theirs, page, fields).json()
    refused = save(mine, page, loaded)
    box = BeautifulSoup(refused.content, "html.parser").find(
        attrs={"name": "write_over"}
    )
    fields |= {"overwrite_revision_id": first["revision_id"], "title": "Theirs, longer"}
    autosave(theirs, page, fields)
    assert save(mine, page, loaded, write_over=box["value"]).status_code == 409
    assert title_of(page) == "Theirs, longer"


def test_overwriting_after_my_own_autosave_makes_a_new_revision(
    mine: Any, theirs: Any, page: Any
) -> None:
    fields = open_form(mine, page) | {"title": "Mine"}
    own = autosave(mine, page, fields).json()
    save(theirs, page, open_form(theirs, page), title="Theirs")
    fields |= {"overwrite_revision_id": own["revision_id"]}
    refused = save(mine, page, fields)
    assert refused.status_code == 409
    box = BeautifulSoup(refused.content, "html.parser").find(
        attrs={"name": "write_over"}
    )
    chosen = save(mine, page, fields, write_over=box["value"])
    assert chosen.status_code == 302
    assert title_of(page) == "Mine"
    assert "Theirs" in [each.content["title"] for each in page.revisions.all()]


def test_reverting_from_a_stale_form_is_refused(
    mine: Any, theirs: Any, page: Any
) -> None:
    old = page.revisions.order_by("pk").first()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    loaded = open_form(mine, page) | fields_of(mine.get(url).content)
    save(theirs, page, open_form(theirs, page), title="Theirs")
    assert mine.post(url, loaded).status_code == 409
    assert title_of(page) == "Theirs"


def test_approving_from_a_stale_form_is_refused(
    mine: Any, theirs: Any, page: Any, client_of: Any, administrator: Any
) -> None:
    save(theirs, page, open_form(theirs, page), **{"action-submit": "1"})
    loaded = open_form(mine, page)
    other = client_of(administrator)
    save(other, page, open_form(other, page), title="Theirs")
    approval = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert save(mine, page, loaded, **approval).status_code == 409
    page.refresh_from_db()
    assert page.workflow_in_progress


def test_visitors_must_sign_in_and_members_get_404(
    client_of: Any, visitor: Any, stranger: Any, page: Any
) -> None:
    assert client_of(visitor).get(edit_url(page)).status_code == 302
    assert client_of(stranger).get(edit_url(page)).status_code == 404
