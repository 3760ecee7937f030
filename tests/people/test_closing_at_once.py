"""Two administrators who close their accounts at the same moment: one of them stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from people.actions import LastAdministrator, Role, close_account
from people.models import User
from tests.factories import with_role


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_leave_at_once_one_stays() -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite lets one transaction write at a time")
    pair = [
        with_role(Role.ADMINISTRATOR, email=f"{name}@example.org", name=name)
        for name in ("ada", "ben")
    ]
    ready = Barrier(len(pair))

    def close(user: Any) -> bool:
        try:
            ready.wait(timeout=20)
            close_account(user=user)
        except LastAdministrator:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(pair)) as pool:
        closed = list(pool.map(close, pair))
    assert sorted(closed) == [False, True]
    assert User.objects.active().filter(groups__name=Role.ADMINISTRATOR).count() == 1
