"""The list of mutations names files, text and tests that exist."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.mutations.entries import Mutation, load
from tests.mutations.run import BROKEN, KILLED, SURVIVED, judge

ROOT = Path(__file__).resolve().parents[2]
MUTATIONS = load()


def test_names_of_mutations_are_unique() -> None:
    counts = Counter(mutation.name for mutation in MUTATIONS)
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_mutation_can_be_planted(mutation: Mutation) -> None:
    assert mutation.old != mutation.new
    mutation.apply_to((ROOT / mutation.file).read_text())


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_the_tests_of_a_mutation_exist(mutation: Mutation) -> None:
    assert mutation.tests
    for test in mutation.tests:
        path, _, name = test.partition("::")
        source = ROOT / path
        assert source.exists(), test
        if name:
            function = re.escape(name.rpartition("::")[2].partition("[")[0])
            assert re.search(rf"def {function}\(", source.read_text()), test


@pytest.mark.parametrize(
    ("code", "output", "outcome"),
    [
        (0, "12 passed", SURVIVED),
        (1, "FAILED tests/mail/test_outbox.py::test_x - assert 1 == 2", KILLED),
        (1, "ERROR tests/mail/test_outbox.py::test_x - KeyError", KILLED),
        (1, "Traceback (most recent call last):", BROKEN),
        (2, "ERROR tests/mail/test_outbox.py - ImportError", BROKEN),
        (5, "no tests ran", BROKEN),
    ],
)
def test_a_fault_is_killed_only_by_a_failing_test(
    code: int, output: str, outcome: str
) -> None:
    assert judge(code, output)[0] == outcome


def test_a_fault_that_occurs_twice_or_does_not_compile_is_refused() -> None:
    def planted(old: str, new: str) -> str:
        mutation = Mutation("mail", "x", "mail.py", old, new, ())
        return mutation.apply_to("first = 1\nsecond = 1\n")

    assert planted("second = 1", "second = 2") == "first = 1\nsecond = 2\n"
    with pytest.raises(ValueError, match="2 times"):
        planted("= 1", "= 2")
    with pytest.raises(SyntaxError):
        planted("first = 1", "first = = 1")
