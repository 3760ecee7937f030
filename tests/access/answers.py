"""What an address may answer, and what each is expected to answer to whom.

Whoever adds an address, a page type or a kind of file writes down here who may have it;
until then the tests of this folder fail.
"""

from enum import StrEnum
from typing import Any

from .addresses import Address

ROLES = ("visitor", "stranger", "member", "owner", "editor")


class Answer(StrEnum):
    OK = "ok"
    MISSING = "404"
    SIGN_IN = "sent to sign in"
    AWAY = "sent elsewhere"
    REFUSED = "403"
    NEEDS_POST = "needs POST"
    NOT_UNDERSTOOD = "400"
    NOT_READY = "503"
    BROKEN = "500"


OK, MISSING, SIGN_IN, AWAY = Answer.OK, Answer.MISSING, Answer.SIGN_IN, Answer.AWAY
REFUSED, NEEDS_POST = Answer.REFUSED, Answer.NEEDS_POST
NOT_UNDERSTOOD = Answer.NOT_UNDERSTOOD

Expected = dict[str, frozenset[Answer]]

_BY_STATUS = {
    400: NOT_UNDERSTOOD,
    403: REFUSED,
    404: MISSING,
    405: NEEDS_POST,
    503: Answer.NOT_READY,
}


def answer_of(response: Any) -> Answer:
    """What a response says, in one word."""
    if response.status_code in {301, 302, 303, 307, 308}:
        to_sign_in = response.headers["Location"].startswith("/accounts/login/")
        return SIGN_IN if to_sign_in else AWAY
    if response.status_code < 300 or response.status_code == 304:
        return OK
    return _BY_STATUS.get(response.status_code, Answer.BROKEN)


def everybody(*answers: Answer) -> Expected:
    return dict.fromkeys(ROLES, frozenset(answers))


def signed_in(*answers: Answer) -> Expected:
    """A visitor is sent to sign in; the others have it."""
    return everybody(*answers) | {"visitor": frozenset({SIGN_IN})}


def shut_for_others(*answers: Answer) -> Expected:
    """Whoever is signed in and no editor finds nothing."""
    shut = dict.fromkeys(("stranger", "member", "owner"), frozenset({MISSING}))
    return everybody(*answers) | shut


def editors(*answers: Answer) -> Expected:
    """A visitor is sent to sign in; whoever else is no editor finds nothing."""
    return shut_for_others(*answers) | {"visitor": frozenset({SIGN_IN})}


def those_who_lead(*answers: Answer) -> Expected:
    """Only the lead learns that it is there."""
    return everybody(MISSING) | {"owner": frozenset(answers)}


# Addresses whose answer depends on the thing behind them have tests of their own.
PAGES = everybody(OK, MISSING)
FILES = everybody(OK, MISSING)

BY_ROUTE: dict[str, Expected] = {
    "topics/": everybody(OK),
    "topics/<slug:slug>/": everybody(OK),
    "documents/<str:public_id>/<str:filename>": FILES,
    "media/<path:name>": FILES,
    "search/": everybody(OK),
    "search/suggest/": everybody(OK),
    # One's own page; what is left there must be one's own as well.
    "account/": signed_in(OK),
    "account/profile/": signed_in(OK),
    "account/sign-in/": signed_in(OK),
    "account/data/": signed_in(OK),
    "account/data/download/": signed_in(OK),
    "account/data/close/": signed_in(OK),
    "account/organizations/<slug:public_id>/leave/": signed_in(NEEDS_POST),
    "account/groups/<slug:public_id>/leave/": signed_in(NEEDS_POST),
    # A listed organization; somebody who chose to be found by members.
    "people/o/<slug:public_id>/": everybody(OK),
    "people/p/<slug:public_id>/": everybody(OK) | {"visitor": frozenset({MISSING})},
    "people/p/<slug:public_id>/add/": signed_in(NEEDS_POST),
    "people/invitations/<str:token>/": everybody(MISSING),
    "people/o/<slug:public_id>/members/": those_who_lead(OK),
    "people/g/<slug:public_id>/members/": those_who_lead(OK),
    "people/<str:kind>/<slug:public_id>/members/<slug:person>/": those_who_lead(OK),
    "people/<str:kind>/<slug:public_id>/invitations/<slug:invitation>/": (
        everybody(NEEDS_POST)
    ),
    "healthz": everybody(OK),
    # 503 where the worker was not seen: an answer as well, and the same to everybody.
    "readyz": everybody(OK, Answer.NOT_READY),
    "captions/<int:track>.vtt": FILES,
    # Wagtail's own ways in lead to the one that knows a second factor.
    "_util/login/": everybody(SIGN_IN),
    "cms/login/": everybody(SIGN_IN),
    "^cms/password_reset/": everybody(AWAY),
    "cms/password_reset/": everybody(AWAY),
    "cms/password_reset/done/": everybody(AWAY),
    "cms/password_reset/confirm/<uidb64>/<token>/": everybody(AWAY),
    "cms/password_reset/complete/": everybody(AWAY),
    # Wagtail's page that breaks on purpose.
    "cms/failwhale/": everybody(AWAY),
    # A report that names pages to who may not see them.
    "^cms/reports/page-types-usage/": everybody(AWAY),
    "cms/reports/page-types-usage/": everybody(AWAY),
    "cms/reports/page-types-usage/results/": everybody(AWAY),
    # Bulk actions on accounts, which would pass their own ways of ending by.
    "^cms/bulk/people/user/": everybody(AWAY),
    # Words and pictures of the CMS itself; nothing of anybody's.
    "cms/jsi18n/": shut_for_others(OK),
    "cms/sprite/": shut_for_others(OK),
    "cms/^.*/$": shut_for_others(AWAY, MISSING),
    # Every component in its states; only where GALLERY is on.
    "gallery/": everybody(OK),
    # Asks for the password of a page that has one; knows and tells no more than its form.
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": (
        everybody(OK, MISSING)
    ),
    r"^((?:[\w\-]+/)*)$": PAGES,
}

# Whole houses of others: one row each.
BY_INCLUDE: dict[str, Expected] = {
    # Mail of the demonstration; only where MAIL_READABLE is on, which is in debug only.
    "mail/": everybody(OK, MISSING),
    "accounts/": everybody(OK, AWAY, SIGN_IN, MISSING, NEEDS_POST),
    "cms/": editors(OK, AWAY, SIGN_IN, REFUSED, MISSING, NEEDS_POST, NOT_UNDERSTOOD),
}


def expected_of(address: Address) -> Expected | None:
    """The row of an address; None where nobody has classified it."""
    if address.route in BY_ROUTE:
        return BY_ROUTE[address.route]
    for start, expected in BY_INCLUDE.items():
        if address.route.startswith(start):
            return expected
    return None


def unclassified(found: list[Address]) -> list[str]:
    """Routes about which nothing is written here."""
    return [each.route for each in found if expected_of(each) is None]
