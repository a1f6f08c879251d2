"""What is shown of a finding: the words of the text, letter for letter, and those of the claim as typed."""

from __future__ import annotations

from bot.claim_outcome import Comparison
from bot.quoting import WHOLE_CHARS
from knowledge.model import Quote

_OPENING_CHARS = 60


def quote_of(comparison: Comparison) -> Quote:
    """The passage where it is short, else the sentence or list item; the words that answer are marked."""
    clause = comparison.clause
    whole = len(clause.passage.text) <= WHOLE_CHARS
    text = clause.passage.text if whole else clause.quote
    marked = []
    for difference in comparison.differences:
        at = text.find(difference.stated, clause.start if whole else 0)
        if at >= 0:
            marked.append((at, at + len(difference.stated)))
    return Quote(clause.passage, text, tuple(marked))


def whole_sentence(quote: Quote) -> Quote:
    """The quotation inside its passage where that is short: words are best read with their neighbours."""
    text = quote.passage.text
    if len(text) > WHOLE_CHARS or quote.text == text:
        return quote
    at = text.index(quote.text)
    return Quote(quote.passage, text, ((at, at + len(quote.text)),))


def as_shown(stated: str, comparison: Comparison) -> str | None:
    """The words of the text; those of a short line that opens a list with all of it, for it is not quoted.

    None where they stand nowhere letter for letter, being put together from an item and the end of its list.
    """
    clause = comparison.clause
    opening, parted, _ = clause.reading.text.partition(" : ")
    alone = parted and stated in opening and stated not in clause.quote
    shown = opening if alone and len(opening) <= _OPENING_CHARS else stated
    return shown if shown in clause.passage.text or shown in clause.passage.lead else None


def as_typed(words: str, claim: str) -> str:
    """The words in the letters of the claim as it came, where they can be found there."""
    at = claim.lower().find(words.lower())
    return claim[at : at + len(words)] if at >= 0 else words
