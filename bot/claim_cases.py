"""The part that a plain noun plays: «заңдар қаулыларға» is not «қаулылар заңдарға»."""

from __future__ import annotations

from bot.claim_deeds import deed_of
from bot.claim_matching import Matching, is_last
from bot.claim_mentions import Mention
from bot.claim_morphology import (
    Case,
    cases_of,
    has_possessor,
    is_passive,
    is_verb,
    possessed_case,
    same_word,
)
from bot.claim_names import JOINING
from bot.claim_reading import Force, Reading

_AWAY = (Case.DATIVE, Case.ABLATIVE)
_FAR = 3  # words behind «мен» among which the joined noun's ending stands


def check_parts(work: Matching) -> None:
    """A noun that acts in the claim must not be what is acted towards in the clause, nor the other way."""
    for i, found in work.matches.items():
        key = work.claim.words[i].key
        alike = [j for j in found if same_word(key, work.there.words[j].key)]
        if alike and not is_verb(key) and not is_last(work.claim, i):
            work.sure &= not all(_clash(work, i, j) for j in alike)


def _clash(work: Matching, i: int, j: int) -> bool:
    mine, its = cases_of(work.claim.words[i].key, work.there.words[j].key)
    mine, its = _joined(work.claim, i, mine), _joined(work.there, j, its)
    granted = Force.MAY in (work.claim.force, work.there.force)  # «азаматтарға рұқсат етіледі»: who acts
    owning = its is Case.GENITIVE and work.there.force is not Force.MAY
    if mine is Case.NOMINATIVE and (owning or (its in _AWAY and not granted)):
        return _stands_free(work.claim, i)
    return not granted and its is Case.NOMINATIVE and mine in _AWAY and _stands_free(work.there, j)


def _joined(reading: Reading, at: int, case: Case) -> Case:
    """The case of a noun joined to another («халқы мен Президентіне») is that of the other."""
    words = reading.words
    if case is Case.NOMINATIVE and at + 1 < len(words) and words[at + 1].key in JOINING:
        behind = [possessed_case(word.key) for word in words[at + 2 : at + 2 + _FAR]]
        return next((other for other in behind if other in _AWAY), case)
    return case


def _stands_free(reading: Reading, at: int) -> bool:
    """Whether the bare word is no part of a phrase that has an ending: «бюджет қаражаты», «халқы мен …не»."""
    words = reading.words
    if at + 1 >= len(words) or words[at + 1].gap.strip():
        return True
    behind = words[at + 1].key
    return not has_possessor(behind) and behind not in JOINING


def one_deed(work: Matching, mention: Mention, other: Mention) -> bool:
    """Whether both offices do the same: not who adopted a law, and who examines it."""
    found = work.matches.get(work.claim.predicate or 0, ())
    if any(j == other.first - 1 and is_passive(work.there.words[j].key) for j in found):
        return is_passive(work.claim.words[work.claim.predicate or 0].key)  # «сайланған Төраға» elects nobody
    mine, its = deed_of(work.claim, mention), deed_of(work.there, other)
    if mine is None or its is None or (mine == work.claim.predicate and its == work.there.predicate):
        return True
    return mine not in work.matches or its in work.matches[mine]
