"""Small talk is answered with a line; a question, however politely wrapped, is left to the law."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.smalltalk import DEFAULT_PATH, SmallTalkBook, SmallTalkError, load_smalltalk

DEV = Path(__file__).resolve().parents[2] / ".." / "shared" / "eval" / "dev.jsonl"
TABLE = tomllib.loads(DEFAULT_PATH.read_text(encoding="utf-8"))
REPLIES = {topic["name"]: topic["reply"] for topic in TABLE["topic"]}

SMALL_TALK = [
    ("Сәлем", "greeting"),
    ("сәлееееем!!!", "greeting"),
    ("салем", "greeting"),
    ("Сәлеметсіз бе?", "greeting"),
    ("салеметсизбе", "greeting"),
    ("сәлемм", "greeting"),
    ("Salem", "greeting"),
    ("سالەمەتسىز بە", "greeting"),
    ("privet", "greeting"),
    ("sálemetsiz be", "greeting"),
    ("Привет, бот", "greeting"),
    ("здравствуйте", "greeting"),
    ("Hello there!", "greeting"),
    ("Ассалаумағалейкум!", "greeting, salam"),
    ("ассаламуалейкум аға", "greeting, salam"),
    ("Қайырлы таң!", "greeting, morning"),
    ("кайырлы кун", "greeting, day"),
    ("Добрый вечер", "greeting, evening"),
    ("Қалыңыз қалай?", "mood"),
    ("Сәлем, қалайсың", "mood"),
    ("как дела?", "mood"),
    ("how are you doing", "mood"),
    ("Рахмет!", "thanks"),
    ("үлкен рақмет сізге", "thanks"),
    ("көп рахмет, жауабыңыз үшін", "thanks"),
    ("rahmet", "thanks"),
    ("Köp raqmet!", "thanks"),
    ("қалдарыңыз қалай", "mood"),
    ("oleñ jazyp bershi", "request"),
    ("Спасибо большое за помощь", "thanks"),
    ("thanks a lot", "thanks"),
    ("Сау болыңыз", "farewell"),
    ("рахмет, сау бол", "farewell"),
    ("пока", "farewell"),
    ("bye bye", "farewell"),
    ("Қайырлы түн!", "farewell at night"),
    ("Сен кімсің?", "identity"),
    ("Сәлем! Сіз кімсіз?", "identity"),
    ("ботсың ба", "identity"),
    ("атың кім", "identity"),
    ("кто ты такой?", "identity"),
    ("What's your name?", "identity"),
    ("Не білесің?", "capability"),
    ("не истей аласын", "capability"),
    ("Көмектесіңізші", "capability"),
    ("маған көмек керек", "capability"),
    ("что ты умеешь?", "capability"),
    ("What can you do?", "capability"),
    ("ок", "acknowledgement"),
    ("OK 👍", "acknowledgement"),
    ("Жақсы", "acknowledgement"),
    ("түсінікті", "acknowledgement"),
    ("понятно", "acknowledgement"),
    ("Түсінбедім", "confusion"),
    ("ақымақ бот", "insult"),
    ("Сен ақымақсың!", "insult"),
    ("ты тупой", "insult"),
    ("пошел нахуй", "insult"),
    ("you are stupid", "insult"),
    ("Жарайсың!", "praise"),
    ("Керемет жауап, рақмет", "thanks"),
    ("молодец", "praise"),
    ("Наурыз құтты болсын!", "congratulation"),
    ("Кешіріңіз", "apology"),
    ("өлең жаз", "request"),
    ("заң туралы өлең жаз", "request"),
    ("Сәлем! Маған Ассамблея туралы бір өлең жазып берші, өтінемін", "request"),
    ("анекдот айтшы", "request"),
    ("Осы мәтінді ағылшын тіліне аударып беріңізші", "request"),
    ("Python тілінде код жазып бере аласың ба?", "request"),
    ("ән айтып бер, рахмет", "request"),
    ("Конституция туралы эссе жазып беріңіз", "request"),
    ("Астананың суретін сал", "request"),
    ("менімен ойна", "request"),
    ("Привет, напиши стих про Казахстан", "request"),
    ("Переведи этот текст на английский", "request"),
    ("Can you write a poem about the Assembly?", "request"),
    ("тест", "test"),
    ("123", "test"),
    ("хахаха", "laughter"),
    ("lol", "laughter"),
    ("Бот", "capability"),
    ("👍", "wordless"),
    ("🙂🙂🙂", "wordless"),
    ("???", "wordless"),
    ("...", "wordless"),
    ("   ", "wordless"),
]

QUESTIONS = [
    "Сәлем! Ассамблеяның мақсаты қандай?",
    "Рахмет айтқым келеді, бірақ Халық Кеңесі деген не?",
    "Ассамблея жұмысын кім ұйымдастырады?",
    "Сәлеметсіз бе, Халық Кеңесінің төрағасы кім?",
    "Қайырлы күн! Конституция қашан күшіне енді?",
    "Көмектесіңізші, Ассамблея мүшесі болу үшін не істеу керек?",
    "Сұрағым бар: депутаттар неше жылға сайланады?",
    "Жақсы, ал оның мүшелері ше?",
    "Ал оның мүшелері ше?",
    "Ал 2009 жылы қандай еді?",
    "Оны кім басқарады?",
    "Ол кім?",
    "Бұл кім?",
    "Неге?",
    "Қашан?",
    "2012 жылы ше?",
    "Төраға кім?",
    "Президент кім?",
    "Кофи Аннан кім?",
    "Халық Кеңесі не істейді?",
    "Халық Кеңесі не істей алады?",
    "Халық Кеңесі не істей ала ма?",
    "Ассамблея туралы айтып бер",
    "Ассамблея туралы не білесің?",
    "Конституцияның 23-бабын айтып берші",
    "Халық Кеңесі туралы әңгімелеп бер",
    "Заң жобасын кім жазады?",
    "Президентке хат жаза аламын ба?",
    "Халық Кеңесіне қалай өтініш жазамын?",
    "Арыз беру тәртібі қандай?",
    "Мемлекеттік Әнұранды кім жазған?",
    "Әнұран айту міндетті ме?",
    "Ту суреті қай заңда бар?",
    "Ассамблеяның кеңсесі сағат нешеде ашылады?",
    "Ассамблея қазір жұмыс істей ме?",
    "Құрылтай қалай жұмыс істейді?",
    "Бұл шын ба?",
    "Ассамблея қайырымдылық көмек көрсете ме?",
    "Азаматтарға медициналық көмек тегін бе?",
    "Сот кешірім бере ме?",
    "Президент кешірім бере ала ма?",
    "Құттықтау сөзін кім айтады?",
    "Мереке күндері қандай?",
    "Республика күні қай күні?",
    "Қош азаматтыққа рұқсат па?",
    "Сенім бостандығы деген не?",
    "Мүшелер жақсы жұмыс істемесе не болады?",
    "Ақымақ деп тіл тигізгені үшін жауапкершілік бар ма?",
    "Рахмет, тағы бір сұрақ: сессия неше рет өтеді?",
    "халык кенесинин максаты кандай",
    "казакстан халыктары ассамблеясы кашан курылган",
    "Assambleia qyzmetiniń negizgi baǵyttary",
    "Salem! Halyk Kenesi degen ne?",
    "Какие полномочия у председателя Ассамблеи?",
    "Привет! Кто утверждает состав Халық Кеңесі?",
    "Спасибо, а кто председатель?",
    "Расскажи об Ассамблее",
    "Напиши, кто утверждает состав Халық Кеңесі",
    "Помогите понять статью 10 закона",
    "Hi, what is the purpose of the Assembly?",
    "Who is the chair of the People's Council?",
    "Thanks, and who appoints the deputies?",
    "Напиши статью 9 закона об Ассамблее",
    "Write article 9 of the law please",
    "1995",
    "Назарбаев",
    "Конституция",
    "Ассамблея",
    "заң",
]


BOOK = load_smalltalk()


@pytest.fixture
def book() -> SmallTalkBook:
    return BOOK


@pytest.mark.parametrize(("message", "topic"), SMALL_TALK)
def test_small_talk_gets_the_line_of_its_topic(book: SmallTalkBook, message: str, topic: str) -> None:
    assert book.match(message) == REPLIES[topic]


@pytest.mark.parametrize("message", QUESTIONS)
def test_a_question_is_never_taken_for_small_talk(book: SmallTalkBook, message: str) -> None:
    assert book.match(message) is None


@pytest.mark.skipif(not DEV.exists(), reason="the question set beside the checkout is absent")
def test_of_the_question_set_only_the_entry_marked_so_is_small_talk(book: SmallTalkBook) -> None:
    entries = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    matched = [e["id"] for e in entries if any(book.match(turn) for turn in e.get("turns", [e.get("q")]))]
    assert matched == [e["id"] for e in entries if e.get("smalltalk")]


def test_a_message_too_long_for_a_greeting_is_a_question(book: SmallTalkBook) -> None:
    assert book.match("сәлем " * 60) == REPLIES["greeting"]
    assert book.match("сәлем " * 61) is None


def test_fillers_alone_are_not_small_talk(book: SmallTalkBook) -> None:
    assert book.match("ал енді") is None


@given(st.text(max_size=200))
def test_whatever_is_typed_the_answer_is_a_known_line_or_none(text: str) -> None:
    assert BOOK.match(text) in {None, *REPLIES.values()}


def test_every_reply_is_one_polite_line_that_fits_a_bubble() -> None:
    for reply in REPLIES.values():
        assert "\n" not in reply
        assert reply[0].isupper() and reply[-1] in ".?!»"
        assert len(reply) <= 200
        assert not set(reply.split()) & {"сен", "сенің", "саған", "сені"}


def test_every_phrase_of_the_table_is_small_talk_by_itself(book: SmallTalkBook) -> None:
    for topic in TABLE["topic"]:
        for phrase in topic.get("whole", []):
            assert book.match(phrase) is not None, phrase


def test_a_broken_table_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "talk.toml"
    path.write_text(
        'fillers = []\n[[topic]]\nname = "x"\nreply = "y"\n[[topic.asks]]\nplace = "middle"\nverbs = ["z"]\n'
    )
    with pytest.raises(SmallTalkError, match=r"topic 'x' has requests at \['middle'\]"):
        load_smalltalk(path)
    path.write_text('[[topic]]\nname = "x"\n', encoding="utf-8")
    with pytest.raises(SmallTalkError, match=r"talk\.toml"):
        load_smalltalk(path)
