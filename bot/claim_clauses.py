"""The held texts cut into clauses, each with what its list, its sentence and its law lend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bot.claim_deeds import deed_of
from bot.claim_lexicon import Lexicon
from bot.claim_mentions import Mention, Role
from bot.claim_reading import Reading, ends_clause, read_clause, words_in
from bot.sentences import Piece, pieces_of
from knowledge.model import Passage

PRONOUNS = frozenset("ол онын оны окан олар олардын оларды оларка онда мундаи".split())
"""Keys of the words that stand for somebody named before."""

_SEVERAL = frozenset("олар олардын оларды оларка".split())
_BREAKS = frozenset(["жане", "жене", "ал", "пирак", "ари", "сондаи"])
_ASIDE = re.compile(r"\s*\((?:бұдан әрі[^)]*|[^)\s]+)\)")
_LAW = ("зан", "конститутсиалык")
_ENUMERATING = ("пакыт", "миндет", "функтсиа", "окилетт", "кукы", "караук", "кузырет", "максат")
_SUBJECTS = frozenset([Role.DOER, Role.DONE_TO])
_PLACING = ("такаиында", "саила")
_OWNERS = {"law-assembly": "ассамблея", "law-halyk-kenesi": "халық кеңесі"}
_ORGAN_OWNERS = ("құрылтай", "мәслихат", "конституциялық сот", "жоғарғы сот", "үкімет")


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement of a text.

    ``start`` and ``end`` bound the sentence or list item in the passage. ``reading`` includes the opening
    line of a list and the verb that closes it. ``meant`` are offices named just before, which a pronoun
    («ол», «олардың») or a missing subject may stand for; ``open`` tells that more than one is possible.
    """

    passage: Passage
    start: int
    end: int
    reading: Reading
    meant: tuple[Mention, ...] = ()
    open: bool = False
    topic: frozenset[str] = frozenset()

    @property
    def quote(self) -> str:
        """The sentence or list item, letter for letter."""
        return self.passage.text[self.start : self.end]


def clauses_of(
    passages: Sequence[Passage], titles: Mapping[str, tuple[Mention, ...]], lexicon: Lexicon
) -> Iterator[Clause]:
    for _, group in groupby(passages, key=lambda p: (p.document, p.edition, p.article, p.point)):
        parts = list(group)
        owner = _owner_of(parts, lexicon)
        tail = _tail(parts)
        lead = ""
        for part in parts:
            lead = part.lead or lead
            for clause in _of_passage(part, lead, tail, owner, lexicon):
                keys = [word.key for word in clause.reading.words]
                this_law = any(one == "осы" and two.startswith(_LAW) for one, two in pairwise(keys))
                title = titles.get(part.document, ()) if this_law else ()
                yield replace(clause, meant=(*clause.meant, *title)) if title else clause
            lead = lead or _first_lead(part)


def _of_passage(
    passage: Passage, lead: str, tail: str, owner: str | None, lexicon: Lexicon
) -> Iterator[Clause]:
    before: Clause | None = None
    opened: Clause | None = None  # the first clause of the sentence before
    for piece in pieces_of(passage.text):
        text = passage.text[piece.start : piece.end]
        if piece.sub_point is None and text.endswith(":"):
            lead = text
        in_list = piece.sub_point is not None
        body = text.partition(") ")[2] if in_list and text.startswith(f"{piece.sub_point}) ") else text
        first, opening_clause = True, None
        for part in split_clauses(body):
            opening = lead.removesuffix(":") + " : " if in_list and lead else ""
            closing = f" {tail}" if in_list and tail and not _closed(part) else ""
            part = _ASIDE.sub("", part)
            reading = read_clause(f"{opening}{part.strip(' ,;.:')}{closing}", lexicon, owner)
            reading = _without_lead_doers(_with_lead_doers(reading, opening), opening)
            earlier = opened if first else before
            clause = _in_context(passage, piece, reading, earlier, same_sentence=not first)
            yield clause
            opening_clause = clause if first else opening_clause
            before, first = clause, False
        opened = opening_clause


def split_clauses(text: str) -> list[str]:
    """A sentence cut behind each verb that ends a statement and is followed by another."""
    words = words_in(text)
    parts, start = [], 0
    for i, word in enumerate(words[:-1]):
        behind = words[i + 1]
        breaks = any(sign in behind.gap for sign in ",;.") or behind.key in _BREAKS
        if (
            breaks and ends_clause(words, i) and not (word.key == "емес" and behind.key == "жане")
        ) or ";" in behind.gap:
            parts.append(text[start : word.end])
            start = word.end + len(behind.gap)
    parts.append(text[start:])
    return [part for part in parts if words_in(part)]


def _in_context(
    passage: Passage, piece: Piece, reading: Reading, before: Clause | None, *, same_sentence: bool
) -> Clause:
    several = any(word.key in _SEVERAL for word in reading.words)
    bare = _is_bare(reading)
    pronoun = any(word.key in PRONOUNS for word in reading.words)
    own_subject = any(m.roles & _SUBJECTS and not m.denied for m in reading.mentions)
    meant: tuple[Mention, ...] = ()
    topic: frozenset[str] = frozenset()
    if before is not None and (pronoun or (same_sentence and (bare or not own_subject))):
        here = {(mention.chain, mention.first) for mention in reading.mentions}
        candidates = before.reading.mentions + (before.meant if same_sentence else ())
        meant = tuple(m for m in candidates if (m.chain, m.first) not in here)
        if bare and not pronoun:
            meant = tuple(m for m in meant if m.roles == {Role.DONE_TO})
        elif not pronoun:
            meant = tuple(m for m in meant if m.roles & _SUBJECTS and Role.COMPLEMENT not in m.roles)
        elif same_sentence and not several:
            meant = _antecedents(before.reading, meant)
        if any(word.key == "оларды" for word in reading.words):
            meant = tuple(m for m in meant if m.roles == {Role.DONE_TO}) or meant
        if not same_sentence and not several:
            meant = meant[:1]  # «Ол …» opens a sentence: what the one before opened with
        reading = _with_owners(reading, before.reading)
        opening = frozenset(word.key for word in before.reading.words[:4])
        topic = before.topic if same_sentence and before.topic else opening
    open_ = not several and len({mention.chain for mention in meant}) > 1
    return Clause(passage, piece.start, piece.end, reading, meant, open_, topic)


def _is_bare(reading: Reading) -> bool:
    """«… және қайта ұйымдастырады», «… таратады»: the object is that of the clause before."""
    lead = max((i for i, word in enumerate(reading.words) if ":" in word.gap), default=0)
    own = [i for i in reading.content if i >= lead]
    return 0 < len(own) <= 2 and not any(m.first >= lead for m in reading.mentions)


def _antecedents(before: Reading, meant: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """«ол» after another clause: who was just put in office, else who acted."""
    placed = any(before.words[i].key.startswith(_PLACING) for i in before.content[-1:])
    role = Role.DONE_TO if placed else Role.DOER
    return tuple(mention for mention in meant if mention.roles == {role}) or meant


def _with_owners(reading: Reading, before: Reading) -> Reading:
    """«Хатшылығын құрады және оның басшысын тағайындайды»: whose head it is."""
    objects = [mention for mention in before.mentions if mention.roles == {Role.DONE_TO}]
    if not objects:
        return reading
    mentions = tuple(
        replace(mention, chain=(*objects[-1].chain, mention.chain[-1]))
        if mention.first and reading.words[mention.first - 1].key == "онын"
        else mention
        for mention in reading.mentions
    )
    return replace(reading, mentions=mentions)


def _with_lead_doers(reading: Reading, opening: str) -> Reading:
    """«Ассамблея қызметінің негізгі бағыттары: … көмек көрсету»: the owner of the list is who does it."""
    size = len(words_in(opening))
    if not size or not any(word.key.startswith(_ENUMERATING) for word in reading.words[:size]):
        return reading
    mentions = tuple(
        replace(m, roles=m.roles | {Role.DOER}, owned="") if m.after <= size and Role.OWNER in m.roles else m
        for m in reading.mentions
    )
    return replace(reading, mentions=mentions)


def _without_lead_doers(reading: Reading, opening: str) -> Reading:
    """«Құрылтай: … Бұл жағдайда Президент … босатады»: who opens the list does not do this."""
    size = len(words_in(opening))
    own = [m for m in reading.mentions if m.first >= size and m.roles == {Role.DOER}]
    if not any(deed_of(reading, m) == reading.predicate for m in own):
        return reading
    mentions = (replace(m, roles=m.roles - {Role.DOER}) if m.after <= size else m for m in reading.mentions)
    return replace(reading, mentions=tuple(m for m in mentions if m.roles))


def _owner_of(parts: Sequence[Passage], lexicon: Lexicon) -> str | None:
    """Whose organs a point speaks of where it does not say."""
    fixed = _OWNERS.get(parts[0].document)
    if fixed:
        return fixed
    keys = [word.key for part in parts[:1] for word in words_in(f"{part.lead} {part.text}")]
    for at in range(len(keys)):
        actor = lexicon.actor_at(keys, at)
        if actor is not None and actor.id in _ORGAN_OWNERS:
            return actor.id
    return None


def _first_lead(passage: Passage) -> str:
    line = passage.text.partition("\n")[0]
    return line if line.endswith(":") else ""


def _tail(parts: Sequence[Passage]) -> str:
    """The word that closes a list for all its items («құқылы», «табылады»)."""
    lines = parts[-1].text.split("\n")
    items = [line for line in lines if pieces_of(line) and pieces_of(line)[0].sub_point]
    if not items:
        return ""
    words = words_in(items[-1])
    last = words[-1]
    if not ends_clause(words, len(words) - 1):
        return ""
    start = words[-2] if len(words) > 1 and words[-2].key in ("жузеке", "иске") else last
    return items[-1][start.start : last.end]


def _closed(part: str) -> bool:
    words = words_in(part)
    return ends_clause(words, len(words) - 1)
