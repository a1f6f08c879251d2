"""KazQAD's validation part with every vector made beforehand: what is measured then is the search alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.centring import PROBES, probe_questions
from retrieval.collections import Collection, read_collection
from retrieval.embedder import Embedder, Progress, Vectors, load_embedder
from retrieval.embedding_cache import CachedEmbedder
from retrieval.entries import Entry
from tests.benchmarks.ablation import KAZQAD

CACHE = "embeddings"


def texts_of(entries: Sequence[Entry]) -> list[str]:
    """What is embedded of some entries: keys, then sentences."""
    return [key for entry in entries for key in entry.keys] + [
        sentence for entry in entries for sentence in entry.sentences
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """An embedder that has only the vectors of some texts."""

    name: str
    dim: int
    vectors: dict[str, Vectors]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.vectors[text] for text in texts])

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self.embed_queries(texts)


@dataclass(frozen=True, slots=True)
class Measure:
    """``texts``: (keys + sentences, dim) raw vectors; ``embedder`` knows questions and centring probes."""

    collection: Collection
    texts: Vectors
    embedder: Known


def load_measure(work: Path) -> Measure:
    """The first time every text is embedded, some minutes; then they come from a file in ``work``."""
    collection = read_collection(*KAZQAD)
    cached = CachedEmbedder(_Later(), work / CACHE)
    texts = cached.embed_passages(texts_of(collection.entries))
    asked = [" ".join(text.split()) for text in collection.questions.values()]
    titles = [(entry.title, entry.passage.text) for entry in collection.entries]
    asked += probe_questions(titles, PROBES)
    vectors = dict(zip(asked, cached.embed_queries(asked), strict=True))
    cached.save()
    return Measure(collection, texts, Known(cached.name, cached.dim, vectors))


class _Later:
    """The bundled model, loaded when a text is not in the cache."""

    name = "bundled"
    dim = 384

    def __init__(self) -> None:
        self._made: Embedder | None = None

    @property
    def _model(self) -> Embedder:
        self._made = self._made or load_embedder(self.name)
        return self._made

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._model.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self._model.embed_passages(texts, progress)
