"""Attack: make an editor's browser run a script, load something or send a form elsewhere;
show a page of the site or of the CMS in a frame of another site.

Every URL of the CMS is asked for its Content-Security-Policy, and for what that policy would
refuse: inline scripts, styles and handlers. Tests in `tests/browser` use the CMS.
"""

import base64
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from wagtail.admin.widgets import BaseChooser

from pages.models import StandardPage
from tests.access.closing import close_response
from tests.access.examples import Examples
from tests.access.guarded import GuardedSite
from tests.cms.forms import empty_streams, fields_of, open_form
from tests.factories import StandardPageFactory, Tree

from .cms_walk import cms_addresses
from .production import ENVIRONMENT

pytestmark = pytest.mark.django_db

CMS = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
# What the CMS frames, or opens in a window of its own as a page of the site.
PREVIEWS = frozenset(
    {
        "wagtailadmin_block_preview",
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:workflow_preview",
    }
)
MANY = 150
SCRIPTS = {"", "module", "text/javascript", "application/javascript"}
FROM_PRODUCTION = (
    "MIDDLEWARE",
    "CONTENT_SECURITY_POLICY",
    "CMS_CONTENT_SECURITY_POLICY",
    "X_FRAME_OPTIONS",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_SSL_REDIRECT",
)
REPORT = f"""
import base64, pickle
from django.conf import settings
found = {{name: getattr(settings, name) for name in {FROM_PRODUCTION!r}}}
print(base64.b64encode(pickle.dumps(found)).decode())
"""


def policy(response: Any) -> dict[str, str]:
    """Return the directives of the Content-Security-Policy and their sources but nonces."""
    sent = re.sub(" 'nonce-[^']+'", "", response["Content-Security-Policy"])
    return dict(part.split(" ", 1) for part in sent.split("; "))


def inline_parts(html: str) -> Iterator[str]:
    """Yield what the policy refuses: scripts, styles and handlers inside of the HTML."""
    for each in BeautifulSoup(html, "html.parser").find_all(True):
        kind = each.get("type", "").strip().lower()
        if each.name == "script" and not each.get("src") and kind in SCRIPTS:
            yield str(each)[:120]
        if each.name == "style":
            yield str(each)[:120]
        for name, value in each.attrs.items():
            if name == "style" or name.startswith("on"):
                yield f"<{each.name} {name}={value}>"
            if "<script" in str(value) or str(value).startswith("javascript:"):
                yield f"<{each.name} {name}={str(value)[:120]}>"


def texts_in(response: Any) -> Iterator[str]:
    """Yield the HTML of a response: the whole, or the strings in its JSON."""
    kind = response.get("Content-Type", "")
    if kind.startswith("text/html"):
        yield response.content.decode()
    elif kind.startswith("application/json"):
        waiting = [json.loads(response.content)]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str) and "<" in item:
                yield item
            elif isinstance(item, list | dict):
                waiting += item.values() if isinstance(item, dict) else item


@pytest.fixture(params=["as in the tests", "as in production"])
def ask_as(request: Any, settings: Any, client_of: Callable) -> Callable[[Any], Client]:
    """Return `ask_as(person)`, a client; once with the settings of production."""
    if request.param == "as in the tests":
        return client_of
    printed = subprocess.run(
        [sys.executable, "-c", REPORT],
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    for name, value in pickle.loads(base64.b64decode(printed)).items():  # noqa: S301
        setattr(settings, name, value)

    def behind_the_proxy(person: Any) -> Client:
        client = client_of(person)
        client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
        return client

    return behind_the_proxy


@pytest.fixture
def draft(site_tree: Tree, editor: Any) -> StandardPage:
    page = StandardPageFactory(parent=site_tree.home, title="Tea at night", live=False)
    page.save_revision(user=editor)
    return page


def test_every_url_of_the_cms_has_the_policy_and_keeps_to_it(
    browser_of: Callable, guarded: GuardedSite
) -> None:
    client, examples = browser_of("administrator"), Examples(guarded)
    client.raise_request_exception = False
    loose, refused, pages = [], [], 0
    for address in cms_addresses():
        for path in examples.of(address)[:1]:
            response = client.get(path)
            pages += response.status_code == 200
            if address.name not in PREVIEWS:
                if policy(response) != CMS or response["X-Frame-Options"] != "DENY":
                    loose.append(path)
                refused += [
                    f"{path}: {part}"
                    for text in texts_in(response)
                    for part in inline_parts(text)
                ]
            close_response(response)
    assert loose == []
    assert refused == [], "\n".join(refused)
    assert pages > MANY


def is_preview(response: Any, public: Any) -> bool:
    """Tell whether a page has the policy of the site, and may be framed by the CMS only."""
    assert response.status_code == 200
    strict = policy(public) | {"frame-ancestors": "'self'"}
    return policy(response) == strict and response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_cms_may_frame_a_preview_of_a_page(
    ask_as: Callable, editor: Any, draft: StandardPage
) -> None:
    client = ask_as(editor)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    public = client.get("/")
    broken = client.get(url)
    assert "Preview not available" in broken.content.decode()
    assert is_preview(broken, public)

    assert client.post(url, open_form(client, draft)).json()["is_valid"]
    shown = client.get(url, {"in_preview_panel": "true"})
    assert "Tea at night" in shown.content.decode()
    assert is_preview(shown, public)
    # The content checks are a script in the preview.
    assert b"userbar.js" in shown.content
    assert b"userbar.js" not in public.content


def test_the_cms_may_frame_a_preview_of_a_new_page(
    ask_as: Callable, editor: Any, site_tree: Tree
) -> None:
    client = ask_as(editor)
    kind = ["pages", "standardpage", site_tree.home.pk]
    form = client.get(reverse("wagtailadmin_pages:add", args=kind))
    sent = empty_streams(StandardPage) | fields_of(form.content)
    url = reverse("wagtailadmin_pages:preview_on_add", args=kind)
    assert client.post(url, sent | {"title": "House rules"}).json()["is_valid"]
    shown = client.get(url, {"in_preview_panel": "true"})
    assert "House rules" in shown.content.decode()
    assert is_preview(shown, client.get("/"))


def test_drafts_revisions_and_reviews_are_shown_like_previews(
    ask_as: Callable, editor: Any, moderator: Any, draft: StandardPage
) -> None:
    draft.get_workflow().start(draft, editor)
    task = draft.current_workflow_task
    client = ask_as(moderator)
    block = draft._meta.get_field("body").stream_block.child_blocks["text"]
    for path in (
        reverse("wagtailadmin_pages:view_draft", args=[draft.pk]),
        reverse(
            "wagtailadmin_pages:revisions_view",
            args=[draft.pk, draft.latest_revision_id],
        ),
        reverse("wagtailadmin_pages:workflow_preview", args=[draft.pk, task.pk]),
        f"{reverse('wagtailadmin_block_preview')}?id={block.definition_prefix}",
    ):
        assert is_preview(client.get(path), client.get("/")), path


def test_nobody_may_frame_the_site(
    ask_as: Callable, editor: Any, site_tree: Tree
) -> None:
    client = ask_as(editor)
    for path in (
        "/",
        site_tree.guide.url,
        "/search/?q=night",
        "/no-such-page/",
        "/cms/",
        f"/cms/pages/{site_tree.about.pk}/edit/",
    ):
        response = client.get(path)
        assert response.status_code in {200, 404}, path
        assert policy(response)["frame-ancestors"] == "'none'", path
        assert response["X-Frame-Options"] == "DENY", path


def kinds_of(chooser: type) -> Iterator[type]:
    for kind in chooser.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_the_script_of_every_chooser_can_be_started() -> None:
    known = Path(finders.find("cms/start.js")).read_text()
    for kind in kinds_of(BaseChooser):
        assert f'"{kind.js_constructor}"' in known, kind
        # Those that are started by a function say so only in their inline script.
        by_function = kind.render_js_init is not BaseChooser.render_js_init
        assert kind.js_constructor.startswith("create") == by_function, kind
