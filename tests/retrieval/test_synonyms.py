"""Words as people write them are led to the words of the law, and to nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import RetrievalError
from retrieval.normalize import fold, normalize
from retrieval.synonyms import DEFAULT_PATH, Expansion, Synonyms, load_synonyms

CORPUS = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus"
TABLE = tomllib.loads(DEFAULT_PATH.read_text(encoding="utf-8"))
ENDINGS = {"kazakh": ["ы", "да", "ға"], "russian": ["а", "у"], "english": ["s"]}
SYNONYMS = load_synonyms()


def words(question: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(normalize(question)))


def targets(question: str) -> set[str]:
    return {target for expansion in SYNONYMS.expand(words(question)) for target in expansion.targets}


def small(*groups: tuple[list[str], list[str]], section: str = "kazakh") -> Synonyms:
    """A table of the given (from, to) groups, all of weight 1."""
    rows = [{"from": left, "to": right, "weight": 1} for left, right in groups]
    return Synonyms({section: rows, "endings": ENDINGS, "joining": ["мен"]})


# ---------------------------------------------------------------- the table


def test_the_table_is_as_large_as_the_everyday_language_asks() -> None:
    assert SYNONYMS.group_counts["kazakh"] >= 200
    assert SYNONYMS.group_counts["russian"] >= 150
    assert SYNONYMS.group_counts["english"] >= 110
    assert SYNONYMS.group_counts["question"] >= 10


def test_no_entry_stands_twice_in_a_section() -> None:
    for section in ("kazakh", "russian", "english", "question"):
        entries = [entry for group in TABLE[section] for entry in group["from"]]
        assert sorted(entries) == sorted(set(entries))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the law texts beside the checkout are absent")
def test_every_target_stands_in_a_real_text() -> None:
    files = [*CORPUS.rglob("kaz.md"), CORPUS / "assembly-article.txt"]
    held = {
        word[:n] for file in files for word in words(file.read_text(encoding="utf-8")) for n in range(1, 6)
    }
    missing = {
        (section, word)
        for section in ("kazakh", "russian", "english")
        for group in TABLE[section]
        for phrase in group["to"]
        for word in words(phrase)
        if word[:5] not in held
    }
    assert missing == set()


# ---------------------------------------------------------------- what the project's table knows


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Ассамблея мүшелігіне үміткерді кім ұсынады?", "кандидатура"),
        ("Халық Кеңесінің принциптері қандай?", "қағидат"),
        ("Қазақстан ЕҚЫҰ-ға қашан төраға болды?", "ОБСЕ"),
        ("Судьяның айлығы қанша?", "жалақы"),
        ("Депутаттық орыннан қалай айырылады?", "мандат"),
        ("Төрағаны жұмыстан шығара ала ма?", "өкілеттігін"),
        ("Халық Кеңесінің бастығы кім?", "төраға"),
        ("Өлтіру жазасы бар ма?", "өлім"),
        ("Адамды қамауға алуға кім рұқсат береді?", "күзетпен"),
        ("Армияға бару міндетті ме?", "әскери"),
        ("Екі азаматтық алуға бола ма?", "қос"),
        ("Көк тудың сипаттамасы қайда?", "рәміздері"),
        ("Импичмент қалай өтеді?", "кетіру"),
        ("Омбудсменді кім тағайындайды?", "уәкіл"),
        ("Парламент неше депутаттан тұрады?", "Құрылтай"),
        ("Пара алған адам мүше бола ма?", "сыбайлас"),
        ("Ассамблея қазір жұмыс істей ме?", "жойылды"),
        ("Кто утверждает состав?", "бекітеді"),
        ("Какие полномочия у председателя?", "өкілеттік"),
        ("сколько лет должно быть депутату", "жасқа"),
        ("What is the purpose of the Assembly?", "мақсаты"),
        ("Who appoints the chairman?", "төраға"),
    ],
)
def test_everyday_words_lead_to_those_of_the_law(question: str, wanted: str) -> None:
    assert words(wanted)[0] in targets(question)


def test_a_question_without_kazakh_letters_is_expanded_alike() -> None:
    expected = (Expansion("умиткерге", ("кандидатура", "кандидат"), 1.0),)
    assert SYNONYMS.expand(words("үміткерге")) == expected
    assert SYNONYMS.expand(words("умиткерге")) == expected


@pytest.mark.parametrize(
    "question", ["Шымкентте нан", "Бұл қай жерде", "құрылымы қандай", "Түстен кейін", "көк туралы", "тегіне"]
)
def test_words_that_only_look_alike_are_left_alone(question: str) -> None:
    unrelated = {"рамиздери", "меншикте", "босату", "курылды", "коинау", "толемеи"}
    assert not targets(question) & unrelated


# ---------------------------------------------------------------- matching


def test_a_stem_of_four_letters_takes_any_ending_and_a_shorter_one_only_those_listed() -> None:
    synonyms = small((["басшы"], ["төраға"]), (["ант"], ["серт"]))
    assert [e.source for e in synonyms.expand(words("басшылығымен антты антғы анты антропология"))] == [
        "басшылыгымен",
        "анты",
    ]


def test_a_stroke_closes_a_stem_and_an_exclamation_mark_allows_no_ending() -> None:
    synonyms = small((["айлық|"], ["жалақы"]), (["тегін!"], ["ақысыз"]))
    sources = [e.source for e in synonyms.expand(words("айлық айлыққа айлықда айлықсыз тегін тегіне"))]
    assert sources == ["аилык", "аилыкда", "тегин"]


def test_the_longest_phrase_wins_and_its_words_are_used_up() -> None:
    synonyms = small(
        (["жиналыс"], ["сессия"]), (["бейбіт жиналыс"], ["митинг"]), (["жиналысқа шық"], ["наразылық"])
    )
    assert synonyms.expand(words("бейбіт жиналысқа шығу")) == (
        Expansion("беибит жиналыска", ("митинг",), 1.0),
    )


def test_words_of_a_phrase_follow_one_another_and_only_the_first_is_held_to_the_endings() -> None:
    synonyms = small((["өлтіру жаза", "қамауға ал"], ["өлім"]))
    assert [e.source for e in synonyms.expand(words("қамауға алған"))] == ["камауга алган"]
    assert synonyms.expand(words("өлтіру үшін жаза")) == ()
    assert synonyms.expand(words("өлтіру")) == ()


def test_every_group_that_holds_the_entry_gives_an_expansion() -> None:
    synonyms = small((["орган"], ["мекеме"]), (["орган"], ["Төралқа"]), (["органда"], ["Кеңес"]))
    assert [e.targets for e in synonyms.expand(words("органы органдар"))] == [
        ("мекеме",),
        ("торалка",),
        ("кенес",),
    ]


def test_targets_are_single_folded_words_without_joining_ones_and_repetitions() -> None:
    synonyms = small((["татулық"], ["бірлік мен келісім", "Премьер-Министр", "келісім"]))
    assert synonyms.expand(["татулык"])[0].targets == (
        "бирлик",
        "келисим",
        "премер",
        "министр",
    )


def test_a_target_that_begins_like_the_question_s_word_is_left_out() -> None:
    synonyms = small((["айып", "айыптау"], ["айыптау", "үкім"]))
    assert synonyms.expand(words("айыптауға"))[0].targets == ("уким",)
    assert small((["сайла"], ["сайлау"])).expand(words("сайлауды")) == ()


def test_the_letter_mapping_is_the_caller_s() -> None:
    table = {"kazakh": [{"from": ["БАСШЫ"], "to": ["ТӨРАҒА"], "weight": 0.5}], "endings": ENDINGS}
    assert Synonyms(table, str.upper).expand(["БАСШЫСЫ"]) == (Expansion("БАСШЫСЫ", ("ТӨРАҒА",), 0.5),)


def test_nothing_is_asked_nothing_is_added() -> None:
    assert SYNONYMS.expand([]) == ()


@given(st.lists(st.text(max_size=12), max_size=12))
def test_expansions_stand_in_the_question_in_its_order(typed: list[str]) -> None:
    question = [word for text in typed for word in words(text)]
    rest = " ".join(question)
    for expansion in SYNONYMS.expand(question):
        assert expansion.source in rest
        assert expansion.targets
        assert 0 < expansion.weight <= 1


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ('{ from = ["а"], to = ["б"] }', "kazakh group 1 has"),
        ('{ from = [], to = ["б"], weight = 1 }', "kazakh group 1 has"),
        ('{ from = ["а"], to = ["б"], weight = 2 }', "has the weight 2, wanted a number above 0 and up to 1"),
        ('{ from = ["!"], to = ["б"], weight = 1 }', "has an entry without a word: '!'"),
    ],
)
def test_a_malformed_group_is_refused_with_its_number(tmp_path: Path, group: str, message: str) -> None:
    path = tmp_path / "synonyms.toml"
    path.write_text(f"kazakh = [{group}]\n[endings]\nkazakh = []\n", encoding="utf-8")
    with pytest.raises(RetrievalError, match=message):
        load_synonyms(path)


def test_a_file_that_is_no_table_of_synonyms_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("kazakh = [", encoding="utf-8")
    with pytest.raises(RetrievalError, match=r"mine\.toml is not valid TOML"):
        load_synonyms(path)
    path.write_text("kazakh = []", encoding="utf-8")
    with pytest.raises(RetrievalError, match=r"mine\.toml has no \[endings\] table"):
        load_synonyms(path)
