"""Index files on disk: built beside, swapped in whole, reused as far as they still fit.

Each build is a folder of its own; the file CURRENT names the one in use and is replaced in one step, so a
reader, or a process killed in the middle, never sees half an index.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from retrieval.centring import PROBES, Centring, probe_questions
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Embedder, Progress, Vectors
from retrieval.entries import Entry
from retrieval.errors import IndexUnusable
from retrieval.index import SearchIndex
from retrieval.lexical_index import LexicalIndex
from retrieval.terms import ANALYZER, index_terms

FORMAT = 1
_CURRENT = "CURRENT"
_PREFIX = "index-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made of; equal manifests mean an index that can be used as it is."""

    format: int
    model: str
    dim: int
    analyzer: str
    keys: tuple[str, ...]
    owners: tuple[int, ...]
    passages: tuple[str, ...]

    @classmethod
    def of(cls, entries: Sequence[Entry], model: str, dim: int) -> Manifest:
        return cls(
            FORMAT,
            model,
            dim,
            ANALYZER,
            tuple(_digest(key) for entry in entries for key in entry.keys),
            tuple(row for row, entry in enumerate(entries) for _ in entry.keys),
            tuple(entry.passage.id for entry in entries),
        )

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """:raises IndexUnusable: the file is absent or not a manifest."""
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            lists = {name: tuple(fields[name]) for name in ("keys", "owners", "passages")}
            return cls(**(fields | lists))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as exc:
            raise IndexUnusable(f"{path.name} of the index cannot be read") from exc


@dataclass(frozen=True, slots=True)
class Opened:
    """An index ready for use; ``embedded`` keys were new, ``note`` tells an operator why, if any were."""

    index: SearchIndex
    embedded: int
    note: str


class IndexStore:
    """The folder that holds index files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(
        self,
        entries: Sequence[Entry],
        embedder: Embedder,
        progress: Progress | None = None,
        *,
        rebuild: bool = False,
    ) -> Opened:
        """The index of these entries: as it lies there, or with what is missing embedded now.

        :raises OSError: the folder cannot be written (disk full, read-only); what lay there is untouched.
        """
        wanted = Manifest.of(entries, embedder.name, embedder.dim)
        known: dict[str, Vectors] = {}
        note = "building the index for the first time"
        current = self._current()
        if rebuild:
            note = "building the index anew, as asked"
        elif current is not None:
            try:
                held = Manifest.read(current / "manifest.json")
                if held == wanted:
                    return Opened(self._load(current, held), 0, "")
                known, note = self._reusable(current, held, wanted)
            except IndexUnusable as exc:
                note = f"the index is damaged ({exc}); building it anew"
        index, embedded = self._build(entries, wanted, known, embedder, progress)
        return Opened(index, embedded, note)

    def _current(self) -> Path | None:
        try:
            name = (self._folder / _CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None
        return self._folder / name if name.startswith(_PREFIX) and "/" not in name else None

    def _load(self, folder: Path, held: Manifest) -> SearchIndex:
        dense = DenseIndex.load(folder / "dense.faiss")
        lexical = LexicalIndex.load(folder / "lexical", len(held.keys))
        if (len(dense), dense.dim) != (len(held.keys), held.dim):
            raise IndexUnusable(
                f"dense.faiss holds {len(dense)} vectors of {dense.dim}, "
                f"the manifest says {len(held.keys)} of {held.dim}"
            )
        try:
            with np.load(folder / "centring.npz") as stored:
                centring = Centring(stored["passage_mean"], stored["query_mean"], stored["direction"])
        except (OSError, ValueError, KeyError) as exc:
            raise IndexUnusable("centring.npz cannot be read") from exc
        owners = np.array(held.owners, dtype=np.int64)
        return SearchIndex(dense, lexical, centring, owners, len(held.passages))

    def _reusable(self, folder: Path, held: Manifest, wanted: Manifest) -> tuple[dict[str, Vectors], str]:
        if (held.format, held.model, held.dim) != (wanted.format, wanted.model, wanted.dim):
            return {}, f"the index was made by {held.model!r}, wanted {wanted.model!r}; building it anew"
        try:
            vectors = np.load(folder / "raw.npy")
        except (OSError, ValueError, EOFError) as exc:
            raise IndexUnusable("raw.npy cannot be read") from exc
        if vectors.shape != (len(held.keys), held.dim):
            raise IndexUnusable(f"raw.npy has shape {vectors.shape}")
        known = dict(zip(held.keys, vectors, strict=True))
        new = sum(key not in known for key in wanted.keys)
        return known, f"the texts or the analyzer changed; {new} of {len(wanted.keys)} keys are new"

    def _build(
        self,
        entries: Sequence[Entry],
        wanted: Manifest,
        known: dict[str, Vectors],
        embedder: Embedder,
        progress: Progress | None,
    ) -> tuple[SearchIndex, int]:
        texts = [key for entry in entries for key in entry.keys]
        missing = [at for at, digest in enumerate(wanted.keys) if digest not in known]
        raw = np.empty((len(texts), wanted.dim), dtype=np.float32)
        if missing:
            raw[missing] = embedder.embed_passages([texts[at] for at in missing], progress)
        for at, digest in enumerate(wanted.keys):
            if digest in known:
                raw[at] = known[digest]
        probes = embedder.embed_queries(
            probe_questions([(e.title, e.passage.text) for e in entries], min(PROBES, 4 * len(entries)))
        )
        centring = Centring.fit(raw, probes)
        index = SearchIndex(
            DenseIndex.from_vectors(centring.passages(raw)),
            LexicalIndex.from_terms([index_terms(text) for text in texts]),
            centring,
            np.array(wanted.owners, dtype=np.int64),
            len(entries),
        )
        self._write(index, raw, wanted)
        return index, len(missing)

    def _write(self, index: SearchIndex, raw: Vectors, manifest: Manifest) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._folder))
        try:
            index.dense.save(new / "dense.faiss")
            index.lexical.save(new / "lexical")
            np.save(new / "raw.npy", raw)
            np.savez(new / "centring.npz", **asdict(index.centring))
            (new / "manifest.json").write_text(json.dumps(asdict(manifest)), encoding="utf-8")
            pointer = new / _CURRENT
            pointer.write_text(new.name, encoding="utf-8")
            pointer.replace(self._folder / _CURRENT)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        for other in self._folder.glob(_PREFIX + "*"):
            if other != new:
                shutil.rmtree(other, ignore_errors=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
