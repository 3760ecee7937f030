"""Test collections: documents, queries and relevance judgements.

Files follow the layout of BEIR (Thakur et al. 2021): `corpus.jsonl`, `queries.jsonl`,
`qrels.tsv`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

CORPUS, QUERIES, JUDGEMENTS = "corpus.jsonl", "queries.jsonl", "qrels.tsv"
_COLUMNS = ("query-id", "corpus-id", "score")


class CollectionError(Exception):
    """The directory holds no valid collection; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a collection; the title may be empty."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries and judgements."""

    documents: tuple[Document, ...]
    #: By query id; only queries with at least one relevant document.
    queries: Mapping[str, str]
    #: Relevance by query and document; more than 0 is relevant.
    judgements: Mapping[str, Mapping[str, int]]


def read(directory: Path) -> Collection:
    """Read the collection in the directory.

    Raises CollectionError if a line is invalid, a reference is unknown, or no query
    remains.
    """
    documents = _documents(directory / CORPUS)
    asked = dict(_records(directory / QUERIES, "text"))
    judgements = _judgements(directory / JUDGEMENTS, asked, documents)
    right = {key: found for key, found in judgements.items() if any(found.values())}
    if not right:
        raise CollectionError(
            _("{file} names no document that answers a query.").format(
                file=directory / JUDGEMENTS
            )
        )
    queries = {key: asked[key]["text"] for key in right}
    return Collection(tuple(documents.values()), queries, right)


def _documents(file: Path) -> dict[str, Document]:
    return {
        key: Document(key, str(row.get("title") or ""), row["text"])
        for key, row in _records(file, "text")
    }


def _records(file: Path, needed: str) -> Iterator[tuple[str, dict[str, Any]]]:
    known: set[str] = set()
    for number, line in _lines(file):
        row = _record(line)
        key = str(row.get("_id") or "")
        if not key or not isinstance(row.get(needed), str):
            problem = _('is not a JSON object with "_id" and "{name}"').format(
                name=needed
            )
            raise _wrong(file, number, problem)
        if key in known:
            raise _wrong(file, number, _("repeats the id {id}").format(id=key))
        known.add(key)
        yield key, row


def _record(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return row if isinstance(row, dict) else {}


def _judgements(
    file: Path, queries: Mapping[str, Any], documents: Mapping[str, Any]
) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for number, line in _lines(file):
        columns = tuple(line.split("\t"))
        if columns == _COLUMNS:
            continue
        query, document, score = _judgement(file, number, columns)
        if query not in queries:
            problem = _("names the query {id}, which is not in {file}")
            raise _wrong(file, number, problem.format(id=query, file=QUERIES))
        if document not in documents:
            problem = _("names the document {id}, which is not in {file}")
            raise _wrong(file, number, problem.format(id=document, file=CORPUS))
        found.setdefault(query, {})[document] = score
    return found


def _judgement(
    file: Path, number: int, columns: tuple[str, ...]
) -> tuple[str, str, int]:
    if len(columns) != len(_COLUMNS) or not columns[2].strip().isdecimal():
        problem = _(
            "is not a query id, a document id and a whole number, separated by tabs"
        )
        raise _wrong(file, number, problem)
    return columns[0], columns[1], int(columns[2])


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield non-empty lines with their numbers."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise CollectionError(
            _("{file} cannot be read: {reason}.").format(file=file, reason=reason)
        ) from error
    except UnicodeDecodeError as error:
        raise CollectionError(_("{file} is not UTF-8.").format(file=file)) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def _wrong(file: Path, number: int, problem: str) -> CollectionError:
    return CollectionError(
        _("{file}, line {number}: {problem}.").format(
            file=file, number=number, problem=problem
        )
    )
