"""One claim held against one clause: what is met, what is said otherwise, what is not there."""

from __future__ import annotations

from bot.claim_amounts import match_dates, match_numbers, match_places
from bot.claim_cases import check_parts
from bot.claim_clauses import PRONOUNS, Clause
from bot.claim_evidence import Evidence
from bot.claim_lexicon import Lexicon
from bot.claim_matching import Matching, dash
from bot.claim_morphology import key_of
from bot.claim_offices import check_term, match_offices
from bot.claim_outcome import Comparison, Difference, Kind
from bot.claim_predicates import to_be_placed
from bot.claim_reading import Force, Reading
from bot.claim_wording import check_narrowing, check_order, match_words

_SPREAD = 4  # words of a clause to one word of the claim


class Comparer:
    """Compares readings; holds the words."""

    def __init__(self, lexicon: Lexicon, evidence: Evidence) -> None:
        self._lexicon = lexicon
        self._evidence = evidence

    def compare(self, claim: Reading, clause: Clause) -> Comparison:
        work = Matching(claim, clause, self._lexicon, self._evidence)
        match_words(work)
        match_offices(work)
        check_term(work)
        match_numbers(work)
        match_dates(work)
        match_places(work)
        _compare_force(work)
        _ask_enough(work)
        if not work.missing:
            check_order(work)
            check_parts(work)
            check_narrowing(work)
        return work.outcome()


def _ask_enough(work: Matching) -> None:
    """A number proves nothing without what it is the number of, nor a pronoun without its noun."""
    named = work.offices or len(work.matches) >= 2
    pronoun = work.claim.words[:1] and work.claim.words[0].key in PRONOUNS
    places = [set(found) for found in work.matches.values()]
    twice = any(len(set().union(*same)) < len(same) for same in _alike(places))
    told = work.claim.content or work.claim.quantities or len(work.claim.mentions) > 1
    scattered = _is_scattered(work)
    work.ordered &= not scattered
    if not told or (work.claim.quantities and not named) or pronoun or twice or scattered:
        work.sure = False


def _compare_force(work: Matching) -> None:
    claim, there = work.claim, work.there
    if work.inner or not work.aligned:
        work.sure &= claim.force is Force.PLAIN
        work.sure &= work.inner or claim.negative == there.negative
        return
    told = (_ending(claim), _ending(there))
    if claim.negative != there.negative:
        if _is_complement(work):
            work.differences.clear()  # «күшінде емес» and «жойылды» are one
        elif any(d.kind is Kind.WORD for d in work.differences):
            work.differences.clear()  # «сайламайды» for «тағайындайды»: not against it, nor proven by it
            work.sure = False
        elif _is_nominal(claim) and not _is_nominal(there):
            work.sure = False  # what something is not, and what something does
        else:
            work.differences.append(Difference(Kind.DENIAL, *told))
    elif claim.force is Force.MUST and (_asks_for(claim) or to_be_placed(work)):
        work.sure &= there.force is not Force.PLAIN  # «болу үшін … керек» for «толған … бола алады»
    elif claim.force is Force.PLAIN and there.force is Force.MAY and _same_bound(claim, there):
        return  # «тек бір рет сайланады» for «бір реттен артық сайлана алмайды»
    elif claim.force is not there.force:
        if {claim.force, there.force} == {Force.MAY, Force.MUST} and not work.differences:
            work.differences.append(Difference(Kind.FORCE, *told))
        elif claim.force is Force.MUST or (there.force is Force.MAY and not claim.negative):
            work.sure = False


def _same_bound(claim: Reading, there: Reading) -> bool:
    return any(q.relation == "<=" and q.agrees(o) for q in claim.quantities for o in there.quantities)


def _asks_for(claim: Reading) -> bool:
    """«… болу үшін … керек», «жиырма жасқа толуы тиіс»"""
    return any(word.key == "ушин" for word in claim.words) or any(q.kind == "age" for q in claim.quantities)


def _is_complement(work: Matching) -> bool:
    """Whether the only difference is the one word whose denial is its opposite."""
    words = [d for d in work.differences if d.kind is Kind.WORD]
    return len(words) == len(work.differences) == 1 and key_of(words[0].claimed) in ("кушинде", "колданыста")


def _is_nominal(reading: Reading) -> bool:
    """«X – Y», «X Y болып табылмайды»"""
    return dash(reading) is not None or reading.words[-1].key.startswith(("тапыл", "санал"))


def _is_scattered(work: Matching) -> bool:
    """A few words and no office, met far from each other: they need not speak of one thing."""
    places = sorted(min(found) for found in work.matches.values())
    return bool(places) and not work.offices and places[-1] - places[0] > _SPREAD * len(places) + 2


def _alike(places: list[set[int]]) -> list[list[set[int]]]:
    """Words of a claim that are met by the same words of the clause, together."""
    return [[other for other in places if other <= one] for one in places]


def _ending(reading: Reading) -> str:
    """The last words of a clause, where its verb stands."""
    return reading.said(max(len(reading.words) - 2, 0), len(reading.words) - 1)
