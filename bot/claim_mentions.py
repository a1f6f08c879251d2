"""Offices and bodies named in a clause, and the part that each plays there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.claim_lexicon import Lexicon
from bot.claim_morphology import (
    Case,
    case_of,
    has_possessor,
    is_action,
    is_infinitive,
    is_participle,
    is_passive,
    is_past,
    is_verb,
    possessed_case,
)
from bot.claim_names import JOINING, Name, ending_of, names_in
from bot.claim_quantities import Word

_INFLECTED = re.compile("..+[ыи](?:н|на|не|нда|нде|нан|нен|нын|нин|мен)")
_TRANSPARENT = ("отырыс", "жиналыс", "кызмет", "жумыс")  # what is done to these is done to their owner
_ADVERBIAL = ("караи", "паиланысты", "саикес")
_DECIDING = re.compile("(?:шешим|жарлык|жарлыгы)[ыи]?мен")
_LINKS = frozenset("тапылады саналады есептеледи танылады деп полып полады еди полкан полды екен".split())


class Role(StrEnum):
    """The part that an office plays in a clause. A mention may be open between several."""

    DOER = "doer"
    DONE_TO = "done_to"
    COMPLEMENT = "complement"
    OWNER = "owner"
    ABOUT = "about"
    TO = "to"
    AT = "at"
    FROM = "from"
    WITH = "with"


_BY_CASE = {
    Case.GENITIVE: Role.OWNER,
    Case.DATIVE: Role.TO,
    Case.ACCUSATIVE: Role.DONE_TO,
    Case.LOCATIVE: Role.AT,
    Case.ABLATIVE: Role.FROM,
    Case.INSTRUMENTAL: Role.WITH,
}


@dataclass(frozen=True, slots=True)
class Mention:
    """An office or body at ``words[first:after]``.

    ``chain`` runs from the body to the office («халық кеңесі», «төраға», «орынбасар»). ``owned`` is the key
    of the word that belongs to it where it is an owner («келісімімен»), else "".
    """

    chain: tuple[str, ...]
    first: int
    after: int
    roles: frozenset[Role]
    owned: str = ""
    denied: bool = False  # «мүшесі емес адамдар»

    def same_as(self, other: Mention) -> bool:
        """One office: the shorter name is the end of the longer («Төраға» of whatever body)."""
        size = min(len(self.chain), len(other.chain))
        return self.chain[-size:] == other.chain[-size:]


MAX_MENTIONS = 30
"""No clause of a law names so many offices; a claim that repeats one without end is not compared for long."""


def mentions_of(
    words: Sequence[Word],
    lexicon: Lexicon,
    *,
    taken: frozenset[int],
    verdict_words: frozenset[int],
    owner: str | None,
) -> tuple[Mention, ...]:
    """:param taken: words of numbers and dates.
    :param verdict_words: words that carry only the clause's force.
    """
    names = names_in(words, lexicon, taken, owner)
    starts = {first for _, first, _, _ in names}
    may = any(words[i].key.startswith(("кукы", "руксат", "тыиым")) for i in verdict_words)
    found = [_placed(name, words, starts, taken, may=may) for name in names[:MAX_MENTIONS]]
    for i in range(len(found) - 2, -1, -1):
        inside = range(found[i].after, found[i + 1].first)
        between = [words[j] for j in inside if j not in taken]
        joined = all(word.key in JOINING for word in between) or all(
            word.key in ("казакстан", "респупликасы", "респупликасынын", *JOINING) for word in between
        )
        comma = "," in words[found[i + 1].first].gap or any(w.key in JOINING for w in between)
        bare = case_of(ending_of(words[found[i].after - 1].key, lexicon)) is Case.NOMINATIVE
        if joined and comma and bare:
            found[i] = replace(found[i], roles=found[i + 1].roles, owned=found[i + 1].owned)
    for i, mention in enumerate(found[1:], start=1):
        objected = mention.after < len(words) and is_verb(words[mention.after].key)
        doer = any(m.roles == {Role.DOER} for m in found[:i])
        if mention.roles == {Role.DOER} and objected and doer and mention.after == mention.first + 1:
            found[i] = replace(mention, roles=frozenset([Role.DOER, Role.DONE_TO]))
    if any(mention.roles == {Role.DOER} for mention in found):
        found = [
            replace(m, roles=m.roles - {Role.DOER})
            if {Role.OWNER, Role.DOER} <= m.roles and m.owned and not _DECIDING.fullmatch(m.owned)
            else m
            for m in found
        ]
    return tuple(
        replace(m, denied=True) if m.after < len(words) - 1 and words[m.after].key == "емес" else m
        for m in found
    )


def _placed(
    name: Name, words: Sequence[Word], starts: set[int], taken: frozenset[int], *, may: bool
) -> Mention:
    chain, first, after, ending = name
    case = case_of(ending)
    behind = words[after] if after < len(words) else None
    owned = behind.key if behind and has_possessor(behind.key) and after not in starts else ""
    ending_it = after == len(words) - 1 and is_past(owned)
    if behind is None or behind.gap.strip() or is_verb(owned) or ending_it or after in taken:
        owned = ""
    if after + 1 < len(words) and words[after + 1].key in _ADVERBIAL:
        owned = ""  # «қажеттілігіне қарай» says when, not whose
    if case is not Case.NOMINATIVE:
        roles = {_BY_CASE[case]}
        passive = after == len(words) - 1 and is_passive(words[after].key)
        if case is Case.INSTRUMENTAL and passive:
            roles.add(Role.DOER)  # «Президентпен бекітіледі»
        if case is Case.DATIVE and may and words[-1].key != "кукылы":
            roles.add(Role.DOER)  # «депутаттарға рұқсат етіледі»
        if case is Case.GENITIVE:
            if _DECIDING.fullmatch(owned):
                roles.add(Role.DOER)  # «Президенттің шешімімен тағайындалады»
            if owned.startswith(_TRANSPARENT):
                roles = {_role_of_noun(owned), Role.OWNER}
            if (may and not _INFLECTED.fullmatch(owned)) or owned.startswith("кукы"):
                roles.add(Role.DOER)
            if _is_term(words, after, taken):
                roles |= {Role.DONE_TO, Role.DOER}
        return Mention(chain, first, after, frozenset(roles), owned if case is Case.GENITIVE else "")
    if behind is not None and behind.key in ("туралы", "жониндеки"):
        return Mention(chain, first, after, frozenset([Role.ABOUT]))
    if behind is not None and behind.key in ("полып", "пола", "полу", "полука", "полуы", "полады"):
        return Mention(chain, first, after, frozenset([Role.COMPLEMENT, Role.DONE_TO, Role.DOER]))
    roles = _by_verb(words, after)
    if first and is_participle(words[first - 1].key) and is_passive(words[first - 1].key):
        roles.add(Role.DONE_TO)  # «сайланған Төраға»
    if owned:
        oblique = possessed_case(owned) in (
            Case.GENITIVE,
            Case.DATIVE,
            Case.LOCATIVE,
            Case.ABLATIVE,
            Case.INSTRUMENTAL,
        )
        roles = {Role.OWNER} if oblique else {*roles, Role.OWNER}
        if _DECIDING.fullmatch(owned):
            roles.add(Role.DOER)
        if owned.startswith(_TRANSPARENT):
            roles.add(_role_of_noun(owned))
        if _is_term(words, after, taken):
            roles |= {Role.DONE_TO, Role.DOER}
    if after < len(words) and words[after].key == "тарапынан":
        roles = {Role.DOER}
    return Mention(chain, first, after, frozenset(roles), owned)


def _is_term(words: Sequence[Word], at: int, taken: frozenset[int]) -> bool:
    """«… өкілеттік мерзімі»: who has the term is who is elected for it."""
    keys = [word.key for word in words[at : at + 2]]
    if keys[:1] == ["окилеттики"] and at + 1 in taken:
        return True  # «өкілеттігі төрт жыл»
    return bool(keys) and (
        keys[0].startswith("мерзим") or (keys[0] == "окилеттик" and keys[-1].startswith("мерзим"))
    )


def _by_verb(words: Sequence[Word], after: int) -> set[Role]:
    """A bare subject acts, unless its verb is passive: a participle just behind it, else the last verb."""
    if after < len(words) and words[after].gap.strip(' \xa0”»"') in ("–", "—", "-"):
        return {Role.DOER, Role.DONE_TO}  # «X – … құрылмайтын мекеме»: either voice may follow
    if after < len(words) and is_action(words[after].key):
        return {Role.DONE_TO, Role.OWNER}  # «Президент сайлауын жариялайды»
    if after < len(words) and is_infinitive(words[after].key):
        return {Role.DOER, Role.DONE_TO}  # «Ассамблея құру идеясы»: an object without its ending
    near = [word.key for word in words[after : after + 1] if is_participle(word.key)]
    if near:
        return {Role.DONE_TO} if is_passive(near[0]) else {Role.DOER}
    if words[-1].key in _LINKS and words[-1].key not in ("полады", "полды"):
        told = next((word.key for word in words[::-1] if word.key not in _LINKS), "")
        # «босатылды деп саналады»: the verb before tells the voice
        return {Role.DONE_TO} if is_past(told) and is_passive(told) else {Role.DOER, Role.DONE_TO}
    last = [word.key for word in words[after:] if is_verb(word.key) and word.key not in _LINKS][-1:]
    return {Role.DONE_TO} if any(map(is_passive, last)) else {Role.DOER}


def _role_of_noun(key: str) -> Role:
    """The role of «Төралқа» in «Төралқа отырыстарын»: that of the noun that belongs to it."""
    return _BY_CASE.get(possessed_case(key), Role.DONE_TO)
