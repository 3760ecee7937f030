"""Bad input gets a clear sentence and loses nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importing.library import LibraryError, read_library
from importing.planning import Planner, Skip


def test_a_broken_line_is_reported_and_the_rest_is_read(
    write_library: Callable[..., Path],
) -> None:
    folder = write_library(
        ["{broken", '"words"', {"kind": "topic"}, {"kind": "topic", "id": "t", "title": "T"},
         {"kind": "topic", "id": "t", "title": "Again"}]
    )  # fmt: skip
    library = read_library(folder)
    assert [item.id for item in library.items] == ["t"]
    assert [problem.id for problem in library.problems] == [
        "items.jsonl line 1",
        "items.jsonl line 2",
        "items.jsonl line 3",
        "t",
    ]


@pytest.mark.parametrize("items", [[], ["{broken"]])
def test_where_nothing_can_be_read_a_sentence_says_so(
    write_library: Callable[..., Path], items: list
) -> None:
    with pytest.raises(LibraryError, match="No item in"):
        read_library(write_library(items))


def test_a_folder_without_items_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"no items\.jsonl"):
        read_library(tmp_path)
    with pytest.raises(LibraryError, match="no folder"):
        read_library(tmp_path / "none")


def test_values_of_strange_types_read_as_empty(
    write_library: Callable[..., Path],
) -> None:
    odd = {"kind": "article", "id": "a", "title": "A", "authors": 3, "topics": {"a": 1},
           "summary": ["x"], "body": None, "extra": "no", "date": True}  # fmt: skip
    planner = Planner(read_library(write_library([odd])))
    (plan,) = planner.plans()
    assert not isinstance(plan, Skip)
    assert plan.fields["summary"] == ""


def test_what_has_no_place_is_skipped_with_its_reason(
    write_library: Callable[..., Path],
) -> None:
    items = [
        {"kind": "recipe", "id": "a", "title": "Tea"},
        {"kind": "article", "id": "b"},
        {"kind": "article", "id": "c", "title": "C", "extra": {"redirectto": "/d"}},
    ]
    skips = Planner(read_library(write_library(items))).skips
    assert [skip.reason for skip in skips] == [
        "There is no place here for the kind “recipe”.",
        "It has no title.",
        "It only sends readers on to /d.",
    ]
