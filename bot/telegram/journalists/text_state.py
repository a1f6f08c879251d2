"""Which words every article of every edition held has: what a sync is compared with."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.library import Library
from knowledge.model import Article


@dataclass(frozen=True, slots=True)
class ArticleState:
    """``digest`` is a SHA-256 of the words in force; notes on amendments are none of them."""

    document: str
    edition: str
    article: str
    digest: str


@dataclass(frozen=True, slots=True)
class TextState:
    """Articles in the order of the catalog, of the editions, and of print."""

    articles: tuple[ArticleState, ...]

    @classmethod
    def of(cls, library: Library) -> TextState:
        """Of the laws that are held; the source article is part of the bot and never synced."""
        return cls(
            tuple(
                ArticleState(document.id, edition, article.number, _digest(article))
                for document in library.catalog.documents
                for edition in library.editions(document.id)
                if (law := library.law(document.id, edition))
                for article in law.articles
            )
        )

    def editions(self, document: str) -> tuple[str, ...]:
        """Names, ascending."""
        return tuple(sorted({state.edition for state in self.articles if state.document == document}))

    def digests(self, document: str, edition: str) -> dict[str, str]:
        """By article, in print order."""
        return {
            state.article: state.digest
            for state in self.articles
            if (state.document, state.edition) == (document, edition)
        }

    def digest(self, document: str) -> str:
        """Equal where every article of every edition has the same words."""
        mine = [asdict(state) for state in self.articles if state.document == document]
        return hashlib.sha256(json.dumps(mine, sort_keys=True).encode()).hexdigest()

    def save(self, file: Path) -> None:
        """A crash at any moment leaves the old or the new one. :raises OSError: it cannot be written."""
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.{os.getpid()}.part")
        part.write_text(json.dumps([asdict(state) for state in self.articles]), encoding="utf-8")
        part.replace(file)

    @classmethod
    def load(cls, file: Path) -> TextState | None:
        """What ``save`` wrote; None where there is no such file, or something else in it."""
        try:
            rows = json.loads(file.read_text(encoding="utf-8"))
            return cls(tuple(ArticleState(**row) for row in rows))
        except (OSError, ValueError, TypeError):
            return None


def _digest(article: Article) -> str:
    live = [
        block if isinstance(block, str) else block.text
        for point in article.points
        if not point.removed
        for block in point.blocks
        if isinstance(block, str) or not block.removed
    ]
    words = " ".join(" ".join((article.heading, *live)).split())
    return hashlib.sha256(words.encode()).hexdigest()
