"""Claims that share almost every word with a text and are not what it says: none is supported."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.verdicts import Judgement
from tests.bot.claims_case import checker_on

TRAPS = {
    "a condition of a ban is dropped": [
        "Құрылтайды таратуға болмайды",
        "Азаматтардың сайлауға құқығы жоқ",
        "Құрылтай депутатын ұстауға болмайды",
        "Еңбекке мәжбүрлеп тартуға жол беріледі",
    ],
    "one kind stands for all": [
        "Халық Кеңесінің Сессиясын Президент шақырады",
        "Судьялар сегіз жылға тағайындалады",
        "Құрылтайдың сессиясын Президент шақырады",
    ],
    "another one does it": [
        "Премьер-Министрді Құрылтай тағайындайды",
        "Мәслихаттың өкілеттігін Құрылтай мерзімінен бұрын тоқтатады",
        "Халық Кеңесінің Төрағасы кандидатураларды ұсынады",
        "Үкімет Үкіметке сенімсіздік вотумын білдіруге құқылы",
        "Президент Құрылтай алдында жауапты",
        "Президенттің өкілеттік мерзімі ішінде Президент Конституциялық Сот судьясы болады",
    ],
    "who does it and to whom change places": [
        "Премьер-Министр Президентті тағайындайды",
        "Құрылтай Президентті сайлайды",
        "Құрылтай Президенттің келісімімен Вице-Президентті тағайындайды",
    ],
    "the number is another one's": [
        "Құрылтай депутаттарының өкілеттік мерзімі – 8 жыл",
        "Орталық сайлау комиссиясының мүшелері сегіз жылға тағайындалады",
        "Президент болу үшін мемлекеттік қызметте он бес жыл жұмыс істеу керек",
    ],
    "the bound is another": [
        "Бір адам бір реттен артық Президент бола алады",
        "Бір адам екі реттен артық Халық Кеңесінің Төрағасы болып сайлана алады",
        "Халық Кеңесінің Сессиясы жылына көп дегенде бір рет шақырылады",
        "Сессия шешіміне мүшелердің жартысынан азы дауыс берсе, ол қабылданады",
    ],
    "a denial inside": [
        "Ассамблея – заңды тұлға",
        "Ассамблея заңды тұлға түрінде құрылады",
        "Хатшылық басшысы Халық Кеңесінің мүшесі адамдар арасынан тағайындалады",
        "Заңдардың кері күші болады",
        "Азаматтарға мемлекеттік қызметке кіруге тең емес құқық берілген",
        "Этносаралық татулықты бұзатын әрекет конституциялық емес деп танылмайды",
    ],
    "words of another matter": [
        "Қазақстанның мемлекеттік тілі – орыс тілі",
        "Сайлауға қатысу міндетті",
        "Астана өкілеттігін тоқтатады",
        "Олар сегіз жылға тағайындалады",
    ],
    "who acts and towards whom change places": [
        "Құрылтай заңдардың Конституцияға сәйкестігін қарайды",
        "Конституция Үкімет қаулыларына қайшы келмеуге тиіс",
        "Заңдар Құрылтай қаулыларына қайшы келмеуге тиіс",
        "Халық Президентке ант береді",
        "Жоғары тұрған прокурорлар төмен тұрған прокурорларға бағынады",
        "Ата-ана еңбекке қабілетті балаларына қамқорлық жасауға міндетті",
        "Мемлекеттік ұйымдарда қазақ тілі орыс тілімен қатар ресми түрде қолданылады",
    ],
    "another clause of the sentence has the subject": [
        "Президент заңдарды қабылдайды",
        "Құрылтай заңға қол қояды",
        "Құрылтай Үкімет мүшелерін лауазымынан босатады",
        "Президент Құрылтайды лауазымынан босатады",
        "Премьер-Министр соғыс жағдайын енгізеді",
        "Үкімет сенімсіздік вотумын білдіруге құқылы",
        "Құрылтай Төрағасы Құрылтайды сайлайды",
    ],
    "one kind of session or election for the other": [
        "Құрылтайдың кезектен тыс сессиясы жылына бір рет өткізіледі",
        "Құрылтай депутаттарының кезекті сайлауы Құрылтайдың өкілеттігі мерзімінен бұрын тоқтатылған күннен "
        "бастап екі ай ішінде өткізіледі",
        "Бір азамат бір ғана емес мәслихаттың депутаты бола алады",
    ],
    "another organ of the body": [
        "Ассамблея Кеңесі Мәжілістің тоғыз депутатын сайлайды",
        "Халық Кеңесінің Төралқасы Халық Кеңесінің Төрағасын сайлайды",
        "Халық Кеңесінің Хатшылығы Құрылтайға заң жобаларын енгізеді",
    ],
    "words around a true quotation": [
        "Премьер-Министр: «Қазақстан Республикасының ұлттық валютасы (ақша бірлігі) – теңге»",
        "«Қазақстан Республикасының ұлттық валютасы (ақша бірлігі) – теңге» деген дұрыс емес",
        "Құрылтайда «Ешкімнің өз бетімен адам өмірін қиюға құқығы жоқ» деген ереже жойылды",
    ],
    "the year is another": [
        "Ассамблея конституциялық мәртебеге 2010 жылы ие болды",
        "2010 жылы Ассамблея құрылды",
    ],
}


@pytest.mark.parametrize("claim", [claim for claims in TRAPS.values() for claim in claims])
def test_a_trap_is_not_supported(law_folder: Path, claim: str) -> None:
    assert checker_on(law_folder).check(claim).judgement is not Judgement.SUPPORTED


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("құқығы жоқ", "құқығы бар"),
        ("болмайды", "болады"),
        ("жол берілмейді", "жол беріледі"),
        ("тыйым салынады", "рұқсат етіледі"),
        ("алмайды", "алады"),
        ("міндетті емес", "міндетті"),
    ],
)
def test_no_sentence_of_the_constitution_survives_its_own_denial(
    law_folder: Path, said: str, instead: str
) -> None:
    checker = checker_on(law_folder)
    sentences = [
        clause.quote
        for clause in checker.evidence.clauses
        if clause.passage.document == "constitution-2026" and f" {said}." in clause.quote
    ]
    turned = [sentence.replace(f" {said}.", f" {instead}.") for sentence in sentences]
    assert turned
    assert [s for s in turned if checker.check(s).judgement is Judgement.SUPPORTED] == []


def test_no_number_of_the_constitution_survives_being_changed(law_folder: Path) -> None:
    checker = checker_on(law_folder)
    numbers = {"бес": "тоғыз", "алты": "он", "жеті": "үш", "сегіз": "төрт", "үштен екісі": "бестен екісі"}
    changed = [
        clause.quote.replace(f" {number} ", f" {other} ", 1)
        for clause in checker.evidence.clauses
        if clause.passage.document == "constitution-2026" and len(clause.quote) < 250
        for number, other in numbers.items()
        if f" {number} " in clause.quote
    ]
    assert len(changed) > 10
    assert [s for s in changed if checker.check(s).judgement is Judgement.SUPPORTED] == []
