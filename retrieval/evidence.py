"""How much of a question the best passage holds: what the decision to answer is taken on."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import astuple, dataclass, fields

from retrieval.asked_index import Likeness
from retrieval.counted import counts
from retrieval.engine import Lexicon
from retrieval.outside import GROUPS, Outside, asks_for_deed
from retrieval.question_type import QuestionType, question_type
from retrieval.synonyms import Expansion
from retrieval.terms import groups_of, names_something, words_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """Features of one question with its best passage; each 0..1 or a few units around 0.

    ``coverage``: share of the question's words, by rarity, that the passage holds; ``missing``: the
    rarity of its rarest word that the passage lacks; ``unknown``: share of its words that no passage
    holds; ``dense``: cosine; ``score`` and ``margin``: of the
    fused ranking, in standard deviations; ``typed``: 1 where a day or a number is wanted and there,
    -1 where wanted and not there, 0 where neither is wanted; ``number``: 1 where the question names a
    number that the passage lacks; ``length``: words that name something, in tens; ``deed``: 1 where it
    asks for what somebody did; ``asked_dense``, ``asked_both`` and ``asked_type``: cosine and agreement with
    the questions written for the passage, 1 where the likest wants the same kind of answer;
    ``counted``: as in ``counted.py``; ``other_language``: 1 where the question is not Kazakh; ``scope``: the
    logit of ``scope.py``; the others: cues of what no law tells (``outside.toml``).
    """

    coverage: float
    missing: float
    unknown: float
    dense: float
    score: float
    margin: float
    typed: float
    number: float
    length: float
    deed: float
    foreign: float
    person: float
    contact: float
    amount: float
    daily: float
    asked_dense: float
    asked_both: float
    asked_type: float
    counted: float
    other_language: float
    scope: float

    def vector(self) -> tuple[float, ...]:
        return astuple(self)


@dataclass(frozen=True, slots=True)
class CuratedEvidence:
    """Features of one question with one curated entry.

    ``asked``: share of the question's naming words, by rarity, that the entry means; ``known``: the
    reverse; ``both``: the lesser of the two; ``same_type``: 1 where both want the same kind of answer;
    the others as in ``Evidence``.
    """

    asked: float
    known: float
    both: float
    dense: float
    score: float
    same_type: float
    foreign: float
    person: float
    contact: float
    amount: float
    daily: float
    other_language: float
    scope: float

    def vector(self) -> tuple[float, ...]:
        return astuple(self)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What stands in any of some containers."""

    containers: Sequence[Container[str]]

    def __contains__(self, term: object) -> bool:
        return any(term in container for container in self.containers)


@dataclass(frozen=True, slots=True)
class Held:
    """The best passage: its text, the index terms of all its keys, whether the text has a date, a number."""

    text: str
    terms: Container[str]
    dates: bool
    numbers: bool


FEATURES = tuple(field.name for field in fields(Evidence))
CURATED_FEATURES = tuple(field.name for field in fields(CuratedEvidence))


def weigh(
    words: Sequence[str],
    expansions: Sequence[Expansion],
    passage: Held,
    lexical: Lexicon,
    outside: Outside,
    *,
    dense: float,
    score: float,
    margin: float,
    likeness: Likeness,
    other_language: bool,
    scope: float,
) -> Evidence:
    """Compare the folded words of a question with the best passage, all its keys together."""
    held = passage.terms
    meant = _meant(expansions)
    named = [word for word in dict.fromkeys(words) if names_something(word) and not word.isdigit()]
    weights = {word: lexical.rarity("^" + word[:5]) for word in named}
    shares = {word: max(_share(other, held) for other in (word, *meant.get(word, ()))) for word in named}
    total = sum(weights.values())
    known = {word: word in meant or _known(word, lexical) for word in named}
    return Evidence(
        coverage=sum(weights[w] * shares[w] for w in named) / total if total else 0.0,
        missing=max((weights[w] * (1 - shares[w]) for w in named), default=1.0),
        unknown=sum(not known[w] for w in named) / len(named) if named else 1.0,
        dense=dense,
        score=score / 10,
        margin=margin / 5,
        typed=_typed(words, passage),
        number=float(any(word.isdigit() and "#" + word not in held for word in words)),
        length=len(named) / 10,
        deed=float(asks_for_deed(words)),
        **dict(zip(GROUPS, outside.cues(words, _beginnings(words, held)), strict=True)),
        asked_dense=likeness.dense,
        asked_both=likeness.both,
        asked_type=float(likeness.same_type),
        counted=counts(words, passage.text),
        other_language=float(other_language),
        scope=scope,
    )


def _beginnings(words: Sequence[str], held: Container[str]) -> frozenset[str]:
    """The beginnings of these words that the passage has."""
    return frozenset(word[:5] for word in words if "^" + word[:5] in held)


def _meant(expansions: Sequence[Expansion]) -> dict[str, list[str]]:
    """Source word -> the words of the law that it may stand for."""
    meant: dict[str, list[str]] = {}
    for expansion in expansions:
        for source in expansion.source.split():
            for target in expansion.targets:
                meant.setdefault(source, []).extend(words_of(target))
    return meant


def _share(word: str, held: Container[str]) -> float:
    """1 where the passage has the word's beginning, else the share of its letter groups, squared."""
    if "^" + word[:5] in held:
        return 1.0
    grams = groups_of(word)
    return (sum([gram in held for gram in grams]) / len(grams)) ** 2 if grams else 0.0


def _known(word: str, lexical: Lexicon) -> bool:
    if "^" + word[:5] in lexical:
        return True
    grams = groups_of(word)
    return sum(gram in lexical for gram in grams) >= 0.75 * len(grams)


def _typed(words: Sequence[str], passage: Held) -> float:
    wanted = question_type(words)
    if wanted is QuestionType.WHEN:
        return 1.0 if passage.dates else -1.0
    if wanted in (QuestionType.HOW_MANY, QuestionType.HOW_OFTEN):
        return 1.0 if passage.numbers else -1.0
    return 0.0
