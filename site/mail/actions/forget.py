from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from mail.models import OutgoingMail


def forget_old_mail() -> int:
    """Mail that is over for MAIL_KEPT_DAYS goes, with its attachments; how many went.

    What still waits to be sent stays, however old.
    """
    before = timezone.now() - timedelta(days=settings.MAIL_KEPT_DAYS)
    _, rows = OutgoingMail.objects.over().filter(accepted_at__lt=before).delete()
    return rows.get(OutgoingMail._meta.label, 0)


def forget_mail_to(*, addresses: Iterable[str]) -> None:
    """Nothing that was written to these addresses stays, not even what still waits.

    A mail that is on its way at this moment reaches them, and its row goes as well.
    """
    wanted = {address.lower() for address in addresses}
    rows = OutgoingMail.objects.values_list("pk", "to", "cc", "bcc")
    found = [
        pk
        for pk, *lists in rows.iterator()
        if any(each.lower() in wanted for given in lists for each in given)
    ]
    OutgoingMail.objects.filter(pk__in=found).delete()
