"""Environment variables are read strictly: an invalid value stops the start."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from everydoor.settings import env

NAME = "EVERYDOOR_TEST_VARIABLE"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(env, "READ", set())
    monkeypatch.delenv(NAME, raising=False)
    return monkeypatch


@pytest.mark.usefixtures("given")
def test_a_variable_that_is_not_set_has_its_default() -> None:
    assert env.text(NAME, "x") == "x"
    assert env.flag(NAME, default=True) is True
    assert env.number(NAME, 7) == 7
    assert env.words(NAME, ("a", "b")) == ["a", "b"]
    assert env.choice(NAME, "a", ("a", "b")) == "a"
    assert env.folder(NAME, Path("/srv")) == Path("/srv")
    assert {NAME} == env.READ


@pytest.mark.parametrize("value", ["", "  "])
def test_a_required_variable_must_not_be_empty(
    given: pytest.MonkeyPatch, value: str
) -> None:
    given.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.required(NAME)
    given.setenv(NAME, " secret ")
    assert env.required(NAME) == "secret"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((value, True) for value in ("yes", "TRUE", "1", "on")),
        *((value, False) for value in ("no", "False", "0", "OFF")),
    ],
)
def test_yes_and_no_are_written_in_several_ways(
    given: pytest.MonkeyPatch, value: str, expected: bool
) -> None:
    given.setenv(NAME, value)
    assert env.flag(NAME, default=not expected) is expected


def test_any_other_answer_is_refused(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, "maybe")
    with pytest.raises(ImproperlyConfigured, match="yes or no"):
        env.flag(NAME, default=False)


@pytest.mark.parametrize("value", ["-1", "1.5", "many", "4"])
def test_a_number_is_whole_and_not_below_its_least(
    given: pytest.MonkeyPatch, value: str
) -> None:
    given.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match="at least 5"):
        env.number(NAME, 7, least=5)
    given.setenv(NAME, "5")
    assert env.number(NAME, 7, least=5) == 5


def test_a_choice_is_one_of_its_options(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, "c")
    with pytest.raises(ImproperlyConfigured, match="one of: a, b"):
        env.choice(NAME, "a", ("a", "b"))


def test_words_are_separated_by_commas(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, " one.example , ,two.example,")
    assert env.words(NAME) == ["one.example", "two.example"]


def test_a_folder_is_absolute(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, "some/folder")
    assert env.folder(NAME, Path("x")) == Path.cwd() / "some" / "folder"
