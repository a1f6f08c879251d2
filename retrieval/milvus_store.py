"""Versions of the index in a Milvus server: filled beside, pointed at in one step, kept while they are read.

A version is named after what it was made of (the manifest), and its alias points at a collection that is
filled and counted. So a reader finds the version of its own texts or none; one that is rebuilt is swapped
under its readers at once, and the one before stays for those that have not been started anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict

from retrieval.embedder import Embedder, Progress
from retrieval.entries import Entry
from retrieval.errors import IndexUnusable
from retrieval.manifest import Manifest
from retrieval.milvus_engine import MilvusEngine
from retrieval.milvus_rows import LAYOUT, fill, read_common
from retrieval.milvus_server import MOST_ROWS, MilvusServer
from retrieval.store import IndexStore, Opened

PREFIX = "assembly_"
CURRENT = "current"
PREVIOUS = "previous"
_COLLECTION = re.compile(r"[0-9a-f]{16}_([0-9a-f]+)_[0-9a-f]{4}$")
"""The end of a name: version, milliseconds since 1970, a random number."""
_ABANDONED_S = 3600
"""A collection without an alias that is older belongs to a build that died."""


class MilvusStore:
    """The index of a server; what is embedded is kept in files, for the next version."""

    def __init__(
        self, server: MilvusServer, files: IndexStore, *, prefix: str = PREFIX, at_once: int = MOST_ROWS
    ) -> None:
        """:param prefix: of every name in the server, letters, digits and _.

        :param at_once: see ``MilvusEngine``.
        """
        self.server = server
        self._files = files
        self.url = server.url
        self.prefix = prefix
        self._at_once = at_once

    def open(
        self,
        entries: Sequence[Entry],
        embedder: Embedder,
        progress: Progress | None = None,
        *,
        rebuild: bool = False,
    ) -> Opened[MilvusEngine]:
        """The index of these entries: as the server has it, or built now and written there.

        :raises IndexUnreachable: the server does not answer.
        :raises OSError: files cannot be written.
        """
        wanted = Manifest.of(entries, embedder.name, embedder.dim)
        alias = self.prefix + version(wanted)
        note = "building the index anew, as asked"
        if not rebuild:
            try:
                return Opened(self._engine(alias, entries, wanted), 0, "")
            except IndexUnusable as exc:
                missing = self.server.dims(alias) is None
                note = f"writing it to {self.server.url}" + ("" if missing else f", since {exc}")
        built = self._files.open(entries, embedder, progress, rebuild=rebuild)
        collection = f"{alias}_{int(time.time() * 1000):x}_{secrets.token_hex(2)}"
        fill(self.server, collection, built.index, entries, wanted, progress)
        engine = self._engine(collection, entries, wanted)
        self._swap(alias, collection)
        return Opened(engine.renamed(alias), built.embedded, "; ".join(filter(None, (built.note, note))))

    def _engine(self, name: str, entries: Sequence[Entry], held: Manifest) -> MilvusEngine:
        common = read_common(self.server, name, held)
        return MilvusEngine(self.server, name, common, entries, held, at_once=self._at_once)

    def _swap(self, alias: str, collection: str) -> None:
        """Make a filled collection the newest version, and keep the version before for who reads it still."""
        before = self.server.target(self.prefix + CURRENT)
        self.server.point(alias, collection)
        self.server.point(self.prefix + CURRENT, collection)
        if before and before.startswith(alias):
            self.server.drop(before)
        elif before:
            self.server.point(self.prefix + PREVIOUS, before)
        self._retire(alias, collection)

    def _retire(self, alias: str, own: str) -> None:
        """Drop other versions, and what dead builds left.

        Another process may be building at the same time: what is as new as our own, or of the same version,
        is only dropped when it is old.
        """
        kept = {own, self.server.target(self.prefix + CURRENT), self.server.target(self.prefix + PREVIOUS)}
        mine = _made_at(own) or time.time()
        for name in self.server.collections():
            made_at = _made_at(name) if name.startswith(self.prefix) else None
            if made_at is None or name in kept:
                continue
            outdated = made_at < mine and not name.startswith(alias)
            if time.time() - made_at > _ABANDONED_S or (outdated and self.server.aliases(name)):
                self.server.drop(name)


def version(held: Manifest) -> str:
    """What the version that is made of this is called: 16 hexadecimal digits."""
    made_of = json.dumps([LAYOUT, asdict(held)], sort_keys=True)
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def _made_at(name: str) -> float | None:
    """Seconds since 1970, from the name of a collection of ours; None: it is another's."""
    ours = _COLLECTION.search(name)
    return int(ours[1], 16) / 1000 if ours else None
