"""What the texts say of a claim, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.citing import Clock
from bot.claim_clauses import Clause, split_clauses
from bot.claim_comparison import Comparer
from bot.claim_evidence import Evidence
from bot.claim_lexicon import Lexicon
from bot.claim_morphology import is_finite, key_of
from bot.claim_outcome import Comparison, Kind
from bot.claim_reading import Reading, read_clause
from bot.claim_standing import Standings
from bot.verdicts import Judgement
from retrieval.numbers import find_dates

CANDIDATES = 120
"""Clauses that a statement is compared with, a millisecond for four."""

_BODIES = frozenset(
    ["құрылтай", "мәслихат", "конституциялық сот", "жоғарғы сот", "үкімет", "халық кеңесі", "ассамблея"]
)
_SENTENCE_END = re.compile(r"(?<=\w\w\w[.!?;])\s+")
_WORD = re.compile(r"[^\W_]+")
_CANDIDATE = re.compile(
    r"\b(президент|депутат|төраға)(?:т[іы][кғ]\w*|лы[қғ]\w*|\w{0,3}[кқгғ][еа]) "
    r"(?:(?:үміткер|кандидат)(?:тер|тар)?(?:дің|дың|тің|тың|ге|ке|қа)?|(?:түсу|сайлану) үшін)\b"
)
"""«Президенттікке үміткер»: who is to be elected to an office."""

_WAS = frozenset(["еді", "еди", "болған", "болган", "болды", "болатын"])
_USED_TO = ("атын", "етін", "етин", "йтын", "йтін", "итин")
_FORMERLY = (" бұрын ", " бурын ", " сол кезде ", " ол кезде ")


@dataclass(frozen=True, slots=True)
class Finding:
    """The judgement and the comparisons it rests on; ``nearest`` are clauses that share something."""

    judgement: Judgement
    best: tuple[Comparison, ...] = ()
    nearest: tuple[Comparison, ...] = ()


class Judge:
    """Compares claims with every clause that may be meant."""

    def __init__(
        self, evidence: Evidence, standings: Standings, lexicon: Lexicon, clock: Clock, law_since: date
    ) -> None:
        """:param law_since: from this day on, a past year that opens a claim names the law of that year."""
        self._evidence = evidence
        self._comparer = Comparer(lexicon, evidence)
        self._standings = standings
        self._lexicon = lexicon
        self._clock = clock
        self._law_since = law_since

    def judge(self, text: str) -> Finding:
        """:param text: normalized Kazakh in Cyrillic."""
        past = is_past(text)
        finding = _together([self._find(part, past=past) for part in self.statements(text)])
        frame = _time_frame(text, self._law_since, self._clock()) if _is_habit(text) else None
        if frame is not None and finding.judgement is not Judgement.SUPPORTED:
            day, bare = frame
            then = _together([self._find(part, past=True, day=day) for part in self.statements(bare)])
            if finding.judgement is Judgement.NOT_FOUND or then.judgement is Judgement.SUPPORTED:
                return then
        return finding

    def statements(self, text: str) -> list[Reading]:
        """The statements of a claim; one without a subject takes that of the first."""
        parts = [part for sentence in _SENTENCE_END.split(text) for part in split_clauses(sentence)]
        readings = [self._read(part) for part in parts]
        readings = [reading for reading in readings if reading.content or reading.mentions]
        if len(readings) < 2:
            return [self._read(text)]
        first = readings[0].mentions[:1]
        if not first:
            return readings
        subject = readings[0].said(first[0].first, first[0].after - 1)
        return [readings[0]] + [
            reading if reading.mentions else self._read(f"{subject} {reading.text}")
            for reading in readings[1:]
        ]

    def _read(self, text: str) -> Reading:
        """A statement whose organs («Сессиясы») belong to the body that it names."""
        text = self._evidence.spelled(text.strip(" .,;:!?"), self._lexicon)
        text = _CANDIDATE.sub(r"\1 болып сайлану үшін", text)
        reading = read_clause(text, self._lexicon)
        owner = next((m.chain[0] for m in reading.mentions if m.chain[0] in _BODIES), None)
        return read_clause(text, self._lexicon, owner) if owner else reading

    def _find(self, claim: Reading, *, past: bool, day: date | None = None) -> Finding:
        near = self._evidence.near(claim, self._lexicon, CANDIDATES)
        if day is not None:
            near = tuple(clause for clause in near if self._told_of(clause, day))
        compared = [self._comparer.compare(claim, clause) for clause in near]
        ranked = sorted(compared, key=lambda c: (self._standings.preference(c.clause.passage), -c.met))
        supporting = [c for c in ranked if c.supports and not self._standings.not_yet(c.clause.passage)]
        event = bool(claim.dates) and _is_done(claim)
        holding = [c for c in supporting if past or event or self._standings.holds(c.clause.passage)]
        against = [c for c in ranked if c.contradicts]
        if not supporting and not against:
            supporting = [
                c for c in ranked if c.supports_somebody and self._standings.holds(c.clause.passage)
            ]
            holding = supporting
        against.sort(key=lambda c: (not c.aligned, not c.sure, -c.met))
        denied = [c for c in against if c.differences[0].kind is Kind.DENIAL and c.sure]
        if holding and not self._disputed(holding[0], denied):
            return Finding(Judgement.SUPPORTED, tuple(holding[:1]))
        if supporting and not holding:
            return Finding(Judgement.OUTDATED, tuple(supporting[:1]))
        former = [c for c in ranked if c.nearly_supports and self._is_gone(c)]
        if against:
            return Finding(Judgement.CONTRADICTED, tuple(against[:1]))
        if former:
            return Finding(Judgement.OUTDATED, tuple(former[:1]))
        return Finding(Judgement.NOT_FOUND, nearest=tuple(c for c in compared if c.met))

    def _is_gone(self, compared: Comparison) -> bool:
        passage = compared.clause.passage
        return not self._standings.holds(passage) and not self._standings.not_yet(passage)

    def _told_of(self, clause: Clause, day: date) -> bool:
        """Whether the clause was so on ``day``: it dates nothing itself, and is of that time."""
        return not clause.reading.dates and self._standings.held_on(clause.passage, day)

    def _disputed(self, support: Comparison, denied: Sequence[Comparison]) -> bool:
        """Another text in force, as close to the claim, says the contrary."""
        return any(
            self._standings.holds(c.clause.passage)
            and c.met >= support.met
            and c.clause.passage != support.clause.passage
            for c in denied
        )


def is_past(text: str) -> bool:
    """Whether a normalized claim speaks of what was («сайлайтын», «болған», «бұрын»)."""
    words = _WORD.findall(text)
    last = words[-1] if words else ""
    used_to = len(last) > 6 and last.endswith(_USED_TO)
    spaced = f" {' '.join(words)} "
    return last in _WAS or used_to or any(formerly in spaced for formerly in _FORMERLY)


def _is_habit(text: str) -> bool:
    """Whether a claim tells what was or is so («сайлайтын еді», «сайлайды»), not what happened once."""
    words = [word for word in _WORD.findall(text) if word not in _WAS]
    return bool(words) and (words[-1].endswith(_USED_TO) or is_finite(key_of(words[-1])))


def _time_frame(text: str, law_since: date, today: date) -> tuple[date, str] | None:
    """The last day of a past year that a claim names («2010 жылы …»), and the claim without it."""
    years = [found for found in find_dates(text) if found.month is None and found.last_year is None]
    if len(years) != 1 or not law_since.year <= years[0].year < today.year:
        return None
    bare = " ".join((text[: years[0].start] + text[years[0].end :]).split())
    return date(years[0].year, 12, 31), bare


def _is_done(claim: Reading) -> bool:
    """Whether the verb tells of one thing done («қабылданды»), not of what is so."""
    return claim.words[-1].key.endswith(("лды", "лди", "нды", "нди", "сты", "сти", "рды", "рди"))


def _together(findings: Sequence[Finding]) -> Finding:
    """A claim of several statements holds if all do, and falls with one."""
    order = (Judgement.CONTRADICTED, Judgement.NOT_FOUND, Judgement.OUTDATED, Judgement.SUPPORTED)
    judgement = min((finding.judgement for finding in findings), key=order.index)
    whole = judgement in (Judgement.OUTDATED, Judgement.SUPPORTED)
    told = [finding for finding in findings if whole or finding.judgement is judgement]
    return Finding(
        judgement,
        tuple(comparison for finding in told for comparison in finding.best),
        tuple(comparison for finding in findings for comparison in finding.nearest),
    )
