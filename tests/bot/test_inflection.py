"""Case endings: every case, both harmonies, every last sound."""

from __future__ import annotations

import pytest

from bot.inflection import Case, inflected, is_possessed, split_case

_CASES = tuple(Case)[1:]

# nominative: genitive, dative, accusative, locative, ablative, instrumental
_DECLENSIONS = """
    Ассамблея: Ассамблеяның Ассамблеяға Ассамблеяны Ассамблеяда Ассамблеядан Ассамблеямен
    Кеңес: Кеңестің Кеңеске Кеңесті Кеңесте Кеңестен Кеңеспен
    Кеңесі: Кеңесінің Кеңесіне Кеңесін Кеңесінде Кеңесінен Кеңесімен
    Хатшылығы: Хатшылығының Хатшылығына Хатшылығын Хатшылығында Хатшылығынан Хатшылығымен
    мүшелері: мүшелерінің мүшелеріне мүшелерін мүшелерінде мүшелерінен мүшелерімен
    заң: заңның заңға заңды заңда заңнан заңмен
    сөз: сөздің сөзге сөзді сөзде сөзден сөзбен
    Президент: Президенттің Президентке Президентті Президентте Президенттен Президентпен
    Прокурор: Прокурордың Прокурорға Прокурорды Прокурорда Прокурордан Прокурормен
    әкім: әкімнің әкімге әкімді әкімде әкімнен әкіммен
    сот: соттың сотқа сотты сотта соттан сотпен
    Құрылтай: Құрылтайдың Құрылтайға Құрылтайды Құрылтайда Құрылтайдан Құрылтаймен
    сайлау: сайлаудың сайлауға сайлауды сайлауда сайлаудан сайлаумен
    төраға: төрағаның төрағаға төрағаны төрағада төрағадан төрағамен
    министр: министрдің министрге министрді министрде министрден министрмен
"""


def _rows() -> list[tuple[str, Case, str]]:
    rows = []
    for line in _DECLENSIONS.strip().splitlines():
        word, _, forms = line.strip().partition(": ")
        rows += [(word, case, form) for case, form in zip(_CASES, forms.split(), strict=True)]
    return rows


@pytest.mark.parametrize(("word", "case", "form"), _rows())
def test_a_noun_takes_the_ending_of_its_harmony_and_last_sound(word: str, case: Case, form: str) -> None:
    assert inflected(word, case) == form


@pytest.mark.parametrize(("word", "case", "form"), _rows())
def test_the_ending_comes_off_again(word: str, case: Case, form: str) -> None:
    assert split_case(form) == (word, case)


@pytest.mark.parametrize(
    "word",
    "Ассамблея Төралқа төраға Қазақстан Парламенті депутаты Сессиясы Хатшылығы мақсаты гимні астана "
    "Мәслихат Құрылтай орын жиын мерзімі шарты Конституция қызметі".split(),
)
def test_a_word_that_only_looks_inflected_is_left_whole(word: str) -> None:
    assert split_case(word) == (word, Case.NOMINATIVE)


@pytest.mark.parametrize(("word", "form"), [("ҚХА", "ҚХА-ның"), ("БАҚ", "БАҚ-тың")])
def test_an_acronym_takes_its_ending_after_a_hyphen(word: str, form: str) -> None:
    assert inflected(word, Case.GENITIVE) == form
    assert split_case(form) == (word, Case.GENITIVE)


@pytest.mark.parametrize("word", ["хатшы", "бұрынғы", "негізгі", "қалалы", "елші", "ұйым"])
def test_agents_and_adjectives_are_not_possessed(word: str) -> None:
    assert not is_possessed(word)


@pytest.mark.parametrize("word", ["", "2009", "–", "ь"])
def test_what_is_no_word_is_left_alone(word: str) -> None:
    assert split_case(word) == (word, Case.NOMINATIVE)
