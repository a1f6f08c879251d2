"""Question sets in the form of ``dev.jsonl``: what is asked, and which places of which texts answer it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.model import Passage
from retrieval.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Gold:
    """A place that answers; None leaves a part of it open. ``has`` are words that it must hold."""

    document: str
    article: str | None = None
    edition: str | None = None
    has: str = ""

    def fits(self, passage: Passage) -> bool:
        """Whether the passage stands in this place and holds the words, case and white space aside."""
        return (
            passage.document == self.document
            and self.article in (None, passage.article)
            and self.edition in (None, passage.edition)
            and _folded(self.has) in _folded(passage.text)
        )


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One row: the last of ``turns`` is asked; any one of ``gold`` is enough."""

    id: str
    kind: str
    turns: tuple[str, ...]
    gold: tuple[Gold, ...]


def read_questions(path: Path) -> tuple[AskedQuestion, ...]:
    """The questions that have an answer; claims and unanswerable questions are left out.

    :raises EvaluationError: the file is unreadable or not of this form.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise EvaluationError(f"{path.name} cannot be read: {exc}") from exc
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row: dict[str, Any] = json.loads(line)
            if row["kind"] == "claim" or not row.get("gold"):
                continue
            turns = tuple(row.get("turns") or [row["q"]])
            gold = tuple(
                Gold(want["doc"], want.get("art"), want.get("edition"), want.get("has", ""))
                for want in row["gold"]
            )
            questions.append(AskedQuestion(str(row["id"]), row["kind"], turns, gold))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as exc:
            raise EvaluationError(
                f"{path.name}, line {number}: not a question of dev.jsonl's form ({type(exc).__name__} {exc})"
            ) from exc
    if not questions:
        raise EvaluationError(f"{path.name} has no question with a gold place")
    return tuple(questions)


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()
