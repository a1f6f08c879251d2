"""One claim held against one clause: what is met, what is said otherwise, what is not there."""

from __future__ import annotations

from bot.claim_amounts import match_dates, match_numbers, match_places
from bot.claim_clauses import PRONOUNS, Clause
from bot.claim_evidence import Evidence
from bot.claim_lexicon import Lexicon
from bot.claim_matching import Matching, dash
from bot.claim_offices import match_offices
from bot.claim_outcome import Comparison, Difference, Kind
from bot.claim_reading import Force, Reading
from bot.claim_wording import check_narrowing, check_order, match_words


class Comparer:
    """Compares readings; holds the words."""

    def __init__(self, lexicon: Lexicon, evidence: Evidence) -> None:
        self._lexicon = lexicon
        self._evidence = evidence

    def compare(self, claim: Reading, clause: Clause) -> Comparison:
        work = Matching(claim, clause, self._lexicon, self._evidence)
        match_words(work)
        match_offices(work)
        match_numbers(work)
        match_dates(work)
        match_places(work)
        _compare_force(work)
        _ask_enough(work)
        if not work.missing:
            check_order(work)
            check_narrowing(work)
        return work.outcome()


def _ask_enough(work: Matching) -> None:
    """A number proves nothing without what it is the number of, nor a pronoun without its noun."""
    named = work.offices or len(work.matches) >= 2
    pronoun = work.claim.words[:1] and work.claim.words[0].key in PRONOUNS
    places = [set(found) for found in work.matches.values()]
    twice = any(len(set().union(*same)) < len(same) for same in _alike(places))
    if (work.claim.quantities and not named) or pronoun or twice:
        work.sure = False


def _compare_force(work: Matching) -> None:
    claim, there = work.claim, work.there
    if work.inner or not work.aligned:
        work.sure &= claim.force is Force.PLAIN
        return
    told = (_ending(claim), _ending(there))
    if claim.negative != there.negative:
        if any(d.kind is Kind.WORD for d in work.differences):
            work.differences.clear()  # «күшінде емес» for «жойылды»: not against it, nor proven by it
            work.sure = False
        elif _is_nominal(claim) and not _is_nominal(there):
            work.sure = False  # what something is not, and what something does
        else:
            work.differences.append(Difference(Kind.DENIAL, *told))
    elif claim.force is Force.MUST and any(word.key == "ушин" for word in claim.words):
        work.sure &= there.force is not Force.PLAIN  # «болу үшін … керек» for «толған … бола алады»
    elif claim.force is not there.force:
        if {claim.force, there.force} == {Force.MAY, Force.MUST} and not work.differences:
            work.differences.append(Difference(Kind.FORCE, *told))
        elif claim.force is Force.MUST or (there.force is Force.MAY and not claim.negative):
            work.sure = False


def _is_nominal(reading: Reading) -> bool:
    """«X – Y», «X Y болып табылмайды»"""
    return dash(reading) is not None or reading.words[-1].key.startswith(("тапыл", "санал"))


def _alike(places: list[set[int]]) -> list[list[set[int]]]:
    """Words of a claim that are met by the same words of the clause, together."""
    return [[other for other in places if other <= one] for one in places]


def _ending(reading: Reading) -> str:
    """The last words of a clause, where its verb stands."""
    return reading.said(max(len(reading.words) - 2, 0), len(reading.words) - 1)
