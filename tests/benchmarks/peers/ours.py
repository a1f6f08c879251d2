"""Ours, in the project's own environment: ``python -m tests.benchmarks.peers.ours FOLDER``.

The passages of KazQAD (``entries.json`` names their titles) are indexed as ``evaluate`` does it, sentences
too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from task import LIMIT, Task, compete

from retrieval.collections import collection_entry
from retrieval.embedder import Progress, Vectors
from retrieval.search import Searcher
from retrieval.store import build_index
from retrieval.synonyms import load_synonyms


@dataclass(frozen=True, slots=True)
class Given:
    """Vectors of questions; of what nobody asks (the probes of centring) those of ``probes.npy``."""

    vectors: dict[str, Vectors]
    probes: Vectors
    name: str = "bundled"
    dim: int = 384

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        if len(texts) > 1:
            return self.probes[: len(texts)]
        return self.vectors[texts[0]][None, :]

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        raise LookupError("the vectors of passages are given")


def build(task: Task) -> Callable[[str], list[str]]:
    folder = Path(sys.argv[1])
    titles = json.loads((folder / "titles.json").read_text(encoding="utf-8"))
    entries = [
        collection_entry(id, title, text.removeprefix(title).strip() if title else text, order)
        for order, (id, text, title) in enumerate(zip(task.ids, task.texts, titles, strict=True))
    ]
    if not any(titles):
        # made-up passages are one sentence each
        assert not any(entry.sentences for entry in entries)
    vectors = np.concatenate([task.vectors, np.load(folder / "sentences.npy")])
    asked = {" ".join(question.split()): vector for question, vector in task.question_vectors.items()}
    model = Given(asked, np.load(folder / "probes.npy"))
    searcher = Searcher(entries, build_index(entries, vectors, model), model, load_synonyms())
    return lambda question: [hit.passage.id for hit in searcher.search(question, limit=LIMIT).hits]


if __name__ == "__main__":
    compete(build)
