"""A clause as the checker sees it: who, what, how many, when, and whether it is affirmed or denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from bot.claim_lexicon import Lexicon
from bot.claim_mentions import Mention, Role, mentions_of
from bot.claim_morphology import has_stem, is_finite, is_negative, is_verb, key_of
from bot.claim_quantities import Quantity, Word, is_place, quantities_of
from retrieval.numbers import DateMention, find_dates

_WORD = re.compile(r"[^\W_]+")
_COPULAS = frozenset(
    (
        "жатады тапылады саналады есептеледи танылады деп полып полады турады танылсын екен еди полкан полды"
    ).split()
)

_GRANTS = {"тыиым": ("сал",), "руксат": ("пер", "ет", "пар", "жок"), "жол": ("пер", "жок")}
_NO_COPULAS = frozenset("полмаиды саналмаиды тапылмаиды танылмаиды есептелмеиди".split())


class Force(StrEnum):
    """What a clause says of its matter: it is so, it may be, it must be."""

    PLAIN = "plain"
    MAY = "may"
    MUST = "must"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a law that the clause names: "бап" or "тармақ", and its number."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One clause; every index is into ``words``.

    ``content`` are the words that carry meaning and are not told otherwise; ``negated`` those of them that
    are denied on their own («мүшесі емес адамдар»). ``negative`` and ``force`` are of the whole clause.
    """

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    content: tuple[int, ...]
    negated: frozenset[int]
    force: Force
    negative: bool
    places: tuple[Place, ...] = ()

    @property
    def predicate(self) -> int | None:
        """The word that says what is so; of a permission, the last thing that is permitted."""
        if self.force is Force.MAY:
            infinitives = [i for i in self.content if self.words[i].key.endswith(("ука", "уке"))]
            if infinitives:
                return infinitives[-1]
        return self.content[-1] if self.content else None

    def said(self, *indices: int) -> str:
        """The words from the first to the last of the indices, as written."""
        return self.text[self.words[min(indices)].start : self.words[max(indices)].end]


def words_in(text: str) -> tuple[Word, ...]:
    """The words of a text with their keys."""
    words, at = [], 0
    for found in _WORD.finditer(text):
        key = key_of(found.group())
        if key == "кезектен" and text[found.end() :].lstrip()[:3].lower() == "тыс":
            key += "тыс"  # «кезектен тыс» is the opposite of «кезекті», not a form of it
        words.append(Word(key, found.start(), found.end(), text[at : found.start()]))
        at = found.end()
    return tuple(words)


def read_clause(text: str, lexicon: Lexicon, owner: str | None = None) -> Reading:
    """:param owner: the body whose organs are meant where none is named («Төраға» in a body's own law)."""
    words = words_in(text)
    dates = find_dates(text)
    dated = frozenset(
        i for i, word in enumerate(words) if any(d.start < word.end and word.start < d.end for d in dates)
    )
    quantities = quantities_of(text, words, dated)
    counted = frozenset(i for quantity in quantities for i in quantity.words)
    force, negative, modal = _force(words, counted)
    # «он судьясын», «145 депутат»: what is counted may be an office of a body all the same
    counted = frozenset(
        i for i in counted if lexicon.head(words[i].key) is None and not lexicon.actor_at([words[i].key], 0)
    )
    mentions = mentions_of(words, lexicon, taken=dated | counted, verdict_words=modal, owner=owner)
    named = frozenset(i for mention in mentions for i in range(mention.first, mention.after))
    content, negated = [], set[int]()
    deciding = {m.after for m in mentions if m.owned and Role.DOER in m.roles and Role.OWNER in m.roles}
    deciding = {i for i in deciding if words[i].key.endswith("мен")}
    skipped = dated | counted | named | modal | _country(words, {mention.first for mention in mentions})
    for i, word in enumerate(words):
        if (
            i in skipped
            or word.key in _COPULAS
            or lexicon.is_light(word.key)
            or word.key.startswith(("полу", "пола", "полып"))
            or i in deciding
            or _is_reference(words, i)
        ):
            continue
        content.append(i)
        last = not any(j for j in range(i + 1, len(words)) if j not in modal and words[j].key not in _COPULAS)
        if (not last or force is not Force.PLAIN) and (
            is_negative(word.key) or (i + 1 < len(words) and words[i + 1].key == "емес")
        ):
            negated.add(i)
    content = [i for i in content if words[i].key != "емес"]
    bounded = tuple(map(_bound, quantities)) if negative else quantities
    if bounded != quantities:
        quantities, negative = bounded, False
    return Reading(
        text,
        words,
        mentions,
        quantities,
        dates,
        tuple(content),
        frozenset(negated),
        force,
        negative,
        places_in(words),
    )


def _bound(quantity: Quantity) -> Quantity:
    """What a denied number of times comes to: «екі реттен артық … алмайды» is twice at most."""
    if quantity.unit != "рет" and quantity.kind != "frequency":
        return quantity
    if quantity.relation in (">", "<"):
        return replace(quantity, relation="<=" if quantity.relation == ">" else ">=")
    if quantity.relation == "" and quantity.unit == "рет" and quantity.value > 1:
        return replace(quantity, relation="<=", value=quantity.value - 1)
    return quantity


def _is_reference(words: Sequence[Word], at: int) -> bool:
    """A number of an article and the word «бап» behind it."""
    if words[at].key.isdigit():
        return at + 1 < len(words) and is_place(words, at + 1)
    return is_place(words, at) and at > 0 and (words[at - 1].key.isdigit() or words[at - 1].key == "осы")


def places_in(words: Sequence[Word]) -> tuple[Place, ...]:
    kinds = {"пап": "бап", "тармак": "тармақ"}
    return tuple(
        Place(kind, one.key)
        for one, two in pairwise(words)
        for stem, kind in kinds.items()
        if one.key.isdigit() and has_stem(two.key, stem) is not None
    )


def _country(words: Sequence[Word], named: set[int]) -> frozenset[int]:
    """«Қазақстан Республикасының», «Қазақстанда»: where everything here is anyway; not as the subject."""
    found = set[int]()
    for i, word in enumerate(words):
        ending = has_stem(word.key, "казакстан")
        if ending is None:
            continue
        behind = words[i + 1].key if i + 1 < len(words) else ""
        republic = has_stem(behind, "респуплика")
        ending = republic if republic else ending
        if republic is not None:
            found.add(i + 1)
        after = i + 1 if republic is None else i + 2
        if after in named or ending.endswith(("нын", "нда", "да", "ндакы", "дакы")):
            found.add(i)
    return frozenset(found)


def _force(words: Sequence[Word], counted: frozenset[int]) -> tuple[Force, bool, frozenset[int]]:
    """Force and denial of the clause, read off its end, and the words that only carry them."""
    end = len(words)
    modal = set[int]()
    negative = False
    while end and not _permits(words, end - 1) and end - 1 not in counted:
        key = words[end - 1].key  # «емес деп танылмайды» is denied twice
        if key not in _COPULAS and key not in _NO_COPULAS and key != "емес":
            break
        negative ^= key not in _COPULAS
        end -= 1
        modal.add(end)
    if not end:
        return Force.PLAIN, negative, frozenset(modal)
    last, before = words[end - 1].key, words[end - 2].key if end > 1 else ""
    bound = any(i in counted for i in (end - 1, end))
    force = Force.PLAIN
    if last in ("кукылы", "мумкин"):
        force, marks = Force.MAY, {end - 1}
    elif last in ("пар", "жок") and has_stem(before, "кукык") is not None:
        force, marks = Force.MAY, {end - 2, end - 1}
        negative ^= last == "жок"
    elif last in ("миндетти", "тис", "керек", "кажет", "шарт") and before != "турде":
        force, marks = Force.MUST, {end - 1}
    elif last == "руксат":
        force, marks = Force.MAY, {end - 1}
    elif last.startswith(_GRANTS.get(before, "-")):
        force, marks = Force.MAY, {end - 2, end - 1}
        negative ^= (before == "тыиым") ^ (is_negative(last) or last == "жок")
    elif _permits(words, end - 1) or (
        last in ("алады", "алмаиды") and before.endswith(("а", "е", "и")) and len(before) > 2
    ):
        force, marks = Force.MAY, {end - 1}
        negative ^= is_negative(last)
    elif last == "жок":
        marks = {end - 1}
        negative = not negative
    else:
        marks = set()
        negative ^= is_negative(last) and not bound and is_verb(last)
    return force, negative, frozenset(modal | marks)


def _permits(words: Sequence[Word], at: int) -> bool:
    """«таратуға болады», «ұстауға болмайды»"""
    key = words[at].key
    if key not in ("полады", "полмаиды") or not at:
        return False
    return words[at - 1].key.endswith(("ука", "уке", "уына", "уине"))


def ends_clause(words: Sequence[Word], at: int) -> bool:
    """Whether a clause may end with the word at ``at``."""
    key = words[at].key
    if key in ("пар", "жок"):
        behind = [word.key for word in words[at + 1 : at + 3]]
        if behind == ["жане", "ол"]:
            return True
        return at > 0 and has_stem(words[at - 1].key, "кукык") is not None
    return is_finite(key) or key in ("кукылы", "миндетти", "тис", "мумкин", "емес", "жауапты", "тиесили")
