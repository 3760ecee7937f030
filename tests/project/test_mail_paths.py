"""Every e-mail says what it is about, and nothing sends one around the queue.

A new way to send fails here until somebody has decided who may read it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import ReferenceType

import wagtail
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from wagtail import signals
from wagtail.admin import mail as wagtail_mail
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, WorkflowMixin

from mail.registry import rules
from pages.actions.page_mail import PageNotifier
from pages.views.editing import CommentMail

from .test_structure import ROOT, tracked

SENDS = re.compile(r"^(django\.core\.mail|wagtail\.admin\.mail|smtplib)(\.|$)")
# Modules that reach for Django's or Wagtail's e-mail, and why they may.
MAY_SEND = {
    "site/mail/actions/delivery.py": "sends what is queued, after the rule was asked",
    "site/mail/actions/queueing.py": "takes messages into the queue",
    "site/mail/backends.py": "takes the messages of Wagtail and allauth into the queue",
    "site/pages/actions/page_mail.py": "the one place for e-mail about a page",
    "site/pages/actions/review_requests.py": "connected by the one place",
    "site/people/actions/emails.py": "composes messages, and says what they are about",
    "site/people/adapters/accounts.py": "a type; what allauth sends is about one account",
}
# `compose` makes a message that says nothing of what it is about.
MAY_COMPOSE = {"site/people/actions/emails.py", "site/people/adapters/accounts.py"}
ACCOUNT = "the account of its reader, who is its only recipient"
# What the e-mail of each template is about: the rule that is asked.
ABOUT = {
    "account_already_exists": ACCOUNT,
    "added": "people.workinggroup people.organization",
    "email_changed": ACCOUNT,
    "email_confirm": ACCOUNT,
    "email_confirmation": ACCOUNT,
    "email_confirmation_signup": ACCOUNT,
    "email_deleted": ACCOUNT,
    "group_changed": "people.workinggroup people.user",
    "invitation": "people.invitation",
    "login_code": ACCOUNT,
    "password_changed": ACCOUNT,
    "password_reset": ACCOUNT,
    "password_reset_code": ACCOUNT,
    "password_set": ACCOUNT,
    "reauthentication_code": ACCOUNT,
    "recovery_codes_generated": ACCOUNT,
    "totp_activated": ACCOUNT,
    "totp_deactivated": ACCOUNT,
    "unknown_account": ACCOUNT,
    "webauthn_added": ACCOUNT,
    "webauthn_removed": ACCOUNT,
}
# Files of Wagtail that send e-mail, and what makes it go through the one place.
OF_WAGTAIL = {
    "admin/mail.py": "notifiers, which are wrapped; functions, which the others call",
    "admin/views/pages/edit.py": "comments: the mixin of our edit views",
    "contrib/forms/models.py": "not installed",
}
SENDING = re.compile(r"\b(send_mail|send_notification|EmailM\w+|mail_admins)\(")


def ours() -> list[str]:
    top = ("site/", "learning/", "knowledge/", "search/")
    return [name for name in tracked() if name.endswith(".py") and name.startswith(top)]


def trees() -> Iterator[tuple[str, ast.Module]]:
    for name in ours():
        yield name, ast.parse((ROOT / name).read_text())


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def called(tree: ast.Module, function: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == function:
                yield node


def test_only_these_modules_reach_for_email() -> None:
    found = {name for name, tree in trees() if any(map(SENDS.match, imported(tree)))}
    assert found == set(MAY_SEND)


def test_only_these_modules_compose_a_message() -> None:
    found = {
        name
        for name, tree in trees()
        if any(each.endswith("emails.compose") for each in imported(tree))
        or any(called(tree, "compose"))
    }
    assert found == MAY_COMPOSE


def test_nothing_sends_through_another_backend() -> None:
    """`email_user` and a connection of one's own would send around the queue."""
    for function in ("email_user", "get_connection", "send_mass_mail", "mail_admins"):
        found = {name for name, tree in trees() if any(called(tree, function))}
        assert found <= {"site/mail/actions/delivery.py"}, function


def test_every_template_of_an_email_is_about_the_account_or_has_a_rule() -> None:
    folder = ROOT / "templates" / "emails"
    assert {each.stem for each in folder.glob("*.html")} == set(ABOUT)
    named = {
        rule for each in ABOUT.values() if each != ACCOUNT for rule in each.split()
    }
    assert named | {"pages.page"} == rules()


def test_what_is_sent_with_a_rule_is_what_the_table_says() -> None:
    sent = {
        keyword.value.value
        for _name, tree in trees()
        for call in called(tree, "send_email")
        for keyword in call.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
    }
    assert sent == {name for name, about in ABOUT.items() if about != ACCOUNT}


def test_wagtail_sends_from_no_other_place() -> None:
    """A new version of Wagtail may send something new."""
    root = Path(wagtail.__file__).parent
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if not {"tests", "test"} & set(path.relative_to(root).parts)
        and SENDING.search(path.read_text())
    }
    assert found <= set(OF_WAGTAIL)
    assert not apps.is_installed("wagtail.contrib.forms")


def receivers() -> Iterator[Any]:
    """Yield what listens to any signal of Wagtail."""
    for signal in vars(signals).values():
        for each in getattr(signal, "receivers", ()):
            receiver = each[1]
            yield receiver() if isinstance(receiver, ReferenceType) else receiver


def test_every_notifier_of_wagtail_goes_through_the_one_place() -> None:
    connected = list(receivers())
    assert not [each for each in connected if isinstance(each, wagtail_mail.Notifier)]
    wrapped = {
        type(each.notifier) for each in connected if isinstance(each, PageNotifier)
    }
    offered = {
        each
        for each in vars(wagtail_mail).values()
        if isinstance(each, type) and issubclass(each, wagtail_mail.Notifier)
    }
    sending = {each for each in offered if each.notification}
    assert sending
    assert sending <= wrapped


def test_nothing_but_pages_is_reviewed() -> None:
    """The one place sends nothing about other things, and asks nobody about them."""
    reviewed = [
        model for model in apps.get_models() if issubclass(model, WorkflowMixin)
    ]
    assert [model for model in reviewed if not issubclass(model, Page)] == []


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[Any]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from views(each.url_patterns)
        else:
            yield getattr(each.callback, "view_class", None)


def subclasses(of: type) -> Iterator[type]:
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_edit_form_of_pages_sends_through_the_one_place() -> None:
    edit_views = {EditView, *subclasses(EditView)}
    of_wagtail = {each for each in edit_views if each.__module__.startswith("wagtail.")}
    replacing = edit_views - of_wagtail
    assert replacing
    assert all(issubclass(each, CommentMail) for each in replacing)
    assert of_wagtail <= {base for each in replacing for base in each.__mro__}


def test_no_url_reaches_an_edit_form_of_wagtail() -> None:
    edit = {view for view in views(get_resolver().url_patterns) if view}
    names = {"edit": (1,), "revisions_revert": (1, 1)}
    # Those that ours hide. Wagtail 8 finds its views by the type of the page instead.
    assert len([view for view in edit if issubclass(view, EditView)]) <= len(names)
    for name, args in names.items():
        found = resolve(reverse(f"wagtailadmin_pages:{name}", args=args)).func
        # Ours are decorated; Wagtail's are a view of a class, or find one.
        assert found.__qualname__.startswith("require_admin_access")
