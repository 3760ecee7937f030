"""Template tags of people, and the labels of the forms of sign-in."""

from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import timezone
from django.utils.module_loading import import_string

from people.forms.labels import CodeMixin, LabelsMixin
from people.models import User
from people.templatetags.people_tags import account_tabs, browser
from tests.factories import WorkingGroupFactory

# The forms of a passkey show no field.
WITHOUT_FIELDS = {"people.forms.PasskeyForm", "people.forms.ReauthenticatePasskeyForm"}
FORMS = sorted(
    {*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()} - WITHOUT_FIELDS
)


@pytest.mark.parametrize(
    ("user_agent", "shown"),
    [
        ("Mozilla/5.0 (Android 14; Mobile) Gecko/1 Firefox/130.0", "Firefox, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Macintosh) Chrome/126 Safari/537 Edg/126.0", "Edge, Mac"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/1 Safari/1 OPR/1", "Opera, Windows"),
        ("curl/8", "A device"),
        ("", "A device"),
    ],
)
def test_a_browser_is_shown_by_a_short_name(user_agent: str, shown: str) -> None:
    assert browser(user_agent) == shown


def test_exactly_the_current_tab_of_the_account_is_marked() -> None:
    for here in ("overview", "profile", "security", "data"):
        tabs = account_tabs(here)
        assert [tab.current for tab in tabs].count(True) == 1
    assert [tab.url for tab in account_tabs("data") if tab.current] == [
        "/account/data/"
    ]


@pytest.mark.django_db
def test_only_leads_of_an_active_group_get_the_link_to_its_members(
    rf: Any, owner: User, member: User, moderator: User, working_group: Any
) -> None:
    template = Template("{% load people_tags %}{% leads_group group as x %}{{ x }}")
    other = WorkingGroupFactory(name="Dawn")

    def shown(user: User, group: Any) -> str:
        request = rf.get("/")
        request.user = user
        return template.render(Context({"request": request, "group": group}))

    assert shown(owner, working_group) == "True"
    assert shown(moderator, working_group) == "True"
    assert shown(member, working_group) == "False"
    assert shown(owner, other) == "False"
    working_group.closed_at = timezone.now()
    working_group.save()
    assert shown(owner, working_group) == "False"


@pytest.mark.parametrize("path", FORMS)
def test_every_form_of_sign_in_has_our_labels(path: str) -> None:
    form = import_string(path)
    assert issubclass(form, LabelsMixin)
    for label in form.labels.values():
        assert str(label)[0].isupper()
    if "code" in form.labels:
        assert issubclass(form, CodeMixin)


@pytest.mark.django_db
def test_a_form_of_sign_in_has_no_placeholders_and_offers_codes(client: Any) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "placeholder=" not in page
    assert "Keep me signed in here for a month" in page
    client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    page = client.get("/accounts/login/code/confirm/").content.decode()
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page


def test_the_parts_of_an_email_are_rendered_as_html_and_as_text() -> None:
    source = (
        "{% load email_parts %}{% words %}Two\n   words & more{% endwords %}"
        "{% plate '123456' %}{% act 'https://x.example/' 'Open' %}"
    )
    text = Template(source).render(Context({"plain": True}))
    assert text == ("Two words & more\n\n    123456\n\nOpen:\nhttps://x.example/\n\n")
    html = Template(source).render(Context({"plain": False}))
    assert "<p" in html
    assert "123456" in html
    assert 'href="https://x.example/"' in html
