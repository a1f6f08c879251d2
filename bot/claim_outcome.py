"""What came of holding one claim against one clause: values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.claim_clauses import Clause


class Kind(StrEnum):
    """In what a clause differs from a claim."""

    NUMBER = "number"
    DATE = "date"
    OFFICE = "office"
    WORD = "word"
    DENIAL = "denial"
    FORCE = "force"
    IDENTITY = "identity"


_LOOSE = (Kind.NUMBER,)
_MUCH = 3  # parts of a claim that are met


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
    condition that the claim drops; ``vague``, where the claim does not say of which body it speaks.
    ``lacking`` are those of the missing words that name no office and no number, ``unbounded`` the numbers
    that are met but for «кемінде», «артық емес». ``met`` counts the parts of the claim that the clause meets,
    ``offices`` those of them that are offices. ``aligned``: its predicate is the claim's; ``named``: it only
    names what the claim states; ``ordered``: neighbours in the claim are near each other in it.
    """

    clause: Clause
    differences: tuple[Difference, ...]
    missing: tuple[str, ...]
    met: int
    sure: bool
    aligned: bool
    named: bool = False
    offices: int = 0
    ordered: bool = True
    lacking: int = 0
    vague: bool = False
    unbounded: int = 0

    @property
    def supports(self) -> bool:
        return (
            not self.vague
            and self.sure
            and self.aligned
            and self.ordered
            and not self.differences
            and not self.missing
        )

    @property
    def supports_somebody(self) -> bool:
        """As ``supports``, but for a claim that does not say of which body («Төраға»)."""
        return self.vague and replace(self, vague=False).supports

    @property
    def nearly_supports(self) -> bool:
        """Said so but for a plain word or for «кемінде»: enough for what is history, never for what holds."""
        plain = self.lacking + self.unbounded == len(self.missing) and self.lacking <= 1
        much = self.met >= _MUCH + 1 or not self.lacking
        placed = self.aligned and self.ordered
        whole = not self.missing and self.met >= _MUCH and (self.aligned or self.ordered)
        return plain and much and not self.differences and self.sure and (placed or whole)

    def _same_matter(self, kinds: list[Kind]) -> bool:
        """All of the claim is met but for what differs; or, where much is met, all but one plain word."""
        if not self.missing:
            return True
        one_word = len(self.missing) == self.lacking == len(kinds) == 1 and kinds[0] in _LOOSE
        return one_word and self.met >= _MUCH and self.aligned and self.sure

    @property
    def contradicts(self) -> bool:
        kinds = sorted(difference.kind for difference in self.differences)
        several = set(kinds) == {Kind.WORD} or kinds == [Kind.OFFICE, Kind.WORD]
        if not self._same_matter(kinds) or not self.met or (len(kinds) != 1 and not several):
            return False
        kind = kinds[0]
        if kind in (Kind.DENIAL, Kind.FORCE) and not self.sure:
            return False
        if kind in (Kind.FORCE, Kind.OFFICE) and not self.ordered:
            return False
        if kind in (Kind.NUMBER, Kind.DATE) and self.met < 2 and not self.offices:
            return False
        return (
            self.aligned
            or kind not in (Kind.OFFICE, Kind.DENIAL, Kind.FORCE)
            or (self.named and kind is Kind.OFFICE)
        )
