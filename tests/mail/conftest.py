"""Mail goes through the outbox, and from there to Django's `mail.outbox`."""

from typing import Any

import pytest

from .messages import LOCMEM, OUTBOX


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = OUTBOX
    settings.MAIL_TRANSPORT = LOCMEM
