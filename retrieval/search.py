"""A question to ranked passages: dense and lexical side, one fusion, one round of feedback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from knowledge.model import Passage
from retrieval.asked_index import AskedIndex, Likeness, WiderLexicon
from retrieval.embedder import Embedder, Vectors
from retrieval.engine import Engine, Pool, Query
from retrieval.entries import Entry
from retrieval.evidence import AnyOf, Evidence, Held, weigh
from retrieval.fusion import Mask, Rows, Scores, Side, fuse, ranked, standardize
from retrieval.outside import load_outside
from retrieval.question_terms import QuestionTerms
from retrieval.scope import load_scope
from retrieval.subjects import SubjectPrior
from retrieval.synonyms import Expansion, Synonyms
from retrieval.terms import folded_words
from retrieval.transliteration import ReadQuestion, read_question
from retrieval.tuning import Tuning

SENTENCE_SHARE = 0.4
ASKED_DENSE_SHARE = 1.5
ASKED_LEXICAL_SHARE = 1.0
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


class Searcher:
    """Finds passages; holds the engine, the model and the synonyms. Safe to call from several threads."""

    def __init__(
        self,
        entries: Sequence[Entry],
        engine: Engine,
        embedder: Embedder,
        synonyms: Synonyms,
        tuning: Tuning | None = None,
        prior: SubjectPrior | None = None,
        asked: AskedIndex | None = None,
    ) -> None:
        """:param asked: questions written for the passages, where there are any."""
        self._entries = entries
        self._engine = engine
        self._embedder = embedder
        self._asked = asked
        self._lexical = WiderLexicon(engine.lexical, asked.lexical) if asked else engine.lexical
        self._terms = QuestionTerms(self._lexical, synonyms)
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
        eligible: Mask | None = None,
        apart: Mask | None = None,
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
        scope = self._scope.logit(vector)
        query = Query(self._engine.centring.queries(vector[None, :])[0], terms)
        beside: tuple[Hit, ...] = ()
        if apart is None:
            (pool,) = self._engine.pools(query, [eligible], sentences=self._tuning.sentences)
        else:
            everything = np.ones_like(apart) if eligible is None else eligible
            masks = [everything & ~apart, everything & apart]
            pool, other = self._engine.pools(query, masks, sentences=self._tuning.sentences)
            beside = self._plain(other, limit)
        if not len(pool.rows):
            return SearchResult(read, words, (), expansions, None, beside, scope, vector)
        fused = self._fused(pool) + self._asked_for(query, pool)
        if self._prior is not None:
            fused = fused + self._prior.of(words)[pool.rows]
        if self._tuning.feedback and len(pool.rows) > FEEDBACK_PASSAGES:
            fused = fused + self._feedback(query, pool, fused)
        best = ranked(pool.rows, fused, max(1, limit))
        hits = self._hits(pool, best, fused)
        evidence = self._evidence(query, read, words, expansions, int(pool.rows[best[0]]), hits, scope)
        return SearchResult(read, words, hits[:limit], expansions, evidence, beside, scope, vector)

    def _fused(self, pool: Pool) -> Scores:
        sides = []
        if self._tuning.dense:
            sides.append(Side(pool.dense))
        if self._tuning.sentences:
            sides.append(Side(pool.sentences, SENTENCE_SHARE))
        if self._tuning.lexical:
            sides.append(Side(pool.lexical))
        return fuse(sides)

    def _asked_for(self, query: Query, pool: Pool) -> Scores:
        """What the questions written for the passages of a pool add to their scores."""
        if self._asked is None or not self._tuning.asked:
            return np.zeros(len(pool.rows), dtype=np.float32)
        scores = self._asked.scores(query)
        return fuse(
            [
                Side(scores.dense[pool.rows], ASKED_DENSE_SHARE),
                Side(scores.lexical[pool.rows], ASKED_LEXICAL_SHARE),
            ]
        )

    def _plain(self, pool: Pool, limit: int) -> tuple[Hit, ...]:
        """The passages of a pool by the fusion of their keys' scores alone."""
        if not len(pool.rows):
            return ()
        fused = fuse([Side(pool.dense), Side(pool.lexical)])
        return self._hits(pool, ranked(pool.rows, fused, limit), fused)

    def _hits(self, pool: Pool, best: Rows, fused: Scores) -> tuple[Hit, ...]:
        """:param best: positions into the pool."""
        return tuple(
            Hit(
                self._entries[int(pool.rows[at])].passage,
                float(fused[at]),
                float(pool.dense[at]),
                float(pool.lexical[at]),
            )
            for at in best.tolist()
        )

    def _evidence(
        self,
        query: Query,
        read: ReadQuestion,
        words: Sequence[str],
        expansions: Sequence[Expansion],
        best: int,
        hits: Sequence[Hit],
        scope: float,
    ) -> Evidence:
        traits = self._engine.traits
        terms, likeness = [self._engine.held(best)], Likeness()
        if self._asked is not None:
            terms.append(self._asked.held(best))
            likeness = self._asked.likeness(query, words, best)
        return weigh(
            words,
            expansions,
            Held(hits[0].passage.text, AnyOf(terms), bool(traits.dates[best]), bool(traits.numbers[best])),
            self._lexical,
            self._outside,
            dense=hits[0].dense,
            score=hits[0].score,
            margin=hits[0].score - hits[-1].score,
            likeness=likeness,
            other_language=read.language != "kk",
            scope=scope,
        )

    def _feedback(self, query: Query, pool: Pool, fused: Scores) -> Scores:
        """Pseudo relevance (Rocchio 1971) from the best passages, each by its share of the softmax."""
        best = ranked(pool.rows, fused, FEEDBACK_PASSAGES)
        shares = np.exp(fused[best] - fused[best[0]])
        dense, words = self._engine.alike(query, pool, best, (shares / shares.sum()).tolist())
        return np.asarray(
            DENSE_FEEDBACK * standardize(dense) + LEXICAL_FEEDBACK * standardize(words), dtype=np.float32
        )
