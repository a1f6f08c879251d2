"""Texts that come, go and change: what an index takes to follow, beside building it from nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.collections import collection_entry, read_collection
from retrieval.embedder import Progress, Vectors
from retrieval.entries import Entry
from retrieval.manifest import digest
from retrieval.store import IndexStore
from tests.benchmarks.ablation import KAZQAD
from tests.benchmarks.findings import Findings, table
from tests.benchmarks.measuring import seconds
from tests.benchmarks.synthetic import Babble

WORDS = 30
SHARES = (0.001, 0.01, 0.1)


@dataclass(slots=True)
class Dice:
    """A vector for every text, always the same; embedding itself is measured elsewhere."""

    name: str = "dice"
    dim: int = 384
    made: int = 0

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        rows = [np.random.default_rng(int(digest(text)[:8], 16)).standard_normal(self.dim) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, self.dim)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.made += len(texts)
        return self.embed_queries(texts)


def run(full: bool, work: Path) -> Findings:
    count = 20_000 if full else 2_000
    collection = read_collection(*KAZQAD)
    babble = Babble.of([entry.keys[0] for entry in collection.entries])
    texts = [" ".join(babble.words[word] for word in row) for row in babble.drawn(2 * count, WORDS)]
    entries = [collection_entry(f"made-up-{row}", "", text, row) for row, text in enumerate(texts[:count])]
    spare = iter(texts[count:])
    folder = Path(tempfile.mkdtemp(dir=work))
    rows: list[tuple[str | float, ...]] = []
    try:
        store, model = IndexStore(folder), Dice()
        built_s, _ = seconds(lambda: store.open(entries, model))
        rows.append(("from nothing", built_s, f"{model.made:,}"))
        for share in SHARES:
            changed = _changed(entries, share, spare)
            before = model.made
            took_s, _ = seconds(lambda changed=changed: store.open(changed, model))
            rows.append((f"{share:.1%} of the texts other ones", took_s, f"{model.made - before:,}"))
            store.open(entries, model)
        opened_s, _ = seconds(lambda: store.open(entries, model))
        rows.append(("opened as it lies there", opened_s, "0"))
    finally:
        shutil.rmtree(folder)
    return Findings(
        "Churn",
        (
            f"{count:,} made-up passages of {WORDS} words (those that hold several sentences are indexed by "
            "sentence too), vectors drawn at once instead of embedded. Of the changed share a third each is "
            "added, deleted and replaced. No unchanged text is embedded again, which is what costs (see "
            "Embedding). The rest (frequencies, means, codes) is made anew each time, so that the index is "
            "the one that a rebuild would give, whatever came before; a test holds both against each other.",
        ),
        (table(("index", "seconds", "texts embedded"), rows),),
    )


def _changed(entries: Sequence[Entry], share: float, spare: Iterator[str]) -> list[Entry]:
    """A third of the share each is deleted, replaced and added."""
    third = max(1, int(len(entries) * share / 3))
    step = len(entries) // third
    kept = [entry for row, entry in enumerate(entries) if row % step]
    for row in range(0, third * 2, 2):
        text = next(spare)
        kept[row] = collection_entry(kept[row].passage.id, "", text, kept[row].passage.order)
    added = [collection_entry(f"new-{row}", "", next(spare), row) for row in range(third)]
    return [*kept, *added]
