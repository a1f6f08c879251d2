"""Both halves of the claim set, and the development claims, on the real texts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from bot.verdicts import Judgement, Verdict
from tests.bot.claims_case import ClaimRow, checker_on, read_claims
from tests.real import EVAL

DEV = EVAL / "dev.jsonl"


def checked(folder: Path, rows: Iterable[ClaimRow]) -> list[tuple[ClaimRow, Verdict]]:
    return [(row, verdict_on(folder, row.claim)) for row in rows]


@cache
def verdict_on(folder: Path, claim: str) -> Verdict:
    """Each claim is judged once for all tests here."""
    return checker_on(folder).check(claim)


def wrongly_supported(results: Iterable[tuple[ClaimRow, Verdict]]) -> list[str]:
    return [
        row.claim
        for row, verdict in results
        if verdict.judgement is Judgement.SUPPORTED and row.verdict != "supported"
    ]


def share_right(results: list[tuple[ClaimRow, Verdict]]) -> float:
    return sum(verdict.judgement == row.verdict for row, verdict in results) / len(results)


@pytest.mark.parametrize("held_out", [False, True], ids=["fitted", "held out"])
def test_no_claim_of_either_half_is_wrongly_supported(law_folder: Path, held_out: bool) -> None:
    rows = [row for row in read_claims() if row.held_out is held_out]
    assert wrongly_supported(checked(law_folder, rows)) == []


@pytest.mark.parametrize("held_out", [False, True], ids=["fitted", "held out"])
def test_four_verdicts_in_five_are_right_on_either_half(law_folder: Path, held_out: bool) -> None:
    rows = [row for row in read_claims() if row.held_out is held_out]
    assert share_right(checked(law_folder, rows)) >= 0.8


def test_a_right_verdict_cites_a_document_that_decides_the_claim(law_folder: Path) -> None:
    rows = [row for row in read_claims() if not row.held_out]
    astray = [
        row.claim
        for row, verdict in checked(law_folder, rows)
        if verdict.judgement == row.verdict
        and verdict.citations
        and verdict.citations[0].document.id not in row.documents
    ]
    assert astray == []


def test_a_verdict_has_a_quotation_unless_nothing_was_found(law_folder: Path) -> None:
    for _, verdict in checked(law_folder, read_claims()):
        assert bool(verdict.citations) is (verdict.judgement is not Judgement.NOT_FOUND)
        for citation in (*verdict.citations, *verdict.now):
            assert citation.quote.text in citation.quote.passage.text


def test_what_a_document_is_said_to_say_instead_stands_in_it_letter_for_letter(law_folder: Path) -> None:
    for _, verdict in checked(law_folder, read_claims()):
        passages = [citation.quote.passage for citation in verdict.citations]
        for contrast in verdict.contrasts if verdict.quotation is None else ():
            assert any(contrast.stated in text for p in passages for text in (p.text, p.lead)), verdict.claim


@pytest.mark.skipif(not DEV.is_file(), reason="the development set is not beside the checkout")
def test_the_development_claims_are_judged_rightly(law_folder: Path) -> None:
    results = checked(law_folder, read_claims(DEV))
    assert [verdict.judgement.value for _, verdict in results] == [row.verdict for row, _ in results]
