"""Which words of a passage to show, and the last gate before they are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.sentences import Piece, pieces_of
from knowledge.model import Passage, Quote
from retrieval.counted import SAME_BEGINNING, counting_numbers, thing_asked
from retrieval.normalize import fold
from retrieval.numbers import find_dates
from retrieval.question_type import QuestionType
from retrieval.terms import query_terms, terms_of, words_of

WHOLE_CHARS = 900
"""A passage up to this length is quoted whole: a law's sentence is best read with its neighbours."""

_NEXT_WORD = re.compile(r"\s[^\W\d_]+(?:\s(?:артық емес|кем емес|артық|кем|астам))?")
_BOUNDS = re.compile(
    r"(?:\b(?:кемінде|кем дегенде|көп дегенде|жылына|жылда|айына|тоқсанына|жарты|жылдықта)\s)+$",
    re.IGNORECASE,
)

_TYPED_BONUS = 0.25  # of the question's own weight: a date for қашан, a number for неше


class UnprovenQuote(Exception):
    """A quotation does not stand letter for letter in the passage that it names; it must not be shown."""


def verify(quote: Quote) -> Quote:
    """The same quotation, proven.

    :raises UnprovenQuote: its text is empty or is not a substring of its passage's text.
    """
    if not quote.text.strip() or quote.text not in quote.passage.text:
        raise UnprovenQuote(f"not in passage {quote.passage.id}: {quote.text[:80]!r}")
    return quote


def quote_from(passage: Passage, words: Sequence[str], wanted: QuestionType) -> Quote:
    """The part of the passage that answers: all of it, or the sentence or list item that says it.

    :param words: folded words of the question, added synonyms included.
    """
    if len(passage.text) <= WHOLE_CHARS or wanted is QuestionType.LIST:
        quote = Quote(passage, passage.text)
    else:
        best = best_piece(passage, words, wanted)
        quote = Quote(passage, passage.text[best.start : best.end])
    return _emphasized(quote, words, wanted)


def best_piece(passage: Passage, words: Sequence[str], wanted: QuestionType) -> Piece:
    """The sentence or list item that shares most with the question; the first of equals."""
    weights = query_terms(words)
    total = sum(weights.values()) or 1.0
    pieces = pieces_of(passage.text)

    def merit(piece: Piece) -> float:
        text = passage.text[piece.start : piece.end]
        shared = sum(weights.get(term, 0.0) for term in set(terms_of(words_of(text)))) / total
        return shared + (_TYPED_BONUS if answering_spans(text, wanted) else 0.0)

    return max(pieces, key=lambda piece: (merit(piece), -piece.start))


def answering_spans(text: str, wanted: QuestionType) -> tuple[tuple[int, int], ...]:
    """Where ``text`` holds what the question wants: (start, end) of days for қашан, of numbers for неше."""
    if wanted is QuestionType.WHEN:
        return tuple((found.start, found.end) for found in find_dates(text))
    if wanted in (QuestionType.HOW_MANY, QuestionType.HOW_OFTEN):
        return tuple(
            (_bounded(text, found.start), _counted(text, found.end)) for found in counting_numbers(text)
        )
    return ()


def _counted(text: str, end: int) -> int:
    """Where the word after a number ends, and its bound: «төрт жыл», «екі реттен артық»."""
    after = _NEXT_WORD.match(text, end)
    return after.end() if after else end


def _bounded(text: str, start: int) -> int:
    """Where «кемінде», «жылына» and the like before a number begin: without them it says another thing."""
    before = _BOUNDS.search(text, 0, start)
    return before.start() if before else start


def _emphasized(quote: Quote, words: Sequence[str], wanted: QuestionType) -> Quote:
    """The answering words marked, those of the sentence nearest to the question only."""
    if not answering_spans(quote.text, wanted):
        return quote
    inside = replace(quote.passage, text=quote.text)
    best = best_piece(inside, words, wanted)
    sentence = quote.text[best.start : best.end]
    spans = _of_the_thing_asked(sentence, answering_spans(sentence, wanted), words)
    return replace(quote, emphasis=tuple((best.start + start, best.start + end) for start, end in spans))


def in_the_words_asked(answer: str, question: str) -> str:
    """«тоғыз депутатын» as an answer to «неше депутат»: «тоғыз депутат»; anything else stays as it is."""
    number, _, thing = answer.rpartition(" ")
    asked = re.search(r"(?:неше|қанша)\s+([^\W\d_]+)", question, re.IGNORECASE)
    if not number or asked is None or fold(thing)[:SAME_BEGINNING] != fold(asked[1])[:SAME_BEGINNING]:
        return answer
    return f"{number} {asked[1]}"


def _of_the_thing_asked(
    text: str, spans: tuple[tuple[int, int], ...], words: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    """Only the numbers of what is counted, where some are: «неше депутат» wants «тоғыз депутатын»."""
    counted = thing_asked(words)
    if counted is None:
        return spans
    named = tuple(
        (start, end)
        for start, end in spans
        if (words_of(text[start:end]) or [""])[-1].startswith(counted[:SAME_BEGINNING])
    )
    return named or spans
