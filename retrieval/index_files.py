"""The files of one index: a folder written once and only read from then on."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np

from retrieval.centring import Centring
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Vectors
from retrieval.engine import Traits
from retrieval.errors import IndexUnusable
from retrieval.index import SearchIndex
from retrieval.lexical_index import LexicalIndex
from retrieval.manifest import Manifest
from retrieval.npz_files import DAMAGED
from retrieval.profiles import Profiles
from retrieval.quantized_index import QuantizedIndex, wants_codes
from retrieval.spans import Spans


def write_index(folder: Path, index: SearchIndex, raw: Vectors, manifest: Manifest) -> None:
    """:param raw: (keys + sentences, dim) vectors as the model gave them, for the next build."""
    index.dense.save(folder / "dense.faiss")
    index.sentence_vectors.save(folder / "sentences.faiss")
    index.lexical.save(folder / "lexical")
    index.profiles.save(folder / "profiles.npz")
    np.save(folder / "raw.npy", raw)
    np.savez(folder / "centring.npz", **asdict(index.centring))
    np.savez(folder / "traits.npz", **asdict(index.traits))
    manifest.write(folder / "manifest.json")


def read_index(folder: Path, held: Manifest) -> SearchIndex:
    """:raises IndexUnusable: a file is absent, damaged, or not what the manifest says."""
    try:
        # opened here, since numpy leaves a damaged archive open
        with (folder / "centring.npz").open("rb") as file, np.load(file) as stored:
            centring = Centring(stored["passage_mean"], stored["query_mean"], stored["direction"])
        with (folder / "traits.npz").open("rb") as file, np.load(file) as stored:
            traits = Traits(stored["dates"], stored["numbers"])
    except DAMAGED as exc:
        raise IndexUnusable("centring.npz or traits.npz cannot be read") from exc
    large = wants_codes(len(held.keys))
    index = SearchIndex(
        QuantizedIndex.load(folder / "dense.faiss") if large else DenseIndex.load(folder / "dense.faiss"),
        LexicalIndex.load(folder / "lexical", len(held.keys)),
        centring,
        Spans.of(held.owners, len(held.passages)),
        DenseIndex.load(folder / "sentences.faiss", mapped=large),
        Spans.of(held.sentence_owners, len(held.passages)),
        Profiles.load(folder / "profiles.npz"),
        traits,
    )
    for name, found, wanted in (
        ("dense.faiss", (len(index.dense), index.dense.dim), (len(held.keys), held.dim)),
        (
            "sentences.faiss",
            (len(index.sentence_vectors), index.sentence_vectors.dim),
            (len(held.sentences), held.dim),
        ),
        ("profiles.npz", len(index.profiles), len(held.passages)),
        ("traits.npz", len(traits.dates), len(held.passages)),
    ):
        if found != wanted:
            raise IndexUnusable(f"{name} holds {found}, the manifest says {wanted}")
    return index


def read_raw(folder: Path, held: Manifest) -> Vectors:
    """The vectors as the model gave them, (keys + sentences, dim).

    :raises IndexUnusable: the file is absent, damaged, or not what the manifest says.
    """
    try:
        vectors: Vectors = np.load(folder / "raw.npy")
    except DAMAGED as exc:
        raise IndexUnusable("raw.npy cannot be read") from exc
    if vectors.shape != (len(held.texts), held.dim):
        raise IndexUnusable(f"raw.npy has shape {vectors.shape}, the manifest says {len(held.texts)} texts")
    return vectors
