"""A question to ranked passages: dense and lexical side, one fusion, one round of feedback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from knowledge.model import Passage
from retrieval.embedder import Embedder, Vectors
from retrieval.entries import Entry
from retrieval.evidence import Evidence, Held, weigh
from retrieval.fusion import Rows, Scores, Side, candidates, fuse, ranked, standardize
from retrieval.index import SearchIndex
from retrieval.outside import load_outside
from retrieval.question_terms import QuestionTerms
from retrieval.scope import load_scope
from retrieval.subjects import SubjectPrior
from retrieval.synonyms import Expansion, Synonyms
from retrieval.terms import folded_words
from retrieval.transliteration import ReadQuestion, read_question
from retrieval.tuning import Tuning

SENTENCE_SHARE = 0.4
FEEDBACK_PASSAGES = 2
DENSE_FEEDBACK = 0.5
LEXICAL_FEEDBACK = 0.4


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its fused score (standard deviations above the pool, both sides added).

    ``dense`` is the cosine of the centred vectors (-1..1), ``lexical`` the BM25 score (0 and up).
    """

    passage: Passage
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits best first, how the question was read, and what speaks for the first hit (None: no hit).

    ``apart`` are the best of the passages that were ranked by themselves; ``scope`` the logit of scope.py,
    ``vector`` the question's own (dim,), as the model gave it.
    """

    read: ReadQuestion
    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    expansions: tuple[Expansion, ...] = ()
    evidence: Evidence | None = None
    apart: tuple[Hit, ...] = ()
    scope: float = 0.0
    vector: Vectors | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Scores:
    """One question with every passage, (passages,) each; ``keys``: cosines with every key."""

    keys: Scores
    dense: Scores
    sentences: Scores
    lexical: Scores


class Searcher:
    """Finds passages; holds the index, the model and the synonyms. Safe to call from several threads."""

    def __init__(
        self,
        entries: Sequence[Entry],
        index: SearchIndex,
        embedder: Embedder,
        synonyms: Synonyms,
        tuning: Tuning | None = None,
        prior: SubjectPrior | None = None,
    ) -> None:
        self._entries = entries
        self._index = index
        self._embedder = embedder
        self._terms = QuestionTerms(index.lexical, synonyms)
        self._tuning = tuning or Tuning()
        self._prior = prior
        self._outside = load_outside()
        self._scope = load_scope(embedder.name, embedder.dim)

    def retune(self, tuning: Tuning) -> None:
        """Switch parts of the ranking off or on: for measurements, not while people are asking."""
        self._tuning = tuning

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, in row order."""
        return tuple(entry.passage for entry in self._entries)

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        eligible: npt.NDArray[np.bool_] | None = None,
        apart: npt.NDArray[np.bool_] | None = None,
    ) -> SearchResult:
        """Rank the passages for a question as it was typed.

        :param eligible: (passages,) bool; others are left out before anything is ranked.
        :param apart: (passages,) bool; eligible ones that are ranked by themselves, without feedback.
        """
        read = read_question(question)
        words = tuple(folded_words(read.text))
        terms, expansions = self._terms.of(read.text, words, self._tuning)
        # the model knows capital letters; only another script has to be spelled anew for it
        typed = " ".join(question.split()) if read.script == "cyrillic" else read.text
        vector = self._embedder.embed_queries([typed])[0]
        scores = self._scored(vector, terms)
        scope = self._scope.logit(vector)
        beside: tuple[Hit, ...] = ()
        if apart is not None:
            everything = np.ones(len(scores.dense), dtype=np.bool_) if eligible is None else eligible
            beside = self._plain(scores, everything & apart, limit)
            eligible = everything & ~apart
        rows = candidates(scores.dense, scores.lexical, eligible=eligible)
        if not len(rows):
            return SearchResult(read, words, (), expansions, None, beside, scope, vector)
        fused = self._fused(rows, scores)
        if self._prior is not None:
            fused = fused + self._prior.of(words)[rows]
        if self._tuning.feedback and len(rows) > FEEDBACK_PASSAGES:
            fused = fused + self._feedback(rows, fused, scores.keys)
        best = ranked(rows, fused, max(1, limit))
        hits = self._hits(rows[best], fused[best], scores)
        evidence = self._evidence(words, expansions, int(rows[best[0]]), hits, scope)
        return SearchResult(read, words, hits[:limit], expansions, evidence, beside, scope, vector)

    def _scored(self, vector: Vectors, terms: dict[str, float]) -> _Scores:
        query = self._index.centring.queries(vector[None, :])[0]
        keys = self._index.key_scores(query)
        dense = self._index.keys.best(keys)
        sentences = self._index.sentence_scores(query, dense) if self._tuning.sentences else dense
        return _Scores(keys, dense, sentences, self._index.lexical_scores(terms))

    def _fused(self, rows: Rows, scores: _Scores) -> Scores:
        sides = []
        if self._tuning.dense:
            sides.append(Side(scores.dense[rows]))
        if self._tuning.sentences:
            sides.append(Side(scores.sentences[rows], SENTENCE_SHARE))
        if self._tuning.lexical:
            sides.append(Side(scores.lexical[rows]))
        return fuse(sides)

    def _plain(self, scores: _Scores, eligible: npt.NDArray[np.bool_], limit: int) -> tuple[Hit, ...]:
        """The eligible passages by the fusion of their keys' scores alone."""
        rows = candidates(scores.dense, scores.lexical, eligible=eligible)
        if not len(rows):
            return ()
        fused = fuse([Side(scores.dense[rows]), Side(scores.lexical[rows])])
        best = ranked(rows, fused, limit)
        return self._hits(rows[best], fused[best], scores)

    def _hits(self, rows: Rows, fused: Scores, scores: _Scores) -> tuple[Hit, ...]:
        return tuple(
            Hit(
                self._entries[row].passage, float(score), float(scores.dense[row]), float(scores.lexical[row])
            )
            for row, score in zip(rows.tolist(), fused, strict=True)
        )

    def _evidence(
        self,
        words: Sequence[str],
        expansions: Sequence[Expansion],
        best: int,
        hits: Sequence[Hit],
        scope: float,
    ) -> Evidence:
        traits = self._index.traits
        return weigh(
            words,
            expansions,
            Held(self._index.held(best), bool(traits.dates[best]), bool(traits.numbers[best])),
            self._index.lexical,
            self._outside,
            dense=hits[0].dense,
            score=hits[0].score,
            margin=hits[0].score - hits[-1].score,
            scope=scope,
        )

    def _feedback(self, rows: Rows, fused: Scores, key_scores: Scores) -> Scores:
        """Pseudo relevance (Rocchio 1971) from the best passages, each by its share of the softmax."""
        best = ranked(rows, fused, FEEDBACK_PASSAGES)
        shares = np.exp(fused[best] - fused[best[0]])
        shares = (shares / shares.sum()).tolist()
        passages = rows[best].tolist()
        middle = self._index.mixed([self._index.best_key(row, key_scores) for row in passages], shares)
        dense = self._index.keys.best(self._index.key_scores(middle))
        alike = self._index.profiles.likeness(passages, shares)
        return np.asarray(
            DENSE_FEEDBACK * standardize(dense[rows]) + LEXICAL_FEEDBACK * standardize(alike[rows]),
            dtype=np.float32,
        )
