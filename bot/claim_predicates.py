"""Which word of a clause says what the last word of a claim says."""

from __future__ import annotations

import re

from bot.claim_matching import Matching, dash, is_last
from bot.claim_mentions import Role
from bot.claim_morphology import is_participle, is_passive, is_verb
from bot.claim_opposites import opposed
from bot.claim_outcome import Difference, Kind
from bot.claim_reading import Force

_NEAR = 5  # words from a noun to the participle that denies it
_SAME_LETTERS = 5  # «күшінде» and «күші» begin alike, and are no one predicate
_GOVERNED = ("ука", "уке", "уына", "уине")
_SERVING = (("пол", "пол"), ("аиналыс", "асыр"))  # verbs that add nothing to their noun, and their like
_INFINITIVE = re.compile("..+у(?:ды|ди|ын|ин|ы|и)?")


def match_predicate(work: Matching, i: int, found: list[int]) -> list[int]:
    """Of the words that are the claim's last word, those that can say what the claim says."""
    told = (_ends, _governed, _is_asked, _is_included)
    ending = [j for j in found if any(tells(work, j) for tells in told) or _says(work, i, j)]
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
    if other and opposed(work, i) is not None:
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
    """The last word that means something, the verb of a noun of action, or the verb before a list."""
    words = work.there.words
    if j + 1 < len(words) and ":" in words[j + 1].gap and is_verb(words[j].key):
        return True
    return is_last(work.there, j) or j in (len(work.there.words) - 1, *work.there.content[-1:])


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
    verbless = work.claim.force is Force.PLAIN and not any(is_verb(word.key) for word in work.claim.words)
    if here is None and verbless and beyond is not None and j >= beyond and _heads(work, j):
        return True  # «Қазақстанның елордасы Астана»
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
    if told and told[-1] in counted and any(abs(number - j) <= 3 for number in numbers):
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
    """«сайлануға, … партияда болуға құқығы жоқ»: one of several that the end of the clause speaks of.

    A noun of the claim («кәсіпкерлікпен айналыса») may stand before its verb («кәсіпкерлік қызметті жүзеге
    асыруға»).
    """
    words = work.there.words
    if work.there.force is Force.PLAIN:
        return False
    at = next((k for k in range(j, len(words)) if words[k].key.endswith(_GOVERNED)), None)
    if at is None or at == j:
        return at is not None
    serving = "".join(word.key for word in work.claim.words[max(work.claim.content) + 1 :][:1])
    alike = any(serving.startswith(own) and words[at].key.startswith(its) for own, its in _SERVING)
    return alike and not words[j].key.endswith(("нын", "нин"))


def _is_asked(work: Matching, j: int) -> bool:
    """«Президент … меңгеруі тиіс» for «Президент болып … меңгерген … азаматы сайлана алады»."""
    asked = work.claim.force is Force.MUST and work.there.force is Force.MAY
    return asked and is_participle(work.there.words[j].key) and to_be_placed(work)


def to_be_placed(work: Matching) -> bool:
    """Whether the clause tells who may come into the office that the claim speaks of."""
    offices = [m for m in work.there.mentions if Role.COMPLEMENT in m.roles]
    return any(claimed.same_as(office) for claimed in work.claim.mentions for office in offices)


def _is_included(work: Matching, j: int) -> bool:
    """«төтенше жағдай енгізуді … қоса алғанда, … шараларды қабылдайды»: what is included is done."""
    words = work.there.words
    behind = [word.key for word in words[j + 1 :]]
    return words[j].key.endswith(("уды", "уди")) and "коса" in behind and "алканда" in behind


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
