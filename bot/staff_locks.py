"""Staff answers locked to the law: what they cite, what has become of it, and how they are renewed.

Beside the quotations that are shown, an answer keeps locks: citations without a quotation. They hold, for
each cited place, the text that was in force when staff decided, and for a repealed act the provision that
ended it. A staff answer may so cite an old text on purpose, and is withdrawn all the same when the law moves
on again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.quoting import best_piece, verify
from bot.storage import Storage
from bot.storage.values import CuratedAnswer, CuratedCitation
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import Document, Passage, Quote, Reference
from retrieval.question_type import QuestionType
from retrieval.terms import words_of

REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one quotation: ``was`` and ``now`` are texts to compare.

    ``now`` is None where the text is gone; ``repealed`` is the act where it has lost its force since the
    answer was locked.
    """

    citation: CuratedCitation
    was: str
    now: str | None
    repealed: Document | None = None


@dataclass(frozen=True, slots=True)
class BrokenLock:
    """An answer that was withdrawn just now, and why."""

    answer: CuratedAnswer
    changes: tuple[Change, ...]


def locked(library: Library, quotes: Sequence[Quote], today: date) -> tuple[CuratedCitation, ...]:
    """The citations of an answer with these quotations: those shown, then the locks.

    :raises UnprovenQuote: a quotation is not in its passage.
    """
    shown = [_citation(verify(quote).passage, quote.text) for quote in quotes]
    locks: dict[tuple[str | None, ...], CuratedCitation] = {}
    for citation in shown:
        locks |= {_key(lock): lock for lock in _locks(library, citation, today)}
    return (*shown, *locks.values())


def shown_citations(answer: CuratedAnswer) -> tuple[CuratedCitation, ...]:
    """Without the locks."""
    return tuple(citation for citation in answer.citations if citation.quote)


def standing_quote(library: Library, citation: CuratedCitation) -> Quote | None:
    """The quotation in the very text that it was locked to; None where that is not held."""
    passage = _held(library, citation)
    return Quote(passage, citation.quote) if passage and citation.quote in passage.text else None


def changes_of(library: Library, answer: CuratedAnswer, today: date) -> tuple[Change, ...]:
    """What changed or ended since the answer was locked, by quotation."""
    locks = {_key(citation) for citation in answer.citations if not citation.quote}
    changes = []
    for citation in shown_citations(answer):
        if not library.editions(citation.document):
            continue  # not held just now (a sync that failed): nothing is known, and nothing is quoted
        needed = _locks(library, citation, today)
        broken = [lock for lock in needed if _key(lock) not in locks]
        ended = next((lock for lock in broken if lock.passage_id.startswith(REPEALED)), None)
        if broken or not needed or standing_quote(library, citation) is None:
            act = library.catalog.document(citation.document) if ended else None
            changes.append(_change(library, citation, today, act))
    return tuple(changes)


def renewed_quotes(library: Library, answer: CuratedAnswer, today: date) -> tuple[Quote, ...]:
    """The same proof from the texts that are held today: each quotation where it still stands, else its
    nearest words in the text that took its place. Empty where one has no place left."""
    found = [renewed_quote(library, citation, today) for citation in shown_citations(answer)]
    return tuple(quote for quote in found if quote) if all(found) else ()


def renewed_quote(library: Library, citation: CuratedCitation, today: date) -> Quote | None:
    """One quotation of ``renewed_quotes``."""
    current = _current(library, citation, today)
    standing = standing_quote(library, citation)
    if standing is not None and not current:
        return standing
    for passage in current:
        if citation.quote in passage.text:
            return Quote(passage, citation.quote)
    if not current:
        return None
    words = words_of(citation.quote)
    nearest = max(current, key=lambda passage: len(set(words) & set(words_of(passage.text))))
    if len(citation.quote) >= len(nearest.text) // 2:
        return Quote(nearest, nearest.text)
    piece = best_piece(nearest, words, QuestionType.WHAT)
    return Quote(nearest, nearest.text[piece.start : piece.end])


async def check_locks(library: Library, storage: Storage, today: date) -> tuple[BrokenLock, ...]:
    """Withdraw every active answer whose texts changed or ended; to be run at the start and after a sync.

    Inside a ``Storage.transaction`` what staff are told can be owed together with the withdrawal.
    """
    broken = []
    for answer in await storage.curated.listed():
        changes = changes_of(library, answer, today)
        if changes:
            broken.append(BrokenLock(answer, changes))
    reasons = {True: "act repealed", False: "text changed"}
    for lock in broken:
        ended = any(change.repealed for change in lock.changes)
        await storage.curated.withdraw([lock.answer.id], reasons[ended])
    return tuple(broken)


def _change(library: Library, citation: CuratedCitation, today: date, act: Document | None) -> Change:
    before, after = _held(library, citation), renewed_quote(library, citation, today)
    if act is not None and before is not None and after is not None and before.text == after.passage.text:
        return Change(citation, citation.quote, citation.quote, act)
    if before is not None and after is not None:
        return Change(citation, before.text, after.passage.text, act)
    return Change(citation, citation.quote, after.text if after else None, act)


def _held(library: Library, citation: CuratedCitation) -> Passage | None:
    """The passage that the citation is locked to, letter for letter."""
    passage = library.passage(citation.passage_id)
    return passage if passage is not None and passage.digest == citation.digest else None


def _locks(library: Library, citation: CuratedCitation, today: date) -> tuple[CuratedCitation, ...]:
    """What must stay as it is: the text of the place in force today, and the end of its act."""
    current = _current(library, citation, today)
    same = tuple(passage for passage in current if passage.digest == citation.digest)
    locks = [_citation(passage, "") for passage in same[:1] or current]
    act = library.catalog.document(citation.document)
    if act.repeal is not None and today >= act.repeal.day:
        by, day = act.repeal.by, act.repeal.day.isoformat()
        name = f"{REPEALED}/{act.id}"
        digest = hashlib.sha256(f"{name}/{day}".encode()).hexdigest()
        locks.append(CuratedCitation(by.document, day, by.article, by.point, name, digest, ""))
    return tuple(locks)


def _current(library: Library, citation: CuratedCitation, today: date) -> tuple[Passage, ...]:
    """The cited place as it reads today, or read last before its act ended; empty where it is gone."""
    place = Reference(citation.document, citation.article or "", citation.point)
    if citation.article is None:
        return library.find(place)
    try:
        edition, _ = library.timeline(citation.document).nearest(citation.article, today)
    except UnknownReference:
        return ()
    return library.find(place, edition) if edition else ()


def _citation(passage: Passage, quote: str) -> CuratedCitation:
    return CuratedCitation(
        passage.document, passage.edition, passage.article, passage.point, passage.id, passage.digest, quote
    )


def _key(lock: CuratedCitation) -> tuple[str | None, ...]:
    """Not the edition: a new one that leaves the words as they are changes nothing."""
    return (lock.document, lock.article, lock.point, lock.digest)
