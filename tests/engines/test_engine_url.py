"""Parsing of `SEARCH_URL`."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from search.engines.remote import RemoteEngine, parse_engine_url


def test_a_url_may_name_several_hosts():
    place = parse_engine_url("opensearch+http://one:9201,two/every-door")
    assert place.hosts == ("http://one:9201", "http://two:9200")
    assert (place.product, place.prefix, place.user) == (
        "opensearch",
        "every-door",
        None,
    )


def test_a_password_may_contain_any_character_and_is_never_shown():
    url = "elasticsearch+https://reader:p%40ss%2Fword@search.example.org/everydoor"
    place = parse_engine_url(url)
    assert place.user == ("reader", "p@ss/word")
    assert place.hosts == ("https://search.example.org:9200",)
    for shown in (repr(place), repr(RemoteEngine(url))):
        assert "ss" not in shown.removeprefix("<elasticsearch"), shown


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://host:9200/everydoor", "must begin with one of elasticsearch"),
        ("opensearch+http:host/everydoor", "must begin with one of"),
        ("opensearch+http:///everydoor", "lacks a host"),
        ("opensearch+http://one,,two/everydoor", "lacks a host"),
        (
            "opensearch+http://host:port/everydoor",
            "contains a port that is not a number",
        ),
        (
            "opensearch+http://host:99999/everydoor",
            "contains a port that is not a number",
        ),
        ("opensearch+http://host:9200", "prefix for index names"),
        ("opensearch+http://host/Every Door", "prefix for index names"),
        ("opensearch+http://host/a/b", "prefix for index names"),
        ("opensearch+http://[::1/everydoor", "an invalid host"),
        ("opensearch+http://u:sec?ret@host/everydoor", "write %3F"),
    ],
)
def test_an_invalid_url_is_a_system_check_error(settings, url, says):
    with pytest.raises(ImproperlyConfigured, match=says) as told:
        parse_engine_url(url)
    assert "sec" not in str(told.value)
    settings.SEARCH_URL = url
    assert "search.E002" in [each.id for each in run_checks()]


def test_an_unavailable_engine_is_a_deployment_warning(settings):
    settings.SEARCH_URL = "opensearch+http://127.0.0.1:9/everydoor"
    assert "search.W001" not in [each.id for each in run_checks()]
    (told,) = (
        each
        for each in run_checks(include_deployment_checks=True)
        if each.id == "search.W001"
    )
    assert not told.is_serious()
