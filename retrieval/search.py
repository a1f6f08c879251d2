"""A question to ranked passages: dense and lexical side, one fusion, one round of feedback."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from knowledge.model import Passage
from retrieval.embedder import Embedder, Vectors
from retrieval.entries import Entry
from retrieval.evidence import Evidence, weigh
from retrieval.fusion import Scores, candidates, ranked, standardize
from retrieval.index import SearchIndex
from retrieval.outside import load_outside
from retrieval.scope import load_scope
from retrieval.subjects import SubjectPrior
from retrieval.synonyms import Expansion, Synonyms
from retrieval.terms import is_asking, merged, query_terms, terms_of, words_of
from retrieval.transliteration import ReadQuestion, read_question

SYNONYM_SHARE = 0.8
FEEDBACK_PASSAGES = 2
DENSE_FEEDBACK = 0.5
LEXICAL_FEEDBACK = 0.4


@dataclass(frozen=True, slots=True)
class Tuning:
    """Which parts of the ranking are at work; the ablation table switches them off one by one."""

    dense: bool = True
    lexical: bool = True
    prefixes: bool = True
    synonyms: bool = True
    typos: bool = True
    feedback: bool = True
    asking_words: bool = True


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
        self._synonyms = synonyms
        self._tuning = tuning or Tuning()
        self._prior = prior
        self._outside = load_outside()
        self._scope = load_scope(embedder.name, embedder.dim)

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
        words = words_of(read.text)
        expansions = self._synonyms.expand(words) if self._tuning.synonyms else ()
        terms = self._terms(words, expansions)
        lexical = self._index.lexical_scores(terms)
        # the model knows capital letters; only another script has to be spelled anew for it
        typed = " ".join(question.split()) if read.script == "cyrillic" else read.text
        raw = self._embedder.embed_queries([typed])
        dense, keys = self._index.dense_scores(self._index.centring.queries(raw)[0])
        scope = self._scope.logit(raw[0])
        beside: tuple[Hit, ...] = ()
        if apart is not None:
            everything = np.ones(len(dense), dtype=np.bool_) if eligible is None else eligible
            beside = self._plain(dense, lexical, everything & apart, limit)
            eligible = everything & ~apart
        rows = candidates(dense, lexical, eligible=eligible)
        if not len(rows):
            return SearchResult(read, tuple(words), (), expansions, None, beside, scope, raw[0])
        fused = self._fuse(dense[rows], lexical[rows])
        if self._prior is not None:
            fused = fused + self._prior.of(words)[rows]
        if self._tuning.feedback and len(rows) > FEEDBACK_PASSAGES:
            fused = fused + self._feedback(rows, fused, keys)[rows]
        hits = tuple(
            Hit(self._entries[row].passage, float(fused[at]), float(dense[row]), float(lexical[row]))
            for at, row in ((at, int(rows[at])) for at in ranked(rows, fused, limit))
        )
        evidence = self._evidence(words, expansions, rows, fused, hits, scope)
        return SearchResult(read, tuple(words), hits, expansions, evidence, beside, scope, raw[0])

    def _plain(
        self, dense: Scores, lexical: Scores, eligible: npt.NDArray[np.bool_], limit: int
    ) -> tuple[Hit, ...]:
        """The eligible passages by fusion alone."""
        rows = candidates(dense, lexical, eligible=eligible)
        if not len(rows):
            return ()
        fused = self._fuse(dense[rows], lexical[rows])
        return tuple(
            Hit(self._entries[row].passage, float(fused[at]), float(dense[row]), float(lexical[row]))
            for at, row in ((at, int(rows[at])) for at in ranked(rows, fused, limit))
        )

    def _evidence(
        self,
        words: Sequence[str],
        expansions: Sequence[Expansion],
        rows: npt.NDArray[np.int64],
        fused: Scores,
        hits: Sequence[Hit],
        scope: float,
    ) -> Evidence:
        best = int(rows[ranked(rows, fused, 1)[0]])
        return weigh(
            words,
            expansions,
            self._entries[best],
            self._index.lexical,
            self._outside,
            dense=hits[0].dense,
            score=hits[0].score,
            margin=hits[0].score - hits[-1].score,
            scope=scope,
        )

    def _terms(self, words: Sequence[str], expansions: Sequence[Expansion]) -> dict[str, float]:
        asked = words if self._tuning.asking_words else [word for word in words if not is_asking(word)]
        added = [
            query_terms(words_of(target), share=SYNONYM_SHARE * expansion.weight)
            for expansion in expansions
            for target in expansion.targets
        ]
        terms = merged(query_terms(asked), *added)
        if not self._tuning.prefixes:
            terms = {term: weight for term, weight in terms.items() if term[0] != "^"}
        return terms

    def _fuse(self, dense: Scores, lexical: Scores) -> Scores:
        sides = [
            standardize(side)
            for side, used in ((dense, self._tuning.dense), (lexical, self._tuning.lexical))
            if used
        ]
        return np.asarray(sum(sides), dtype=np.float32)

    def _feedback(self, rows: npt.NDArray[np.int64], fused: Scores, keys: npt.NDArray[np.int64]) -> Scores:
        """Pseudo relevance (Rocchio 1971) from the best passages, each by its share of the softmax."""
        best = ranked(rows, fused, FEEDBACK_PASSAGES)
        shares = np.exp(fused[best] - fused[best[0]])
        shares = shares / shares.sum()
        middle = self._index.mixed([int(keys[rows[at]]) for at in best], shares.tolist())
        dense, _ = self._index.dense_scores(middle)
        bag: dict[str, float] = defaultdict(float)
        for at, share in zip(best, shares, strict=True):
            found = Counter(
                term for term in terms_of(words_of(self._entries[int(rows[at])].keys[0])) if term[0] == "^"
            )
            weights = {term: count * self._index.lexical.rarity(term) for term, count in found.items()}
            norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for term, weight in weights.items():
                bag[term] += float(share) * weight / norm
        lexical = self._index.lexical_scores(bag)
        out = np.zeros(len(dense), dtype=np.float32)
        out[rows] = DENSE_FEEDBACK * standardize(dense[rows]) + LEXICAL_FEEDBACK * standardize(lexical[rows])
        return out
