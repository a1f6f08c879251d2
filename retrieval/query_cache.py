"""Vectors of questions that were asked before: people ask the same things, and tap the same buttons."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from retrieval.embedder import Embedder, Vectors, WrappedEmbedder

SIZE = 4096
"""Questions that are remembered, some 6 MB of vectors; the one that was not asked for longest goes first."""


class RememberedQueries(WrappedEmbedder):
    """An embedder that remembers the questions of one index's life. Safe to call from several threads.

    The key is the question as the model is told it: case and script settled as far as the search settles
    them, white space evened out. So a remembered question gets the very vector that it would get anew.
    """

    def __init__(self, embedder: Embedder, size: int = SIZE) -> None:
        super().__init__(embedder)
        self._size = size
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._vectors)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        keys = [" ".join(text.split()) for text in texts]
        found = {key: vector for key in keys if (vector := self._known(key)) is not None}
        missing = list(dict.fromkeys(key for key in keys if key not in found))
        if missing:
            made = self._embedder.embed_queries(missing)
            found |= dict(zip(missing, made, strict=True))
            self._remember(missing, made)
        if not keys:
            return np.empty((0, self.dim), dtype=np.float32)
        return np.stack([found[key] for key in keys])

    def _known(self, key: str) -> Vectors | None:
        with self._lock:
            vector = self._vectors.get(key)
            if vector is not None:
                self._vectors.move_to_end(key)
            return vector

    def _remember(self, keys: Sequence[str], vectors: Vectors) -> None:
        with self._lock:
            for key, vector in zip(keys, vectors, strict=True):
                self._vectors[key] = vector
                self._vectors.move_to_end(key)
            while len(self._vectors) > self._size:
                self._vectors.popitem(last=False)
