"""The texts of a community: who edits them, where they are shown, what a new site says."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Site

from people.actions.emails import compose
from people.models import CommunitySettings
from tests.factories import HomePageFactory

pytestmark = pytest.mark.django_db

TEXTS = {
    "name": "Harbour",
    "motto": "Come as you are.",
    "description": "Night workers of one coast.",
    "headline": "You are not alone at three.",
    "lead": "We meet on Tuesdays.",
    "who_may_join": "Open to everybody who works nights.",
    "land_acknowledgement": "We meet on the lands of the Example Nation.",
    "help_line_intro": "Somebody to talk to?",
    "help_line_label": "Call the night line",
    "help_line_number": "555 01-00",
    "help_line_hours": "until six",
    "contact_email": "harbour@example.org",
}


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory(title="Welcome", summary="")


@pytest.fixture
def texts() -> CommunitySettings:
    site = Site.objects.get(is_default_site=True)
    return CommunitySettings.objects.create(site=site, **TEXTS)


def read(client: Any, url: str = "/") -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


def text_of(soup: BeautifulSoup, selector: str) -> str:
    found = soup.select_one(selector)
    assert found is not None, selector
    return " ".join(found.get_text(" ").split())


def test_a_visitor_reads_all_of_them_on_the_home_page(
    client: Any, texts: CommunitySettings
) -> None:
    page = read(client)
    assert text_of(page, "h1") == TEXTS["headline"]
    assert text_of(page, ".lede") == TEXTS["lead"]
    assert TEXTS["who_may_join"] in text_of(page, ".hero")
    assert text_of(page, ".brand") == "Harbour"
    assert page.title is not None
    assert "Harbour" in page.title.get_text()
    footer = text_of(page, ".foot")
    for name in ("motto", "description", "land_acknowledgement", "contact_email"):
        assert TEXTS[name] in footer
    assert "Somebody to talk to? Call the night line , until six." in footer


def test_the_description_is_for_search_engines_too(
    client: Any, texts: CommunitySettings
) -> None:
    meta = read(client).find("meta", attrs={"name": "description"})
    assert meta is not None
    assert meta["content"] == TEXTS["description"]


def test_the_number_of_the_help_line_is_a_link(
    client: Any, texts: CommunitySettings
) -> None:
    link = read(client).find("a", string=TEXTS["help_line_label"])
    assert link is not None
    assert link["href"] == "tel:5550100"


def test_a_new_site_says_nothing_but_its_name(client: Any) -> None:
    page = read(client)
    assert text_of(page, "h1") == "Welcome"
    assert text_of(page, ".brand") == "Everydoor"
    assert text_of(page, ".foot") == "Everydoor"
    html = str(page)
    for word in ("British Columbia", "988", "First Nations", "tel:", "mailto:"):
        assert word not in html


@pytest.mark.parametrize("url", ["/topics/", "/search/", "/accounts/login/", "/none/"])
def test_pages_outside_the_tree_show_them_too(
    client: Any, texts: CommunitySettings, url: str
) -> None:
    assert TEXTS["motto"] in text_of(read(client, url), ".foot")


def test_they_are_escaped(client: Any, texts: CommunitySettings) -> None:
    texts.name = "<b>Harbour</b> & sons"
    texts.motto = "<script>alert(1)</script>"
    texts.save()
    html = client.get("/").content.decode()
    assert "<b>Harbour</b>" not in html
    assert "&lt;b&gt;Harbour&lt;/b&gt; &amp; sons" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("number", ["javascript:alert(1)", "call me", "+", "9;ext=1"])
def test_the_number_of_the_help_line_is_a_number(
    texts: CommunitySettings, number: str
) -> None:
    texts.help_line_number = number
    with pytest.raises(ValidationError, match="digits"):
        texts.full_clean()


def test_they_cost_one_query_on_a_page_of_the_tree(
    client: Any, texts: CommunitySettings, count_queries: Any
) -> None:
    client.get("/")
    with count_queries() as asked:
        client.get("/")
    table = CommunitySettings._meta.db_table
    found = [each for each in asked.captured_queries if table in each["sql"]]
    assert len(found) == 1


def settings_url() -> str:
    return reverse("wagtailsettings:edit", args=["people", "communitysettings"])


@pytest.mark.parametrize(
    ("who", "status"),
    [("administrator", 200), ("moderator", 302), ("editor", 302), ("stranger", 404)],
)
def test_only_administrators_edit_them(
    request: Any, client_of: Any, who: str, status: int
) -> None:
    client = client_of(request.getfixturevalue(who))
    answer = client.get(settings_url(), follow=who == "administrator")
    assert answer.status_code == status


def test_a_change_in_the_cms_shows_at_once(
    client: Any, client_of: Any, administrator: Any
) -> None:
    site = Site.objects.get(is_default_site=True)
    url = reverse("wagtailsettings:edit", args=["people", "communitysettings", site.pk])
    answer = client_of(administrator).post(url, TEXTS)
    assert answer.status_code == 302
    assert text_of(read(client), ".brand") == "Harbour"


def test_emails_carry_the_name_and_the_contact_address(
    texts: CommunitySettings,
) -> None:
    message = compose(name="login_code", to=["a@example.org"], context={"code": "1234"})
    assert message.subject == "Your code for Harbour"
    assert "Harbour" in message.body
    assert "harbour@example.org" in message.body
    assert "harbour@example.org" in str(message.alternatives[0][0])


def test_each_site_has_its_own(texts: CommunitySettings) -> None:
    other = Site.objects.create(
        hostname="other.example.org", root_page=texts.site.root_page
    )
    assert CommunitySettings.for_site(other).name == "Everydoor"
    assert CommunitySettings.for_default_site().name == "Harbour"


def test_without_a_site_there_are_defaults() -> None:
    Site.objects.all().delete()
    assert CommunitySettings.for_default_site().name == "Everydoor"
    assert not CommunitySettings.objects.exists()
