"""Which verb of a clause an office does."""

from __future__ import annotations

import re

from bot.claim_mentions import Mention, Role
from bot.claim_morphology import is_finite, is_passive, is_verb
from bot.claim_names import JOINING
from bot.claim_reading import Reading

_SUBORDINATE = re.compile("..+(?:[кт][ае]н(?:[кд][ае]|н[ае]н)?|[аеи]т[ыи]н|с[ае])")


def deed_of(reading: Reading, mention: Mention) -> int | None:
    """The verb that an office does: in «Құрылтай қабылдаған заң», «Президент қол қойғанға дейін», «Құрылтай
    еңсерсе» the one behind it, else that of the clause."""
    words = reading.words
    doers = [m.first for m in reading.mentions if m is not mention and Role.DOER in m.roles]
    for j in range(mention.after, len(words) - 1):
        key = words[j].key
        if is_finite(key) or ":" in words[j].gap:
            break  # who opens a list does what its items end with
        another = any(mention.after <= first < j for first in doers)
        verb = is_verb(key) or (key.endswith(("са", "се")) and key not in JOINING)
        if verb and _SUBORDINATE.fullmatch(key) and not is_passive(key) and not another:
            return j
    return reading.predicate
