"""A Milvus server as we use it: versions of the index as collections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from retrieval.embedder import Vectors
from retrieval.errors import IndexUnusable
from retrieval.fusion import Rows, Scores
from retrieval.milvus_calls import MilvusCalls, NotLoaded
from retrieval.pinned_lexicon import Sparse

MOST_ROWS = 16_384
"""What a Milvus server gives at once at the most (quotaAndLimits.limits.topK)."""

BUILD_TIMEOUT_S = 120.0
FRESH = "Strong"
SETTLED = "Bounded"
"""A version is whole, and was seen to be, before it is searched; so a search need not wait for writes."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: primary keys and inner products, (n,) each, best first."""

    ids: Rows
    scores: Scores


class MilvusServer:
    """What we ask of a server: collections of rows, and the rows nearest to a vector.

    Safe to use from several threads. Every call may raise IndexUnreachable, or IndexUnusable where the
    server refuses it; see ``MilvusCalls.made``.
    """

    def __init__(self, url: str, token: str | None = None, *, timeout_s: float = 5.0) -> None:
        """:param url: http(s)://host:port, with /database behind it for another one than Milvus' default.

        :param token: user:password, or an API key.

        :param timeout_s: of whatever a question waits for; building takes as long as it takes.
        """
        self.url = url
        self.timeout_s = timeout_s
        self._calls = MilvusCalls(url, token, timeout_s)
        self._client = self._calls.client

    def close(self) -> None:
        self._client.close()

    def search(
        self, collection: str, field: str, vector: Vectors | Sparse, limit: int, where: str = ""
    ) -> Found:
        """The ``limit`` rows (at most MOST_ROWS) with the highest inner product."""
        found = self._read(
            collection,
            lambda: self._client.search(
                collection,
                [vector],
                anns_field=field,
                filter=where,
                limit=min(limit, MOST_ROWS),
                output_fields=["id"],  # with none named, milvus-lite sends them all
                timeout=self.timeout_s,
                consistency_level=SETTLED,
            ),
        )[0]
        return Found(
            np.array([hit["id"] for hit in found], dtype=np.int64),
            np.array([hit["distance"] for hit in found], dtype=np.float32),
        )

    def rows(self, collection: str, where: str, fields: Sequence[str]) -> dict[int, dict[str, Any]]:
        """The rows that fit a filter, by primary key."""
        found = self._read(
            collection,
            lambda: self._client.query(
                collection,
                filter=where,
                output_fields=["id", *fields],
                limit=MOST_ROWS,
                timeout=self.timeout_s,
                consistency_level=FRESH,
            ),
        )
        return {int(row["id"]): dict(row) for row in found}

    def count(self, collection: str) -> int:
        """How many rows there are, with everything written so far."""
        found = self._read(
            collection,
            lambda: self._client.query(
                collection,
                output_fields=["count(*)"],
                timeout=self.timeout_s,
                consistency_level=FRESH,
            ),
        )
        return int(found[0]["count(*)"])

    def dims(self, name: str) -> dict[str, int] | None:
        """Each field of a collection (or alias) with its dimensions, 0 where it has none; None: no such."""
        try:
            told = self._calls.made(
                name, lambda: self._client.describe_collection(name, timeout=self.timeout_s)
            )
        except IndexUnusable:
            return None
        return {field["name"]: int(field["params"].get("dim", 0)) for field in told["fields"]}

    def collections(self) -> list[str]:
        return list(self._write("listing", "list_collections"))

    def create(self, name: str, fields: Iterable[Mapping[str, Any]]) -> None:
        """:param fields: what ``add_field`` takes, types by name."""
        types = self._calls.pymilvus.DataType
        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        for field in fields:
            options = dict(field)
            schema.add_field(options.pop("name"), getattr(types, options.pop("type")), **options)
        self._write(name, "create_collection", name, schema=schema)

    def upsert(self, collection: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self._write(collection, "upsert", collection, list(rows))

    def delete(self, collection: str, where: str) -> None:
        self._write(collection, "delete", collection, filter=where)

    def finish(self, collection: str, indexes: Mapping[str, str]) -> None:
        """Seal and index what was written, and have it ready for searches.

        In this order: rows that a server still takes in it may search by an inexact index of its own.

        :param indexes: field -> index type, all by inner product.
        """
        self._write(collection, "flush", collection)
        wanted = self._client.prepare_index_params()
        for field_name, kind in indexes.items():
            wanted.add_index(field_name, index_type=kind, metric_type="IP")
        self._write(collection, "create_index", collection, wanted, sync=False)  # loading waits for it
        self._write(collection, "load_collection", collection)

    def point(self, alias: str, collection: str) -> None:
        """Let an alias stand for a collection, in one step for every reader."""
        try:
            self._write(alias, "alter_alias", collection, alias)
        except IndexUnusable:  # there is none yet
            try:
                self._write(alias, "create_alias", collection, alias)
            except IndexUnusable:  # now there is: another builder was quicker
                self._write(alias, "alter_alias", collection, alias)

    def target(self, alias: str) -> str | None:
        """The collection that an alias stands for; None: no such alias."""
        try:
            told = self._write(alias, "describe_alias", alias)
        except IndexUnusable:
            return None
        return str(told["collection_name"])

    def aliases(self, collection: str) -> list[str]:
        return list(self._write(collection, "list_aliases", collection)["aliases"])

    def drop(self, collection: str) -> None:
        """With its aliases, which would keep it."""
        for alias in self.aliases(collection):
            self._write(alias, "drop_alias", alias)
        self._write(collection, "drop_collection", collection)

    def _write(self, what: str, method: str, *args: Any, **options: Any) -> Any:
        return self._calls.made(
            what, lambda: getattr(self._client, method)(*args, timeout=BUILD_TIMEOUT_S, **options)
        )

    def _read(self, collection: str, call: Callable[[], Any]) -> Any:
        """A call on a collection, which a server that was started anew may have to load first."""
        try:
            return self._calls.made(collection, call)
        except NotLoaded:
            self._write(collection, "load_collection", collection)
            return self._calls.made(collection, call)
