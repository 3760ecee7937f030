from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from mail.models import OutgoingMail


def delete_old_mail() -> int:
    """Delete finished mail older than MAIL_KEPT_DAYS; return how many were deleted.

    Mail that is still to be sent is never deleted, however old it is.
    """
    before = timezone.now() - timedelta(days=settings.MAIL_KEPT_DAYS)
    old = OutgoingMail.objects.finished().filter(accepted_at__lt=before)
    _, counts = old.delete()
    return counts.get(OutgoingMail._meta.label, 0)


def delete_mail_to(*, addresses: Iterable[str]) -> None:
    """Delete all mail to any of the e-mail addresses, also what is still to be sent.

    A mail that is being sent at this moment still arrives; its row is deleted too.
    """
    OutgoingMail.objects.addressed_to(addresses).delete()
