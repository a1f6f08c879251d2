"""Passages, questions and judgements for an evaluation, from the forms they come in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.model import Passage
from retrieval.entries import Entry, sentence_keys
from retrieval.errors import EvaluationError

Judgements = dict[str, dict[str, int]]
"""Question id -> passage id -> relevance (0 and up)."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What a search engine is measured on; every question has at least one relevant passage.

    ``kinds`` holds the kind of each question that has one (``type`` or ``kind`` in its row).
    """

    entries: tuple[Entry, ...]
    questions: dict[str, str]
    judgements: Judgements
    kinds: dict[str, str]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        # not splitlines: JSON may hold line separators of Unicode inside its strings
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise EvaluationError(f"{path.name} cannot be read: {exc}") from exc
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as exc:
                raise EvaluationError(f"{path.name}, line {number}: not JSON ({exc})") from exc
            if not isinstance(row, dict):
                raise EvaluationError(f"{path.name}, line {number}: wanted one JSON object a line")
            yield row


def _field(path: Path, row: dict[str, Any], *names: str) -> Any:
    """The first of these fields that the row has."""
    for name in names:
        if name in row:
            return row[name]
    raise EvaluationError(
        f"{path.name}: a row has no {' or '.join(names)}, only {', '.join(row) or 'nothing'}"
    )


def collection_entry(passage_id: str, title: str, text: str, order: int) -> Entry:
    """A passage of any collection; what is indexed is title and text."""
    passage = Passage(id=passage_id, document="collection", edition="", text=text, order=order, heading=title)
    return Entry(passage, title, (f"{title} {text}".strip(),), sentence_keys(title, text))


def _read_judgements(path: Path) -> Judgements:
    """JSON lines, or the four columns of TREC (question, iteration, passage, relevance)."""
    judgements: Judgements = {}
    if path.suffix in {".tsv", ".txt", ".qrels"}:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            columns = line.split()
            if not columns:
                continue
            if len(columns) != 4:
                raise EvaluationError(f"{path.name}, line {number}: {len(columns)} columns, wanted 4")
            judgements.setdefault(columns[0], {})[columns[2]] = int(columns[3])
        return judgements
    for row in _rows(path):
        question = str(_field(path, row, "query_id"))
        passage = str(_field(path, row, "passage_id"))
        judgements.setdefault(question, {})[passage] = int(_field(path, row, "relevance"))
    return judgements


def read_collection(passages: Path, queries: Path, qrels: Path) -> Collection:
    """A collection from three files; KazQAD's own file serves as passages and queries at once.

    :raises EvaluationError: a file is missing, malformed, or no question has a relevant passage.
    """
    entries: dict[str, Entry] = {}
    questions: dict[str, str] = {}
    kinds: dict[str, str] = {}
    try:
        judgements = _read_judgements(qrels)
        for row in _rows(passages):
            # KazQAD: id is "question#passage", the text is called context
            text = str(_field(passages, row, "text", "context"))
            passage_id = str(_field(passages, row, "id"))
            if "text" not in row:
                passage_id = passage_id.rpartition("#")[2]
            if passage_id not in entries:
                entries[passage_id] = collection_entry(
                    passage_id, str(row.get("title") or ""), text, len(entries)
                )
        for row in _rows(queries):
            question = str(_field(queries, row, "query_id", "id"))
            if "query_id" not in row:
                question = question.partition("#")[0]
            questions[question] = str(_field(queries, row, "query", "question"))
            kind = row.get("type") or row.get("kind")
            if kind:
                kinds[question] = str(kind)
    except (OSError, ValueError, TypeError) as exc:
        raise EvaluationError(f"the collection is not in a known form: {type(exc).__name__} {exc}") from exc
    judged = {q for q, found in judgements.items() if any(grade > 0 for grade in found.values())}
    kept = {q: text for q, text in questions.items() if q in judged}
    if not kept:
        raise EvaluationError(f"{qrels.name} names no question of {queries.name} with a relevant passage")
    return Collection(
        tuple(entries.values()),
        kept,
        {question: judgements[question] for question in kept},
        {question: kind for question, kind in kinds.items() if question in kept},
    )
