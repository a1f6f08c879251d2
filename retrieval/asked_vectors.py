"""Vectors of the hand-written questions on disk, by digest of the question.

Those of the bundled model come with the project, in half precision, as they are the same on every machine:
``tests/benchmarks/asked_vectors.py`` writes them. Those of other models, and of questions written since, are
made once and kept beside the index.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from retrieval.embedder import Embedder, Vectors
from retrieval.manifest import digest

_DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


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
            return dict(zip((each.decode() for each in stored["digests"].tolist()), vectors, strict=True))
    except (*_DAMAGED, AttributeError):  # an older file holds digests that are no bytes
        return {}


def write_vectors(
    path: Path, model: str, vectors: Mapping[str, Vectors], kind: type[np.floating] = np.float32
) -> None:
    """Whole or not at all. :raises OSError: the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=".asked-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            np.savez(
                file,
                model=np.array(model),
                digests=np.array(list(vectors), dtype=bytes),
                vectors=np.stack(list(vectors.values())).astype(kind),
            )
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def kept_queries(questions: Sequence[str], embedder: Embedder, path: Path) -> Vectors:
    """(n, dim) vectors of questions; those not in ``path`` yet are made, and kept where they can be."""
    if not questions:
        return embedder.embed_queries(questions)
    held = read_vectors(path, embedder)
    new = [question for question in dict.fromkeys(questions) if digest(question) not in held]
    if new:
        held |= zip(map(digest, new), embedder.embed_queries(new), strict=True)
        with suppress(OSError):  # they can be made again
            write_vectors(path, embedder.name, {digest(each): held[digest(each)] for each in questions})
    return np.stack([held[digest(question)] for question in questions])
