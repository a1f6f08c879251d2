"""Everything that is held, read once at the start: texts, passages, questions and answers, timelines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from knowledge.article_text import load_article
from knowledge.catalog import Catalog
from knowledge.errors import ParseError, UnknownReference
from knowledge.faq import load_faq
from knowledge.model import Edition, FaqEntry, LawText, Passage, Reference
from knowledge.passages import passages_of
from knowledge.shelf import KAZAKH, RUSSIAN, Shelf
from knowledge.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Library:
    """The texts of one moment; answers with values, reads nothing after the load.

    ``passages`` stand in the order of the source article, then of the catalog, edition and print.
    ``missing`` are editions of the catalog whose Kazakh text is not held. ``problems`` tell, a line
    each, of files that are there and could not be read; the rest is used without them.
    """

    catalog: Catalog
    passages: tuple[Passage, ...]
    faq: tuple[FaqEntry, ...]
    missing: tuple[Edition, ...]
    problems: tuple[str, ...]
    _laws: Mapping[str, Mapping[str, LawText]] = field(repr=False)
    _russian: Mapping[str, Mapping[str, LawText]] = field(repr=False)
    _timelines: Mapping[str, Timeline] = field(repr=False)
    _by_id: Mapping[str, Passage] = field(repr=False)
    _by_document: Mapping[str, Mapping[str, tuple[Passage, ...]]] = field(repr=False)
    _folded: Mapping[str, str] = field(repr=False)

    @classmethod
    def load(cls, catalog: Catalog, folder: Path) -> Library:
        """Read what the data folder ``folder`` holds; an edition that the catalog does not know counts too.

        :raises ParseError, FaqError: where a text that the package itself carries is broken.
        """
        shelf, problems = Shelf(folder), list[str]()
        laws = {d.id: _texts(shelf, d.id, KAZAKH, problems) for d in catalog.documents}
        russian = {d.id: _texts(shelf, d.id, RUSSIAN, problems) for d in catalog.documents}
        passages = load_article() + tuple(
            passage
            for document, texts in laws.items()
            for edition, law in texts.items()
            for passage in passages_of(document, edition, law)
        )
        # an edition without a commit is carried by the package
        editions = (e for document in catalog.documents for e in document.editions if e.commit)
        return cls(
            catalog=catalog,
            passages=passages,
            faq=load_faq(),
            missing=tuple(edition for edition in editions if edition.name not in laws[edition.document]),
            problems=tuple(problems),
            _laws=MappingProxyType(laws),
            _russian=MappingProxyType(russian),
            _timelines=MappingProxyType({d.id: Timeline.build(d, laws[d.id]) for d in catalog.documents}),
            _by_id=MappingProxyType({passage.id: passage for passage in passages}),
            _by_document=MappingProxyType(_grouped(passages)),
            _folded=MappingProxyType({passage.id: _one_spaced(passage.text) for passage in passages}),
        )

    def law(self, document: str, edition: str) -> LawText | None:
        """The Kazakh text, or None where it is not held."""
        return self._laws.get(document, {}).get(edition)

    def russian(self, document: str, edition: str) -> LawText | None:
        """The official translation of the same edition, or None where it is not held."""
        return self._russian.get(document, {}).get(edition)

    def editions(self, document: str) -> tuple[str, ...]:
        """Names of the editions held, ascending; the source article has one."""
        return tuple(self._by_document.get(document, {}))

    def passage(self, id: str) -> Passage | None:
        """The passage of that id, or None."""
        return self._by_id.get(id)

    def find(self, reference: Reference, edition: str | None = None) -> tuple[Passage, ...]:
        """Passages of an article, or of its point where one is named, in print order.

        They are those of ``edition``, by default the newest held; none where it has no such place. A
        reference into the source article has the article ``""`` and a paragraph's number as its point.
        """
        held = self._by_document.get(reference.document, {})
        name = edition or next(reversed(tuple(held)), "")
        return tuple(
            passage
            for passage in held.get(name, ())
            if (passage.article or "") == reference.article and reference.point in (None, passage.point)
        )

    def timeline(self, document: str) -> Timeline:
        """The life of the document's articles.

        :raises UnknownReference: where the catalog has no such document.
        """
        try:
            return self._timelines[document]
        except KeyError:
            known = ", ".join(self._timelines)
            raise UnknownReference(f"no document {document!r}; the catalog has {known}") from None

    def locate(self, text: str, document: str, edition: str | None, article: str | None) -> Passage | None:
        """The first passage in which ``text`` stands letter for letter; runs of white space count as a space.

        Without ``edition`` the newest one that has it; without ``article`` all of them are searched.
        """
        wanted = _one_spaced(text)
        if not wanted:
            return None
        return next(
            (
                passage
                for passage in self._newest_first(document, edition)
                if (article is None or (passage.article or "") == article)
                and wanted in self._folded[passage.id]
            ),
            None,
        )

    def _newest_first(self, document: str, edition: str | None) -> Iterator[Passage]:
        held = self._by_document.get(document, {})
        for name in reversed(tuple(held)) if edition is None else (edition,):
            yield from held.get(name, ())


def _texts(shelf: Shelf, document: str, language: str, problems: list[str]) -> Mapping[str, LawText]:
    """What can be read of a document in one language, by edition, ascending; ``problems`` take the rest."""
    texts: dict[str, LawText] = {}
    for edition in shelf.editions(document):
        try:
            law = shelf.law(document, edition, language)
        except ParseError as exc:
            problems.append(str(exc))
        else:
            texts |= {edition: law} if law else {}
    return MappingProxyType(texts)


def _grouped(passages: tuple[Passage, ...]) -> Mapping[str, Mapping[str, tuple[Passage, ...]]]:
    """By document and, ascending, by edition."""
    groups: dict[str, dict[str, list[Passage]]] = {}
    for passage in passages:
        groups.setdefault(passage.document, {}).setdefault(passage.edition, []).append(passage)
    return {
        document: MappingProxyType({name: tuple(editions[name]) for name in sorted(editions)})
        for document, editions in groups.items()
    }


def _one_spaced(text: str) -> str:
    return " ".join(text.split())
