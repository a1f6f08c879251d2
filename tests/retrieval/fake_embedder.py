"""A model without weights: texts that share words get near vectors, at once and always the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from retrieval.embedder import Progress, Vectors
from retrieval.terms import words_of


class FakeEmbedder:
    """Each word's beginning throws a few signs into the vector; ``passages`` are those it was asked for."""

    def __init__(self, name: str = "fake", dim: int = 48) -> None:
        self._name = name
        self._dim = dim
        self._words: dict[str, Vectors] = {}
        self.passages: list[str] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return self._dim

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, "query")

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.passages.extend(texts)
        if progress:
            progress(len(texts), len(texts))
        return self._vectors(texts, "passage")

    def _vectors(self, texts: Sequence[str], side: str) -> Vectors:
        vectors = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in enumerate(texts):
            # every text of a side leans the same way, as E5's do
            for word in (side, *words_of(text)):
                vectors[row] += self._of_word(word[:5])
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)

    def _of_word(self, word: str) -> Vectors:
        if word not in self._words:
            self._words[word] = self._thrown(word)
        return self._words[word]

    def _thrown(self, word: str) -> Vectors:
        digest = hashlib.sha256(word.encode()).digest()
        seed = int.from_bytes(digest[:8], "big")
        return np.random.default_rng(seed).standard_normal(self._dim).astype(np.float32)
