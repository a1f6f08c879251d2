"""How one version of an index lies in a Milvus collection, and how it gets there.

A row for each key and one for each sentence, under the numbers that they have in the manifest (sentences
after the keys); what every reader needs beside them, in rows with numbers below 0.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from retrieval.centring import Centring
from retrieval.embedder import Progress
from retrieval.engine import Traits
from retrieval.entries import Entry
from retrieval.errors import IndexUnusable
from retrieval.index import SearchIndex
from retrieval.manifest import Manifest
from retrieval.milvus_server import MOST_ROWS, MilvusServer
from retrieval.pinned_lexicon import UNUSED, PinnedLexicon, Sparse

LAYOUT = 1
"""Changes whenever the rows of a version would be others."""

BATCH = 256
_LETTERS = 60_000
"""Of one text field; Milvus takes 65,535 bytes."""
_NOTHING: Sparse = {UNUSED: 1.0}

INDEXES = {"vector": "FLAT", "terms": "SPARSE_INVERTED_INDEX", "profile": "SPARSE_INVERTED_INDEX"}
"""All exact, so that every engine ranks alike."""


def fields(dim: int) -> list[dict[str, Any]]:
    """``document`` and ``edition`` are the passage's own; ``part`` is text of what all readers need."""
    return [
        {"name": "id", "type": "INT64", "is_primary": True},
        {"name": "passage", "type": "INT64"},
        {"name": "sentence", "type": "BOOL"},
        {"name": "document", "type": "VARCHAR", "max_length": 256},
        {"name": "edition", "type": "VARCHAR", "max_length": 64},
        {"name": "part", "type": "VARCHAR", "max_length": 65_535},
        {"name": "vector", "type": "FLOAT_VECTOR", "dim": dim},
        {"name": "terms", "type": "SPARSE_FLOAT_VECTOR"},
        {"name": "profile", "type": "SPARSE_FLOAT_VECTOR"},
    ]


@dataclass(frozen=True, slots=True)
class Common:
    """What every reader of a version holds in its own memory."""

    lexicon: PinnedLexicon
    centring: Centring
    traits: Traits

    def packed(self) -> list[str]:
        """As texts of ASCII letters, each short enough for a field."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            terms=np.frombuffer("\n".join(self.lexicon.terms()).encode(), dtype=np.uint8),
            frequencies=self.lexicon.frequencies,
            rows=np.array(self.lexicon.rows),
            **asdict(self.centring),
            **asdict(self.traits),
        )
        text = base64.b85encode(file.getvalue()).decode("ascii")
        return [text[at : at + _LETTERS] for at in range(0, len(text), _LETTERS)]

    @classmethod
    def unpacked(cls, parts: Sequence[str]) -> Common:
        """:raises IndexUnusable: a part is missing or damaged."""
        try:
            with np.load(io.BytesIO(base64.b85decode("".join(parts)))) as held:
                terms = held["terms"].tobytes().decode()
                return cls(
                    PinnedLexicon(terms.split("\n") if terms else (), held["frequencies"], int(held["rows"])),
                    Centring(held["passage_mean"], held["query_mean"], held["direction"]),
                    Traits(held["dates"], held["numbers"]),
                )
        except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as exc:
            raise IndexUnusable("the rows below 0 cannot be read") from exc


def rows_of(
    index: SearchIndex, common: Common, entries: Sequence[Entry], held: Manifest
) -> Iterator[dict[str, Any]]:
    """Every row of a version, what all readers need last."""
    weights = common.lexicon.row_weights(index.lexical)
    first_keys = set(index.keys.starts[:-1].tolist())
    for key, owner in enumerate(held.owners):
        profile = _profile(index, owner) if key in first_keys else _NOTHING
        row = {"vector": index.dense.vector(key), "terms": weights[key] or _NOTHING, "profile": profile}
        yield _row(key, owner, entries) | row
    for number, owner in enumerate(held.sentence_owners):
        row = {"vector": index.sentence_vectors.vector(number), "sentence": True}
        yield _row(len(held.keys) + number, owner, entries) | _EMPTY | row
    for number, part in enumerate(common.packed(), start=1):
        vector = np.zeros(held.dim, dtype=np.float32)
        yield _row(-number, -1, entries) | _EMPTY | {"vector": vector, "part": part}


_EMPTY: dict[str, Any] = {"terms": _NOTHING, "profile": _NOTHING}


def _row(id: int, owner: int, entries: Sequence[Entry]) -> dict[str, Any]:
    passage = entries[owner].passage if owner >= 0 else None
    return {
        "id": id,
        "passage": owner,
        "sentence": False,
        "document": passage.document if passage else "",
        "edition": passage.edition if passage else "",
        "part": "",
    }


def _profile(index: SearchIndex, passage: int) -> Sparse:
    columns, weights = index.profiles.row(passage)
    return dict(zip((columns + 1).tolist(), weights.tolist(), strict=True)) or _NOTHING


def fill(
    server: MilvusServer,
    collection: str,
    index: SearchIndex,
    entries: Sequence[Entry],
    held: Manifest,
    progress: Progress | None,
) -> None:
    """Create a collection and write every row of a version into it.

    :raises IndexUnusable: the server took fewer rows than it was sent.
    """
    common = Common(PinnedLexicon.of(index.lexical), index.centring, index.traits)
    total = len(held.texts) + len(common.packed())
    server.create(collection, fields(held.dim))
    batch: list[dict[str, Any]] = []
    for done, row in enumerate(rows_of(index, common, entries, held), start=1):
        batch.append(row)
        if len(batch) == BATCH or done == total:
            server.upsert(collection, batch)
            batch = []
            if progress:
                progress(done, total)
    server.finish(collection, INDEXES)
    if (found := server.count(collection)) != total:
        raise IndexUnusable(f"{collection} at {server.url} holds {found} rows, {total} were sent")


def read_common(server: MilvusServer, name: str, held: Manifest) -> Common:
    """:raises IndexUnusable: the collection is not one of this manifest's."""
    wanted = {field["name"]: int(field.get("dim", 0)) for field in fields(held.dim)}
    found = server.dims(name)
    if found != wanted:
        raise IndexUnusable(f"{name} at {server.url} has the fields {found}, wanted {wanted}")
    parts = server.rows(name, f"id >= -{MOST_ROWS} and id < 0", ["part"])
    common = Common.unpacked([parts[-at]["part"] for at in range(1, len(parts) + 1) if -at in parts])
    rows = len(held.texts) + len(parts)
    for what, there, expected in (
        ("rows", server.count(name), rows),
        ("keys", common.lexicon.rows, len(held.keys)),
        ("passages", len(common.traits.dates), len(held.passages)),
    ):
        if there != expected:
            raise IndexUnusable(f"{name} at {server.url} holds {there} {what}, wanted {expected}")
    return common
