"""Answers that staff wrote: when a question asks the same, and the reply that it then gets.

A staff answer speaks for everyone, so it must really be asked for: the words that name something have to
agree both ways (faq_match.py), the vectors have to be close, the bodies and the numbers must be the same,
and no curated entry of the project may agree better.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from bot.answers import Answer
from bot.citing import Citer
from bot.faq_match import FaqMatcher
from bot.kazakh import staff as say
from bot.quoting import UnprovenQuote, verify
from bot.staff_locks import shown_citations, standing_quote
from bot.storage import Storage
from bot.storage.values import CuratedAnswer
from knowledge.library import Library
from knowledge.model import FaqEntry
from retrieval.embedder import Vectors
from retrieval.subjects import subjects_of
from retrieval.synonyms import Synonyms
from retrieval.terms import words_of
from retrieval.transliteration import read_question

AGREEMENT = 0.6
COSINE = 0.93
"""Measured on the project's own curated entries, each wording against all others. Two wordings of one entry
pass both marks (with bodies and numbers) in 14.6 % of the pairs, wordings of two entries in 0.14 %: 108 to 1.
A wording against an entry without it, no curated entry agreeing better: 25 % against 0.14 %, 175 to 1."""

Embed = Callable[[Sequence[str]], Vectors]
"""Questions to (n, dim) unit vectors."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question made ready to be compared: folded words, and the vector, made when it is first wanted."""

    words: tuple[str, ...]
    typed: str
    vector: Callable[[], Vectors]

    @property
    def frame(self) -> tuple[frozenset[str], frozenset[str]]:
        """What must be equal for two questions to be one: the bodies and the numbers that they name."""
        return subjects_of(self.words), frozenset(word for word in self.words if word.isdigit())


class Likeness:
    """Whether two questions ask the same; ``rarity`` of an index term is 0..1."""

    def __init__(self, synonyms: Synonyms, rarity: Callable[[str], float], embed: Embed) -> None:
        self._synonyms = synonyms
        self._rarity = rarity
        self._embed = embed

    def wording(self, question: str, vector: Vectors | None = None) -> Wording:
        """:param vector: (dim,), where it is known already."""
        read = read_question(question)
        # as the searcher does: the model knows capital letters, only another script has to be spelled anew
        typed = " ".join(question.split()) if read.script == "cyrillic" else read.text
        made = _Once(lambda: np.asarray(self._embed([typed])[0], dtype=np.float32), vector)
        return Wording(tuple(words_of(read.text)), typed, lambda: made.value)

    def matcher(self, wordings: Sequence[Wording]) -> FaqMatcher:
        """Compares words with each of these, by its place in the row."""
        entries = [FaqEntry(str(at), wording.typed, (), "", ()) for at, wording in enumerate(wordings)]
        return FaqMatcher(entries, self._synonyms, self._rarity)

    def best(self, asked: Wording, known: Sequence[Wording], matcher: FaqMatcher) -> tuple[int, float] | None:
        """The place of the one that asks the same, and how far their words agree (0..1); None of none.

        Vectors are looked at only where words, bodies and numbers agree.
        """
        found: list[tuple[float, int]] = []
        for at, other in enumerate(known):
            if asked.words == other.words:
                return at, 1.0
            if asked.frame != other.frame:
                continue
            both = matcher.agreement(asked.words, str(at)).both
            if both >= AGREEMENT and _cosine(asked.vector(), other.vector()) >= COSINE:
                found.append((-both, at))
        return (min(found)[1], -min(found)[0]) if found else None


@dataclass(slots=True)
class _Once:
    make: Callable[[], Vectors]
    made: Vectors | None = None

    @property
    def value(self) -> Vectors:
        if self.made is None:
            self.made = self.make()
        return self.made


@dataclass(frozen=True)
class _Shelf:
    """The active answers of one moment: a row a wording, and the answer that it belongs to."""

    wordings: tuple[Wording, ...] = ()
    answers: tuple[CuratedAnswer, ...] = ()
    matcher: FaqMatcher | None = field(default=None)

    @cached_property
    def known(self) -> dict[str, Wording]:
        return {wording.typed: wording for wording in self.wordings}


class StaffAnswers:
    """The active staff answers, held in memory; ``refresh`` after every change. Safe to ask from any thread.

    ``curated`` is the matcher of the project's own entries: where one of those agrees better, it answers.
    """

    def __init__(self, library: Library, citer: Citer, likeness: Likeness, curated: FaqMatcher) -> None:
        self.likeness = likeness
        self._library = library
        self._citer = citer
        self._curated = curated
        self._shelf = _Shelf()

    async def refresh(self, storage: Storage) -> None:
        """Take over what is active in the database now; wordings that are new are embedded in a thread."""
        answers = await storage.curated.listed()
        self._shelf = await asyncio.to_thread(self._shelved, answers)

    def reply(self, question: str, understood: str | None = None) -> Answer | None:
        """The staff answer to the question, with its proof; None where there is none that truly matches.

        :param understood: the question made whole, where it hung on an earlier one.
        """
        if not self._shelf.wordings:
            return None
        asked = self.likeness.wording(understood or question)
        answer = self.match(asked.words, asked.vector)
        return None if answer is None else self.replied(question, answer, understood)

    def match(self, words: Sequence[str], vector: Callable[[], Vectors]) -> CuratedAnswer | None:
        """:param words: folded words of the question; ``vector`` its (dim,) unit vector, asked for only if
        the words agree with those of an answer."""
        shelf = self._shelf
        if shelf.matcher is None:
            return None
        asked = Wording(tuple(words), "", vector)
        found = self.likeness.best(asked, shelf.wordings, shelf.matcher)
        if found is None or (found[1] < 1.0 and found[1] < self._best_curated(asked.words)):
            return None
        return shelf.answers[found[0]]

    def replied(self, question: str, answer: CuratedAnswer, understood: str | None = None) -> Answer | None:
        """The answer as a reply; None where a quotation of it does not stand in its text any more."""
        quotes = [standing_quote(self._library, citation) for citation in shown_citations(answer)]
        if not quotes:
            return None
        try:
            citations = tuple(self._citer.cite(verify(quote)) for quote in quotes if quote is not None)
        except UnprovenQuote:
            return None
        if len(citations) < len(quotes):
            return None
        return Answer(
            question=question,
            lead=say.signed(answer.text),
            citations=citations,
            notices=self._citer.notices(citations),
            understood=understood,
            curated=True,
        )

    def _best_curated(self, words: Sequence[str]) -> float:
        return max((self._curated.agreement(words, e.id).both for e in self._library.faq), default=0.0)

    def _shelved(self, answers: Sequence[CuratedAnswer]) -> _Shelf:
        known = self._shelf.known
        rows = [(question, answer) for answer in answers for question in answer.questions]
        made = (self.likeness.wording(question) for question, _ in rows)
        wordings = tuple(known.get(wording.typed, wording) for wording in made)
        for wording in wordings:
            wording.vector()
        return _Shelf(wordings, tuple(answer for _, answer in rows), self.likeness.matcher(wordings))


def _cosine(one: Vectors, other: Vectors) -> float:
    if one.shape != other.shape:
        return -1.0
    norms = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / norms if norms else 0.0
