"""A claim to a verdict with its proof. No Telegram, no HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from bot import kazakh
from bot.answers import Citation
from bot.citing import Citer, Clock
from bot.claim_comparison import Comparer, Comparison, Kind
from bot.claim_evidence import Evidence, split_clauses
from bot.claim_lexicon import Lexicon
from bot.claim_quotations import Quotations, QuotationState, quoted_in
from bot.claim_reading import Reading, read_clause
from bot.claim_standing import Standings
from bot.kazakh import claims as say
from bot.quoting import WHOLE_CHARS, quote_from, verify
from bot.verdicts import Contrast, Judgement, QuotationCheck, Verdict
from knowledge.article_text import ArticleNote
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import Quote, Reference
from knowledge.successors import Successors
from retrieval.numbers import find_dates
from retrieval.question_type import QuestionType
from retrieval.terms import words_of
from retrieval.transliteration import read_question

CANDIDATES = 120
"""Clauses that a claim is compared with, a millisecond for four."""

MAX_CHARS = 1500
"""A longer text is no claim; its beginning is checked."""

_SUBJECT_LAW = "law-assembly"
_BODIES = frozenset(
    ["құрылтай", "мәслихат", "конституциялық сот", "жоғарғы сот", "үкімет", "халық кеңесі", "ассамблея"]
)


@dataclass(frozen=True, slots=True)
class _Finding:
    """What the texts say of one clause of a claim; ``best`` None: nothing."""

    judgement: Judgement
    best: tuple[Comparison, ...] = ()
    nearest: tuple[Comparison, ...] = ()


class Checker:
    """Judges claims against everything that is held. Safe to call from several threads.

    The texts are cut into clauses at the first claim, which takes a second or two. No model is needed:
    what decides is whether words, numbers and offices meet, not whether texts are alike.
    """

    def __init__(
        self,
        catalog: Catalog,
        library: Library,
        citer: Citer,
        notes: Mapping[str, ArticleNote],
        successors: Successors,
        clock: Clock,
        lexicon: Lexicon | None = None,
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._citer = citer
        self._successors = successors
        self._clock = clock
        self._lexicon = lexicon or Lexicon.load()
        self._standings = Standings(catalog, library, notes, clock)
        self._notes = notes
        self._law_since = catalog.document(_SUBJECT_LAW).in_force_from or date.min

    @cached_property
    def _evidence(self) -> Evidence:
        titles = {document.id: document.short_title for document in self._catalog.documents}
        return Evidence(self._library.passages, titles, self._lexicon)

    @cached_property
    def _comparer(self) -> Comparer:
        return Comparer(self._lexicon, self._evidence)

    @cached_property
    def _quotations(self) -> Quotations:
        return Quotations(sorted(self._library.passages, key=self._standings.preference))

    def check(self, claim: str) -> Verdict:
        """:param claim: as it was typed, pasted or forwarded, in any script."""
        text = " ".join(claim.split())[:MAX_CHARS]
        if not re.search(r"\w", text):
            return Verdict(claim, Judgement.NOT_FOUND, say.EMPTY)
        quoted = quoted_in(text)
        if quoted is not None:
            return self._pasted(claim, quoted)
        whole = self._quotations.exact_statement(text)
        if whole is not None:
            return self._exact(claim, whole)
        return self._stated(claim, text)

    # -- quotations

    def _pasted(self, claim: str, quoted: str) -> Verdict:
        found = self._quotations.check(quoted)
        if found.quote is None:
            facts = self._stated(claim, quoted)
            if facts.judgement is Judgement.CONTRADICTED:
                return replace(facts, quotation=found.check)
            return Verdict(
                claim,
                Judgement.NOT_FOUND,
                say.QUOTATION_ABSENT,
                suggestions=facts.suggestions,
                quotation=found.check,
            )
        if found.check.state is QuotationState.EXACT:
            return self._exact(claim, found.quote)
        citations = (self._citer.cite(verify(found.quote)),)
        return self._with_today(
            Verdict(claim, Judgement.CONTRADICTED, say.QUOTATION_ALTERED, citations, quotation=found.check)
        )

    def _exact(self, claim: str, quote: Quote) -> Verdict:
        holds = self._standings.holds(quote.passage)
        judgement = Judgement.SUPPORTED if holds else Judgement.OUTDATED
        lead = say.QUOTATION_EXACT if holds else say.QUOTATION_EXACT_THEN
        check = QuotationCheck(QuotationState.EXACT)
        shown = _whole_sentence(quote)
        citations = (self._citer.cite(verify(shown)),)
        return self._with_today(Verdict(claim, judgement, lead, citations, quotation=check))

    # -- facts

    def _stated(self, claim: str, text: str) -> Verdict:
        read = read_question(text).text
        past = is_past(read)
        findings = [self._find(part, past=past) for part in self._parts(read)]
        finding = _together(findings)
        frame = _time_frame(read, self._law_since, self._clock())
        if frame is not None and finding.judgement is not Judgement.SUPPORTED:
            day, bare = frame
            then = _together([self._find(part, past=True, day=day) for part in self._parts(bare)])
            if finding.judgement is Judgement.NOT_FOUND or then.judgement is Judgement.SUPPORTED:
                finding = then
        return self._verdict(claim, finding)

    def _parts(self, text: str) -> list[Reading]:
        """The statements of a claim; one without a subject takes that of the first."""
        parts = [part for sentence in re.split(r"(?<=[.!?;])\s+", text) for part in split_clauses(sentence)]
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
        text = self._evidence.spelled(text.strip(" .,;:!?"), self._lexicon)
        reading = read_clause(text, self._lexicon)
        owner = next((m.chain[0] for m in reading.mentions if m.chain[0] in _BODIES), None)
        return read_clause(text, self._lexicon, owner) if owner else reading

    def _find(self, claim: Reading, *, past: bool, day: date | None = None) -> _Finding:
        near = self._evidence.near(claim, self._lexicon, CANDIDATES)
        if day is not None:
            near = tuple(clause for clause in near if self._standings.held_on(clause.passage, day))
        compared = [self._comparer.compare(claim, clause) for clause in near]
        ranked = sorted(compared, key=lambda c: (self._standings.preference(c.clause.passage), -c.met))
        supporting = [c for c in ranked if c.supports and not self._standings.not_yet(c.clause.passage)]
        nearest = tuple(c for c in compared if c.met)
        event = bool(claim.dates) and _ended(claim)
        holding = [c for c in supporting if past or event or self._standings.holds(c.clause.passage)]
        against = [c for c in ranked if c.contradicts]
        against.sort(key=lambda c: (not c.aligned, not c.sure, -c.met))
        denied = [c for c in against if c.differences[0].kind is Kind.DENIAL and c.sure]
        if holding and not self._disputed(holding[0], denied):
            return _Finding(Judgement.SUPPORTED, tuple(holding[:1]))
        if supporting and not holding:
            return _Finding(Judgement.OUTDATED, tuple(supporting[:1]))
        if against:
            return _Finding(Judgement.CONTRADICTED, tuple(against[:1]))
        return _Finding(Judgement.NOT_FOUND, nearest=nearest)

    def _disputed(self, support: Comparison, denied: Sequence[Comparison]) -> bool:
        """Another text in force, as close to the claim, says the contrary."""
        return any(
            self._standings.holds(c.clause.passage)
            and c.met >= support.met
            and c.clause.passage != support.clause.passage
            for c in denied
        )

    # -- the verdict

    def _verdict(self, claim: str, finding: _Finding) -> Verdict:
        if not finding.best:
            return Verdict(
                claim, Judgement.NOT_FOUND, say.NOT_FOUND, suggestions=self._nearby(finding.nearest)
            )
        quotes = dict.fromkeys(_quote(comparison) for comparison in finding.best)
        citations = tuple(self._citer.cite(verify(quote)) for quote in quotes)
        holds = all(self._standings.holds(quote.passage) for quote in quotes)
        lead = {
            Judgement.SUPPORTED: say.SUPPORTED if holds else say.SUPPORTED_THEN,
            Judgement.OUTDATED: say.OUTDATED,
            Judgement.CONTRADICTED: say.CONTRADICTED,
        }[finding.judgement]
        contrasts = tuple(
            Contrast(_as_typed(difference.claimed, claim), difference.stated)
            for comparison in finding.best
            for difference in comparison.differences
        )
        return self._with_today(Verdict(claim, finding.judgement, lead, citations, contrasts))

    def _with_today(self, verdict: Verdict) -> Verdict:
        """With the warnings over what is cited, and what rules the matter now where that is gone."""
        now, reason = self._today(verdict.citations)
        notices = (*self._citer.notices(verdict.citations), *reason)
        return replace(verdict, notices=notices, now=now)

    def _today(self, citations: Sequence[Citation]) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
        for citation in citations:
            passage = citation.quote.passage
            if passage.article is None:
                note = self._notes.get(passage.id)
                targets = [over.reference for over in note.overtaken_by] if note else []
                now = self._in_force(targets, passage.text)
                if now:
                    return now, ()
            elif citation.standing.repeal is not None and passage.document == self._successors.document:
                row = self._successors.of(passage.article, passage.point)
                if row is not None:
                    return self._in_force(row.targets, passage.text), (row.reason,)
        return (), ()

    def _in_force(self, targets: Sequence[Reference], text: str) -> tuple[Citation, ...]:
        """A citation of the first of the places that is law today; a repeal is no rule of the matter."""
        ends = {document.repeal.by for document in self._catalog.documents if document.repeal}
        for target in targets:
            for found in self._library.find(target)[:1] if target not in ends else ():
                citation = self._citer.cite(verify(quote_from(found, words_of(text), QuestionType.WHAT)))
                if citation.standing.in_force:
                    return (citation,)
        return ()

    def _nearby(self, nearest: Sequence[Comparison]) -> tuple[str, ...]:
        """Two headings near the claim that can be asked about."""
        names: dict[str, None] = {}
        for comparison in nearest:
            passage = comparison.clause.passage
            if passage.article is not None:
                document = self._catalog.document(passage.document)
                names[passage.heading or kazakh.heading_of(document.short_title, passage.article)] = None
            if len(names) == 2:
                break
        return tuple(names)


def is_past(text: str) -> bool:
    """Whether a normalized claim speaks of what was («сайлайтын еді», «болған», «бұрын»)."""
    words = re.findall(r"[^\W_]+", text)
    last = words[-1] if words else ""
    former = {"бұрын", "бурын", "сол кезде", "ол кезде"}
    return (
        last in ("еді", "еди", "болған", "болган", "болды", "болатын", "екен")
        or (len(last) > 6 and last.endswith(("атын", "етін", "етин", "йтын", "йтін", "итин")))
        or any(f" {word} " in f" {' '.join(words)} " for word in former)
    )


def _time_frame(text: str, law_since: date, today: date) -> tuple[date, str] | None:
    """The last day of a past year that opens a claim («2010 жылы …»), and the claim without it."""
    years = [found for found in find_dates(text) if found.month is None and found.last_year is None]
    if len(years) != 1 or not law_since.year <= years[0].year < today.year:
        return None
    bare = " ".join((text[: years[0].start] + text[years[0].end :]).split())
    return date(years[0].year, 12, 31), bare


def _ended(claim: Reading) -> bool:
    """Whether the claim's verb tells of one thing done («қабылданды»), not of what is so."""
    key = claim.words[-1].key
    done = key.endswith(("лды", "лди", "нды", "нди", "сты", "сти", "рды", "рди"))
    return done and not key.endswith(("ады", "еди"))


def _together(findings: Sequence[_Finding]) -> _Finding:
    """A claim of several statements holds if all do, and falls with one."""
    order = (Judgement.CONTRADICTED, Judgement.NOT_FOUND, Judgement.OUTDATED, Judgement.SUPPORTED)
    judgement = min((finding.judgement for finding in findings), key=order.index)
    told = [finding for finding in findings if finding.judgement is judgement]
    told = list(findings) if judgement in (Judgement.OUTDATED, Judgement.SUPPORTED) else told
    return _Finding(
        judgement,
        tuple(comparison for finding in told for comparison in finding.best),
        tuple(comparison for finding in findings for comparison in finding.nearest),
    )


def _quote(comparison: Comparison) -> Quote:
    """The passage where it is short, else the sentence or list item; the words that answer are marked."""
    clause = comparison.clause
    whole = len(clause.passage.text) <= WHOLE_CHARS
    text = clause.passage.text if whole else clause.quote
    marked = []
    for difference in comparison.differences:
        at = text.find(difference.stated, clause.start if whole else 0)
        if at >= 0:
            marked.append((at, at + len(difference.stated)))
    return Quote(clause.passage, text, tuple(marked))


def _whole_sentence(quote: Quote) -> Quote:
    """The quotation inside its passage where that is short: words are best read with their neighbours."""
    text = quote.passage.text
    if len(text) > WHOLE_CHARS or quote.text == text:
        return quote
    at = text.index(quote.text)
    return Quote(quote.passage, text, ((at, at + len(quote.text)),))


def _as_typed(words: str, claim: str) -> str:
    """The words in the letters of the claim as it came, where they can be found there."""
    at = claim.lower().find(words.lower())
    return claim[at : at + len(words)] if at >= 0 else words
