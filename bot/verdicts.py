"""What the bot has to say of a claim, before it is given a form: values, no HTML, no Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.answers import Citation


class Judgement(StrEnum):
    """Of a claim, on the day of the clock."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Contrast:
    """The point in which claim and text differ: what the one says and what the other, word for word."""

    claimed: str
    stated: str


class Mark(StrEnum):
    """What became of words between a text and its quotation."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """A run of words: in both, only in the document (removed), or only in the quotation (added)."""

    text: str
    mark: Mark


class QuotationState(StrEnum):
    """Whether pasted words stand in a held text."""

    EXACT = "exact"
    ALTERED = "altered"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """The finding on a pasted quotation; ``words`` show what was changed where it is altered, else ()."""

    state: QuotationState
    words: tuple[MarkedWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement with its proof; only NOT_FOUND has no citation.

    ``lead`` is one line in our own words. ``now`` are citations of what rules the matter today, where the
    cited text is gone. ``quotation`` is there where the claim was, or held, a pasted quotation.
    """

    claim: str
    judgement: Judgement
    lead: str
    citations: tuple[Citation, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    notices: tuple[str, ...] = ()
    now: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    quotation: QuotationCheck | None = None
