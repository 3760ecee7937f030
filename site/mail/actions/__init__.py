"""Accept a mail as a row; deliver the row; forget it.

MailError
└── UnstorableMailError     a part of the message cannot be kept in a row
"""

from .accept import MailError, UnstorableMailError, accept_mail
from .deliver import deliver_due_mail, deliver_mail
from .forget import forget_mail_to, forget_old_mail

__all__ = [
    "MailError",
    "UnstorableMailError",
    "accept_mail",
    "deliver_due_mail",
    "deliver_mail",
    "forget_mail_to",
    "forget_old_mail",
]
