"""What an index was made of, so that it is known whether it still fits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval.entries import Entry
from retrieval.errors import IndexUnusable
from retrieval.terms import ANALYZER

FORMAT = 3
"""Changes whenever the files of an index would be others."""

_LISTS = ("keys", "owners", "sentences", "sentence_owners", "passages")
_DIGESTS = ("keys", "sentences")
"""Written as one string each: a million are read in a tenth of the time."""
_DIGEST = 64
_OLDER = 2
"""Never equal to what is wanted, but its vectors need not be made again."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Equal manifests mean an index that can be used as it is.

    ``keys`` and ``sentences`` are digests of the embedded texts, ``owners`` and ``sentence_owners`` the
    passages (rows) that they belong to.
    """

    format: int
    model: str
    dim: int
    analyzer: str
    keys: tuple[str, ...]
    owners: tuple[int, ...]
    sentences: tuple[str, ...]
    sentence_owners: tuple[int, ...]
    passages: tuple[str, ...]

    @classmethod
    def of(cls, entries: Sequence[Entry], model: str, dim: int) -> Manifest:
        return cls(
            FORMAT,
            model,
            dim,
            ANALYZER,
            tuple(digest(key) for entry in entries for key in entry.keys),
            tuple(row for row, entry in enumerate(entries) for _ in entry.keys),
            tuple(digest(sentence) for entry in entries for sentence in entry.sentences),
            tuple(row for row, entry in enumerate(entries) for _ in entry.sentences),
            tuple(entry.passage.id for entry in entries),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """Digests of everything embedded: keys, then sentences."""
        return self.keys + self.sentences

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """:raises IndexUnusable: the file is absent or not a manifest."""
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            if fields.get("format") not in (FORMAT, _OLDER):
                raise IndexUnusable(f"its files are of format {fields.get('format')}, wanted {FORMAT}")
            fields |= {name: _apart(fields[name]) for name in _DIGESTS}
            return cls(**(fields | {name: tuple(fields[name]) for name in _LISTS if name in fields}))
        except (OSError, ValueError, TypeError, AttributeError, KeyError) as exc:
            raise IndexUnusable(f"{path.name} of the index cannot be read") from exc

    def write(self, path: Path) -> None:
        fields = asdict(self) | {name: "".join(getattr(self, name)) for name in _DIGESTS}
        path.write_text(json.dumps(fields, separators=(",", ":")), encoding="utf-8")


def _apart(digests: str | list[str]) -> tuple[str, ...]:
    if not isinstance(digests, str):
        return tuple(digests)  # of the older format
    return tuple(digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST))


def digest(text: str) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
