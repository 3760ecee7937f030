"""Mail is sent to a server that speaks SMTP."""

import socketserver
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from threading import Thread
from typing import Any, cast

import pytest
from django.core.mail import EmailMultiAlternatives

from mail.actions import deliver_due_mail, deliver_mail, queue_mail
from mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


class Conversation(socketserver.StreamRequestHandler):
    """The part of RFC 5321 that Django's client uses."""

    server: "MailServer"

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self) -> None:
        self.say("220 sink.example.org")
        recipients: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self.say("354 go on")
                self.server.received.append((recipients, self.data()))
                self.say("250 taken")
            elif verb == "RCPT":
                recipients.append(line.partition("<")[2].partition(">")[0])
                self.say(self.server.answer_to_recipient)
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 yes")

    def data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    answer_to_recipient = "250 yes"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received: list[tuple[list[str], bytes]] = []

    def messages(self) -> list[Parsed]:
        return [
            cast("Parsed", message_from_bytes(raw, policy=policy.default))
            for _recipients, raw in self.received
        ]


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        yield server
        server.shutdown()
        thread.join(5)


def queued_message() -> OutgoingMail:
    message = EmailMultiAlternatives(
        "Your sign-in code: 4711 – welcome",
        "Write 4711.\n.\nA line with a dot alone is no end.",
        "Everydoor <door@example.org>",
        ["Ann <ann@example.org>"],
        bcc=["hidden@example.org"],
    )
    message.attach_alternative("<p>Write <b>4711</b>.</p>", "text/html")
    message.attach("door.png", b"\x89PNG\x00\xff", "image/png")
    return queue_mail(message=message)


def test_a_mail_arrives_as_it_was_queued(mail_server: MailServer) -> None:
    mail = queued_message()
    assert deliver_mail(mail_id=mail.pk)
    ((recipients, _raw),) = mail_server.received
    (message,) = mail_server.messages()
    assert recipients == ["ann@example.org", "hidden@example.org"]
    assert message["Subject"] == "Your sign-in code: 4711 – welcome"
    assert message["Message-ID"] == mail.headers["Message-ID"]
    assert message["Date"] == mail.headers["Date"]
    assert message["Bcc"] is None
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "A line with a dot alone is no end." in text.get_content()
    assert "<b>4711</b>" in html.get_content()
    (picture,) = message.iter_attachments()
    assert picture.get_filename() == "door.png"
    assert picture.get_content() == b"\x89PNG\x00\xff"


def test_a_server_that_is_down_gets_the_mail_later(
    mail_server: MailServer, settings: Any
) -> None:
    mail, port = queued_message(), settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    assert deliver_due_mail() == (0, 1)
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    settings.EMAIL_PORT = port
    OutgoingMail.objects.update(next_attempt_at=mail.accepted_at)
    assert deliver_due_mail() == (1, 0)
    assert len(mail_server.received) == 1


def test_the_row_says_why_a_recipient_was_refused(
    mail_server: MailServer,
) -> None:
    mail_server.answer_to_recipient = "550 no such user"
    mail = queued_message()
    assert not deliver_mail(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert "no such user" in mail.last_error
    assert mail_server.received == []
