"""Claims that the texts state, deny, state otherwise, or say nothing of."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kazakh import claims as say
from bot.verdicts import Contrast, Judgement
from tests.bot.claims_case import checker_on


def judged(folder: Path, claim: str) -> Judgement:
    return checker_on(folder).check(claim).judgement


@pytest.mark.parametrize(
    "claim",
    [
        "Президент жеті жылға сайланады",
        "Президент 7 жылға сайланады",
        "prezident 7 jylga sailanady",
        "Prezident jeti jylǵa saılanady",
        "ПРЕЗИДЕНТ ЖЕТИ ЖЫЛГА САЙЛАНАДЫ!!!",
    ],
)
def test_numbers_and_scripts_do_not_matter(law_folder: Path, claim: str) -> None:
    assert judged(law_folder, claim) is Judgement.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "article"),
    [
        ("Құрылтайда 145 депутат бар", "53"),
        ("Бас Прокурор алты жылға тағайындалады", "84"),
        ("Заңдар Құрылтайда қабылданады", "56"),
        ("Астана – Қазақстанның елордасы", "2"),
        ("Бір адам тек бір рет Президент бола алады", "43"),
        ("Мәслихат депутаты болу үшін 20 жасқа толу керек", "88"),
    ],
)
def test_a_paraphrase_is_met_where_it_is_said(law_folder: Path, claim: str, article: str) -> None:
    verdict = checker_on(law_folder).check(claim)
    assert verdict.judgement is Judgement.SUPPORTED
    assert (verdict.citations[0].document.id, verdict.citations[0].quote.passage.article) == (
        "constitution-2026",
        article,
    )


@pytest.mark.parametrize(
    ("claim", "claimed", "stated"),
    [
        ("Президент бес жыл мерзімге сайланады", "бес жыл", "жеті жыл"),
        ("Құрылтай 107 депутаттан тұрады", "107 депутаттан", "бір жүз қырық бес депутаттан"),
        ("Қазақстан – парламенттік республика", "парламенттік", "президенттік"),
        ("Қазақстанның елордасы – Павлодар", "Павлодар", "Астана қаласы"),
        ("Қазақстанның ұлттық валютасы – доллар", "доллар", "теңге"),
        ("Бас Прокурорды Үкімет тағайындайды", "Үкімет", "Қазақстан Республикасының Президенті"),
        ("Цензураға рұқсат етіледі", "рұқсат етіледі", "тыйым салынады"),
        (
            "Халық Кеңесінің Төрағасы ашық дауыс беру арқылы сайланады",
            "ашық",
            "жасырын",
        ),
        (
            "Халық Кеңесінің мүшелері әдеп нормаларын сақтауға міндетті емес",
            "міндетті емес",
            "сақтауға міндетті",
        ),
    ],
)
def test_a_contradiction_shows_both_values(law_folder: Path, claim: str, claimed: str, stated: str) -> None:
    verdict = checker_on(law_folder).check(claim)
    assert (verdict.judgement, verdict.lead) == (Judgement.CONTRADICTED, say.CONTRADICTED)
    assert verdict.contrasts == (Contrast(claimed, stated),)
    assert stated in verdict.citations[0].quote.text or verdict.citations[0].quote.passage.lead


def test_the_stated_value_is_marked_in_the_quotation(law_folder: Path) -> None:
    quote = checker_on(law_folder).check("Президент бес жыл мерзімге сайланады").citations[0].quote
    assert [quote.text[start:end] for start, end in quote.emphasis] == ["жеті жыл"]


@pytest.mark.parametrize(
    "claim",
    [
        "Халық Кеңесінің мүшелері айлық жалақы алады",
        "Мемлекеттік Ту көк түсті",
        "Вице-Президент бес жылға тағайындалады",
        "Конституцияны бес жүз адам жазды",
        "Президент",
        "7 жылға сайланады",
        "Биткоин бағамы өсті",
    ],
)
def test_what_no_text_says_or_denies_is_not_found(law_folder: Path, claim: str) -> None:
    verdict = checker_on(law_folder).check(claim)
    assert (verdict.judgement, verdict.citations) == (Judgement.NOT_FOUND, ())


def test_near_headings_are_offered_where_nothing_is_found(law_folder: Path) -> None:
    verdict = checker_on(law_folder).check("Халық Кеңесінің Төрағасына пәтер беріледі")
    assert verdict.judgement is Judgement.NOT_FOUND
    assert len(verdict.suggestions) == 2


def test_a_named_article_must_be_the_one_that_says_it(law_folder: Path) -> None:
    assert judged(law_folder, "Конституцияның 43-бабы бойынша Президент жеті жылға сайланады") is (
        Judgement.SUPPORTED
    )
    assert judged(law_folder, "Конституцияның 44-бабы бойынша Президент жеті жылға сайланады") is not (
        Judgement.SUPPORTED
    )


def test_every_statement_of_a_claim_must_hold(law_folder: Path) -> None:
    right = "Судья тәуелсіз болады және Конституция мен заңға ғана бағынады"
    assert judged(law_folder, right) is Judgement.SUPPORTED
    half = "Президент жеті жылға сайланады. Құрылтай 107 депутаттан тұрады."
    assert judged(law_folder, half) is Judgement.CONTRADICTED
    unknown = "Президент жеті жылға сайланады. Мемлекеттік Ту көк түсті."
    assert judged(law_folder, unknown) is Judgement.NOT_FOUND


@pytest.mark.parametrize("claim", ["", "   ", "?!", "«»"])
def test_an_empty_claim_is_asked_for_politely(law_folder: Path, claim: str) -> None:
    verdict = checker_on(law_folder).check(claim)
    assert (verdict.judgement, verdict.lead) == (Judgement.NOT_FOUND, say.EMPTY)


def test_a_very_long_text_is_checked_without_fail(law_folder: Path) -> None:
    assert judged(law_folder, "Құрылтай Президент Үкімет " * 2000) is Judgement.NOT_FOUND


@pytest.mark.parametrize(
    "claim",
    [
        "Ассамблея Парламент Мәжілісінің тоғыз депутатын сайлайды",
        "Ассамблея Парламентке 9 депутат сайлайды",
    ],
)
def test_what_the_session_of_the_assembly_did_the_assembly_did(law_folder: Path, claim: str) -> None:
    verdict = checker_on(law_folder).check(claim)
    assert verdict.judgement is Judgement.OUTDATED
    assert verdict.citations[0].locator == "9-бап, 4-тармақ"


def test_the_council_acts_by_its_session_only(law_folder: Path) -> None:
    assert judged(law_folder, "Халық Кеңесі өз Төрағасын сайлайды") is Judgement.SUPPORTED
    assert judged(law_folder, "Халық Кеңесінің Хатшылығы Төрағаны сайлайды") is not Judgement.SUPPORTED


@pytest.mark.parametrize(
    "claim",
    [
        "Президенттікке үміткер Қазақстанда соңғы 15 жыл бойы тұруы тиіс",
        "Президент мемлекеттік тілді жетік меңгеруі тиіс",
        "Президент төтенше жағдай енгізеді",
        "Құрылтай депутаттары пропорционалды жүйемен сайланады",
        "Президенттің бизнеспен айналысуға құқығы жоқ",
        "Азаматтар бейбіт жиналыс өткізуге құқылы",
    ],
)
def test_everyday_words_for_what_the_constitution_says_are_met(law_folder: Path, claim: str) -> None:
    assert judged(law_folder, claim) is Judgement.SUPPORTED


def test_a_quotation_said_to_stand_elsewhere_is_contradicted_with_its_place(law_folder: Path) -> None:
    words = "«Қазақстан Республикасының ұлттық валютасы (ақша бірлігі) – теңге»"
    right = checker_on(law_folder).check(f"Конституцияның 2-бабында былай делінген: {words}")
    assert right.judgement is Judgement.SUPPORTED
    wrong = checker_on(law_folder).check(f"Конституцияның 45-бабында былай делінген: {words}")
    assert (wrong.judgement, wrong.lead) == (Judgement.CONTRADICTED, say.QUOTATION_ELSEWHERE)
    assert wrong.contrasts[0].stated.endswith("2-бап, 6-тармақ")
