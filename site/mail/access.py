"""Who may read a mail, asked with the rights of this moment."""

from .models import OutgoingMail
from .registry import why_not


def why_withheld(mail: OutgoingMail) -> str:
    """Return why its recipient may not get the mail now; empty if nothing forbids it.

    Mail about nothing but the recipient's own account is never withheld.
    """
    about = mail.about
    if about is None:
        return ""
    reasons = (why_not(about, email=each.email) for each in mail.recipients.all())
    return next(filter(None, reasons), "")
