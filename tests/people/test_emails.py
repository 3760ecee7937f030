"""Every e-mail has a discreet subject, a plain text and an HTML part."""

from pathlib import Path
from typing import Any

import allauth
import pytest
from django.conf import settings
from django.utils import timezone

from people.actions.emails import compose

pytestmark = pytest.mark.django_db
MAILS = sorted(
    path.stem for path in (settings.ROOT / "templates/emails").glob("*.html")
)
PACKAGE = Path(allauth.__file__).parent / "templates"
# Passwords are replaced by codes here, not by links.
NEVER_SENT = {"password_reset_key"}
GIVEN: dict[str, Any] = {
    "code": "482190",
    "url": "https://site.example/x/",
    "signup_url": "https://site.example/accounts/signup/",
    "by": "Rowan <b>&",
    "into": "Night shifts",
    "timestamp": timezone.now(),
    "ends_at": timezone.now(),
    "ip": "192.0.2.1",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "old@example.org",
}


def test_every_mail_of_allauth_has_a_template_of_ours() -> None:
    theirs = {
        path.stem.removesuffix("_message")
        for app in ("account", "mfa")
        for path in (PACKAGE / app / "email").glob("*_message.txt")
    }
    missing = {name for name in theirs - NEVER_SENT if not name.startswith("base")}
    assert missing <= set(MAILS)


@pytest.mark.parametrize("name", MAILS)
def test_an_email_has_a_discreet_subject_a_text_and_an_html_part(name: str) -> None:
    letter = compose(name=name, to=["a@example.org"], context=GIVEN)
    page = str(letter.alternatives[0][0])
    assert "Everydoor" in letter.subject
    for word in ("Night shifts", "treatment", "recovery", "substance", "482190", "\n"):
        assert word not in letter.subject
    assert "<p" not in letter.body
    assert "&amp;" not in letter.body
    assert letter.body.count("\n\n\n") == 0
    assert 'width="600"' in page
    assert "<b>&" not in page
    assert "http" not in page.replace("https://site.example", "").replace(
        "http://localhost:8000", ""
    )
