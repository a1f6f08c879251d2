"""The Constitution changed by machine, and short claims about offices: nothing false is supported."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from bot.verdicts import Judgement
from tests.bot.claim_mutations import KINDS, sentences_of
from tests.bot.claims_case import checker_on

SAMPLE = 25
"""So many changed sentences of a kind are checked; ``tests.benchmarks.claim_mutations`` takes all."""

LONGEST_CHARS = 300

OFFICES = ("Құрылтай", "Үкімет", "Премьер-Министр", "Вице-Президент", "Жоғарғы Сот")
DEEDS_OF_THE_PRESIDENT = (
    "соғыс жағдайын енгізеді",
    "кешірім беруді жүзеге асырады",
    "Бас Прокурорды тағайындайды",
    "Құрылтайдың кезектен тыс сессиясын шақырады",
)


@pytest.mark.parametrize("kind", KINDS)
def test_no_changed_sentence_of_the_constitution_is_supported(law_folder: Path, kind: str) -> None:
    checker = checker_on(law_folder)
    sentences = sentences_of(checker.evidence.clauses, "constitution-2026")
    short = [sentence for sentence in sentences if len(sentence) < LONGEST_CHARS]
    made = [mutation for sentence in short for mutation in KINDS[kind](sentence)]
    sample = made[:: max(len(made) // SAMPLE, 1)]
    assert len(sample) >= SAMPLE
    assert [m for m in sample if checker.check(m.text).judgement is Judgement.SUPPORTED] == []


def test_what_the_president_does_nobody_else_is_said_to_do(law_folder: Path) -> None:
    checker = checker_on(law_folder)
    claims = [f"{office} {deed}" for office, deed in product(OFFICES, DEEDS_OF_THE_PRESIDENT)]
    judged = {claim: checker.check(claim).judgement for claim in claims}
    assert {claim for claim, judgement in judged.items() if judgement is Judgement.SUPPORTED} == set()
    for deed in DEEDS_OF_THE_PRESIDENT:
        assert checker.check(f"Президент {deed}").judgement is Judgement.SUPPORTED
