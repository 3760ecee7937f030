"""What each URL pattern is expected to answer to each role.

A new URL, page type or kind of file must be entered here: until then these tests fail.
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
    """Return the kind of answer that a response is."""
    if response.status_code in {301, 302, 303, 307, 308}:
        to_sign_in = response.headers["Location"].startswith("/accounts/login/")
        return SIGN_IN if to_sign_in else AWAY
    if response.status_code < 300 or response.status_code == 304:
        return OK
    return _BY_STATUS.get(response.status_code, Answer.BROKEN)


def everybody(*answers: Answer) -> Expected:
    return dict.fromkeys(ROLES, frozenset(answers))


def signed_in(*answers: Answer) -> Expected:
    """Expect a redirect to sign in for visitors, and some answers for all others."""
    return everybody(*answers) | {"visitor": frozenset({SIGN_IN})}


def hidden_from_others(*answers: Answer) -> Expected:
    """Expect 404 for signed-in people who are no editors."""
    hidden = dict.fromkeys(("stranger", "member", "owner"), frozenset({MISSING}))
    return everybody(*answers) | hidden


def editors(*answers: Answer) -> Expected:
    """Expect a redirect to sign in for visitors, and 404 for others but editors."""
    return hidden_from_others(*answers) | {"visitor": frozenset({SIGN_IN})}


def leads(*answers: Answer) -> Expected:
    """Expect 404 for everybody but the lead."""
    return everybody(MISSING) | {"owner": frozenset(answers)}


# What these answer depends on the page or file; other tests cover it.
PAGES = everybody(OK, MISSING)
FILES = everybody(OK, MISSING)

BY_ROUTE: dict[str, Expected] = {
    "topics/": everybody(OK),
    "topics/<slug:slug>/": everybody(OK),
    "documents/<str:public_id>/<str:filename>": FILES,
    "media/<path:name>": FILES,
    "search/": everybody(OK),
    "search/suggest/": everybody(OK),
    # One's own account; one can only leave what one is in.
    "account/": signed_in(OK),
    "account/profile/": signed_in(OK),
    "account/sign-in/": signed_in(OK),
    # Only for accounts with neither password nor second factor.
    "account/confirm/": signed_in(AWAY),
    "account/data/": signed_in(OK),
    "account/data/download/": signed_in(OK),
    "account/data/close/": signed_in(OK),
    "account/organizations/<slug:public_id>/leave/": signed_in(NEEDS_POST),
    "account/groups/<slug:public_id>/leave/": signed_in(NEEDS_POST),
    # A listed organization; a person who chose to be found by members.
    "people/o/<slug:public_id>/": everybody(OK),
    "people/p/<slug:public_id>/": everybody(OK) | {"visitor": frozenset({MISSING})},
    "people/p/<slug:public_id>/add/": signed_in(NEEDS_POST),
    "people/invitations/<str:token>/": everybody(MISSING),
    "people/o/<slug:public_id>/members/": leads(OK),
    "people/g/<slug:public_id>/members/": leads(OK),
    "people/<str:kind>/<slug:public_id>/members/<slug:person>/": leads(OK),
    "people/<str:kind>/<slug:public_id>/invitations/<slug:invitation>/": (
        everybody(NEEDS_POST)
    ),
    "healthz": everybody(OK),
    # 503 if no worker runs: the same for everybody.
    "readyz": everybody(OK, Answer.NOT_READY),
    "captions/<int:track>.vtt": FILES,
    # Wagtail's own sign-in pages lead to ours, which asks for the second factor.
    "_util/login/": everybody(SIGN_IN),
    "cms/login/": everybody(SIGN_IN),
    "^cms/password_reset/": everybody(AWAY),
    "cms/password_reset/": everybody(AWAY),
    "cms/password_reset/done/": everybody(AWAY),
    "cms/password_reset/confirm/<uidb64>/<token>/": everybody(AWAY),
    "cms/password_reset/complete/": everybody(AWAY),
    # Wagtail's page that raises an error on purpose.
    "cms/failwhale/": everybody(AWAY),
    # A report that names pages to editors who may not see them.
    "^cms/reports/page-types-usage/": everybody(AWAY),
    "cms/reports/page-types-usage/": everybody(AWAY),
    "cms/reports/page-types-usage/results/": everybody(AWAY),
    # Bulk actions on accounts, which would delete instead of closing them.
    "^cms/bulk/people/user/": everybody(AWAY),
    # Its second step opens the file that the form names.
    "^cms/redirects/import/": everybody(AWAY),
    "cms/redirects/import/": everybody(AWAY),
    "cms/redirects/import/process/": everybody(AWAY),
    # Translations and icons of the CMS, without content.
    "cms/jsi18n/": hidden_from_others(OK),
    "cms/sprite/": hidden_from_others(OK),
    "cms/^.*/$": hidden_from_others(AWAY, MISSING),
    # All components in all states; only with GALLERY.
    "gallery/": everybody(OK),
    r"^((?:[\w\-]+/)*)$": PAGES,
}

# Whole applications of others: one row each.
BY_INCLUDE: dict[str, Expected] = {
    # The mail of the demonstration; only with MAIL_READABLE, in debug.
    "mail/": everybody(OK, MISSING),
    "accounts/": everybody(OK, AWAY, SIGN_IN, MISSING, NEEDS_POST),
    "cms/": editors(OK, AWAY, SIGN_IN, REFUSED, MISSING, NEEDS_POST, NOT_UNDERSTOOD),
}


def expected_of(address: Address) -> Expected | None:
    """Return what is expected of a URL pattern; None if it was not entered."""
    if address.route in BY_ROUTE:
        return BY_ROUTE[address.route]
    for start, expected in BY_INCLUDE.items():
        if address.route.startswith(start):
            return expected
    return None


def unclassified(found: list[Address]) -> list[str]:
    """Return the routes that were not entered here."""
    return [each.route for each in found if expected_of(each) is None]
