"""The words of a claim and those of a clause: the same, opposite, or missing."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.claim_matching import Matching, dash, is_last
from bot.claim_morphology import (
    Case,
    cases_of,
    is_negative,
    is_participle,
    is_verb,
    possessed_case,
    same_word,
)
from bot.claim_opposites import opposed, without_identity
from bot.claim_outcome import Difference, Kind
from bot.claim_predicates import match_predicate
from bot.claim_reading import Force, Reading

_NEAR = 5
"""A modifier and its noun stand at most so many words apart in a clause that says the same."""

_PLACING = ("саила", "такаиында")
_TERM_WORDS = ("окилеттик", "мерзим")
_PLURAL = "(?:лар|лер|дар|дер|тар|тер)"
_POSSESSED = re.compile(
    "(?!жокары|жалпы)..+[^к][ыи]"
)  # «тілі»: the noun that ends a phrase; not «ішкі», «сыртқы»
_INFLECTED = re.compile(f".*(?:{_PLURAL}|[кдтн][ае]|[дтн][ае]н|[дт][ае]к[ыи]|[ыи]н|[мп]ен|{_PLURAL}[ыи].*)")


def match_words(work: Matching) -> None:
    claim, there = work.claim, work.there
    named = {j for mention in there.mentions for j in range(mention.first, mention.after)}
    open_words = [j for j in range(len(there.words)) if j not in named]
    unmatched = []
    for i in claim.content:
        key = claim.words[i].key
        found = [j for j in open_words if work.lexicon.same(key, there.words[j].key)]
        found = match_predicate(work, i, found) if is_last(claim, i) else found
        if found:
            work.matches[i] = found
            work.met += 1
            work.used.update(found)
            # «тегін» for «ақы төлемей»: another word carries its denial in itself
            alike = any(
                (i in claim.negated) == (j in there.negated) or not same_word(key, there.words[j].key)
                for j in found
            )
            work.sure &= alike or (work.inner and is_last(claim, i))
        else:
            unmatched.append(i)
    unmatched = without_identity(work, unmatched)
    against = {i: opposed(work, i) for i in unmatched}
    for i in unmatched:
        # «заң шығарушы» for «консультативтік»: the word before an opposite is part of it
        if against[i] is not None or against.get(i + 1) is None:
            _opposite(work, i)


def _opposite(work: Matching, i: int) -> None:
    """An unmatched word: does the clause hold another value of its kind in its place?"""
    j = opposed(work, i)
    if j is not None:
        work.differences.append(Difference(Kind.WORD, work.claim.said(i), work.there.said(j)))
        work.used.add(j)
    elif not _is_topic(work, i) and not _is_term(work, i) and not _is_service(work, i):
        work.missing.append(work.claim.said(i))
        work.lacking += 1


def _is_service(work: Matching, i: int) -> bool:
    """«жиналыс өткізуге құқылы» for «жиналысқа құқығы бар»: the verb adds nothing to its noun."""
    serving = is_last(work.claim, i) and work.claim.words[i].key.startswith("откизу")
    if not serving or i - 1 not in work.matches:
        return False
    ends = work.there.predicate
    granted = ends in work.matches[i - 1] and not is_verb(work.there.words[ends].key) if ends else False
    return granted and work.there.force is Force.MAY


def _is_topic(work: Matching, i: int) -> bool:
    """A word of the sentence before, for which a pronoun stands here; the country anywhere in its law."""
    key = work.claim.words[i].key
    if same_word(key, "казакстан"):
        defined = dash(work.claim) == 1 or work.claim.words[-1].key in ("тапылады", "саналады")
        return i == 0 and defined and "Қазақстан" in work.clause.passage.text
    behind = work.claim.words[i + 1].key if i + 1 < len(work.claim.words) else ""
    if same_word(key, "конститутсиа") and (behind.isdigit() or behind in ("поиынша", "саикес")):
        return work.clause.passage.document.startswith("constitution")
    return i <= 1 and any(same_word(key, known) for known in work.clause.topic)


def _is_term(work: Matching, i: int) -> bool:
    """«бес жылға сайланады» for «өкілеттік мерзімі – бес жыл» and the other way round."""
    key = work.claim.words[i].key
    if not any(q.kind == "term" for q in work.claim.quantities) or not any(
        q.kind == "term" for q in work.there.quantities
    ):
        return False
    if key.startswith(_TERM_WORDS):
        return any(word.key.startswith(_PLACING) for word in work.there.words)
    if key.startswith(_PLACING) and any(word.key.startswith(_TERM_WORDS) for word in work.there.words):
        document = work.clause.passage.document
        work.sure &= any(work.evidence.is_done(key, m, document) for m in work.claim.mentions)
        return True
    return False


def check_order(work: Matching) -> None:
    """A word that modifies the next must stand before it, and near it, in the clause too."""
    modifying = [pair for one in work.claim.content if (pair := _modified(work, one))]
    for one, two in modifying:
        # «ересек еңбекке қабілетті балалар»: of two modifiers of a noun either may come first
        heads = [two, *(three for next_one, three in modifying if next_one == two)]
        near = any(
            0 < b - a <= _NEAR for a in work.matches[one] for head in heads for b in _in_case(work, head)
        )
        free = any(is_negative(work.there.words[a].key) for a in work.matches[one])  # «тегін»: «ақы төлемей»
        work.ordered &= near or free or _is_subject(work, one)


def _modified(work: Matching, one: int) -> tuple[int, int] | None:
    """A word of the claim without any ending, and the noun behind it that it may belong to; both are met."""
    words, key, two = work.claim.words, work.claim.words[one].key, one + 1
    apart = work.lexicon.is_narrowing(key) or key == "казакстан" or is_verb(key)
    if apart or _INFLECTED.fullmatch(key) or _POSSESSED.fullmatch(key):
        return None
    while two in work.claim.content and is_participle(words[two].key) and not is_last(work.claim, two):
        two += 1  # «жоғары тұрған прокурорлар»
    beside = two in work.claim.content and not any(words[i].gap.strip() for i in range(one + 1, two + 1))
    if not beside or is_verb(words[two].key) or not {one, two} <= work.matches.keys():
        return None
    return one, two


def _in_case(work: Matching, i: int) -> list[int]:
    """Where the clause has word ``i`` in the case that the claim has it in; anywhere if nowhere so."""
    key, found = work.claim.words[i].key, work.matches[i]
    twice = sum(same_word(key, work.claim.words[other].key) for other in work.claim.content) > 1
    alike = []
    for j in found:
        mine, its = cases_of(key, work.there.words[j].key)
        if mine is its and (twice or possessed_case(key) is not Case.NOMINATIVE):
            alike.append(j)
    return alike or found


def _is_subject(work: Matching, i: int) -> bool:
    """Whether the claim opens with what the clause opens with, or with who has the right it speaks of."""
    if i != work.claim.content[0]:
        return False
    opens = bool(work.there.content) and work.there.content[0] in work.matches[i]
    owners = [j for j in work.matches[i] if possessed_case(work.there.words[j].key) is Case.GENITIVE]
    return opens or (bool(owners) and work.there.force is Force.MAY)


def _not_only(reading: Reading) -> bool:
    return any(one.key == "кана" and two.key == "емес" for one, two in pairwise(reading.words))


def check_narrowing(work: Matching) -> None:
    """A permission or a ban holds only with its conditions; «ғана» is not «ғана емес»."""
    work.sure &= _not_only(work.claim) == _not_only(work.there)
    if work.there.force is not Force.MAY and not work.there.negative:
        return
    lead = max((j for j, word in enumerate(work.there.words) if ":" in word.gap), default=0)
    counted = {i for quantity in work.there.quantities for i in quantity.words}
    for j, word in enumerate(work.there.words):
        early = word.key == "пурын" and work.there.words[j - 1].key == "мерзиминен"
        if early and not work.there.negative:
            continue  # what may end early may end
        if j >= lead and work.lexicon.is_narrowing(word.key) and j not in work.used | counted:
            work.sure = False
