"""Index files on disk: built beside, swapped in whole, reused as far as they still fit.

Each build is a folder of its own; the file CURRENT names the one in use and is replaced in one step, so a
reader, or a process killed in the middle, never sees half an index.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from retrieval.centring import PROBES, Centring, probe_questions
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Embedder, Progress, Vectors
from retrieval.engine import Engine, Traits
from retrieval.entries import Entry
from retrieval.errors import IndexUnusable
from retrieval.index import SearchIndex
from retrieval.index_files import read_index, read_raw, write_index
from retrieval.lexical_index import LexicalIndex
from retrieval.manifest import Manifest
from retrieval.numbers import find_dates, find_numbers
from retrieval.profiles import Profiles
from retrieval.quantized_index import QuantizedIndex, wants_codes
from retrieval.question_vectors import kept_queries
from retrieval.spans import Spans
from retrieval.terms import index_terms, stem_terms, words_of

_CURRENT = "CURRENT"
_PROBES = "probes.npz"
_PREFIX = "index-"
_ABANDONED_S = 3600.0
"""A folder that is not in use and has not changed for so long belongs to a build that died."""


EngineT = TypeVar("EngineT", bound=Engine, covariant=True)


@dataclass(frozen=True, slots=True)
class Opened(Generic[EngineT]):
    """An index ready for use; ``embedded`` texts were new, ``note`` tells an operator why, if any were."""

    index: EngineT
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
    ) -> Opened[SearchIndex]:
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
                    return Opened(read_index(current, held), 0, "")
                known, note = _reusable(current, held, wanted)
            except IndexUnusable as exc:
                note = f"the index is damaged ({exc}); building it anew"
        self._refuse_unwritable()  # now, and not after minutes of embedding
        raw, embedded = _vectors(entries, wanted, known, embedder, progress)
        index = build_index(entries, raw, embedder, None if rebuild else self._folder / _PROBES)
        self._write(index, raw, wanted)
        return Opened(index, embedded, note)

    def _current(self) -> Path | None:
        try:
            name = (self._folder / _CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None
        return self._folder / name if name.startswith(_PREFIX) and "/" not in name else None

    def _refuse_unwritable(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._folder)).rmdir()
        except OSError as exc:
            raise _unwritable(self._folder, exc) from exc

    def _write(self, index: SearchIndex, raw: Vectors, manifest: Manifest) -> None:
        before = self._current()
        new = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._folder))
        try:
            write_index(new, index, raw, manifest)
            pointer = new / _CURRENT
            pointer.write_text(new.name, encoding="utf-8")
            pointer.replace(self._folder / _CURRENT)
        except BaseException as exc:
            shutil.rmtree(new, ignore_errors=True)
            # a ValueError is numpy's, whose archive cannot be closed on a full disk
            if isinstance(exc, OSError | ValueError):
                raise _unwritable(self._folder, exc) from exc
            raise
        for other in self._folder.glob(_PREFIX + "*"):
            # another process may be building beside this one
            if other != new and (other == before or _abandoned(other)):
                shutil.rmtree(other, ignore_errors=True)


def build_index(
    entries: Sequence[Entry], raw: Vectors, embedder: Embedder, kept: Path | None = None
) -> SearchIndex:
    """:param raw: (keys + sentences, dim) vectors of every key of every entry, then of every sentence.

    :param kept: a file for the vectors of the probe questions, most of which the next build asks again.
    """
    keys = [key for entry in entries for key in entry.keys]
    owners = [row for row, entry in enumerate(entries) for _ in entry.keys]
    questions = probe_questions([(e.title, e.passage.text) for e in entries], min(PROBES, 4 * len(entries)))
    probes = embedder.embed_queries(questions) if kept is None else kept_queries(questions, embedder, kept)
    centring = Centring.fit(raw[: len(keys)], probes)
    vectors = centring.passages(raw[: len(keys)])
    terms = [index_terms(key) for key in keys]
    return SearchIndex(
        QuantizedIndex.from_vectors(vectors) if wants_codes(len(keys)) else DenseIndex.from_vectors(vectors),
        LexicalIndex.from_terms(terms, _lengths([len(found) for found in terms], owners)),
        centring,
        Spans.of(owners, len(entries)),
        DenseIndex.from_vectors(centring.passages(raw[len(keys) :])),
        Spans.of([row for row, entry in enumerate(entries) for _ in entry.sentences], len(entries)),
        Profiles.from_terms(stem_terms(words_of(entry.keys[0])) for entry in entries),
        Traits(
            np.array([bool(find_dates(entry.passage.text)) for entry in entries], dtype=np.bool_),
            np.array([bool(find_numbers(entry.passage.text)) for entry in entries], dtype=np.bool_),
        ),
    )


def _lengths(own: Sequence[int], owners: Sequence[int]) -> list[float]:
    """What each key counts for: half its own length, half that of the longest key of its passage.

    Otherwise a curated question of five words would outweigh the law's text for its shortness alone.
    """
    longest: dict[int, int] = {}
    for owner, length in zip(owners, own, strict=True):
        longest[owner] = max(longest.get(owner, 0), length)
    return [(length + longest[owner]) / 2 for owner, length in zip(owners, own, strict=True)]


def _reusable(folder: Path, held: Manifest, wanted: Manifest) -> tuple[dict[str, Vectors], str]:
    """Vectors by digest that need not be made again, and the operator's note."""
    if (held.model, held.dim) != (wanted.model, wanted.dim):
        return {}, f"the index was made by {held.model!r}, wanted {wanted.model!r}; building it anew"
    known = dict(zip(held.texts, read_raw(folder, held), strict=True))
    texts = set(wanted.texts)
    new = len(texts - known.keys())
    return known, f"the texts or the analyzer changed; {new} of {len(texts)} texts are new"


def _vectors(
    entries: Sequence[Entry],
    wanted: Manifest,
    known: dict[str, Vectors],
    embedder: Embedder,
    progress: Progress | None,
) -> tuple[Vectors, int]:
    """(keys + sentences, dim) vectors of all texts, and how many of them had to be made."""
    texts = [key for entry in entries for key in entry.keys]
    texts += [sentence for entry in entries for sentence in entry.sentences]
    # two editions of a law share most of their texts
    new = {digest: text for digest, text in zip(wanted.texts, texts, strict=True) if digest not in known}
    made = embedder.embed_passages(list(new.values()), progress) if new else np.empty((0, wanted.dim))
    vectors = known | dict(zip(new, made, strict=True))
    raw = np.empty((len(texts), wanted.dim), dtype=np.float32)
    for at, digest in enumerate(wanted.texts):
        raw[at] = vectors[digest]
    return raw, len(new)


def _unwritable(folder: Path, cause: Exception) -> OSError:
    return OSError(
        f"the index {folder} cannot be written: {cause}; what lay there is untouched; wanted room and the "
        "right to write there, or another folder in DATA_DIR or INDEX_URL"
    )


def _abandoned(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > _ABANDONED_S
    except OSError:
        return False
