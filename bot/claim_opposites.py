"""Words of a clause that stand in the place of a claim's word and exclude it."""

from __future__ import annotations

from bot.claim_matching import Matching, dash
from bot.claim_morphology import is_verb
from bot.claim_outcome import Difference, Kind

_NEAR = 5  # words from a value to the noun that it modifies
_OPENING = 8  # words before or behind the dash of a definition


def opposed(work: Matching, i: int) -> int | None:
    values = work.lexicon.contrasts(work.claim.words[i].key)
    for j in range(len(work.there.words) - 1, -1, -1):  # the verb that ends the clause before any other
        for other in work.lexicon.contrasts(work.there.words[j].key):
            rows = [value for value in values if value.row == other.row]
            if rows and all(value.value != other.value for value in rows) and _same_place(work, i, j):
                return j
    return None


def _same_place(work: Matching, i: int, j: int) -> bool:
    """Whether word ``j`` stands in the clause where word ``i`` stands in the claim."""
    claim, there = work.claim.words, work.there.words
    if is_verb(claim[i].key) and is_verb(there[j].key):
        return True
    here, beyond = dash(work.claim), dash(work.there)
    if here is not None and beyond is not None and i < here <= 2:
        return j >= beyond  # «Алматы – елордасы» for «елордасы – Астана»
    if i + 1 < len(claim) and not claim[i + 1].gap.strip():
        behind = range(j + 1, min(j + _NEAR, len(there)))
        return any(work.lexicon.same(claim[i + 1].key, there[k].key) for k in behind)
    last = max(work.there.content, default=-1)
    return i >= max(work.claim.content, default=-1) and (j >= last - 1 or len(work.matches) >= 3)


def without_identity(work: Matching, unmatched: list[int]) -> list[int]:
    """«X-тің Y-сы – Z» against «X-тің Y-сы – W»: a thing has one of it. Returns what is still unmatched."""
    here, there = dash(work.claim), dash(work.there)
    if here is None or there is None or not unmatched or min(unmatched) < here:
        return unmatched
    left = [i for i in work.claim.content if i < here]
    possessed = work.claim.words[here - 1].key.endswith(("сы", "си", "ы", "и"))
    met = left and all(any(j < there for j in work.matches[i]) for i in left)
    right = [i for i in work.claim.content if i >= here]
    own = [i for i in right if i not in unmatched]
    after = len(work.there.words) - there
    short = len(own) <= 1 and len(right) <= 3 and after <= 4
    if not (possessed and met and (short or not own) and there <= _OPENING):
        return unmatched
    stated = work.there.said(there, min(len(work.there.words) - 1, there + _OPENING))
    work.differences.append(Difference(Kind.IDENTITY, work.claim.said(*right), stated))
    work.used.update(range(there, len(work.there.words)))
    work.aligned = True
    return []
