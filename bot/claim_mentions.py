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
    has_stem,
    is_infinitive,
    is_participle,
    is_passive,
    is_verb,
    possessed_case,
)
from bot.claim_quantities import Word

_POSSESSED = re.compile("(?:лар|лер|дар|дер|тар|тер)?(?:сы|си|ы|и)(?:н.*|мен)?")
_HAS_POSSESSOR = re.compile("..+(?:сы|си|ы|и)(?:н|на|не|нда|нде|нан|нен|нын|нин|мен)?")
_INFLECTED = re.compile("..+[ыи](?:н|на|не|нда|нде|нан|нен|нын|нин|мен)")
_TRANSPARENT = ("отырыс", "жиналыс", "кызмет", "жумыс")  # what is done to these is done to their owner
_DECIDING = re.compile("(?:шешим|жарлык|жарлыгы)[ыи]?мен")
_JOINING = frozenset(["мен", "пен", "жане", "жене", "немесе", "не"])
_LINKS = frozenset("тапылады саналады есептеледи танылады деп полып полады еди полкан полды екен".split())
_ASSEMBLIES = ("ассамблея", "халық кеңесі")
_REGIONAL = frozenset(["ассамблея"])  # of which regions have their own
_ANYWHERE = frozenset(
    ["басшы", "орынбасар", "министр", "комиссия", "комитет"]
)  # organs that every body may have
_SKIPPED_INSIDE = 2  # words between a body and its organ: «Кеңесінің кезекті Сессиясын»


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
    names = _names(words, lexicon, taken, owner)
    starts = {first for _, first, _, _ in names}
    may = any(words[i].key.startswith(("кукы", "руксат", "тыиым")) for i in verdict_words)
    found = [_placed(name, words, starts, taken, may=may) for name in names]
    for i in range(len(found) - 2, -1, -1):
        inside = range(found[i].after, found[i + 1].first)
        between = [words[j] for j in inside if j not in taken]
        joined = all(word.key in _JOINING for word in between) or all(
            word.key in ("казакстан", "респупликасы", "респупликасынын", *_JOINING) for word in between
        )
        comma = "," in words[found[i + 1].first].gap or any(w.key in _JOINING for w in between)
        bare = case_of(_ending(words[found[i].after - 1].key, lexicon)) is Case.NOMINATIVE
        if joined and comma and bare:
            found[i] = replace(found[i], roles=found[i + 1].roles, owned=found[i + 1].owned)
    for i, mention in enumerate(found[1:], start=1):
        objected = mention.after < len(words) and is_verb(words[mention.after].key)
        doer = any(m.roles == {Role.DOER} for m in found[:i])
        if mention.roles == {Role.DOER} and objected and doer and len(mention.chain) == 1:
            found[i] = replace(mention, roles=frozenset([Role.DOER, Role.DONE_TO]))
    if any(mention.roles == {Role.DOER} for mention in found):
        found = [
            replace(m, roles=m.roles - {Role.DOER}) if {Role.OWNER, Role.DOER} == m.roles and m.owned else m
            for m in found
        ]
    return tuple(
        replace(m, denied=True) if m.after < len(words) - 1 and words[m.after].key == "емес" else m
        for m in found
    )


Name = tuple[tuple[str, ...], int, int, str]


def _names(words: Sequence[Word], lexicon: Lexicon, taken: frozenset[int], owner: str | None) -> list[Name]:
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
            joined = before and before[2] == at - 1 and keys[at - 1] in _JOINING and len(before[0]) > 1
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


def _ending(key: str, lexicon: Lexicon) -> str:
    head = lexicon.head(key)
    if head is not None:
        return head[1]
    for size in range(len(key), 2, -1):
        actor = has_stem(key, key[:size])
        if actor and lexicon.actor_at([key[:size]], 0):
            return actor
    return ""


def _placed(
    name: Name, words: Sequence[Word], starts: set[int], taken: frozenset[int], *, may: bool
) -> Mention:
    chain, first, after, ending = name
    case = case_of(ending)
    behind = words[after] if after < len(words) else None
    owned = behind.key if behind and _HAS_POSSESSOR.fullmatch(behind.key) and after not in starts else ""
    if behind is None or behind.gap.strip() or is_verb(owned) or after in taken:
        owned = ""
    if case is not Case.NOMINATIVE:
        roles = {_BY_CASE[case]}
        if case is Case.DATIVE and may:
            roles.add(Role.DOER)  # «депутаттарға рұқсат етіледі»
        if case is Case.GENITIVE:
            if _DECIDING.fullmatch(owned):
                roles.add(Role.DOER)  # «Президенттің шешімімен тағайындалады»
            if owned.startswith(_TRANSPARENT):
                roles = {_role_of_noun(owned), Role.OWNER}
            if (may and not _INFLECTED.fullmatch(owned)) or owned.startswith("кукы"):
                roles.add(Role.DOER)
            if _is_term(words, after):
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
        if _is_term(words, after):
            roles |= {Role.DONE_TO, Role.DOER}
    if after < len(words) and words[after].key == "тарапынан":
        roles = {Role.DOER}
    return Mention(chain, first, after, frozenset(roles), owned)


def _is_term(words: Sequence[Word], at: int) -> bool:
    """«… өкілеттік мерзімі»: who has the term is who is elected for it."""
    keys = [word.key for word in words[at : at + 2]]
    return bool(keys) and (
        keys[0].startswith("мерзим") or (keys[0] == "окилеттик" and keys[-1].startswith("мерзим"))
    )


def _by_verb(words: Sequence[Word], after: int) -> set[Role]:
    """A bare subject acts, unless its verb is passive: a participle just behind it, else the last verb."""
    if after < len(words) and words[after].gap.strip(' \xa0”»"') in ("–", "—", "-"):
        return {Role.DOER, Role.DONE_TO}  # «X – … құрылмайтын мекеме»: either voice may follow
    if after < len(words) and is_infinitive(words[after].key):
        return {Role.DOER, Role.DONE_TO}  # «Ассамблея құру идеясы»: an object without its ending
    if words[-1].key in _LINKS and words[-1].key not in ("полады", "полды"):
        return {Role.DOER, Role.DONE_TO}
    near = [word.key for word in words[after : after + 1] if is_participle(word.key)]
    last = [word.key for word in words[after:] if is_verb(word.key) and word.key not in _LINKS][-1:]
    return {Role.DONE_TO} if any(map(is_passive, near[:1] or last)) else {Role.DOER}


def _role_of_noun(key: str) -> Role:
    """The role of «Төралқа» in «Төралқа отырыстарын»: that of the noun that belongs to it."""
    return _BY_CASE.get(possessed_case(key), Role.DONE_TO)
