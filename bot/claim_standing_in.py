"""Where one name stands for another: a body for its highest organ, or for its members."""

from __future__ import annotations

from itertools import pairwise

from bot.claim_matching import Matching
from bot.claim_mentions import Mention, Role
from bot.claim_morphology import is_verb

_DEPUTY = "депутат"


def acts_through(work: Matching, mention: Mention, other: Mention) -> bool:
    """Whether ``other`` is the highest organ of a body that acts in the claim: «Ассамблея» by its Session."""
    organ = work.lexicon.highest.get(mention.chain[-1])
    predicate = work.claim.predicate
    acts = predicate is not None and is_verb(work.claim.words[predicate].key)
    return acts and other.chain == (*mention.chain, organ) and mention.roles == {Role.DOER}


def holds(work: Matching, mention: Mention) -> bool:
    """«Мәжіліске депутат сайлайды» for «Мәжілістің депутатын»; «Құрылтайда … бар» for «Құрылтай … тұрады»."""
    heads = [claimed.chain[-1] for claimed in work.claim.mentions if len(claimed.chain) == 1]
    return (
        any(
            other.chain[-2:-1] == mention.chain[-1:] and other.chain[-1] in heads
            for other in work.there.mentions
        )
        or any(mention.same_as(other) and other.owned.startswith("курам") for other in work.there.mentions)
        or any(
            mention.same_as(one) and one.after == two.first and len(two.chain) > 1 and two.chain[-1] in heads
            for one, two in pairwise(work.there.mentions)  # «Парламентке»: «Парламенті Мәжілісінің депутатын»
        )
        or (
            work.claim.words[-1].key == "пар"
            and any(Role.DOER in other.roles and mention.same_as(other) for other in work.there.mentions)
        )
    )


def is_elected(work: Matching, mention: Mention) -> bool:
    """A body is elected where its deputies are: «мәслихаттарды сайлайды», «сайланатын … депутаттан»."""
    verb = work.claim.predicate
    if verb is None or mention.roles != {Role.DONE_TO} or not work.claim.words[verb].key.startswith("саилан"):
        return False
    body = mention.chain[:-1] if mention.chain[-1] == _DEPUTY else mention.chain
    counted = {j for quantity in work.there.quantities for j in quantity.words}
    for other in work.there.mentions:
        if other.chain in (body, (*body, _DEPUTY)):
            before = {j for j in work.matches.get(verb, ()) if set(range(j + 1, other.first)) <= counted}
            elected = other.chain != body and any(j < other.first for j in before)
            if Role.DONE_TO in other.roles or elected:
                return bool(body)
    return False
