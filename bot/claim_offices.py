"""The offices of a claim and those of a clause: the same in the same part, or another in its stead."""

from __future__ import annotations

import re

from bot.claim_cases import one_deed
from bot.claim_matching import Matching, dash
from bot.claim_mentions import Mention, Role
from bot.claim_morphology import is_passive, is_verb, key_of, same_word
from bot.claim_outcome import Difference, Kind
from bot.claim_reading import Force, Reading
from bot.claim_standing_in import acts_through, holds, is_elected

_SUBJECT = frozenset([Role.DOER, Role.DONE_TO, Role.OWNER, Role.COMPLEMENT])
_ONE_OF_MANY = frozenset(["төраға", "орынбасар", "сессия"])  # said without their body where it is plain
_SPECIAL = frozenset(["тыс", "алкашкы", "пурынкы"])
_ALONE = frozenset(["төралқа", "хатшылық", "аппарат"])  # organs that one body only has at a time
_FAR = 9  # a dash farther on than so many words does not define the subject
_DECIDED = ("саила", "капылда", "пекит", "шеши", "такаиында", "аикында")  # where it is done, it is done by
_OPEN = ("отырыс", "жиналыс", "кызмет", "жумыс", "шешим", "жарлык")  # it is done to, or by, their owner
_BARE = re.compile("..+?(?:т|к|[тдл][ае]р|[тдл][ае]р[ыи])")
_POSSESSED = re.compile("..+(?:[ыи]н|[ыи]на|[ыи]не|[ыи]нын|[ыи]нин)")


def match_offices(work: Matching) -> None:
    taken: list[Mention] = []
    for mention in work.claim.mentions:
        if _is_counted(work, mention):
            continue
        free = [other for other in work.there.mentions if other not in taken]
        same = [other for other in free if mention.same_as(other) or acts_through(work, mention, other)]
        part = next((other for other in same if _one_part(work, mention, other)), None)
        if part is not None:
            work.met += 1
            work.offices += 1
            taken.append(part)
            acting = bool(mention.roles & {Role.DOER, Role.DONE_TO})
            if (acting or len(mention.chain) > len(part.chain)) and not _same_owner(work, mention, part):
                plain = acting and set(mention.chain) <= _ONE_OF_MANY
                work.vague |= plain
                work.sure &= plain
            owning = Role.OWNER in part.roles and part.owned and not part.owned.startswith(_OPEN)
            if (
                not _as_wide(work, mention, part)
                or mention.denied != part.denied
                or (owning and Role.OWNER not in mention.roles)
            ):
                work.sure = False  # «Үкімет есебін …»: whose, or who
            continue
        meant = next((m for m in work.clause.meant if mention.same_as(m) and _stands_for(mention, m)), None)
        if meant is not None and not _is_taken(work, mention):
            work.met += 1
            work.offices += 1
            work.sure &= not work.clause.open and len(mention.chain) == len(meant.chain)
            continue
        held = mention.roles & {Role.TO, Role.AT, Role.FROM} and holds(work, mention)
        if held or is_elected(work, mention):
            work.met += 1
            work.offices += 1
            continue
        _instead(work, mention, same)


def check_term(work: Matching) -> None:
    """«X-тің мерзімі – N жыл» for «X-ті N жыл мерзімге тағайындайды»: of whom the years are said."""
    asked = any(q.kind == "term" for q in work.claim.quantities)
    placing = any(word.key.startswith(("саила", "такаиында")) for word in work.there.words)
    named = any(word.key.startswith("мерзими") for word in work.there.words)
    if not asked or not placing or named:
        return
    placed = [m for m in work.there.mentions if Role.DONE_TO in m.roles or Role.COMPLEMENT in m.roles]
    for mention in [m for m in work.claim.mentions if m.roles != {Role.DOER}][:1]:
        told = any(mention.same_as(other) for other in (*placed, *work.clause.meant))
        if not told and not is_elected(work, mention):
            work.missing.append(work.claim.said(mention.first, mention.after - 1))


def _instead(work: Matching, mention: Mention, same: list[Mention]) -> None:
    """Nothing meets the mention: does another office do in the clause what the claim says this one does?"""
    # that one may not do it says nothing of another
    denied = work.claim.negative or work.there.negative
    # and that one does it says nothing of who else may
    denied |= work.claim.force is Force.MAY and work.there.force is Force.PLAIN
    other = None if denied or (same and Role.OWNER in mention.roles) else _rival(work, mention)
    claimed = work.claim.said(mention.first, mention.after - 1)
    if other is not None:
        said = work.there.said(other.first, other.after - 1)
        work.differences.append(Difference(Kind.OFFICE, claimed, said))
    elif not (Role.DOER in mention.roles and _other_deed(work)):
        work.missing.append(claimed)


def _is_counted(work: Matching, mention: Mention) -> bool:
    """«145 депутат»: the number speaks for its noun."""
    return mention.after == mention.first + 1 and any(
        q.kind == "count"
        and q.unit == work.claim.words[mention.first].key
        and max(q.words) in (mention.first, mention.first - 1)
        for q in work.claim.quantities
    )


def _is_taken(work: Matching, mention: Mention) -> bool:
    """Whether another office does, or has, what the claim says of this one: no pronoun stands for it."""
    if mention.roles == {Role.DOER} and any(other.roles == {Role.DOER} for other in work.there.mentions):
        return True
    behind = "".join(word.key for word in work.claim.words[mention.after : mention.after + 1])
    return any(
        Role.OWNER in mention.roles & other.roles
        and other.after < len(work.there.words)
        and same_word(behind, work.there.words[other.after].key)
        for other in work.there.mentions
        if not any(other.same_as(claimed) for claimed in work.claim.mentions)
    )


def _one_part(work: Matching, mention: Mention, other: Mention) -> bool:
    """Whether both play the same part."""
    if Role.ABOUT in mention.roles and Role.DONE_TO in other.roles:
        return any(word.key == "туралы" for word in work.there.words[other.after : other.after + 2])
    shared = mention.roles & other.roles
    if not shared:
        its = "".join(work.there.words[j].key for j in work.there.content[-1:])
        mine = "".join(work.claim.words[i].key for i in work.claim.content[-1:])
        if is_passive(its):
            return mine.startswith(_DECIDED) and Role.DOER in mention.roles and Role.AT in other.roles
        return is_passive(mine) and Role.AT in mention.roles and Role.DOER in other.roles
    acting = Role.DOER in shared and Role.DONE_TO not in shared and Role.COMPLEMENT not in other.roles
    if acting and not one_deed(work, mention, other):
        return False
    if shared != {Role.OWNER}:
        return True
    if not mention.owned or not other.owned:
        return mention.roles == shared
    if work.lexicon.same(mention.owned, other.owned):
        return True
    behind = work.there.words[other.after : other.after + 3]
    return any(work.lexicon.same(mention.owned, word.key) for word in behind)


def _as_wide(work: Matching, mention: Mention, part: Mention) -> bool:
    """Not «бірінші Сессиясын», «кезектен тыс сессиясын» for any session, nor any for one of these."""
    return _kinds(work.claim, mention) == _kinds(work.there, part)


def _kinds(reading: Reading, mention: Mention) -> set[str]:
    """What tells one of several apart: a number in a row, or a word such as «алғашқы», «бұрынғы»."""
    near = range(mention.first - 1, mention.after)
    words = {reading.words[j].key for j in near if j >= 0}
    rows = {
        f"{quantity.value}"
        for quantity in reading.quantities
        if quantity.kind == "ordinal" and {*quantity.words, *(j + 1 for j in quantity.words)} & set(near)
    }
    return (words & _SPECIAL) | rows


def _same_owner(work: Matching, mention: Mention, other: Mention) -> bool:
    """Both named in full, or as fully: what holds of one court's judges need not hold of all judges."""
    if len(mention.chain) == len(other.chain) or acts_through(work, mention, other):
        return True
    if len(mention.chain) > len(other.chain):
        missing = mention.chain[-len(other.chain) - 1]
        return any(near.chain[-1] == missing for near in work.there.mentions)
    return mention.chain[0] in _ALONE


def _rival(work: Matching, mention: Mention) -> Mention | None:
    if dash(work.claim) is not None and (dash(work.there) or _FAR) >= _FAR and not _links(work):
        return None  # the claim says what somebody is, the clause what somebody does
    for other in work.there.mentions:
        own = mention.chain[: len(other.chain)] == other.chain  # «Ассамблеяның Аппараты» and its head
        own |= acts_through(work, mention, other)
        named = any(other.same_as(one) for one in work.claim.mentions)
        person = mention.chain[0] in work.lexicon.persons
        if own or named or other.same_as(mention) or person != (other.chain[0] in work.lexicon.persons):
            continue
        shared = mention.roles & other.roles
        beside = any(other.after in found for found in work.matches.values())
        acts = Role.DOER in shared and not shared & {Role.OWNER, Role.COMPLEMENT}
        acts = acts and (beside or not work.inner)
        if acts and _same_deed(work, mention):
            return other
        owned = mention.owned and other.owned and same_word(mention.owned, other.owned)
        several = len(work.claim.mentions) > 1
        if (several or len(work.matches) >= 2) and Role.TO in shared:
            return other
        if several and Role.OWNER in shared and owned:
            return other
    others = any(Role.DOER in other.roles for other in work.there.mentions)
    return _other_doer(work, mention) if Role.DOER in mention.roles and not others else None


def _links(work: Matching) -> bool:
    return work.there.words[-1].key in ("тапылады", "полады", "саналады")


def _other_doer(work: Matching, mention: Mention) -> Mention | None:
    """People or a court that do it, where no office does: «азаматтары … сайлайды», «сот қана … асырады»."""
    words = work.there.words
    named = {j for other in work.there.mentions for j in range(other.first, other.after)}
    for j, word in enumerate(words[:-1]):
        if j in named or not work.lexicon.is_doer(word.key):
            continue
        if (
            _BARE.fullmatch(word.key)
            and not _POSSESSED.fullmatch(words[j + 1].key)
            and _same_deed(work, mention)
        ):
            return Mention((word.key,), j, j + 1, frozenset([Role.DOER]))
    return None


def _same_deed(work: Matching, mention: Mention) -> bool:
    """Something besides the doer is named and met: the thing it is done to, or words of the matter."""
    others = [m for m in work.claim.mentions if m is not mention]
    met = any(_one_part(work, m, other) for m in others for other in work.there.mentions if m.same_as(other))
    return met or len(work.matches) >= 2


def _other_deed(work: Matching) -> bool:
    """The clause has another verb of one row («сайланады» for «тағайындайды»): its doer is not asked for."""
    return any(d.kind is Kind.WORD and is_verb(key_of(d.claimed)) for d in work.differences)


def _stands_for(mention: Mention, meant: Mention) -> bool:
    """Whether an office named before may be what the claim names: a title only for what a law is about."""
    if Role.ABOUT in meant.roles:
        return Role.ABOUT in mention.roles
    return bool(mention.roles & _SUBJECT)
