"""Whether the time of an answer tells who has an account.

Posts each form of sign-up, sign-in and recovery in turn for an address that has an account and
for one that has none, with production settings, in this process. Prints the median of both and
their ratio. Exits with 1 if a ratio is further than ten per cent from one.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from .measured_site import ROOT, environment, manage, say

if TYPE_CHECKING:
    from django.test import Client

FOLDER = ROOT / "var" / "enumeration"
MOST_APART = 0.1
PASSWORD = "a door that is open at night"  # noqa: S105


@dataclass(frozen=True)
class Form:
    """One form, and what is entered in it for an address."""

    name: str
    url: str
    entered: Callable[[str], dict[str, str]]
    hashes: bool = False


FORMS = (
    Form(
        "sign up without a password",
        "/accounts/signup/",
        lambda email: {"name": "Robin", "email": email, "password1": ""},
    ),
    Form(
        "sign up with a password",
        "/accounts/signup/",
        lambda email: {"name": "Robin", "email": email, "password1": PASSWORD},
        hashes=True,
    ),
    Form("ask for a code", "/accounts/login/code/", lambda email: {"email": email}),
    Form(
        "forget the password",
        "/accounts/password/reset/",
        lambda email: {"email": email},
    ),
    Form(
        "sign in with a wrong password",
        "/accounts/login/",
        lambda email: {"login": email, "password": "guess"},
        hashes=True,
    ),
)


def main() -> None:
    options = _options()
    shutil.rmtree(options.folder, ignore_errors=True)
    env = environment(options.folder, "everydoor.settings.production")
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "collectstatic", "--no-input", "--verbosity", "0")
    os.environ.update(env)
    django.setup()
    report = []
    for form in FORMS:
        report.append(_measure(form, options))
        say("{form}: {known_ms} ms, {unknown_ms} ms, {ratio}".format(**report[-1]))
    if options.json:
        print(json.dumps(report))
    else:
        _print(report)
    sys.exit(0 if all(each["ok"] for each in report) else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.enumeration", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    parser.add_argument("--requests", type=int, default=60, help="of each kind")
    parser.add_argument(
        "--hashed", type=int, default=15, help="of each kind where a password is hashed"
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help="emptied first")
    return parser.parse_args()


def _measure(form: Form, options: argparse.Namespace) -> dict[str, Any]:
    """Post the form for both kinds of address in turn; the first three of each do not count."""
    say(f"Measuring: {form.name}")
    number = options.hashed if form.hashes else options.requests
    known, unknown = [], []
    for n in range(-3, number):
        source = f"10.{n % 200}.{len(form.name)}.{len(form.url) + n // 200}"
        slug = f"{form.name.replace(' ', '-')}-{n}"
        for times, email in (
            (known, _account(f"known-{slug}@example.org")),
            (unknown, f"other-{slug}@example.org"),
        ):
            took = _post(form, email, source)
            if n >= 0:
                times.append(took)
    return _report(form, known, unknown)


def _account(email: str) -> str:
    from allauth.account.models import EmailAddress  # noqa: PLC0415  (django.setup)

    from people.models import User  # noqa: PLC0415

    user = User(email=email, name="Robin", password=_hashed())
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return email


def _hashed(cache: dict[str, str] = {}) -> str:  # noqa: B006  (one hash is enough)
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415

    return cache.setdefault(PASSWORD, make_password(PASSWORD))


def _post(form: Form, email: str, source: str) -> float:
    client = _browser(source)
    begun = time.perf_counter()
    answer = client.post(form.url, form.entered(email), secure=True)
    took = time.perf_counter() - begun
    if answer.status_code not in {200, 302}:
        sys.exit(f"{form.url} answered {answer.status_code}.")
    return took


def _browser(source: str) -> "Client":
    from django.test import Client  # noqa: PLC0415

    return Client(REMOTE_ADDR=source, HTTP_HOST="localhost")


def _report(form: Form, known: list[float], unknown: list[float]) -> dict[str, Any]:
    medians = [statistics.median(times) * 1000 for times in (known, unknown)]
    ratio = medians[0] / medians[1]
    return {
        "form": form.name,
        "known_ms": round(medians[0], 2),
        "unknown_ms": round(medians[1], 2),
        "ratio": round(ratio, 3),
        "ok": abs(ratio - 1) <= MOST_APART,
    }


def _print(report: list[dict[str, Any]]) -> None:
    print(f"{'form':<32}{'account':>10}{'none':>10}{'ratio':>8}")
    for each in report:
        print(
            f"{each['form']:<32}{each['known_ms']:>7} ms{each['unknown_ms']:>7} ms"
            f"{each['ratio']:>8}{'' if each['ok'] else '  too far apart'}"
        )


if __name__ == "__main__":
    main()
