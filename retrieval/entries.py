"""What is put into the index for each passage: its keys.

What is indexed is more than what is quoted: the title of the law and the heading of the article stand in
front of the text, since a point seldom names its own subject. A passage may have further keys, such as
the official Russian text of the same point: any of them finds it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.asked import AskedQuestions
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import Document, FaqEntry, Passage
from knowledge.passages import passages_of

FAQ_EDITION = "curated"


# after a sentence or an item of a list, before a capital letter, a number or an opening quote
_BOUNDARY = re.compile(r"(?<=[.!?…;:])\s+(?=[«\"А-ЯЁӘҒҚҢӨҰҮІҺA-Z0-9])")
_SHORTEST_SENTENCE = 16  # characters; less says too little to be found by


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with the texts that it is found by; ``title`` stands for it in a few words.

    ``sentences`` are its parts, each with the title in front; none where it is one sentence or curated.
    """

    passage: Passage
    title: str
    keys: tuple[str, ...]
    sentences: tuple[str, ...] = ()


def sentence_keys(title: str, text: str) -> tuple[str, ...]:
    """The sentences of a text, each with its title, or none where there is only one."""
    parts = [part.strip() for part in _BOUNDARY.split(text)]
    kept = [part for part in parts if len(part) >= _SHORTEST_SENTENCE]
    return tuple(f"{title} {part}".strip() for part in kept) if len(kept) > 1 else ()


def passage_entry(passage: Passage, document: Document, translations: tuple[str, ...] = ()) -> Entry:
    """The entry of a passage of a law or of the source article."""
    title = passage.heading or passage.chapter or document.short_title
    parts = (document.short_title, passage.heading or passage.chapter, passage.lead, passage.text)
    keys = (". ".join(part for part in parts if part), *translations)
    return Entry(passage, title, keys, sentence_keys(title, passage.text))


def faq_passage(entry: FaqEntry, order: int) -> Passage:
    """A curated answer as a passage; its text is our own and is never quoted."""
    return Passage(
        id=f"faq/{FAQ_EDITION}/{entry.id}",
        document="faq",
        edition=FAQ_EDITION,
        text=entry.answer,
        order=order,
        heading=entry.question,
    )


def faq_entry(entry: FaqEntry, order: int) -> Entry:
    """A curated answer is found by each way to ask it, and by question and answer together."""
    return Entry(
        faq_passage(entry, order),
        entry.question,
        (f"{entry.question} {entry.answer}", entry.question, *entry.variants),
    )


def _russian_keys(library: Library, document: str, edition: str) -> dict[tuple[str | None, ...], str]:
    """Russian text by (article, point, first sub-point) of one edition."""
    law = library.russian(document, edition)
    if law is None:
        return {}
    keys: dict[tuple[str | None, ...], str] = {}
    for passage in passages_of(document, edition, law):
        place = (passage.article, passage.point)
        text = ". ".join(part for part in (law.title, passage.heading, passage.lead, passage.text) if part)
        # both languages are split by their own lengths, so the parts of a point are joined again
        keys[place] = f"{keys[place]} {passage.text}" if place in keys else text
    return keys


def asked_of(entries: Sequence[Entry], asked: AskedQuestions) -> tuple[tuple[str, ...], ...]:
    """The questions written for the passage of each entry, most of them in several ways."""
    found = asked.of(entry.passage for entry in entries)
    return tuple(found.get(entry.passage.id, ()) for entry in entries)


def entries_of(library: Library, catalog: Catalog) -> tuple[Entry, ...]:
    """Everything that can be found, in document order; the curated answers last."""
    entries: list[Entry] = []
    russian: dict[tuple[str, str], dict[tuple[str | None, ...], str]] = {}
    for passage in library.passages:
        held = (passage.document, passage.edition)
        if held not in russian:
            russian[held] = _russian_keys(library, *held)
        translation = russian[held].get((passage.article, passage.point))
        entries.append(
            passage_entry(passage, catalog.document(passage.document), (translation,) if translation else ())
        )
    entries.extend(faq_entry(entry, order) for order, entry in enumerate(library.faq))
    return tuple(entries)
