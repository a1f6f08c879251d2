"""What came of holding one claim against one clause: values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.claim_clauses import Clause


class Kind(StrEnum):
    """In what a clause differs from a claim."""

    NUMBER = "number"
    DATE = "date"
    OFFICE = "office"
    WORD = "word"
    DENIAL = "denial"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Difference:
    """One point in which the clause says otherwise; both sides as written."""

    kind: Kind
    claimed: str
    stated: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """``missing`` are words of the claim for which the clause has nothing; ``sure`` is False where the
    clause meets the claim only by a pronoun of several readings, in a subordinate place, or under a
    condition that the claim drops. ``met`` counts the parts of the claim that the clause meets.
    """

    clause: Clause
    differences: tuple[Difference, ...]
    missing: tuple[str, ...]
    met: int
    sure: bool
    aligned: bool
    named: bool = False
    offices: int = 0

    @property
    def supports(self) -> bool:
        return self.sure and self.aligned and not self.differences and not self.missing

    @property
    def contradicts(self) -> bool:
        kinds = sorted(difference.kind for difference in self.differences)
        if self.missing or not self.met or (len(kinds) != 1 and kinds != [Kind.OFFICE, Kind.WORD]):
            return False
        kind = kinds[0]
        if kind is Kind.DENIAL and not self.sure:
            return False
        if kind in (Kind.NUMBER, Kind.DATE) and self.met < 2 and not self.offices:
            return False
        return self.aligned or kind not in (Kind.OFFICE, Kind.DENIAL) or (self.named and kind is Kind.OFFICE)
