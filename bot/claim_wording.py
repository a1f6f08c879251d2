"""The words of a claim and those of a clause: the same, opposite, or missing."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.claim_matching import Matching, dash, is_last
from bot.claim_morphology import is_participle, is_passive, is_verb, same_word
from bot.claim_outcome import Difference, Kind
from bot.claim_reading import Force

_NEAR = 5
"""A modifier and its noun stand at most so many words apart in a clause that says the same."""

_OPENING = 8  # words before or behind the dash of a definition
_SAME_LETTERS = 5  # «күшінде» and «күші» begin alike, and are no one predicate
_PLACING = ("саила", "такаиында")
_TERM_WORDS = ("окилеттик", "мерзим")
_INFINITIVE = re.compile("..+у(?:ды|ди|ын|ин|ы|и)?")
_INFLECTED = re.compile(
    ".*(?:лар|лер|дар|дер|тар|тер|[кдтн][ае]|[дтн][ае]н|[дт][ае]к[ыи]|[ыи]н|[мп]ен|(?:лар|лер|дар|дер|тар|тер)[ыи].*)"
)


def match_words(work: Matching) -> None:
    claim, there = work.claim, work.there
    named = {j for mention in there.mentions for j in range(mention.first, mention.after)}
    open_words = [j for j in range(len(there.words)) if j not in named]
    unmatched = []
    for i in claim.content:
        key = claim.words[i].key
        found = [j for j in open_words if work.lexicon.same(key, there.words[j].key)]
        found = _predicate(work, i, found) if is_last(claim, i) else found
        if found:
            work.matches[i] = found
            work.met += 1
            work.used.update(found)
            alike = any((i in claim.negated) == (j in there.negated) for j in found)
            work.sure &= alike or (work.inner and is_last(claim, i))
        else:
            unmatched.append(i)
    unmatched = _identity(work, unmatched)
    opposed = {i: _opposed(work, i) for i in unmatched}
    for i in unmatched:
        # «заң шығарушы» for «консультативтік»: the word before an opposite is part of it
        if opposed[i] is not None or opposed.get(i + 1) is None:
            _opposite(work, i)


def _predicate(work: Matching, i: int, found: list[int]) -> list[int]:
    """Of the words that are the claim's last word, those that can say what the claim says."""
    ending = [j for j in found if _ends(work, j) or _governed(work, j) or _says(work, i, j)]
    if ending:
        return ending
    inside = [j for j in found if _defines(work, j)]
    voice = is_passive(work.claim.words[i].key)
    inside = [j for j in inside if is_passive(work.there.words[j].key) == voice] or inside
    if inside:
        work.inner = True
        if work.claim.negative not in {j in work.there.negated for j in inside}:
            if any(_belongs(work, j) for j in inside):
                said = work.there.said(inside[0])
                work.differences.append(Difference(Kind.DENIAL, work.claim.said(i), said))
            else:
                work.sure = False
        return inside
    denied = _denied_part(work, i, found)
    if denied:
        return denied
    other = found and not any(_one_verb(work.there.words[j].key, work.claim.words[i].key) for j in found)
    if other and _has_opposite(work, i):
        return []
    work.aligned = not found
    work.named = any(_INFINITIVE.fullmatch(work.there.words[j].key) for j in found)
    return found


def _denied_part(work: Matching, i: int, found: list[int]) -> list[int]:
    """«X – заңды тұлға» for «X – заңды тұлға түрінде құрылмайтын мекеме»: the noun is there to be denied."""
    here, beyond = dash(work.claim) or 0, dash(work.there)
    nominal = here or work.claim.words[-1].key.startswith("тапылма")
    if not nominal or beyond is None or i < here:
        return []
    for j in found:
        no = next((k for k in range(j + 1, j + _NEAR - 1) if k in work.there.negated), None)
        if j >= beyond and no is not None:
            if not work.claim.negative:
                stated = work.there.said(j, no)
                work.differences.append(Difference(Kind.DENIAL, work.claim.said(i), stated))
            work.inner = True
            return [j]
    return []


def _ends(work: Matching, j: int) -> bool:
    """The last word that means something, or the verb that a noun of action takes («жүзеге асырылады»)."""
    return is_last(work.there, j) or j == len(work.there.words) - 1


def _one_verb(one: str, other: str) -> bool:
    return one[:_SAME_LETTERS] == other[:_SAME_LETTERS]


def _says(work: Matching, i: int, j: int) -> bool:
    """Words that hold the place of a verb: beside a dash, before a number, or with «жүзеге асырылады»."""
    here, beyond = dash(work.claim), dash(work.there)
    if here is not None and beyond is not None:
        sides = (work.claim.words[here - 1].key, work.there.words[beyond - 1].key)
        turned = (i < here) == (j >= beyond) and any(side.endswith(("ы", "и")) for side in sides)
        if (j < beyond or _heads(work, j)) and (turned or (i >= here and j >= beyond)):
            return True
    last = work.claim.words[-1].key
    if (
        i < len(work.claim.words) - 1
        and last.startswith("асыр")
        and (work.lexicon.same(last, work.there.words[-1].key))
    ):
        return True
    serving = work.claim.words[i].key.startswith(("кызмет", "жумыс"))  # «қызмет етеді»: «қызметін … асырады»
    if serving and work.there.words[-1].key.startswith("асыр"):
        return True
    numbers = [min(q.words) for q in work.there.quantities]
    counted = {w for q in work.claim.quantities for w in q.words}
    told = [w for w, word in enumerate(work.claim.words) if not work.lexicon.is_light(word.key)]
    if told and told[-1] in counted and any(0 < number - j <= 3 for number in numbers):
        return True
    action = any(_INFINITIVE.fullmatch(word.key) for word in work.there.words[j : j + 3])
    return action and work.there.words[-1].key.startswith(("асыр", "журкизил"))


def _heads(work: Matching, j: int) -> bool:
    """Whether a noun behind the dash is what the thing is: not «заңды тұлға түрінде құрылмайтын мекеме»."""
    words = work.there.words
    # «мемлекет басшысы»: the office behind a word ends what it begins
    j = max([j, *(m.after - 1 for m in work.there.mentions if m.first == j + 1)])
    if j >= len(words) - 2 or is_last(work.there, j):
        return True
    behind = words[j + 1]
    parted = any(sign in behind.gap for sign in ",;") or behind.key in ("мен", "пен", "жане", "ари")
    return parted or behind.key.endswith(("нын", "нин"))


def _belongs(work: Matching, j: int) -> bool:
    """Whether the word before a participle is one that the claim names too."""
    behind = [k for k in range(j) if not work.lexicon.is_light(work.there.words[k].key)]
    named = {k for m in work.there.mentions for k in range(m.first, m.after)}
    return not behind or behind[-1] in work.used | named


def _governed(work: Matching, j: int) -> bool:
    """«сайлануға, … партияда болуға құқығы жоқ»: one of several that the end of the clause speaks of."""
    infinitive = work.there.words[j].key.endswith(("ука", "уке", "уына", "уине"))
    return infinitive and work.there.force is not Force.PLAIN


def _defines(work: Matching, j: int) -> bool:
    """A participle that tells of its noun what a sentence would."""
    words = work.there.words
    light = j + 1 < len(words) and words[j + 1].key in ("ететин", "асыратын", "перетин", "киретин")
    if not light and not is_participle(words[j].key) and j not in work.there.negated:
        return False
    if dash(work.there) is not None or words[-1].key == "тапылады":
        return True
    beside = {mention.first for mention in work.there.mentions}
    dated = any(words[j].start - date.end in (0, 1) for date in work.there.dates)
    return dated or j + 1 in beside


def _opposite(work: Matching, i: int) -> None:
    """An unmatched word: does the clause hold another value of its kind in its place?"""
    j = _opposed(work, i)
    if j is not None:
        work.differences.append(Difference(Kind.WORD, work.claim.said(i), work.there.said(j)))
        work.used.add(j)
    elif not _is_topic(work, i) and not _is_term(work, i):
        work.missing.append(work.claim.said(i))
        work.lacking += 1


def _has_opposite(work: Matching, i: int) -> bool:
    return _opposed(work, i) is not None


def _opposed(work: Matching, i: int) -> int | None:
    values = work.lexicon.contrasts(work.claim.words[i].key)
    for j in range(len(work.there.words) - 1, -1, -1):  # the verb that ends the clause before any other
        for other in work.lexicon.contrasts(work.there.words[j].key):
            rows = [value for value in values if value.row == other.row]
            if rows and all(value.value != other.value for value in rows) and _same_place(work, i, j):
                return j
    return None


def _is_topic(work: Matching, i: int) -> bool:
    """A word of the sentence before, for which a pronoun stands here; the country anywhere in its law."""
    key = work.claim.words[i].key
    if same_word(key, "казакстан"):
        return i == 0 and dash(work.claim) == 1 and "Қазақстан" in work.clause.passage.text
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


def _identity(work: Matching, unmatched: list[int]) -> list[int]:
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
