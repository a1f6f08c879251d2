"""A pasted quotation held letter for letter against every text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.claim_morphology import is_negative, key_of
from bot.sentences import pieces_of
from bot.verdicts import Mark, MarkedWords, QuotationCheck, QuotationState
from knowledge.model import Passage, Quote
from retrieval.normalize import normalize

MIN_WORDS = 5
"""Fewer words are a name or a claim, not a quotation that could be told from any other text."""

ALTERED_FROM = 0.7
"""Share of words in common (Ratcliff and Obershelp) from which a text is taken for a changed quotation."""

_MARKS = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"]+)\"|„([^„“”]+)[“”]")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_DENYING = frozenset(["емес", "жоқ", "тыйым", "ешкім", "ешқандай", "егер", "қоспағанда"])


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """Where the pasted words stand, or the sentence nearest to them; ``quote`` None: nowhere."""

    check: QuotationCheck
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence or list item of a passage and its words, normalized."""

    passage: Passage
    start: int
    end: int
    words: tuple[str, ...]


class Quotations:
    """All held sentences, ready to be compared."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        """:param passages: in the order in which one is preferred where several hold the words."""
        self._passages = tuple(passages)
        self._sentences = tuple(_sentences(self._passages))
        self._texts = (*self._sentences, *_wholes(self._passages))
        self._words = {passage.id: _normalized(passage.text) for passage in self._passages}
        self._rows: dict[str, list[int]] = defaultdict(list)
        for row, sentence in enumerate(self._texts):
            for word in set(sentence.words):
                self._rows[word].append(row)

    def exact_statement(self, text: str) -> Quote | None:
        """The whole sentences that ``text`` is; None where it is less or other."""
        words = _words(text)
        if len(words) < MIN_WORDS:
            return None
        for sentence in self._near(words):
            run = [s for s in self._sentences if s.passage is sentence.passage and s.start >= sentence.start]
            so_far: tuple[str, ...] = ()
            for last in run:
                so_far += last.words
                if so_far == words:
                    return Quote(sentence.passage, sentence.passage.text[run[0].start : last.end])
                if words[: len(so_far)] != so_far:
                    break
        return None

    def check(self, text: str, fits: Callable[[Passage], bool] = lambda _: True) -> FoundQuotation:
        """What became of words that were given as a quotation.

        :param fits: whether a passage is where the words are said to stand; it is looked at before others.
        """
        words = _words(text)
        for passage in sorted(self._passages, key=lambda passage: not fits(passage)):
            at = _find(words, [word for word, _, _ in self._words[passage.id]])
            if at is None:
                continue
            spans = self._words[passage.id][at : at + len(words)]
            quote = Quote(passage, passage.text[spans[0][1] : spans[-1][2]])
            cut = self._cut_out(passage, spans[0][1], spans[-1][2], words)
            return cut or FoundQuotation(QuotationCheck(QuotationState.EXACT), quote)
        return self._nearest(text, words) or FoundQuotation(QuotationCheck(QuotationState.ABSENT))

    def _cut_out(self, passage: Passage, start: int, end: int, words: Sequence[str]) -> FoundQuotation | None:
        """Words that stand in the text, but whose sentence goes on with a denial: their sense is turned."""
        for sentence in self._sentences:
            if sentence.passage is passage and sentence.start < end and start < sentence.end:
                left_out = Counter(sentence.words) - Counter(words)
                if any(word in _DENYING or is_negative(key_of(word)) for word in left_out):
                    return self._altered(sentence, passage.text[start:end])
        return None

    def _nearest(self, text: str, words: tuple[str, ...]) -> FoundQuotation | None:
        best: tuple[float, _Sentence] | None = None
        for sentence in self._near(words):
            share = SequenceMatcher(None, words, sentence.words, autojunk=False).ratio()
            if best is None or share > best[0]:
                best = (share, sentence)
        return self._altered(best[1], text) if best and best[0] >= ALTERED_FROM else None

    def _altered(self, sentence: _Sentence, text: str) -> FoundQuotation:
        quote = Quote(sentence.passage, sentence.passage.text[sentence.start : sentence.end])
        check = QuotationCheck(QuotationState.ALTERED, tuple(_difference(quote.text, text)))
        return FoundQuotation(check, quote)

    def _near(self, words: Sequence[str], limit: int = 20) -> list[_Sentence]:
        counts: Counter[int] = Counter()
        for word in set(words):
            rows = self._rows.get(word, ())
            if len(rows) < len(self._texts) / 4:
                counts.update(rows)
        best = sorted(counts, key=lambda row: (-counts[row], row))[:limit]
        return [self._texts[row] for row in best]


def quoted_in(claim: str) -> str | None:
    """The quotation that a claim consists of: in quotation marks, long enough, and most of its words.

    A title in quotation marks inside a longer sentence is no quotation.
    """
    inside = [next(filter(None, found.groups())) for found in _MARKS.finditer(claim)]
    longest = max(inside, key=lambda text: len(_words(text)), default="")
    outside = len(_words(claim)) - len(_words(longest))
    words = len(_words(longest))
    return longest if words >= MIN_WORDS and words >= 1.5 * outside else None


def _sentences(passages: Iterable[Passage]) -> Iterator[_Sentence]:
    for passage in passages:
        for piece in pieces_of(passage.text):
            text = passage.text[piece.start : piece.end]
            start = piece.start
            if piece.sub_point and text.startswith(f"{piece.sub_point}) "):
                start += len(piece.sub_point) + 2
            yield _Sentence(passage, start, piece.end, _words(passage.text[start : piece.end]))


def _wholes(passages: Iterable[Passage]) -> Iterator[_Sentence]:
    """Passages of several sentences: a quotation may run over their ends."""
    for passage in passages:
        if len(pieces_of(passage.text)) > 1:
            yield _Sentence(passage, 0, len(passage.text), _words(passage.text))


def _normalized(text: str) -> list[tuple[str, int, int]]:
    return [(normalize(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in _normalized(text))


def _find(wanted: Sequence[str], words: Sequence[str]) -> int | None:
    if not wanted or len(wanted) > len(words):
        return None
    size, first = len(wanted), wanted[0]
    return next(
        (
            at
            for at in range(len(words) - size + 1)
            if words[at] == first and tuple(words[at : at + size]) == tuple(wanted)
        ),
        None,
    )


def _difference(document: str, pasted: str) -> Iterator[MarkedWords]:
    """Runs of words, in reading order: what was taken out stands before what came in."""
    theirs, ours = document.split(), pasted.split()
    keys = [[normalize(word).strip('.,;:«»“”"()') for word in side] for side in (theirs, ours)]
    for kind, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if kind == "equal":
            yield MarkedWords(" ".join(theirs[a:b]), Mark.SAME)
            continue
        if a < b:
            yield MarkedWords(" ".join(theirs[a:b]), Mark.REMOVED)
        if c < d:
            yield MarkedWords(" ".join(ours[c:d]), Mark.ADDED)
