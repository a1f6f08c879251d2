"""The curated answers: each quotation letter for letter in its place, each malformed entry named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.article_text import load_article
from knowledge.errors import FaqError, KnowledgeError
from knowledge.faq import load_faq
from knowledge.model import FaqEntry, FaqQuote, Reference

CODES = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus" / "kazakhstan-law" / "codes"
LAW_FILES = {
    ("law-assembly", "2022-02-07"): "01cb599756aab1f5f709e6e2d8d72f7d28b1a8eb/03-laws/2008/"
    "1020-ob-assamblee-naroda-kazakhstana-41901/kaz.md",
    ("law-halyk-kenesi", "2026-06-05"): "2c32c163503f1953ad36daf78b97525a4867168e/01-const-laws/2026/"
    "0605-o-kazakstan-khalyk-kenesi-226150/kaz.md",
    ("constitution-2026", "2026-03-15"): "014c45eee1fa3e559269b190abe48f09a329b843/00-constitution/kaz.md",
}
with_laws = pytest.mark.skipif(not CODES.exists(), reason="the texts of the laws are not beside the checkout")

ENTRY = """
[[entry]]
id = "size"
question = "Кеңеске неше адам кіреді?"
variants = ["Кеңесте қанша адам бар"]
answer = "Кеңеске 126 адам кіреді."
quotes = [{ document = "law-x", edition = "2026-06-05", article = "12", point = "1", text = "қырық екі" }]
"""


def folded(text: str) -> str:
    return " ".join(text.split())


def article_lines(quote: FaqQuote) -> Iterator[str]:
    """Lines between the article's anchor and the next; those of the point alone, where one is named."""
    place = quote.reference
    law = (CODES / LAW_FILES[place.document, quote.edition]).read_text(encoding="utf-8")
    _, anchor, rest = law.partition(f'<a id="st{place.article}"></a>')
    assert anchor, f"{place.document} has no article {place.article}"
    inside = place.point is None
    for line in rest.partition('<a id="st')[0].splitlines():
        if number := re.match(r"\*?(\d+(?:-\d+)?)\. ", line):
            inside = place.point in (None, number[1])
        if inside and not line.lstrip().startswith((">", "*", "#")):
            yield line


def entry_of(id: str) -> FaqEntry:
    return next(entry for entry in load_faq() if entry.id == id)


def folder_with(tmp_path: Path, *texts: str) -> Path:
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.toml").write_text(text, encoding="utf-8")
    return tmp_path


@with_laws
def test_every_quotation_of_a_law_stands_letter_for_letter_in_its_article_and_point() -> None:
    quotes = [(entry.id, quote) for entry in load_faq() for quote in entry.quotes]
    laws = [(id, quote) for id, quote in quotes if quote.reference.document != "assembly-article"]

    assert len(laws) > 200
    assert [
        id for id, quote in laws if folded(quote.text) not in folded("\n".join(article_lines(quote)))
    ] == []


@with_laws
def test_no_quotation_shows_an_editors_note_or_a_removed_provision() -> None:
    texts = [quote.text.lower() for entry in load_faq() for quote in entry.quotes]

    assert [text for text in texts if "алып тасталды" in text or "ескерту." in text] == []


def test_every_quotation_of_the_article_stands_in_the_paragraph_that_it_names() -> None:
    paragraphs = {passage.point: passage.text for passage in load_article()}
    quotes = [quote for entry in load_faq() for quote in entry.quotes]
    quotes = [quote for quote in quotes if quote.reference.document == "assembly-article"]

    assert len(quotes) == 15
    assert {(quote.edition, quote.reference.article) for quote in quotes} == {("2009-01-01", "")}
    assert [quote.text for quote in quotes if quote.text not in paragraphs[quote.reference.point]] == []


def test_all_entries_are_read_and_each_can_be_asked_in_several_ways() -> None:
    entries = load_faq()

    assert len(entries) == 173
    assert [entry.id for entry in entries if not 3 <= len(entry.variants) <= 8] == []
    assert [entry.id for entry in entries if len(entry.answer) > 240] == []


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("Ассамблеяның негізгі міндеттері қандай?", "assembly-tasks"),
        ("Ассамблея туралы заң қазір күшінде ме?", "assembly-law-in-force"),
        ("Халық Кеңесіне неше адам кіреді?", "council-size"),
        ("Ассамблея Парламентке неше депутат сайлайды?", "assembly-nine-deputies"),
    ],
)
def test_the_questions_that_are_asked_most_are_there_word_for_word(question: str, id: str) -> None:
    entry = entry_of(id)

    assert question in (entry.question, *entry.variants)


def test_the_answer_on_the_council_adds_up() -> None:
    entry = entry_of("council-size")

    assert entry.answer.startswith("Халық Кеңесіне 126 адам кіреді:")
    assert entry.quotes[0].reference == Reference("law-halyk-kenesi", "12", "1")
    assert entry.quotes[0].text.count("қырық екі адам") == 3


def test_the_repeal_is_told_only_where_the_first_proof_is_the_repealing_act() -> None:
    told = [entry for entry in load_faq() if "жойылды" in entry.answer or "жойды" in entry.answer]

    assert {entry.quotes[0].reference for entry in told} == {Reference("law-halyk-kenesi", "23", "2")}


def test_files_are_read_by_name_and_entries_by_place(tmp_path: Path) -> None:
    second = ENTRY.replace('"size"', '"second"').replace("неше адам", "кімдер").replace("қанша адам", "кім")
    third = ENTRY.replace('"size"', '"third"').replace("неше адам", "қашан").replace("қанша адам", "қалай")

    entries = load_faq(folder_with(tmp_path, ENTRY + second, third))
    assert [entry.id for entry in entries] == ["size", "second", "third"]
    assert entries[0] == FaqEntry(
        "size",
        "Кеңеске неше адам кіреді?",
        ("Кеңесте қанша адам бар",),
        "Кеңеске 126 адам кіреді.",
        (FaqQuote(Reference("law-x", "12", "1"), "2026-06-05", "қырық екі"),),
    )


def test_a_point_may_be_left_out_and_a_paragraph_stands_for_an_article(tmp_path: Path) -> None:
    whole = ENTRY.replace(', point = "1"', "")
    paragraph = (
        whole.replace('article = "12"', 'paragraph = "7"').replace("size", "p").replace("еңес", "ұрылтай")
    )

    first, second = load_faq(folder_with(tmp_path, whole, paragraph))
    assert first.quotes[0].reference == Reference("law-x", "12", None)
    assert second.quotes[0].reference == Reference("law-x", "", "7")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "size"', "", "entry 1: id must be a text"),
        ('id = "size"', 'id = "The Size"', "entry 1: id 'The Size' is not a slug"),
        ("кіреді?", "кіреді", "entry 'size': question must end with «?»"),
        ('["Кеңесте қанша адам бар"]', '"Кеңес"', "entry 'size': variants must be a list"),
        ("Кеңесте қанша адам бар", "Кеңеске неше адам кіреді", "entry 'size': two ways to ask are the same"),
        ("Кеңесте қанша адам бар", "How many people", "entry 'size': question and variants must be Cyrillic"),
        ("126 адам кіреді", "126 адам кipeдi", "entry 'size': answer has a Latin letter inside a word"),
        ("Кеңеске 126 адам кіреді.", "126 адам.", "entry 'size': answer has no Kazakh letter"),
        ("answer =", "anwser =", "entry 1: unknown key 'anwser'"),
        ("quotes = [{", "quotes = [] #", "entry 'size': 0 quotes, wanted 1 to 2"),
        ("қырық екі", "қырық екі" * 40, "entry 'size': a quote of 360 characters"),
        ("2026-06-05", "05.06.2026", "entry 'size': edition '05.06.2026' is not an ISO day"),
        ('article = "12"', 'article = "12-бап"', "entry 'size': article '12-бап' is not a number"),
        ('article = "12"', 'paragraph = "12"', "entry 'size': a quote has a paragraph, or an article"),
        ('document = "law-x", ', "", "entry 'size': document must be a text"),
        ('text = "', 'text = " ', "entry 'size': text must be a text without white space around it"),
        ('article = "12"', "article = 12", "entry 'size': article must be a text"),
    ],
)
def test_a_malformed_entry_is_refused_by_file_and_entry(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in ENTRY
    with pytest.raises(FaqError) as refused:
        load_faq(folder_with(tmp_path, ENTRY.replace(old, new)))

    assert str(refused.value).startswith(f"0.toml, {message}")
    assert isinstance(refused.value, KnowledgeError)


def test_an_id_belongs_to_one_entry_in_all_files(tmp_path: Path) -> None:
    with pytest.raises(FaqError, match=r"^1\.toml, entry 1: id 'size' is taken in 0\.toml$"):
        load_faq(folder_with(tmp_path, ENTRY, ENTRY.replace("еңес", "ұрылтай")))


def test_a_question_belongs_to_one_entry_whatever_its_case_and_signs(tmp_path: Path) -> None:
    again = ENTRY.replace("size", "again").replace("неше адам", "кім").replace("Кеңесте", "«КЕҢЕСТЕ»")

    with pytest.raises(FaqError, match=r"^1\.toml, entry 1: 'again' asks .* and so does 'size'$"):
        load_faq(folder_with(tmp_path, ENTRY, again))


def test_a_broken_or_foreign_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FaqError, match=r"^0\.toml: cannot be read as TOML"):
        load_faq(folder_with(tmp_path, "[[entry]"))
    with pytest.raises(FaqError, match=r"^0\.toml: only \[\[entry\]\] tables may stand at the top"):
        load_faq(folder_with(tmp_path, 'title = "x"'))


def test_a_folder_without_entries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaqError, match=r"no \*\.toml file"):
        load_faq(tmp_path)
