"""Topics and audiences in the CMS: adding, renaming, moving, deleting, finding."""

from typing import Any

import pytest
from django.urls import reverse

from pages.models import Audience, Topic
from tests.factories import AudienceFactory, ResourcePageFactory, TopicFactory

pytestmark = pytest.mark.django_db

TOPICS, AUDIENCES = "wagtailsnippets_pages_topic", "wagtailsnippets_pages_audience"


def fields(name: str, **more: Any) -> dict[str, Any]:
    empty = {"parent": "", "summary": "", "synonyms": "", "slug": ""}
    return empty | {"name": name} | more


def add(client: Any, name: str, **more: Any) -> Any:
    return client.post(reverse(f"{TOPICS}:add"), fields(name, **more))


def edit(client: Any, topic: Topic, **more: Any) -> Any:
    sent = fields(topic.name, slug=topic.slug) | more
    return client.post(reverse(f"{TOPICS}:edit", args=[topic.pk]), sent)


def test_a_topic_that_an_editor_adds_has_its_page_at_once(
    client: Any, client_of: Any, editor: Any, site_tree: Any
) -> None:
    answer = add(client_of(editor), "Harm reduction", summary="Meeting people there.")
    assert answer.status_code == 302
    html = client.get("/topics/harm-reduction/").content.decode()
    assert "Meeting people there." in html
    assert "Pages about this topic will appear here." in html


@pytest.mark.parametrize("who", ["owner", "member", "stranger"])
def test_members_add_no_topics(request: Any, client_of: Any, who: str) -> None:
    assert add(client_of(request.getfixturevalue(who)), "Mine").status_code == 404
    assert not Topic.objects.exists()


def test_a_visitor_adds_no_topics(client: Any) -> None:
    assert add(client, "Mine").status_code == 302
    assert not Topic.objects.exists()


def test_a_name_is_used_once(client_of: Any, editor: Any) -> None:
    TopicFactory(name="Night")
    answer = add(client_of(editor), "Night")
    assert "already exists" in answer.content.decode()
    assert Topic.objects.count() == 1


def test_names_that_give_the_same_slug_are_told_apart(
    client_of: Any, editor: Any
) -> None:
    client = client_of(editor)
    for name in ("Night", "Night!", "Night?"):
        assert add(client, name).status_code == 302
    slugs = Topic.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["night", "night-2", "night-3"]


def test_a_name_without_latin_letters_has_a_page(
    client: Any, client_of: Any, editor: Any, site_tree: Any
) -> None:
    assert add(client_of(editor), "夜勤").status_code == 302
    topic = Topic.objects.get(name="夜勤")
    assert client.get(topic.get_absolute_url()).status_code == 200
    assert client.get("/topics/").status_code == 200


def test_a_name_of_full_length_keeps_its_slug_within_the_column(
    client_of: Any, editor: Any
) -> None:
    client = client_of(editor)
    assert add(client, "n" * 100).status_code == 302
    assert add(client, "n" * 99 + "!").status_code == 302
    assert "at most 100 characters" in add(client, "n" * 101).content.decode()
    assert Topic.objects.count() == 2


def test_a_slug_that_somebody_chose_must_be_free(client_of: Any, editor: Any) -> None:
    TopicFactory(name="Night")
    answer = add(client_of(editor), "Dusk", slug="night")
    assert "already exists" in answer.content.decode()
    assert not Topic.objects.filter(name="Dusk").exists()


def test_a_slug_that_is_emptied_is_made_again(client_of: Any, editor: Any) -> None:
    topic = TopicFactory(name="Night")
    assert edit(client_of(editor), topic, name="Dusk", slug="").status_code == 302
    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Dusk", "dusk")


def test_a_topic_moves_below_another_and_takes_its_pages_along(
    client: Any, client_of: Any, editor: Any, site_tree: Any
) -> None:
    night, keys = TopicFactory(name="Night"), TopicFactory(name="Keys")
    page = ResourcePageFactory(parent=site_tree.library, title="Who has the key")
    page.topics = [keys]
    page.save()
    assert "Who has the key" not in client.get("/topics/night/").content.decode()
    assert edit(client_of(editor), keys, parent=night.pk).status_code == 302
    assert "Who has the key" in client.get("/topics/night/").content.decode()


def test_a_topic_with_topics_below_it_is_not_deleted_in_the_cms(
    client_of: Any, editor: Any
) -> None:
    night = TopicFactory(name="Night")
    TopicFactory(name="Keys", parent=night)
    client = client_of(editor)
    url = reverse(f"{TOPICS}:delete", args=[night.pk])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code in {200, 302}
    assert Topic.objects.filter(pk=night.pk).exists()


def test_deleting_a_topic_leaves_its_pages(
    client: Any, client_of: Any, editor: Any, site_tree: Any
) -> None:
    topic = TopicFactory(name="Garden")
    page = ResourcePageFactory(parent=site_tree.library, topics=[topic])
    url = reverse(f"{TOPICS}:delete", args=[topic.pk])
    assert client_of(editor).post(url).status_code == 302
    assert client.get("/topics/garden/").status_code == 404
    assert client.get(page.url).status_code == 200


def test_editors_find_a_topic_by_its_other_words(client_of: Any, editor: Any) -> None:
    TopicFactory(name="Opioid agonist treatment", synonyms="methadone\nSuboxone")
    TopicFactory(name="Garden")
    url = reverse(f"{TOPICS}:list") + "?q=methadone"
    html = client_of(editor).get(url).content.decode()
    assert "Opioid agonist treatment" in html
    assert "Garden" not in html


def test_the_list_counts_the_pages_of_each_topic(
    client_of: Any, editor: Any, site_tree: Any, count_queries: Any
) -> None:
    client = client_of(editor)
    url = reverse(f"{TOPICS}:list")
    night = TopicFactory(name="Night")
    client.get(url)
    with count_queries() as few:
        client.get(url)
    for number in range(8):
        TopicFactory(name=f"Part {number}", parent=night)
        ResourcePageFactory(parent=site_tree.library, topics=[night])
    with count_queries() as many:
        listed = client.get(url).context["object_list"]
    assert {each.name: each.used for each in listed}["Night"] == 8
    assert len(many) <= len(few)


def test_audiences_with_the_same_slug_are_told_apart(
    client_of: Any, editor: Any
) -> None:
    AudienceFactory(name="Night staff")
    url = reverse(f"{AUDIENCES}:add")
    answer = client_of(editor).post(url, {"name": "Night staff!", "slug": ""})
    assert answer.status_code == 302
    assert Audience.objects.get(name="Night staff!").slug == "night-staff-2"
