"""The secret page of a working group, the e-mails about it, and the ways to lose it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment

from people.actions import Role, revoke_role, suspend_account
from people.models import User
from tests.cms.forms import edit_url, open_form

TITLE = "Hemlock plan"


@dataclass
class Desk:
    """Two editors of the group, its lead, a page of the group, and a page of another group."""

    author: User
    colleague: User
    lead: User
    superuser: User
    group: Any
    page: Any
    elsewhere: Any


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def save(user: User, page: Any, **fields: str) -> None:
    """Save the form of the page in the CMS, with some fields changed."""
    client = client_of(user)
    client.post(edit_url(page), open_form(client, page) | fields)


def comment(user: User, page: Any, text: str) -> None:
    """Comment on the title, as the script of the form does."""
    rows = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0"}
    rows |= {"0-text": text, "0-contentpath": "title", "0-position": "", "0-id": ""}
    rows |= {"0-replies-TOTAL_FORMS": "0", "0-replies-INITIAL_FORMS": "0"}
    save(user, page, **{f"comments-{name}": value for name, value in rows.items()})


def reply(user: User, page: Any, text: str) -> None:
    """Reply to the one comment on the page."""
    found = Comment.objects.get(page=page)
    rows = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1", "0-id": str(found.pk)}
    rows |= {"0-text": found.text, "0-contentpath": "title", "0-position": ""}
    rows |= {"0-replies-TOTAL_FORMS": "1", "0-replies-INITIAL_FORMS": "0"}
    rows |= {"0-replies-0-text": text, "0-replies-0-id": ""}
    save(user, page, **{f"comments-{name}": value for name, value in rows.items()})


def subscribe(desk: Desk) -> None:
    save(desk.colleague, desk.page, comment_notifications="on")


def submit(desk: Desk) -> None:
    save(desk.author, desk.page, **{"action-submit": "1"})


def act(desk: Desk, name: str, **extra: str) -> None:
    """Approve or reject as the colleague."""
    client = client_of(desk.colleague)
    fields = open_form(client, desk.page) | extra
    fields |= {"action-workflow-action": "true", "workflow-action-name": name}
    client.post(edit_url(desk.page), fields)


def ask_for_changes(desk: Desk) -> None:
    note = {"workflow-action-extra-data": '{"comment": "Say where."}'}
    act(desk, "reject", **note)


@dataclass(frozen=True)
class PageMail:
    """One kind of e-mail about a page: who gets it, what comes before, what sends it."""

    reader: Callable[[Desk], User]
    prepare: Callable[[Desk], object]
    send: Callable[[Desk], object]


def colleague(desk: Desk) -> User:
    return desk.colleague


def author(desk: Desk) -> User:
    return desk.author


MAILS = {
    "comment": PageMail(
        colleague, subscribe, lambda desk: comment(desk.author, desk.page, "Where?")
    ),
    "reply": PageMail(
        colleague,
        lambda desk: comment(desk.colleague, desk.page, "Where?"),
        lambda desk: reply(desk.author, desk.page, "By the river"),
    ),
    "submitted": PageMail(colleague, lambda desk: None, submit),
    "approved": PageMail(author, submit, lambda desk: act(desk, "approve")),
    "rejected": PageMail(author, submit, ask_for_changes),
}


def leave_the_group(desk: Desk, reader: User) -> None:
    """Have the lead remove the reader."""
    url = reverse(
        "people:membership", args=("g", desk.group.public_id, reader.public_id)
    )
    client_of(desk.lead).post(url, {"remove": ""})


def lose_the_role(desk: Desk, reader: User) -> None:
    revoke_role(user=reader, role=Role.EDITOR)


def lose_the_second_factor(desk: Desk, reader: User) -> None:
    Authenticator.objects.filter(user=reader).delete()


def be_suspended(desk: Desk, reader: User) -> None:
    suspend_account(user=reader)


def change_the_address(desk: Desk, reader: User) -> None:
    """Change the address; the old one may be somebody else's by now."""
    User.objects.filter(pk=reader.pk).update(email="another@example.org")


def move_the_page(desk: Desk, reader: User) -> None:
    """Have somebody move the page to a group that neither editor is in."""
    args = (desk.page.pk, desk.elsewhere.pk)
    url = reverse("wagtailadmin_pages:move_confirm", args=args)
    client_of(desk.superuser).post(url)


def delete_the_page(desk: Desk, reader: User) -> None:
    url = reverse("wagtailadmin_pages:delete", args=(desk.page.pk,))
    client_of(desk.superuser).post(url)


# What only the reader loses, so that others still work on the page.
OF_ONE: dict[str, Callable[[Desk, User], None]] = {
    "group left": leave_the_group,
    "role taken": lose_the_role,
    "second factor removed": lose_the_second_factor,
    "suspended": be_suspended,
}
LOSSES = OF_ONE | {
    "address changed": change_the_address,
    "page moved": move_the_page,
    "page deleted": delete_the_page,
}
