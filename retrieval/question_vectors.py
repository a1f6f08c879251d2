"""Vectors of questions on disk, by digest of the question: the hand-written ones, and the probes of centring.

Those of the hand-written questions come with the project for the bundled model, in half precision, as they
are the same on every machine: ``tests/benchmarks/asked_vectors.py`` writes them. Others are made once and
kept beside the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from retrieval.embedder import Embedder, Progress, Vectors
from retrieval.manifest import digest
from retrieval.npz_files import DAMAGED, write_npz

_SLICE = 64  # questions between two calls of Progress


def shipped_path(model: str) -> Path:
    """Where the vectors of a model lie that come with the project; most models have none."""
    return Path(__file__).with_name(f"asked-{model.replace('/', '-')}.npz")


def read_vectors(path: Path, embedder: Embedder) -> dict[str, Vectors]:
    """(dim,) float32 vectors by digest; none where the file is absent, damaged, or of another model."""
    try:
        with path.open("rb") as file, np.load(file) as stored:
            if str(stored["model"]) != embedder.name or stored["vectors"].shape[1:] != (embedder.dim,):
                return {}
            vectors = stored["vectors"].astype(np.float32)
            return dict(zip(stored["digests"].astype(str).tolist(), vectors, strict=True))
    except DAMAGED:
        return {}


def write_vectors(
    path: Path, model: str, vectors: Mapping[str, Vectors], kind: type[np.floating] = np.float32
) -> None:
    """Whole or not at all. :raises OSError: the folder cannot be written."""
    write_npz(
        path,
        model=np.array(model),
        digests=np.array(list(vectors), dtype=bytes),
        vectors=np.stack(list(vectors.values())).astype(kind),
    )


def with_missing(
    questions: Iterable[str],
    held: Mapping[str, Vectors],
    embedder: Embedder,
    progress: Progress | None = None,
) -> tuple[dict[str, Vectors], int]:
    """The vectors of just these questions by digest, and how many of them had to be made."""
    named = {digest(question): question for question in questions}
    new = {name: question for name, question in named.items() if name not in held}
    made: dict[str, Vectors] = {}
    names = list(new)
    for start in range(0, len(names), _SLICE):
        part = names[start : start + _SLICE]
        made |= zip(part, embedder.embed_queries([new[name] for name in part]), strict=True)
        if progress:
            progress(len(made), len(new))
    return {name: made[name] if name in made else held[name] for name in named}, len(new)


def kept_queries(questions: Sequence[str], embedder: Embedder, path: Path) -> Vectors:
    """(n, dim) vectors of questions; those not in ``path`` yet are made, and kept where they can be."""
    if not questions:
        return embedder.embed_queries(questions)
    vectors, new = with_missing(questions, read_vectors(path, embedder), embedder)
    if new:
        with suppress(OSError):  # they can be made again
            write_vectors(path, embedder.name, vectors)
    return np.stack([vectors[digest(question)] for question in questions])
