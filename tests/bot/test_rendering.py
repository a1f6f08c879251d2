"""The three forms of a reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import kazakh
from bot.answers import Answer, NoAnswer, SmallTalk, Standing
from bot.quoting import UnprovenQuote
from bot.rendering import to_html, to_json, to_text
from bot.source_lines import source_status
from tests.bot.samples import ANSWER, NEW_SENTENCE, NOT_LAW, NOTICE, OLD_SENTENCE, SOURCE, cite, cite_new
from tests.telegram_html import parse, utf16_length

LONG_POINT = " ".join(f"Бұл – {number} сөйлем, ол өз алдына тұр." for number in range(200))


def test_an_answer_is_a_bold_lead_a_folded_quotation_its_source_the_notice_and_the_law_of_today() -> None:
    assert to_html(ANSWER) == (
        "<b>Ассамблеяның қызметі бірлікке негізделген.</b>\n\n"
        "<blockquote expandable>«Ассамблеяның қызметі «<b>бірлік</b>» қағидатына негізделеді.»</blockquote>\n"
        '— <a href="https://zan.gov.kz/client/#!/doc/41901/kaz?a=1&amp;b=2">Ассамблея туралы заң</a>, '
        "9-бап, 2-тармақ\n"
        "<i>2022 жылғы 7 ақпандағы редакция · 2026 жылғы 1 шілдеде күші жойылған</i>\n\n"
        f"⚠️ {NOTICE}\n\n"
        "<b>Қазір:</b>\n\n"
        f"<blockquote expandable>«{NEW_SENTENCE}»</blockquote>\n"
        '— <a href="https://zan.gov.kz/client/#!/doc/226150/kaz">Халық Кеңесі туралы заң</a>, '
        "1-бап, 1-тармақ\n"
        "<i>2026 жылғы 5 маусымдағы редакция · күшінде</i>"
    )


def test_an_answer_in_the_terminal_reads_without_markup() -> None:
    assert to_text(replace(ANSWER, suggestions=("Ал мүшелері ше?",))) == (
        "Ассамблеяның қызметі бірлікке негізделген.\n\n"
        f"«{OLD_SENTENCE}»\n"
        "— Ассамблея туралы заң, 9-бап, 2-тармақ\n"
        "  2022 жылғы 7 ақпандағы редакция · 2026 жылғы 1 шілдеде күші жойылған\n"
        "  https://zan.gov.kz/client/#!/doc/41901/kaz?a=1&b=2\n\n"
        f"{NOTICE}\n\n"
        "Қазір:\n\n"
        f"«{NEW_SENTENCE}»\n"
        "— Халық Кеңесі туралы заң, 1-бап, 1-тармақ\n"
        "  2026 жылғы 5 маусымдағы редакция · күшінде\n"
        "  https://zan.gov.kz/client/#!/doc/226150/kaz\n\n"
        "Мынаны сұрап көріңіз:\n• Ал мүшелері ше?"
    )


def test_the_json_of_an_answer_holds_the_contract_and_no_other_key() -> None:
    assert to_json(ANSWER, id="x", elapsed_ms=21.44) == {
        "id": "x",
        "question": "Ассамблея неге негізделеді?",
        "status": "answered",
        "text": to_text(ANSWER),
        "citations": [
            {
                "document": "law-assembly",
                "edition": "2022-02-07",
                "article": "9",
                "locator": "9-бап, 2-тармақ",
                "quote": OLD_SENTENCE,
                "title": "Қазақстан халқы Ассамблеясы туралы",
                "url": "https://zan.gov.kz/client/#!/doc/41901/kaz?a=1&b=2",
                "in_force": False,
            },
            {
                "document": "law-halyk-kenesi",
                "edition": "2026-06-05",
                "article": "1",
                "locator": "1-бап, 1-тармақ",
                "quote": NEW_SENTENCE,
                "title": "Қазақстан Халық Кеңесі туралы",
                "url": "https://zan.gov.kz/client/#!/doc/226150/kaz",
                "in_force": True,
            },
        ],
        "notices": [NOTICE],
        "suggestions": [],
        "elapsed_ms": 21.4,
    }


def test_the_json_of_a_refusal_and_of_small_talk_has_the_same_keys() -> None:
    refusal = to_json(NoAnswer("Ауа райы?", "Білмеймін.", ("Мүшелері кім?",)), id="1", elapsed_ms=1)
    talk = to_json(SmallTalk("Сәлем", "Сәлеметсіз бе!"), id="2", elapsed_ms=1)
    assert list(refusal) == list(talk) == list(to_json(ANSWER, id="3", elapsed_ms=1))
    assert (refusal["status"], refusal["citations"], refusal["notices"]) == ("no_answer", [], [])
    assert (refusal["text"], refusal["suggestions"]) == (
        "Білмеймін.\n\nМынаны сұрап көріңіз:\n• Мүшелері кім?",
        ["Мүшелері кім?"],
    )
    assert (talk["status"], talk["text"]) == ("smalltalk", "Сәлеметсіз бе!")


def test_quotes_of_one_article_in_a_row_share_one_source_line() -> None:
    third = cite("Үшінші тармақ.", point="3")
    html = to_html(replace(ANSWER, citations=(*ANSWER.citations, third), now=()))
    assert html.count("<a href") == 1
    assert "</a>, 9-бап, 2-тармақ; 3-тармақ\n" in html


def test_quotes_of_one_article_in_different_editions_keep_their_own_source_lines() -> None:
    older = cite("Ескі тармақ.", edition="2008-10-20")
    html = to_html(replace(ANSWER, citations=(*ANSWER.citations, older), now=()))
    assert html.count("<a href") == 2


def test_paragraphs_of_the_source_article_share_a_line_and_claim_no_force() -> None:
    cited = tuple(
        cite(text, document=SOURCE, edition="", article=None, point=point, standing=NOT_LAW)
        for text, point in (("Бірінші.", "12"), ("Екінші.", "14"))
    )
    text = parse(to_html(Answer("с", "Жауап.", cited))).text
    assert text.endswith(
        "«Бірінші.»\n«Екінші.»\n— Бастапқы мақала, 12-абзац; 14-абзац\nбастапқы мақала, құқықтық күші жоқ"
    )


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(True), "күшінде"),
        (Standing(False), "күшінде емес"),
        (Standing(False, since=date(2027, 1, 1)), "2027 жылғы 1 қаңтарда күшіне енеді"),
        (
            Standing(False, since=date(2008, 10, 20), until=date(2013, 7, 3)),
            "бұл мәтін 2008 жылғы 20 қазаннан бастап 2013 жылғы 3 шілдеге дейін қолданылған",
        ),
        (Standing(True, exact=False), f"күшінде · {kazakh.EARLIER_TEXT}"),
    ],
)
def test_the_standing_of_a_quotation_is_said_after_its_edition(standing: Standing, said: str) -> None:
    assert source_status(cite("Сөз.", standing=standing)) == f"2022 жылғы 7 ақпандағы редакция · {said}"


def test_an_older_wording_of_a_repealed_law_says_both_ends() -> None:
    standing = replace(ANSWER.citations[0].standing, until=date(2013, 7, 3))
    assert source_status(cite("Сөз.", standing=standing)) == (
        "2022 жылғы 7 ақпандағы редакция · бұл мәтін 2008 жылғы 20 қазаннан бастап 2013 жылғы 3 шілдеге "
        "дейін қолданылған · 2026 жылғы 1 шілдеде күші жойылған"
    )


def test_a_quotation_that_is_not_in_its_passage_is_never_rendered() -> None:
    citation = ANSWER.citations[0]
    forged = replace(citation, quote=replace(citation.quote, text="Мұндай сөз заңда жоқ.", emphasis=()))
    for answer in (replace(ANSWER, citations=(forged,)), replace(ANSWER, now=(forged,))):
        with pytest.raises(UnprovenQuote):
            to_html(answer)
        with pytest.raises(UnprovenQuote):
            to_text(answer)
        with pytest.raises(UnprovenQuote):
            to_json(answer, id="x", elapsed_ms=0)


def test_markup_in_questions_leads_and_documents_is_shown_and_not_obeyed() -> None:
    hostile = "<b>&lt;a href='x'> & \"т\""
    answer = Answer("с", hostile, (cite(hostile),), (hostile,), (cite_new(hostile),), understood=hostile)
    assert parse(to_html(answer)).text.count(hostile) == 5
    assert parse(to_html(NoAnswer("с", hostile, understood=hostile))).text.count(hostile) == 2


def test_the_question_as_understood_stands_above_the_answer() -> None:
    answer = replace(ANSWER, understood="Ассамблеяның мүшелері кім?")
    assert to_html(answer).startswith("<i>Сұрақ: Ассамблеяның мүшелері кім?</i>\n\n<b>")
    assert to_text(answer).startswith("Сұрақ: Ассамблеяның мүшелері кім?\n\n")


def test_an_over_long_answer_loses_whole_quotations_from_the_end_and_says_how_many() -> None:
    half = LONG_POINT[: LONG_POINT.index("Бұл – 60 ")].strip()
    cited = tuple(cite(half, point=str(number)) for number in (1, 2, 3))
    parsed = parse(to_html(Answer("с", "Жауап.", cited)))
    assert parsed.of_type("expandable_blockquote") == (f"«{half}»",)
    assert "9-бап, 1-тармақ\n" in parsed.text
    assert parsed.text.endswith("Тағы 2 үзінді бұл хабарға сыймады. Оларды «Толық мәтін» түймесі ашады.")


def test_a_single_over_long_quotation_is_cut_at_a_sentence_with_the_dots_outside_its_marks() -> None:
    parsed = parse(to_html(replace(ANSWER, citations=(cite(LONG_POINT),))))
    quoted = parsed.of_type("expandable_blockquote")[0]
    assert quoted.startswith("«Бұл – 0 сөйлем") and quoted.endswith("өз алдына тұр.» …")
    assert quoted[1:-3] in LONG_POINT
    assert kazakh.CUT_QUOTE in parsed.text
    assert NEW_SENTENCE in parsed.text and NOTICE in parsed.text
    assert 3500 < utf16_length(parsed.text) <= 4096


def test_a_list_is_cut_between_its_lines() -> None:
    items = "Міндеттер:\n" + "\n".join(f"{n}) міндеттің толық атауы осында тұрады;" for n in range(1, 200))
    quoted = parse(to_html(replace(ANSWER, citations=(cite(items),)))).of_type("expandable_blockquote")[0]
    assert quoted.endswith("осында тұрады;» …")


def test_an_over_long_refusal_is_cut_with_dots() -> None:
    text = parse(to_html(NoAnswer("с", LONG_POINT))).text
    assert text.endswith("өз алдына тұр. …") and utf16_length(text) <= 3000


words = st.text(st.sampled_from("аәб1<>&\"' .!?\n😀Қ"), max_size=60)


@given(
    lead=words,
    texts=st.lists(st.tuples(words, st.integers(1, 400)), min_size=1, max_size=4),
    notices=st.lists(words, max_size=3),
    now=st.lists(st.tuples(words, st.integers(1, 200)), max_size=2),
    repeat=st.integers(1, 100),
)
def test_every_answer_fits_a_message_and_quotes_only_whole_starts_of_its_quotations(
    lead: str,
    texts: list[tuple[str, int]],
    notices: list[str],
    now: list[tuple[str, int]],
    repeat: int,
) -> None:
    cited = tuple(cite(text * times, point=str(i)) for i, (text, times) in enumerate(texts) if text.strip())
    today = tuple(cite_new(text * times) for text, times in now if text.strip())
    answer = Answer("с", lead * repeat, cited, tuple(n * repeat for n in notices), today, understood=lead)
    parsed = parse(to_html(answer))
    assert utf16_length(parsed.text) <= 4096
    originals = [citation.quote.text for citation in (*cited, *today)]
    for shown in parsed.of_type("expandable_blockquote"):
        whole = shown.removeprefix("«").removesuffix("…").rstrip().removesuffix("»")
        assert any(original.startswith(whole) for original in originals)
