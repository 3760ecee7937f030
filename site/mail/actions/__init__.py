"""Queue a mail as a row, deliver the row, delete it.

MailError
├── MailWithheldError       its recipient may not see what it is about
└── UnstorableMailError     a part of the message cannot be stored in a row
"""

from .deletion import delete_mail_to, delete_old_mail
from .delivery import deliver_due_mail, deliver_mail
from .queueing import (
    MailError,
    MailWithheldError,
    UnstorableMailError,
    delivery_headers,
    mail_about,
    queue_mail,
    was_withheld,
)

__all__ = [
    "MailError",
    "MailWithheldError",
    "UnstorableMailError",
    "delete_mail_to",
    "delete_old_mail",
    "deliver_due_mail",
    "deliver_mail",
    "delivery_headers",
    "mail_about",
    "queue_mail",
    "was_withheld",
]
