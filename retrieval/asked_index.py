"""The hand-written questions at work: which passages answer questions like this one.

A question is compared with questions, so both are embedded and centred as questions; what a passage gets is
the best of its questions. They are few, whatever engine holds the passages, and are kept in this process.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.agreement import Wording, Wordings
from retrieval.centring import Centring
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Embedder, Progress, Vectors
from retrieval.engine import Lexicon, Query
from retrieval.fusion import Scores
from retrieval.lexical_index import LexicalIndex
from retrieval.manifest import digest
from retrieval.question_type import question_type
from retrieval.question_vectors import read_vectors, shipped_path, with_missing, write_vectors
from retrieval.spans import Runs
from retrieval.terms import index_terms, words_of

FILE = "asked.npz"


@dataclass(frozen=True, slots=True)
class AskedScores:
    """One question with the hand-written ones of every passage, (passages,) each.

    ``dense``: cosine with the nearest; ``lexical``: BM25 of the best. A passage without any has the least
    of the others, and 0.
    """

    dense: Scores
    lexical: Scores


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a question is to those written for a passage; none written: 0 throughout.

    ``dense``: cosine with the nearest, -1..1; ``both``: agreement both ways with the likest, 0..1;
    ``same_type``: whether that one wants the same kind of answer.
    """

    dense: float = 0.0
    both: float = 0.0
    same_type: bool = False


class WiderLexicon:
    """The terms of the texts and of the questions; rarity is that in the texts where they have the term."""

    def __init__(self, texts: Lexicon, questions: Lexicon) -> None:
        self._texts = texts
        self._questions = questions

    def __contains__(self, term: str, /) -> bool:
        return term in self._texts or term in self._questions

    def terms(self) -> tuple[str, ...]:
        """Every term that stands in either."""
        return tuple(dict.fromkeys((*self._texts.terms(), *self._questions.terms())))

    def rarity(self, term: str) -> float:
        """0..1, see ``Lexicon``."""
        return (self._texts if term in self._texts else self._questions).rarity(term)


class AskedIndex:
    """Questions by the row of the passage that they are written for. Safe to call from several threads."""

    def __init__(
        self,
        asked: Sequence[Sequence[str]],
        vectors: Vectors,
        centring: Centring,
        wordings: Wordings,
        embedded: int = 0,
    ) -> None:
        """:param embedded: how many of the vectors were made for this.

        :param asked: the questions of each passage, in row order, any of them empty, not all.

        :param vectors: (questions, dim) of all of them in that order, as the model gave them.
        """
        self.embedded = embedded
        self._passages = len(asked)
        self._questions = [question for questions in asked for question in questions]
        self._runs = Runs.of([row for row, questions in enumerate(asked) for _ in questions])
        self._at = {int(row): at for at, row in enumerate(self._runs.owners)}
        self._dense = DenseIndex.from_vectors(centring.queries(vectors))
        self.lexical = LexicalIndex.from_terms([index_terms(question) for question in self._questions])
        self._wordings = wordings
        self._read: dict[int, Wording] = {}

    @classmethod
    def open(
        cls,
        folder: Path,
        asked: Sequence[Sequence[str]],
        embedder: Embedder,
        centring: Centring,
        wordings: Wordings,
        progress: Progress | None = None,
        *,
        rebuild: bool = False,
    ) -> AskedIndex | None:
        """With the vectors that come with the project or are kept in ``folder``; others are made and kept.

        None without any question.

        :raises OSError: the folder cannot be written.
        """
        questions = [question for each in asked for question in each]
        if not questions:
            return None
        path = folder / FILE
        held = (
            {}
            if rebuild
            else read_vectors(shipped_path(embedder.name), embedder) | read_vectors(path, embedder)
        )
        vectors, new = with_missing(questions, held, embedder, progress)
        if new:
            write_vectors(path, embedder.name, vectors)
        return cls(asked, np.stack([vectors[digest(each)] for each in questions]), centring, wordings, new)

    def scores(self, query: Query) -> AskedScores:
        """One question with those of every passage."""
        best = self._runs.best(self._dense.scores(query.vector))
        dense = np.full(self._passages, best.min(), dtype=np.float32)
        dense[self._runs.owners] = best
        lexical = np.zeros(self._passages, dtype=np.float32)
        lexical[self._runs.owners] = self._runs.best(self.lexical.scores(query.terms))
        return AskedScores(dense, lexical)

    def held(self, passage: int) -> Container[str]:
        """The index terms of the questions of a passage."""
        at = self._at.get(passage)
        return () if at is None else self.lexical.held(*self._runs.rows(at))

    def likeness(self, query: Query, words: Sequence[str], passage: int) -> Likeness:
        """:param words: the folded words of the question."""
        at = self._at.get(passage)
        if at is None:
            return Likeness()
        first, last = self._runs.rows(at)
        cosines = [float(self._dense.vector(row) @ query.vector) for row in range(first, last + 1)]
        agreements = [self._wordings.agreement(words, [self._wording(row)]) for row in range(first, last + 1)]
        likest = max(range(len(cosines)), key=lambda i: (agreements[i].both, cosines[i]))
        types = question_type(words), question_type(words_of(self._questions[first + likest]))
        return Likeness(max(cosines), agreements[likest].both, types[0] == types[1])

    def _wording(self, row: int) -> Wording:
        if row not in self._read:
            self._read[row] = self._wordings.read(words_of(self._questions[row]))
        return self._read[row]
