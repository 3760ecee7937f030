"""Attack: subscribe to a page, lose access to it, and read on in one's mailbox.

Each e-mail about a page is made for those who may see it, and asked about again before it is
sent: for who left the group in between, and for each other way to lose the page.
"""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client, override_settings
from django.urls import include, path
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from everydoor import urls as site_urls
from mail.actions import deliver_due_mail
from mail.models import OutgoingMail
from people.actions import Role, join_working_group
from people.models import User
from tests.factories import (
    HomePageFactory,
    StandardPageFactory,
    WorkingGroupFactory,
    restrict_page,
    with_role,
)

from .extent import WHOLE
from .page_mail import (
    LOSSES,
    MAILS,
    OF_ONE,
    TITLE,
    Desk,
    comment,
    leave_the_group,
    save,
    submit,
    subscribe,
)

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


class WithMail:
    """The URLs of the demonstration."""

    urlpatterns = [path("mail/", include("mail.urls")), *site_urls.urlpatterns]


@pytest.fixture(autouse=True)
def _through_the_queue(settings: Any) -> None:
    settings.EMAIL_BACKEND = "mail.backends.OutboxBackend"


@pytest.fixture
def other_editor(organization: Any) -> User:
    return with_role(
        Role.EDITOR, email="other@example.org", name="Oda", organization=organization
    )


@pytest.fixture
def desk(
    editor: User,
    other_editor: User,
    owner: User,
    administrator: User,
    working_group: Any,
) -> Desk:
    administrator.is_superuser = True
    administrator.save()
    home = HomePageFactory()
    page = StandardPageFactory(parent=home, title=TITLE, live=False)
    page.save_revision()
    restrict_page(page, working_group.group)
    elsewhere = StandardPageFactory(parent=home, title="Another group")
    restrict_page(elsewhere, WorkingGroupFactory(name="Days").group)
    for user in (editor, other_editor):
        join_working_group(user=user, working_group=working_group)
    return Desk(
        author=editor,
        colleague=other_editor,
        lead=owner,
        superuser=administrator,
        group=working_group,
        page=page,
        elsewhere=elsewhere,
    )


def pairs(losses: dict[str, Any]) -> list[tuple[str, str]]:
    """Return each kind of mail with the group left, and one of either way with each loss."""
    every = [(kind, loss) for kind in MAILS for loss in losses]
    kinds = MAILS if WHOLE else ("comment", "rejected")
    return [pair for pair in every if pair[0] in kinds or pair[1] == "group left"]


def to(user: User) -> Any:
    return OutgoingMail.objects.addressed_to([user.email])


def received() -> list[str]:
    return [address for each in mail.outbox for address in each.to]


@pytest.mark.parametrize("kind", MAILS)
def test_who_may_see_the_page_gets_the_mail(desk: Desk, kind: str) -> None:
    reader = MAILS[kind].reader(desk)
    MAILS[kind].prepare(desk)
    MAILS[kind].send(desk)
    queued = to(reader).get()
    assert (queued.about.rule, queued.about.key) == ("pages.page", str(desk.page.pk))
    deliver_due_mail()
    (sent,) = [each for each in mail.outbox if reader.email in each.to]
    assert sent.recipients() == [reader.email]
    assert TITLE in sent.body
    assert TITLE not in sent.subject
    others = User.objects.exclude(pk=reader.pk).values_list("email", flat=True)
    assert not [email for email in others if email in str(sent.message())]


@pytest.mark.parametrize(("kind", "loss"), pairs(LOSSES))
def test_who_lost_access_before_it_is_sent_gets_nothing(
    desk: Desk, kind: str, loss: str
) -> None:
    reader = MAILS[kind].reader(desk)
    MAILS[kind].prepare(desk)
    MAILS[kind].send(desk)
    queued = to(reader).get()
    LOSSES[loss](desk, reader)
    deliver_due_mail()
    assert reader.email not in received()
    queued.refresh_from_db()
    assert queued.state == State.WITHHELD
    assert queued.last_error
    stored = " ".join(map(str, OutgoingMail.objects.values_list().get(pk=queued.pk)))
    assert "Hemlock" not in stored


@pytest.mark.parametrize(("kind", "loss"), pairs(OF_ONE))
def test_for_who_has_lost_access_no_mail_is_made(
    desk: Desk, kind: str, loss: str
) -> None:
    reader = MAILS[kind].reader(desk)
    MAILS[kind].prepare(desk)
    before = set(to(reader))
    OF_ONE[loss](desk, reader)
    MAILS[kind].send(desk)
    assert set(to(reader)) == before


def test_the_others_still_get_it(desk: Desk, moderator: User) -> None:
    join_working_group(user=moderator, working_group=desk.group)
    subscribe(desk)
    save(moderator, desk.page, comment_notifications="on")
    comment(desk.author, desk.page, "Where?")
    leave_the_group(desk, desk.colleague)
    deliver_due_mail()
    assert received() == [moderator.email]


def test_a_subscriber_who_never_was_in_the_group_gets_nothing(
    desk: Desk, moderator: User, stranger: User, member: User
) -> None:
    """Subscriptions are rows; rights are those of now, whoever wrote the row."""
    for user in (moderator, stranger, member):
        desk.page.subscribers.create(user=user, comment_notifications=True)
    comment(desk.author, desk.page, "Where?")
    assert not OutgoingMail.objects.exists()


def test_wagtails_own_approval_by_a_group_tells_only_who_may_see_the_page(
    desk: Desk, moderator: User
) -> None:
    task = GroupApprovalTask.objects.create(name="Moderators and editors")
    roles = [Role.EDITOR.value, Role.MODERATOR.value]
    task.groups.set(Group.objects.filter(name__in=roles))
    workflow = Workflow.objects.create(name="By groups")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=desk.page, workflow=workflow)
    submit(desk)
    assert not to(moderator)
    assert to(desk.colleague).get().about.rule == "pages.page"
    leave_the_group(desk, desk.colleague)
    deliver_due_mail()
    assert received() == []


def test_a_workflow_that_tells_superusers_names_no_page_in_a_subject(
    desk: Desk, settings: Any
) -> None:
    settings.WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = True
    submit(desk)
    found = to(desk.superuser)
    assert {each.subject for each in found} == {
        "A page was submitted for review",
        "A page is waiting for your review",  # as an administrator
    }
    assert {each.about.rule for each in found} == {"pages.page"}


def test_a_mail_whose_worker_died_is_withheld_as_well(desk: Desk) -> None:
    subscribe(desk)
    comment(desk.author, desk.page, "Where?")
    OutgoingMail.objects.update(
        state=State.SENDING,
        claim="6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
        claimed_at="2020-01-01T00:00Z",
    )
    leave_the_group(desk, desk.colleague)
    deliver_due_mail()
    assert received() == []
    assert to(desk.colleague).get().state == State.WITHHELD


def test_the_mail_follows_the_page_to_where_it_is_now(desk: Desk) -> None:
    """A page that is moved to where its reader may see it is still written about."""
    subscribe(desk)
    comment(desk.author, desk.page, "Where?")
    for user in (desk.colleague, desk.author):
        other = desk.elsewhere.get_view_restrictions().get().groups.get()
        join_working_group(user=user, working_group=other.working_group)
    page = Page.objects.get(pk=desk.page.pk)
    page.move(Page.objects.get(pk=desk.elsewhere.pk), pos="last-child")
    deliver_due_mail()
    assert received() == [desk.colleague.email]


@override_settings(ROOT_URLCONF=WithMail)
def test_in_the_demonstration_only_its_recipient_reads_it(
    desk: Desk, client_of: Any, moderator: User, settings: Any
) -> None:
    settings.MAIL_TRANSPORT = ""
    subscribe(desk)
    comment(desk.author, desk.page, "Where?")
    url = f"/mail/{to(desk.colleague).get().pk}/"
    for client in (Client(), *map(client_of, (desk.author, desk.lead, moderator))):
        assert desk.colleague.email not in client.get("/mail/").content.decode()
        assert client.get(url).status_code == client.get(f"{url}html/").status_code
        assert client.get(url).status_code == 404
    reader = client_of(desk.colleague)
    assert url in reader.get("/mail/").content.decode()
    assert TITLE in reader.get(url).content.decode()
    leave_the_group(desk, desk.colleague)
    assert reader.get(url).status_code == 404
