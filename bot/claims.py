"""A claim to a verdict with its proof. No Telegram, no HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from bot import kazakh
from bot.answers import Citation
from bot.citing import Citer, Clock
from bot.claim_attribution import Attribution, attribution_of
from bot.claim_evidence import Evidence
from bot.claim_judging import Finding, Judge
from bot.claim_lexicon import Lexicon
from bot.claim_outcome import Comparison
from bot.claim_quotations import Quotations, quoted_in
from bot.claim_showing import as_shown, as_typed, quote_of, whole_sentence
from bot.claim_standing import Standings
from bot.kazakh import claims as say
from bot.quoting import quote_from, verify
from bot.verdicts import Contrast, Judgement, QuotationCheck, QuotationState, Verdict
from knowledge.article_text import ArticleNote
from knowledge.catalog import Catalog
from knowledge.library import Library
from knowledge.model import Quote, Reference
from knowledge.successors import Successors
from retrieval.question_type import QuestionType
from retrieval.terms import words_of
from retrieval.transliteration import read_question

MAX_CHARS = 1500
"""A longer text is no claim; its beginning is checked."""

_SUBJECT_LAW = "law-assembly"


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
    def evidence(self) -> Evidence:
        """The clauses that claims are compared with."""
        titles = {document.id: document.short_title for document in self._catalog.documents}
        return Evidence(self._library.passages, titles, self._lexicon)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.evidence, self._standings, self._lexicon, self._clock, self._law_since)

    @cached_property
    def _quotations(self) -> Quotations:
        return Quotations(sorted(self._library.passages, key=self._standings.preference))

    def check(self, claim: str) -> Verdict:
        """:param claim: as it was typed, pasted or forwarded, in any script."""
        text = " ".join(claim.split())[:MAX_CHARS]
        if not re.search(r"\w", text):
            return Verdict(claim, Judgement.NOT_FOUND, say.EMPTY)
        whole = self._quotations.exact_statement(text)
        if whole is not None:
            return self._exact(claim, whole)
        quoted = quoted_in(text)
        if quoted is not None:
            return self._pasted(claim, text, quoted)
        return self._stated(claim, text)

    # -- quotations

    def _pasted(self, claim: str, text: str, quoted: str) -> Verdict:
        said = attribution_of(text, quoted)
        found = self._quotations.check(quoted, said.fits)
        if found.quote is None:
            return self._unproven(claim, quoted, found.check, say.QUOTATION_ABSENT)
        if found.check.state is QuotationState.EXACT and not said.fits(found.quote.passage):
            return self._elsewhere(claim, said, found.quote, found.check)
        if found.check.state is QuotationState.EXACT:
            if said.is_plain(found.quote.passage):
                return self._exact(claim, found.quote)
            return self._unproven(claim, text, found.check, say.QUOTATION_WITH_MORE)
        citations = (self._citer.cite(verify(found.quote)),)
        return self._with_today(
            Verdict(claim, Judgement.CONTRADICTED, say.QUOTATION_ALTERED, citations, quotation=found.check)
        )

    def _unproven(self, claim: str, text: str, check: QuotationCheck, lead: str) -> Verdict:
        """No quotation, or more than one: what its words state may be against a text all the same."""
        facts = self._stated(claim, text)
        if facts.judgement is Judgement.CONTRADICTED:
            return replace(facts, quotation=check)
        return Verdict(claim, Judgement.NOT_FOUND, lead, suggestions=facts.suggestions, quotation=check)

    def _elsewhere(self, claim: str, said: Attribution, quote: Quote, check: QuotationCheck) -> Verdict:
        """Word for word, but not where the claim says that it stands."""
        citation = self._citer.cite(verify(whole_sentence(quote)))
        where = Contrast(as_typed(said.text, claim), f"{citation.document.short_title}, {citation.locator}")
        verdict = Verdict(
            claim, Judgement.CONTRADICTED, say.QUOTATION_ELSEWHERE, (citation,), (where,), quotation=check
        )
        return self._with_today(verdict)

    def _exact(self, claim: str, quote: Quote) -> Verdict:
        holds = self._standings.holds(quote.passage)
        judgement = Judgement.SUPPORTED if holds else Judgement.OUTDATED
        lead = say.QUOTATION_EXACT if holds else say.QUOTATION_EXACT_THEN
        check = QuotationCheck(QuotationState.EXACT)
        shown = whole_sentence(quote)
        citations = (self._citer.cite(verify(shown)),)
        return self._with_today(Verdict(claim, judgement, lead, citations, quotation=check))

    # -- facts

    def _stated(self, claim: str, text: str) -> Verdict:
        return self._verdict(claim, self._judge.judge(read_question(text).text))

    # -- the verdict

    def _verdict(self, claim: str, finding: Finding) -> Verdict:
        if not finding.best:
            return Verdict(
                claim, Judgement.NOT_FOUND, say.NOT_FOUND, suggestions=self._nearby(finding.nearest)
            )
        quotes = dict.fromkeys(quote_of(comparison) for comparison in finding.best)
        citations = tuple(self._citer.cite(verify(quote)) for quote in quotes)
        holds = all(self._standings.holds(quote.passage) for quote in quotes)
        lead = {
            Judgement.SUPPORTED: say.SUPPORTED if holds else say.SUPPORTED_THEN,
            Judgement.OUTDATED: say.OUTDATED,
            Judgement.CONTRADICTED: say.CONTRADICTED,
        }[finding.judgement]
        contrasts = tuple(
            Contrast(as_typed(difference.claimed, claim), stated)
            for comparison in finding.best
            for difference in comparison.differences
            if (stated := as_shown(difference.stated, comparison)) is not None
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
                now = self._in_force(self._nearest_first(targets, passage.text), passage.text)
                if now:
                    return now, ()
            elif citation.standing.repeal is not None and passage.document == self._successors.document:
                row = self._successors.of(passage.article, passage.point)
                if row is not None:
                    return self._in_force(row.targets, passage.text), (row.reason,)
        return (), ()

    def _nearest_first(self, targets: Sequence[Reference], text: str) -> list[Reference]:
        """Those that speak most of what the text speaks of."""
        own = set(words_of(text))

        def shared(target: Reference) -> int:
            return max((len(own & set(words_of(p.text))) for p in self._library.find(target)), default=0)

        return sorted(targets, key=shared, reverse=True)

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
