"""Helpers to sign in as a browser does."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client

from people.models import User


@pytest.fixture
def post() -> Callable[..., Any]:
    """Return a function that posts a form and follows redirects."""

    def send(client: Client, url: str, **data: Any) -> Any:
        return client.post(url, data, follow=True)

    return send


@pytest.fixture
def code_in_mail() -> Callable[[], str]:
    """Return a function that reads the code in the latest e-mail."""

    def read() -> str:
        body = mail.outbox[-1].body
        return next(word for word in body.split() if word.isdigit() and len(word) == 6)

    return read


@pytest.fixture
def app_code() -> Callable[[User], str]:
    """Return a function that sets up an authenticator app and returns its current code."""

    def show(user: User) -> str:
        secret = generate_totp_secret()
        Authenticator.objects.filter(user=user).delete()
        TOTP.activate(user, secret)
        return f"{hotp_value(secret, int(time.time()) // 30):06d}"

    return show
