"""The state of one comparison of a claim with a clause, filled in step by step."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.claim_clauses import Clause
from bot.claim_evidence import Evidence
from bot.claim_lexicon import Lexicon
from bot.claim_outcome import Comparison, Difference
from bot.claim_reading import Reading


@dataclass(slots=True)
class Matching:
    """``matches`` are, by word of the claim, the words of the clause that meet it; ``used`` all such words.

    ``aligned``: the claim's predicate is the clause's predicate. ``named``: the clause only names what the
    claim states («енгізуді … қабылдайды»). ``inner``: the claim's predicate is a participle inside a
    definition, affirmed or denied on its own. The rest is as in ``Comparison``.
    """

    claim: Reading
    clause: Clause
    lexicon: Lexicon
    evidence: Evidence
    differences: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    met: int = 0
    offices: int = 0
    sure: bool = True
    matches: dict[int, list[int]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    aligned: bool = True
    named: bool = False
    inner: bool = False
    ordered: bool = True
    lacking: int = 0
    vague: bool = False
    unbounded: int = 0

    @property
    def there(self) -> Reading:
        """The clause as it is read."""
        return self.clause.reading

    def outcome(self) -> Comparison:
        return Comparison(
            self.clause,
            tuple(self.differences),
            tuple(self.missing),
            self.met,
            self.sure,
            self.aligned,
            self.named,
            self.offices,
            self.ordered,
            self.lacking,
            self.vague,
            self.unbounded,
        )


def is_last(reading: Reading, i: int) -> bool:
    """Whether word ``i`` is the last that carries meaning: the predicate."""
    return i == reading.predicate


def dash(reading: Reading) -> int | None:
    """The first word behind a dash between words."""
    return next(
        (
            i
            for i, word in enumerate(reading.words)
            if i and word.gap.strip(' ”»"()') in ("–", "—", "-") and " " in word.gap
        ),
        None,
    )
