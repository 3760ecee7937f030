"""Who may open which address: every one is classified, and answers as classified."""

import pytest
from django.http import HttpResponse
from django.urls import include, path

from .addresses import addresses
from .answers import BY_ROUTE, ROLES, Answer, answer_of, expected_of, unclassified
from .closing import close_response
from .examples import Examples
from .guarded import HIDDEN_FROM

# Even a refused sign-out deletes the cookie of the session, so it comes last.
ALL = sorted(addresses(), key=lambda each: each.route == "cms/logout/")


def _never(request):
    return HttpResponse("nobody has said who may read this")


AREAS = {
    "of ours": [each for each in ALL if not each.route.startswith("cms/")],
    "of the CMS": [each for each in ALL if each.route.startswith("cms/")],
}


def test_every_address_is_classified():
    assert unclassified(ALL) == []


def test_an_address_that_nobody_classified_is_found():
    inner = [path("<int:pk>/secret/", _never)]
    found = addresses([path("attic/", include(inner)), path("topics/", _never)])

    assert unclassified(found) == ["attic/<int:pk>/secret/"]


def test_the_table_names_no_address_that_is_gone():
    assert set(BY_ROUTE) - {each.route for each in ALL} == set()


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_classified(role, area, guarded, browser_of):
    """By GET and by HEAD; nothing breaks, and no answer holds a word kept from the role."""
    browser, examples = browser_of(role), Examples(guarded)
    wrong = []
    for address in AREAS[area]:
        expected = (expected_of(address) or {}).get(role, frozenset())
        for number, where in enumerate(examples.of(address)):
            allowed = expected | {Answer.MISSING} if number else expected
            wrong += _asked(browser, where, allowed, HIDDEN_FROM[role])

    assert not wrong, "\n".join(wrong)


def _asked(browser, where, allowed, hidden):
    response = browser.get(where)
    answer = answer_of(response)
    if answer not in allowed:
        yield f"GET {where}: {answer} {_reason(response)}".strip()
    close_response(response)
    if not response.streaming:
        words = response.content.decode(errors="replace").lower()
        for word in hidden:
            if word in words:
                yield f"GET {where} says “{word}”"
    head = browser.head(where)
    close_response(head)
    if answer_of(head) not in allowed:
        yield f"HEAD {where}: {answer_of(head)}"


def _reason(response):
    error = getattr(response, "exc_info", None)
    return repr(error[1])[:200] if error else ""


def test_wagtails_sign_in_pages_take_no_password(guarded, browser_of):
    """Only allauth's sign-in asks for a second factor, so there is no other."""
    visitor = browser_of("visitor")

    for where in ("/cms/login/", "/_util/login/"):
        response = visitor.post(where, {"username": "x", "password": "y"})
        assert answer_of(response) in {Answer.SIGN_IN, Answer.NEEDS_POST}


@pytest.mark.parametrize("role", ["stranger", "member", "owner"])
def test_the_cms_sends_nobody_round_in_circles(role, guarded, browser_of):
    assert browser_of(role).get("/cms/", follow=True).status_code == 404
