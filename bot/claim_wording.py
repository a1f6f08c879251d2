"""The words of a claim and those of a clause: the same, opposite, or missing."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.claim_matching import Matching, dash, is_last
from bot.claim_morphology import is_verb, same_word
from bot.claim_opposites import opposed, without_identity
from bot.claim_outcome import Difference, Kind
from bot.claim_predicates import match_predicate
from bot.claim_reading import Force

_NEAR = 5
"""A modifier and its noun stand at most so many words apart in a clause that says the same."""

_PLACING = ("саила", "такаиында")
_TERM_WORDS = ("окилеттик", "мерзим")
_PLURAL = "(?:лар|лер|дар|дер|тар|тер)"
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
            alike = any((i in claim.negated) == (j in there.negated) for j in found)
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
    elif not _is_topic(work, i) and not _is_term(work, i):
        work.missing.append(work.claim.said(i))
        work.lacking += 1


def _is_topic(work: Matching, i: int) -> bool:
    """A word of the sentence before, for which a pronoun stands here; the country anywhere in its law."""
    key = work.claim.words[i].key
    if same_word(key, "казакстан"):
        return i == 0 and dash(work.claim) == 1 and "Қазақстан" in work.clause.passage.text
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
    """Neighbours in the claim must be near each other, in this order, in the clause."""
    content = list(work.claim.content)
    for one, two in pairwise(content):
        adjacent = two == one + 1 and not work.claim.words[two].gap.strip()
        modifies = adjacent and not any(is_verb(work.claim.words[i].key) for i in (one, two))
        apart = work.claim.words[one].key
        modifies = modifies and not work.lexicon.is_narrowing(apart) and apart != "казакстан"
        if not modifies or _INFLECTED.fullmatch(work.claim.words[one].key):
            continue
        if not (one in work.matches and two in work.matches):
            continue
        first = one == content[0] and work.there.content and work.there.content[0] in work.matches[one]
        near = any(0 < b - a <= _NEAR for a in work.matches[one] for b in work.matches[two])
        work.ordered &= near or bool(first)


def check_narrowing(work: Matching) -> None:
    """A permission or a ban holds only with its conditions."""
    if work.there.force is not Force.MAY and not work.there.negative:
        return
    lead = max((j for j, word in enumerate(work.there.words) if ":" in word.gap), default=0)
    counted = {i for quantity in work.there.quantities for i in quantity.words}
    for j, word in enumerate(work.there.words):
        if j >= lead and work.lexicon.is_narrowing(word.key) and j not in work.used | counted:
            work.sure = False
