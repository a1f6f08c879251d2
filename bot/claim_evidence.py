"""The clauses of the held texts, and those of them that a claim may be about: no model is needed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import Levenshtein

from bot.claim_clauses import Clause, clauses_of
from bot.claim_lexicon import Lexicon
from bot.claim_mentions import Mention, Role
from bot.claim_morphology import same_word
from bot.claim_quantities import Word
from bot.claim_reading import Reading, read_clause, words_in
from knowledge.model import Passage

_STEMS = (4, 7, 11)
"""Words that begin alike in so many letters are looked up together; the more letters, the more they count."""

_STEM = _STEMS[0]
_TYPO_FROM = 6  # letters; a shorter word is too near to others


class Evidence:
    """Every clause of the held texts, found by the words of a claim without any model."""

    def __init__(self, passages: Iterable[Passage], titles: Mapping[str, str], lexicon: Lexicon) -> None:
        """:param passages: those that may be quoted; parts of one point one after another.

        :param titles: by document; «осы Заң» in a text stands for its title.
        """
        named = {id: read_clause(title, lexicon).mentions for id, title in titles.items()}
        self.clauses = tuple(clauses_of(tuple(passages), named, lexicon))
        self._rows: dict[str, list[int]] = defaultdict(list)
        for row, clause in enumerate(self.clauses):
            numbers = _numbers(clause.reading)
            for stem in (
                numbers
                | _stems(clause.reading.words)
                | {key[:_STEM] for key in clause.topic}
                | _named(clause)
            ):
                self._rows[stem].append(row)
        self._deeds = frozenset(deed for clause in self.clauses for deed in _deeds(clause))
        self._vocabulary: dict[str, set[str]] = defaultdict(set)
        for clause in self.clauses:
            for word in clause.reading.words:
                self._vocabulary[word.key[:2]].add(word.key)

    def spelled(self, text: str, lexicon: Lexicon) -> str:
        """The text with long unknown words that differ from one known word by a slip put right."""
        parts, last = [], 0
        for word in words_in(text):
            meant = self._meant(word.key, lexicon)
            if meant != word.key:
                parts += [text[last : word.start], meant]
                last = word.end
        return "".join([*parts, text[last:]])

    def _meant(self, key: str, lexicon: Lexicon) -> str:
        if len(key) < _TYPO_FROM or key.isdigit() or lexicon.knows(key):
            return key
        kin = self._vocabulary.get(key[:2], ())
        if any(same_word(key, known) for known in kin):
            return key
        slips = 1 if len(key) < 2 * _TYPO_FROM else 2
        close = {known for known in kin if 0 < Levenshtein.distance(key, known, score_cutoff=slips) <= slips}
        nearest = sorted(close, key=lambda known: (Levenshtein.distance(key, known), known))
        one_word = nearest and all(same_word(nearest[0], known) for known in nearest)
        return nearest[0] if one_word else key

    def is_done(self, verb: str, mention: Mention, document: str) -> bool:
        """Whether the document says of the office that this («сайланады», «тағайындалады») is done to it."""
        return any(
            (document, chain, verb[:_STEM]) in self._deeds
            for chain in (mention.chain, mention.chain[-1:], (*mention.chain, "депутат"))
        )

    def near(self, claim: Reading, lexicon: Lexicon, limit: int) -> tuple[Clause, ...]:
        """The clauses that share most with a claim, by the rarity of what is shared (BM25's idf)."""
        scores: Counter[int] = Counter()
        stems = _stems(claim.words)
        for i in claim.content:
            stems |= {stem[:_STEM] for stem in lexicon.relatives(claim.words[i].key)}
        stems |= _numbers(claim)
        for stem in stems | {f"@{mention.chain[-1]}" for mention in claim.mentions}:
            rows = self._rows.get(stem, ())
            weight = math.log(1 + (len(self.clauses) - len(rows) + 0.5) / (len(rows) + 0.5))
            weight *= 2 if stem[0] == "#" else 1  # a number of the same kind is what a claim turns on
            for row in rows:
                scores[row] += weight  # type: ignore[assignment]
        # a short clause that shares as much says it more plainly
        size = {row: (8 + len(self.clauses[row].reading.words)) ** 0.5 for row in scores}
        best = sorted(scores, key=lambda row: (-scores[row] / size[row], row))[:limit]
        return tuple(self.clauses[row] for row in best)


def _deeds(clause: Clause) -> Iterator[tuple[str, tuple[str, ...], str]]:
    if clause.reading.content and not clause.reading.negative:
        verb = clause.reading.words[clause.reading.content[-1]].key
        for mention in clause.reading.mentions:
            if Role.DONE_TO in mention.roles:
                yield clause.passage.document, mention.chain, verb[:_STEM]


def _stems(words: Iterable[Word]) -> set[str]:
    return {word.key[:size] for word in words for size in _STEMS}


def _numbers(reading: Reading) -> set[str]:
    return {f"#{q.kind}" if q.kind != "count" else f"#{q.unit[:_STEM]}" for q in reading.quantities}


def _named(clause: Clause) -> set[str]:
    return {f"@{mention.chain[-1]}" for mention in (*clause.reading.mentions, *clause.meant)}
