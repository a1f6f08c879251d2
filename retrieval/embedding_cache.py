"""Vectors of texts that were embedded before, by content: what is measured is measured again and again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from retrieval.embedder import Embedder, Progress, Vectors, WrappedEmbedder
from retrieval.npz_files import DAMAGED, write_npz


class CachedEmbedder(WrappedEmbedder):
    """An embedder that remembers, with a file for each model; ``save`` keeps what was new."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        """:param folder: of the cache files; an unreadable one counts as empty."""
        super().__init__(embedder)
        self._path = folder / f"{hashlib.sha256(embedder.name.encode()).hexdigest()[:16]}.npz"
        self._vectors: dict[str, Vectors] = {}
        self._new = 0
        try:
            with self._path.open("rb") as file, np.load(file) as stored:
                names, vectors = stored["names"], stored["vectors"]
            if vectors.shape == (len(names), embedder.dim):
                self._vectors = dict(zip(names.tolist(), vectors, strict=True))
        except DAMAGED:
            pass  # a cache that is not there or was cut short costs time and nothing else

    @property
    def new(self) -> int:
        """How many texts had to be embedded since the last save."""
        return self._new

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._remembered("query", texts, self._embedder.embed_queries)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self._remembered(
            "passage", texts, lambda missing: self._embedder.embed_passages(missing, progress)
        )

    def save(self) -> None:
        """Write the cache in one step. :raises OSError: the folder cannot be written."""
        if not self._new:
            return
        write_npz(
            self._path, names=np.array(list(self._vectors)), vectors=np.stack([*self._vectors.values()])
        )
        self._new = 0

    def _remembered(
        self, side: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        names = [hashlib.sha256(f"{side}\0{text}".encode()).hexdigest() for text in texts]
        missing = {name: text for name, text in zip(names, texts, strict=True) if name not in self._vectors}
        if missing:
            made = embed(list(missing.values()))
            self._vectors |= dict(zip(missing, made, strict=True))
            self._new += len(missing)
        if not names:
            return np.empty((0, self.dim), dtype=np.float32)
        return np.stack([self._vectors[name] for name in names])
