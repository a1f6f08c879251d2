"""Which document a person means: by its id, its number, or words of its title in Kazakh or Russian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.kazakh import journalists as say
from bot.time_words import keys, words_in
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import Document, DocumentKind
from retrieval.subjects import subjects_of
from retrieval.terms import words_of
from retrieval.transliteration import to_cyrillic

_MIN_STEM = 5
"""Two words are one if they share this many letters, or all of a shorter word …"""

_STEM_SHARE = 0.6
"""… and at least this share of the shorter of them: endings differ, stems don't."""

_GENERIC = keys("қазақстан республикасы республика туралы заң заңы закон")
"""Words of many titles: they name no document by themselves."""

_IN_NUMBER = re.compile(r"№\s*(\S+)")


class HeldDocuments:
    """The documents of which something can be read here: those with passages, in the catalog's order."""

    def __init__(self, catalog: Catalog, library: Library) -> None:
        self._documents = tuple(d for d in catalog.documents if library.editions(d.id))
        self._library = library
        self._names = {document.id: tuple(self._names_of(document)) for document in self._documents}
        self._bodies = {d.id: subjects_of(words_of(d.short_title)) for d in self._documents}

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents)

    def named(self, request: str) -> Document | None:
        """The one whose id, number or name stands in ``request``; None where none or several do equally."""
        asked = request.lower().split()
        for document in self._documents:
            if any(name in asked for name in _exact_names(document)):
                return document
        words = _words(request)
        bodies = subjects_of([*words_of(request), *words_of(to_cyrillic(request))])
        speaking = [d for d in self._documents if not bodies or bodies & self._bodies[d.id]]
        # «Ассамблея» alone, in whatever language, is the law of that name, not the article about it
        least = (1, 0.0) if bodies else (0, 0.0)
        merits = {d.id: max(least, *(_merit(words, name) for name in self._names[d.id])) for d in speaking}
        best = max(merits.values(), default=(0, 0.0))
        found = [document for document in speaking if merits[document.id] == best]
        laws = [document for document in found if document.kind is not DocumentKind.ARTICLE]
        return (laws or found)[0] if best[0] and len(laws or found) == 1 else None

    def of_id(self, id: str) -> Document | None:
        return next((document for document in self._documents if document.id == id), None)

    def without_name(self, request: str, document: Document) -> str:
        """What else is said: the id and the number of the act have figures that are no article's."""
        names = _exact_names(document)
        return " ".join(word for word in request.split() if word.lower() not in names)

    def list(self) -> str:
        """A line a document, with the days of the editions held."""
        lines = [say.held_document(d.id, d.short_title, self.edition_days(d)) for d in self._documents]
        return "\n".join((say.HELD, *(f"• {line}" for line in lines))) if lines else say.NOTHING_HELD

    def edition_days(self, document: Document) -> tuple[date, ...]:
        """Of a law, ascending; the source article has no editions to choose from."""
        if document.kind is DocumentKind.ARTICLE:
            return ()
        return tuple(map(date.fromisoformat, self._library.editions(document.id)))

    def _names_of(self, document: Document) -> Iterable[tuple[str, ...]]:
        yield _words(document.short_title)
        for edition in self._library.editions(document.id):
            russian = self._library.russian(document.id, edition)
            if russian is not None:
                yield _words(russian.title)


def _exact_names(document: Document) -> tuple[str, ...]:
    """What names it by itself: the id, «70-iv»."""
    return (document.id, *(number.lower() for number in _IN_NUMBER.findall(document.requisites)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_in(to_cyrillic(text)))


def _merit(asked: tuple[str, ...], name: tuple[str, ...]) -> tuple[int, float]:
    """How many of the name's words are asked for, then how much of the name that is; a generic word alone
    is nothing."""
    met = [word for word in name if any(_alike(word, other) for other in asked)]
    if _GENERIC.issuperset(met):
        return 0, 0.0
    return len(met), len(met) / len(name)


def _alike(one: str, other: str) -> bool:
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    shared = min(len(one), len(other)) if shared is None else shared
    shorter = min(len(one), len(other))
    return shared >= min(_MIN_STEM, shorter) and shared >= _STEM_SHARE * shorter and shorter > 2
