"""The held texts cut into clauses that claims are compared with, and those of them that a claim may be about."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from rapidfuzz.distance import Levenshtein

from bot.claim_lexicon import Lexicon
from bot.claim_mentions import Mention, Role
from bot.claim_morphology import same_word
from bot.claim_quantities import Word
from bot.claim_reading import Reading, ends_clause, read_clause, words_in
from bot.sentences import Piece, pieces_of
from knowledge.model import Passage

_STEM = 4
"""Words that begin alike in this many letters are looked up together; the more letters, the better."""

_STEMS = (4, 7, 11)

_TYPO_FROM = 6  # letters; a shorter word is too near to others
_BREAKS = frozenset(["жане", "ал", "пирак", "ари", "сондаи"])
PRONOUNS = frozenset("ол онын оны окан олар олардын оларды оларка онда мундаи".split())
_ASIDE = re.compile(r"\s*\(бұдан әрі[^)]*\)")
_SEVERAL = frozenset("олар олардын оларды оларка".split())
_LAW = ("зан", "конститутсиалык")
_ENUMERATING = ("пакыт", "миндет", "функтсиа", "окилетт", "кукы", "караук", "кузырет", "максат")
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


class Evidence:
    """Every clause of the held texts, found by the words of a claim without any model."""

    def __init__(self, passages: Iterable[Passage], titles: Mapping[str, str], lexicon: Lexicon) -> None:
        """:param passages: those that may be quoted; parts of one point one after another.

        :param titles: by document; «осы Заң» in a text stands for its title.
        """
        named = {id: read_clause(title, lexicon).mentions for id, title in titles.items()}
        self.clauses = tuple(_clauses(tuple(passages), named, lexicon))
        self._rows: dict[str, list[int]] = defaultdict(list)
        for row, clause in enumerate(self.clauses):
            numbers = _numbers(clause.reading)
            for stem in (
                numbers
                | _stems(clause.reading.words)
                | {key[:_STEM] for key in clause.topic}
                | _named(clause)
            ):
                self._rows[stem].append(row)
        self._deeds = frozenset(deed for clause in self.clauses for deed in _deeds(clause))
        self._vocabulary: dict[str, set[str]] = defaultdict(set)
        for clause in self.clauses:
            for word in clause.reading.words:
                self._vocabulary[word.key[:2]].add(word.key)

    def spelled(self, text: str, lexicon: Lexicon) -> str:
        """The text with long unknown words that differ from one known word by a slip put right."""
        parts, last = [], 0
        for word in words_in(text):
            meant = self._meant(word.key, lexicon)
            if meant != word.key:
                parts += [text[last : word.start], meant]
                last = word.end
        return "".join([*parts, text[last:]])

    def _meant(self, key: str, lexicon: Lexicon) -> str:
        if len(key) < _TYPO_FROM or key.isdigit() or lexicon.knows(key):
            return key
        kin = self._vocabulary.get(key[:2], ())
        if any(same_word(key, known) for known in kin):
            return key
        slips = 1 if len(key) < 2 * _TYPO_FROM else 2
        close = {known for known in kin if 0 < Levenshtein.distance(key, known, score_cutoff=slips) <= slips}
        nearest = sorted(close, key=lambda known: (Levenshtein.distance(key, known), known))
        one_word = nearest and all(same_word(nearest[0], known) for known in nearest)
        return nearest[0] if one_word else key

    def is_done(self, verb: str, mention: Mention, document: str) -> bool:
        """Whether the document says of the office that this («сайланады», «тағайындалады») is done to it."""
        return any(
            (document, chain, verb[:_STEM]) in self._deeds for chain in (mention.chain, mention.chain[-1:])
        )

    def near(self, claim: Reading, lexicon: Lexicon, limit: int) -> tuple[Clause, ...]:
        """The clauses that share most with a claim, by the rarity of what is shared (BM25's idf)."""
        scores: Counter[int] = Counter()
        stems = _stems(claim.words)
        for i in claim.content:
            stems |= {stem[:_STEM] for stem in lexicon.relatives(claim.words[i].key)}
        stems |= _numbers(claim)
        for stem in stems | {f"@{mention.chain[-1]}" for mention in claim.mentions}:
            rows = self._rows.get(stem, ())
            weight = math.log(1 + (len(self.clauses) - len(rows) + 0.5) / (len(rows) + 0.5))
            weight *= 2 if stem[0] == "#" else 1  # a number of the same kind is what a claim turns on
            for row in rows:
                scores[row] += weight  # type: ignore[assignment]
        # a short clause that shares as much says it more plainly
        size = {row: (8 + len(self.clauses[row].reading.words)) ** 0.5 for row in scores}
        best = sorted(scores, key=lambda row: (-scores[row] / size[row], row))[:limit]
        return tuple(self.clauses[row] for row in best)


def _deeds(clause: Clause) -> Iterator[tuple[str, tuple[str, ...], str]]:
    if clause.reading.content and not clause.reading.negative:
        verb = clause.reading.words[clause.reading.content[-1]].key
        for mention in clause.reading.mentions:
            if Role.DONE_TO in mention.roles:
                yield clause.passage.document, mention.chain, verb[:_STEM]


def _stems(words: Iterable[Word]) -> set[str]:
    return {word.key[:size] for word in words for size in _STEMS}


def _numbers(reading: Reading) -> set[str]:
    return {f"#{q.kind}" if q.kind != "count" else f"#{q.unit[:_STEM]}" for q in reading.quantities}


def _named(clause: Clause) -> set[str]:
    return {f"@{mention.chain[-1]}" for mention in (*clause.reading.mentions, *clause.meant)}


def _clauses(
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
            reading = _with_lead_doers(reading, opening)
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
    pronoun = any(word.key in PRONOUNS for word in reading.words)
    own_subject = any(m.roles & {Role.DOER, Role.DONE_TO} for m in reading.mentions)
    meant: tuple[Mention, ...] = ()
    topic: frozenset[str] = frozenset()
    if before is not None and (pronoun or (same_sentence and not own_subject)):
        here = {(mention.chain, mention.first) for mention in reading.mentions}
        candidates = before.reading.mentions + (before.meant if same_sentence else ())
        meant = tuple(m for m in candidates if (m.chain, m.first) not in here)
        if not pronoun:
            meant = tuple(m for m in meant if m.roles & {Role.DOER, Role.DONE_TO})
        if not same_sentence and not several:
            meant = meant[:1]  # «Ол …» opens a sentence: what the one before opened with
        opening = frozenset(word.key for word in before.reading.words[:4])
        topic = before.topic if same_sentence and before.topic else opening
    open_ = not several and len({mention.chain for mention in meant}) > 1
    return Clause(passage, piece.start, piece.end, reading, meant, open_, topic)


def _with_lead_doers(reading: Reading, opening: str) -> Reading:
    """«Ассамблея қызметінің негізгі бағыттары: … көмек көрсету»: the owner of the list is who does it."""
    size = len(words_in(opening))
    if not size or not any(word.key.startswith(_ENUMERATING) for word in reading.words[:size]):
        return reading
    mentions = tuple(
        replace(m, roles=m.roles | {Role.DOER}) if m.after <= size and Role.OWNER in m.roles else m
        for m in reading.mentions
    )
    return replace(reading, mentions=mentions)


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
