"""Numbers, days and places of the law: those of a claim against those of a clause."""

from __future__ import annotations

import re

from bot.claim_matching import Matching
from bot.claim_mentions import Role
from bot.claim_morphology import is_finite, is_participle, is_past, is_verb
from bot.claim_outcome import Difference, Kind
from bot.claim_quantities import Quantity
from bot.claim_reading import Place
from retrieval.numbers import DateMention

# «2008 жылғы 20 қазандағы Заң» dates the law, not what is said of it
_DATED_LAW = re.compile(
    r"[\d\w\s]{4,25}[дт][ае][ғг][ыі]\s+(?:Қазақстан Республикасы(?:ның)?\s+)?(?:Заң|Конституциясы)"
)


def match_numbers(work: Matching) -> None:
    for quantity in work.claim.quantities:
        others = [other for other in work.there.quantities if quantity.comparable(other)]
        if not others:
            one = quantity.kind == "count" and quantity.value == 1 and not quantity.relation
            if not one or quantity.unit == "рет":
                work.missing.append(work.claim.text[quantity.start : quantity.end])
            continue
        alike = [other for other in work.claim.quantities if other.comparable(quantity)]
        # as many numbers of a kind on both sides stand in one order
        in_order = 1 < len(alike) == len(others)
        nearest = [others[alike.index(quantity)]] if in_order else _belonging(work, others)
        if all(quantity.agrees(other) for other in nearest):
            work.met += 1
            work.used.update(*(other.words for other in nearest))
        elif not any(quantity.agrees(other) for other in nearest):
            _number_differs(work, quantity, nearest[0])
        else:
            work.missing.append(work.claim.text[quantity.start : quantity.end])


def _number_differs(work: Matching, quantity: Quantity, other: Quantity) -> None:
    claimed = work.claim.text[quantity.start : quantity.end]
    if quantity.value == other.value and not (quantity.relation and other.relation):
        work.unbounded += 1
        work.missing.append(claimed)  # «бір рет» for «кемінде бір рет»: not the same, not against it
        return
    work.differences.append(Difference(Kind.NUMBER, claimed, work.there.text[other.start : other.end]))
    work.used.update(other.words)


def _belonging(work: Matching, others: list[Quantity]) -> list[Quantity]:
    """Of several numbers of one kind those that stand in the part of the sentence the claim speaks of."""
    if len({(other.value, other.relation) for other in others}) < 2:
        return others

    def shared(other: Quantity) -> int:
        segment = _segment(work, min(other.words))
        words = sum(any(j in segment for j in found) for found in work.matches.values())
        named = sum(
            3 if Role.DONE_TO in mention.roles else 1  # who acts, acts in every part
            for mention in work.there.mentions
            if mention.first in segment and any(mention.same_as(claimed) for claimed in work.claim.mentions)
        )
        return words + named

    best = max(map(shared, others))
    return [other for other in others if shared(other) == best]


def _segment(work: Matching, at: int) -> range:
    """The words between two commas around ``at``."""
    words = work.there.words
    first, after = at, at + 1
    while first > 0 and "," not in words[first].gap:
        first -= 1
    while after < len(words) and "," not in words[after].gap:
        after += 1
    return range(first, after)


def _names_law(text: str) -> bool:
    return _DATED_LAW.match(text) is not None


def _tells(key: str) -> bool:
    return is_finite(key) or is_participle(key)


def _dates_deed(work: Matching, date: DateMention) -> bool:
    """Whether the date is that of what the claim speaks of: no other verb stands between."""
    predicate = work.claim.predicate
    behind = [j for j, word in enumerate(work.there.words) if word.start >= date.end and _tells(word.key)]
    met = work.matches.get(predicate, []) if predicate is not None else []
    key = work.claim.words[predicate].key if predicate is not None else ""
    return not behind or not met or not (is_verb(key) or is_past(key)) or behind[0] in met


def match_dates(work: Matching) -> None:
    for date in work.claim.dates:
        said = work.claim.text[date.start : date.end]
        others = [
            other
            for other in work.there.dates
            if not _names_law(work.there.text[other.start :]) and _dates_deed(work, other)
        ]
        if any(_within(date, other) for other in work.there.dates):
            work.met += 1
        elif others and not any(_within(other, date) for other in others):
            other = others[0]
            work.differences.append(Difference(Kind.DATE, said, work.there.text[other.start : other.end]))
        else:
            work.missing.append(said)


def match_places(work: Matching) -> None:
    passage = work.clause.passage
    own = {Place("бап", passage.article or ""), Place("тармақ", passage.point or "")}
    for place in work.claim.places:
        if place not in own and place not in work.there.places:
            work.missing.append(f"{place.number}-{place.kind}")


def _within(date: DateMention, other: DateMention) -> bool:
    """Whether ``other`` says all that ``date`` says."""
    return date.year == other.year and date.month in (None, other.month) and date.day in (None, other.day)
