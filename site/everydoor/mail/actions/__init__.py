"""Accept a mail as a row; deliver the row.

MailError
└── UnstorableMailError     a part of the message cannot be kept in a row
"""

from .accept import MailError, UnstorableMailError, accept_mail
from .deliver import deliver_due_mail, deliver_mail

__all__ = [
    "MailError",
    "UnstorableMailError",
    "accept_mail",
    "deliver_due_mail",
    "deliver_mail",
]
