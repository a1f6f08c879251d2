"""The checker on the real texts, and the sets of claims with their split."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.claims import Checker
from knowledge.article_text import load_article_notes
from knowledge.successors import load_successors
from tests.bot.real_texts import texts_on
from tests.real import TODAY

CLAIMS = Path(__file__).resolve().parents[1] / "data" / "claims.jsonl"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its verdict, how it was made, and the documents that decide it."""

    id: str
    claim: str
    verdict: str
    type: str
    documents: tuple[str, ...]

    @property
    def held_out(self) -> bool:
        """Kept from tuning, by the rule of ``tests/data/README.md``."""
        return int(hashlib.sha256(self.id.encode()).hexdigest()[0], 16) >= 8


def read_claims(path: Path = CLAIMS) -> tuple[ClaimRow, ...]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(
        ClaimRow(
            row["id"],
            row["q"],
            row["verdict"],
            row.get("type", ""),
            tuple(gold["doc"] for gold in row.get("gold", ())),
        )
        for row in rows
        if row["kind"] == "claim"
    )


@cache
def checker_on(folder: Path, today: date = TODAY) -> Checker:
    texts = texts_on(folder, today)
    return Checker(
        texts.catalog, texts.library, texts.citer, load_article_notes(), load_successors(), lambda: today
    )
