"""The project's question sets, their split, and what counts as a right citation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answers import Citation

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the places that answer it; ``gold`` is empty where nothing does."""

    id: str
    kind: str
    turns: tuple[str, ...]
    gold: tuple[dict[str, str], ...]
    small_talk: bool

    @property
    def held_out(self) -> bool:
        """Kept from every tuning: half of the rows, by a rule that nobody chose row by row."""
        return int(hashlib.sha256(self.id.encode()).hexdigest()[0], 16) >= 8

    @property
    def answerable(self) -> bool:
        return self.kind != "unanswerable"


def read_rows(path: Path = DATA / "questions.jsonl") -> tuple[Row, ...]:
    """Questions in the form of ``tests/data/README.md``; claims are left out."""
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row["kind"] != "claim":
            turns = tuple(row.get("turns") or [row["q"]])
            rows.append(
                Row(row["id"], row["kind"], turns, tuple(row.get("gold", ())), row.get("smalltalk", False))
            )
    return tuple(rows)


def is_gold(citation: Citation, gold: Iterable[dict[str, str]]) -> bool:
    """Whether a citation stands in one of the right places and, where the set asks, holds the words."""
    passage = citation.quote.passage
    return any(
        want["doc"] == citation.document.id
        and want.get("art", passage.article) == passage.article
        and want.get("edition", passage.edition) == passage.edition
        and _folded(want.get("has", "")) in _folded(citation.quote.text)
        for want in gold
    )


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()
