"""Names of offices and bodies in a clause: «Қазақстан Халық Кеңесі Төрағасының орынбасарлары»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.claim_lexicon import Lexicon
from bot.claim_morphology import Case, case_of, has_stem, is_verb
from bot.claim_quantities import Word

JOINING = frozenset(["мен", "пен", "жане", "жене", "немесе", "не"])
"""Keys of the words between two names of one part."""

Name = tuple[tuple[str, ...], int, int, str]
"""The chain from body to office, the first word, the word behind, the ending of the last word."""

_POSSESSED = re.compile("(?:лар|лер|дар|дер|тар|тер)?(?:сы|си|ы|и)(?:н.*|мен)?")
_INFLECTED = re.compile("..+[ыи](?:н|на|не|нда|нде|нан|нен|нын|нин|мен)")
_ASSEMBLIES = ("ассамблея", "халық кеңесі")
_REGIONAL = frozenset(["ассамблея"])  # of which regions have their own
_ANYWHERE = frozenset(["басшы", "орынбасар", "министр", "комиссия", "комитет"])  # every body may have them
_SKIPPED_INSIDE = 2  # words between a body and its organ: «Кеңесінің кезекті Сессиясын»


def names_in(words: Sequence[Word], lexicon: Lexicon, taken: frozenset[int], owner: str | None) -> list[Name]:
    """(chain, first word, word behind, ending of the last word) of every name."""
    keys = [word.key for word in words]
    names: list[Name] = []
    at = 0
    while at < len(words):
        actor = None if at in taken else lexicon.actor_at(keys, at)
        head = None if actor or at in taken else lexicon.head(keys[at])
        if actor is None and head is None:
            at += 1
            continue
        first = at
        if actor is not None:
            chain: tuple[str, ...] = (actor.id,)
            at += len(actor.stems)
            ending = has_stem(keys[at - 1], actor.stems[-1]) or ""
            if actor.id in _REGIONAL and _is_regional(keys, first, ending):
                chain = (f"өңірлік {actor.id}",)
        else:
            assert head is not None
            before = names[-1] if names else None
            joined = before and before[2] == at - 1 and keys[at - 1] in JOINING and len(before[0]) > 1
            chain = (*before[0][:-1], head[0]) if joined and before else _own(head[0], owner)
            at, ending = at + 1, head[1]
        while True:
            place = _next_inside(words, lexicon, at, ending, taken)
            inner = lexicon.head(keys[place]) if place is not None else None
            if place is None or inner is None:
                break
            chain, at, ending = (*chain, inner[0]), place + 1, inner[1]
        names.append((chain, first, at, ending))
    return names


def _is_regional(keys: Sequence[str], first: int, ending: str) -> bool:
    """«облыстардың ассамблеялары»: not the body whose name they bear."""
    before = keys[first - 1] if first else ""
    return ending.startswith("лар") or before.startswith(("оплыс", "астана", "кала"))


def _own(head: str, owner: str | None) -> tuple[str, ...]:
    elsewhere = head == "депутат" and owner in _ASSEMBLIES
    elsewhere = elsewhere or (head in ("төралқа", "хатшылық", "аппарат") and owner not in _ASSEMBLIES)
    return (owner, head) if owner and head not in _ANYWHERE and not elsewhere else (head,)


def _next_inside(
    words: Sequence[Word], lexicon: Lexicon, at: int, ending: str, taken: frozenset[int]
) -> int | None:
    """Where the organ of the body that ends before ``at`` stands, if one follows."""
    keys = [word.key for word in words]
    genitive = case_of(ending) is Case.GENITIVE
    if not genitive and case_of(ending) is not Case.NOMINATIVE:
        return None
    for place in range(at, min(at + (_SKIPPED_INSIDE if genitive else 0) + 1, len(words))):
        if words[place].gap.strip():
            return None
        head = lexicon.head(keys[place])
        if head is not None and _POSSESSED.fullmatch(head[1]) and lexicon.actor_at(keys, place) is None:
            return place
        stop = lexicon.actor_at(keys, place) is not None or is_verb(keys[place])
        if place not in taken and (stop or _INFLECTED.fullmatch(keys[place])):
            return None
    return None


def ending_of(key: str, lexicon: Lexicon) -> str:
    head = lexicon.head(key)
    if head is not None:
        return head[1]
    for size in range(len(key), 2, -1):
        actor = has_stem(key, key[:size])
        if actor and lexicon.actor_at([key[:size]], 0):
            return actor
    return ""
