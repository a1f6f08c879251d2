"""Which documents there are: reads ``catalog.toml`` and refuses one that contradicts itself."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from knowledge.errors import CatalogError, UnknownReference
from knowledge.model import Document, DocumentKind, Edition, Reference, Repeal

_ADDRESS = "https://zan.gov.kz/client/#!/doc/{}/kaz"
_LANGUAGES = ("kaz", "rus")


@dataclass(frozen=True, slots=True)
class Catalog:
    """All documents, in the order of the file."""

    documents: tuple[Document, ...]

    def document(self, document_id: str) -> Document:
        """:raises UnknownReference: the catalog has no such id; the message lists those it has."""
        for document in self.documents:
            if document.id == document_id:
                return document
        known = ", ".join(document.id for document in self.documents)
        raise UnknownReference(f"no document {document_id!r} in the catalog; it has {known}")

    def edition(self, document_id: str, name: str) -> Edition:
        """The edition called ``name`` (ISO day).

        :raises UnknownReference: no such document or edition; the message lists the known ones.
        """
        editions = self.document(document_id).editions
        for edition in editions:
            if edition.name == name:
                return edition
        known = ", ".join(edition.name for edition in editions) or "none"
        raise UnknownReference(f"no edition {name!r} of {document_id} in the catalog; it has {known}")


def load_catalog(path: Path | None = None) -> Catalog:
    """The catalog at ``path``; None: the project's own.

    :raises CatalogError: unreadable, or an entry is wrong; the message names the entry and the field.
    """
    path = path or Path(__file__).with_name("catalog.toml")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise CatalogError(f"{path.name} cannot be read: {exc}") from exc
    root = _Entry(path.name, content)
    documents = tuple(_document(entry) for entry in root.entries("document"))
    root.refuse_the_rest()
    _check_links(documents)
    return Catalog(documents)


class _Entry:
    """A TOML table whose keys are taken one by one; what is left over in the end is unknown."""

    def __init__(self, name: str, table: dict[str, Any]) -> None:
        self.name = name
        self._rest = dict(table)

    def fail(self, key: str, found: object, wanted: str) -> CatalogError:
        return CatalogError(f"{self.name}: {key}: found {found!r}, wanted {wanted}")

    def text(self, key: str, *, empty: bool = False) -> str:
        value = self._rest.pop(key, None)
        if not isinstance(value, str) or not (value or empty):
            raise self.fail(key, value, "a text")
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self._rest else None

    def day(self, key: str) -> date:
        value = self._rest.pop(key, None)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fail(key, value, "a day such as 2008-10-20")
        return value

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if key in self._rest else None

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self._rest.pop(key, list(default))
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, value, "a list of texts")
        return tuple(value)

    def entry(self, key: str) -> _Entry:
        value = self._rest.pop(key, None)
        if not isinstance(value, dict):
            raise self.fail(key, value, "a table")
        return _Entry(f"{self.name}: {key}", value)

    def optional_entry(self, key: str) -> _Entry | None:
        return self.entry(key) if key in self._rest else None

    def entries(self, key: str) -> list[_Entry]:
        value = self._rest.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fail(key, value, f"tables [[{key}]]")
        return [
            _Entry(f"{self.name}: {key} {item.get('id') or item.get('day') or index}", item)
            for index, item in enumerate(value, 1)
        ]

    def refuse_the_rest(self) -> None:
        for key, value in self._rest.items():
            raise self.fail(key, value, "no such field")


def _document(entry: _Entry) -> Document:
    document_id, kind, act_code = entry.text("id"), entry.text("kind"), entry.optional_text("act_code")
    if kind not in list(DocumentKind):
        raise entry.fail("kind", kind, f"one of {', '.join(DocumentKind)}")
    if act_code is not None and not re.fullmatch(r"[0-9]+", act_code):
        raise entry.fail("act_code", act_code, "digits")
    document = Document(
        id=document_id,
        kind=DocumentKind(kind),
        title=entry.text("title"),
        short_title=entry.text("short_title"),
        requisites=entry.text("requisites", empty=True),
        url=_ADDRESS.format(act_code) if act_code else "",
        act_code=act_code,
        adopted=entry.optional_day("adopted"),
        in_force_from=entry.optional_day("in_force_from"),
        editions=tuple(_edition(document_id, edition) for edition in entry.entries("edition")),
        repeal=_repeal(entry.optional_entry("repeal")),
        successor=entry.optional_text("successor"),
    )
    entry.refuse_the_rest()
    for earlier, later in pairwise(document.editions):
        if earlier.day >= later.day:
            raise entry.fail("edition", later.name, f"a day after {earlier.name}")
    if document.repeal and (document.in_force_from is None or document.repeal.day <= document.in_force_from):
        raise entry.fail("repeal", str(document.repeal.day), "a day after in_force_from")
    return document


def _edition(document_id: str, entry: _Entry) -> Edition:
    day, commit, path = entry.day("day"), entry.text("commit", empty=True), entry.text("path", empty=True)
    languages = entry.texts("languages", ("kaz",))
    if commit and not re.fullmatch(r"[0-9a-f]{40}", commit):
        raise entry.fail("commit", commit, "40 hexadecimal digits, or nothing")
    if bool(commit) != bool(path) or path.startswith("/") or ".." in path.split("/"):
        raise entry.fail("path", path, "a folder below the commit, exactly where there is a commit")
    if "kaz" not in languages or not set(languages) <= set(_LANGUAGES):
        raise entry.fail("languages", list(languages), 'a list of "kaz" and perhaps "rus"')
    entry.refuse_the_rest()
    return Edition(document_id, day, commit, path, languages)


def _repeal(entry: _Entry | None) -> Repeal | None:
    if entry is None:
        return None
    day, by = entry.day("day"), entry.entry("by")
    reference = Reference(by.text("document"), by.text("article"), by.optional_text("point"))
    by.refuse_the_rest()
    entry.refuse_the_rest()
    return Repeal(day, reference)


def _check_links(documents: tuple[Document, ...]) -> None:
    ids = [document.id for document in documents]
    known = ", ".join(ids)
    for document in documents:
        if ids.count(document.id) > 1:
            raise CatalogError(f"document {document.id}: id: found it twice, wanted it once")
        if document.successor is not None and document.successor not in ids:
            raise CatalogError(
                f"document {document.id}: successor: found {document.successor!r}, wanted one of {known}"
            )
        if document.repeal and document.repeal.by.document not in ids:
            by = document.repeal.by.document
            raise CatalogError(f"document {document.id}: repeal.by: found {by!r}, wanted one of {known}")
