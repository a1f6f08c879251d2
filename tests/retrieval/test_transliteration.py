"""Latin and Arabic-script Kazakh, English and Russian as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.normalize import fold, normalize
from retrieval.transliteration import detect_language, read_question, to_cyrillic

OFFICIAL_2018 = """
Assambleia qyzmetiniń negizgi baǵyttary = Ассамблея қызметінің негізгі бағыттары
Qazaqstan halqy Assambleıasynyń maqsaty = Қазақстан халқы Ассамблеясының мақсаты
Halyq Keńesiniń quramyn kim bekitedi = Халық Кеңесінің құрамын кім бекітеді
Qazaqstan Respýblıkasynyń Prezıdenti = Қазақстан Республикасының Президенті
memlekettik ulttyq saıasat = мемлекеттік ұлттық саясат
etnomádenı birlestikter = этномәдени бірлестіктер
Májilis depýtattaryn saılaý = Мәжіліс депутаттарын сайлау
Qazaqstannyń Konstıtýtsııasy qashan kúshine endi = Қазақстанның Конституциясы қашан күшіне енді
ókilettigi toqtatylady = өкілеттігі тоқтатылады
azamattyń quqyqtary men mindetteri = азаматтың құқықтары мен міндеттері
zańdy tulǵa = заңды тұлға
ádilet ministri ósý = әділет министрі өсу
"""
OFFICIAL_2021 = """
Halyq Keñesiniñ qūramyn kım bekıtedı = Халық Кеңесінің құрамын кім бекітеді
Qazaqstan Respublikasynyñ Konstitusiasy = Қазақстан Республикасының Конституциясы
Assambleia töraǧasynyñ ökılettıkterı = Ассамблея төрағасының өкілеттіктері
qoğamdyq kelısım men jalpyūlttyq bırlık = қоғамдық келісім мен жалпыұлттық бірлік
memlekettık saiasat jüiesı = мемлекеттік саясат жүйесі
äkımder men mäslihattar sailauy = әкімдер мен мәслихаттар сайлауы
şeşım qabyldau tärtıbı = шешім қабылдау тәртібі
Qūryltai deputattary qanşa jylğa sailanady = Құрылтай депутаттары қанша жылға сайланады
oñtüstık ölkesı = оңтүстік өлкесі
üşten ekısınıñ dauysy = үштен екісінің дауысы
"""
CHAT = """
Assambleyanyn maqsaty qanday = Ассамблеяның мақсаты қандай
halyq kenesi torağası qansha zhylga sailanady = халық кеңесі төрағасы қанша жылға сайланады
qazaqstannyn elordasy qay qala = Қазақстанның елордасы қай қала
qazaqstannin elordasi qai qala = Қазақстанның елордасы қай қала
kazakstan halyktary assambleyasy kashan kuryldy = Қазақстан халықтары Ассамблеясы қашан құрылды
Halyk Kenesinin mushelerin kim bekitedi = Халық Кеңесінің мүшелерін кім бекітеді
khalyk kengesining maqsaty = халық кеңесінің мақсаты
prezident kansha jilga sailanadi = президент қанша жылға сайланады
konstitutsiya kashan kabyldandy = конституция қашан қабылданды
konstitucia degen ne = конституция деген не
respublika kuni kai kuni = республика күні қай күні
azamattardyn kukyktary men mindetteri = азаматтардың құқықтары мен міндеттері
assambleya keneshi qansha uaqytta bir otedi = Ассамблея кеңеші қанша уақытта бір өтеді
deputattar emes, halyk turaly zang = депутаттар емес, халық туралы заң
parlament mazhilisinin deputattary = парламент мәжілісінің депутаттары
sayasi partiyalar men qogamdyq birlestikter = саяси партиялар мен қоғамдық бірлестіктер
komissiyanyng sheshimi = комиссияның шешімі
qyzmetining negizgi bagyttary = қызметінің негізгі бағыттары
memlekettik til qai til = мемлекеттік тіл қай тіл
xalyq bolyp tabylady = халық болып табылады
ozge elderdin zangdary = өзге елдердің заңдары
ulttyq qauipsizdik = ұлттық қауіпсіздік
zhumys isteu tartibi = жұмыс істеу тәртібі
gharysh zhane ghylym = ғарыш және ғылым
qazaqstanga keldi, qazaqstanda qaldy = Қазақстанға келді, Қазақстанда қалды
aityngyzshy, korsetingiz = айтыңызшы, көрсетіңіз
tsenzuraga ruqsat etile me = цензураға рұқсат етіле ме
Qazaqstan halqı Assambleyasınıñ törağası = Қазақстан халқы Ассамблеясының төрағасы
kazakstan halkynyng assambleyasy kawan kuryldy = Қазақстан халқының Ассамблеясы қашан құрылды
awyl men qala arasy = ауыл мен қала арасы
qazirgi zang = қазіргі заң
"""
APOSTROPHES_2017 = """
Qazaqstan halqy Assambleiasynyn' to'rag'asy = Қазақстан халқы Ассамблеясының төрағасы
memlekettik ken'es ju'i'esi = мемлекеттік кеңес жүйесі
s'es'im qabyldau = шешім қабылдау
"""
ARABIC = """
قازاقستان حالقى اسسامبلەياسى قاشان قۇرىلدى = Қазақстан халқы Ассамблеясы қашан құрылды
ٴتىل = тіл
كەڭەس = кеңес
حالىق كەڭەسىنىڭ قۇرامىن كىم بەكىتەدى = Халық Кеңесінің құрамын кім бекітеді
ٴبىلىم جانە عىلىم = білім және ғылым
ٴومىر ٴسۇرۋ = өмір сүру
ٴوز ەركى = өз еркі
قازاقستان رەسپۋبليكاسىنىڭ پرەزيدەنتى = Қазақстан Республикасының Президенті
كونستيتۋتسيا = Конституция
مەملەكەتتىك ساياسات = мемлекеттік саясат
ەتنومادەني بىرلەستىكتەر = этномәдени бірлестіктер
ەلورداسى قاي قالا = елордасы қай қала
دەپۋتاتتاردىڭ قۇقىقتارى مەن مىندەتتەرى = депутаттардың құқықтары мен міндеттері
قىزمەتىنىڭ نەگىزگى باعىتتارى = қызметінің негізгі бағыттары
ۇلتتىق قاۋىپسىزدىك = ұлттық қауіпсіздік
حالىقتىڭ داۋىسىمەن = халықтың дауысымен
ٴتوراعاسى = төрағасы
ٵدىل ٶزگە ٷش ٸس = әділ өзге үш іс
جويىلدى، سايلاۋ؟ = жойылды, сайлау?
"""


def pairs(listed: str) -> list[tuple[str, str]]:
    """Word pairs of lines «typed = meant», each at its own place in its line."""
    lines = [line.split(" = ") for line in listed.strip().splitlines()]
    return [(typed, meant) for typed, meant in lines]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pair
        for listed in (OFFICIAL_2018, OFFICIAL_2021, CHAT, APOSTROPHES_2017, ARABIC)
        for pair in pairs(listed)
    ],
)
def test_every_word_of_a_question_in_another_script_meets_its_cyrillic_form(typed: str, meant: str) -> None:
    assert fold(to_cyrillic(typed)).split() == fold(normalize(meant)).split()


def test_enough_different_words_are_checked() -> None:
    for listed, at_least in ((OFFICIAL_2018, 30), (OFFICIAL_2021, 30), (CHAT, 60), (ARABIC, 30)):
        words = {word for typed, _ in pairs(listed) for word in typed.split()}
        assert len(words) >= at_least


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Assambleia qyzmetiniń negizgi baǵyttary", "ассамблея қызметінің негізгі бағыттары"),
        ("Qazaqstan halqy Assambleıasynyń maqsaty", "қазақстан халқы ассамблеясының мақсаты"),
        ("Assambleyanyn maqsaty qanday", "ассамблеяның мақсаты қандай"),
        ("Halyq Keñesiniñ qūramyn kım bekıtedı", "халық кеңесінің құрамын кім бекітеді"),
        ("qazaqstannyn elordasy qay qala", "қазақстанның елордасы қай қала"),
        ("kazakstan halkynyng assambleyasy kashan kuryldy", "қазақстан халқының ассамблеясы қашан құрылды"),
        ("قازاقستان حالقى اسسامبلەياسى قاشان قۇرىلدى؟", "қазақстан халқы ассамблеясы қашан құрылды?"),
        ("Халық Kenesi қашан құрылды", "халық кеңесі қашан құрылды"),
        ("حالىق Kenesi қашан құрылды", "халық кеңесі қашан құрылды"),
    ],
)
def test_common_questions_come_out_in_full_spelling(typed: str, read: str) -> None:
    assert to_cyrillic(typed) == read


@pytest.mark.parametrize(
    "question",
    [
        "Who is the chairman of the Halyq Kenesi?",
        "What is the Assembly of People of Kazakhstan",
        "How many deputies does the Assembly elect?",
        "when does the new constitution take effect",
        "members of the assembly",
    ],
)
def test_an_english_question_is_left_alone(question: str) -> None:
    read = read_question(question)
    assert (read.text, read.language, read.script, read.changed) == (question.lower(), "en", "latin", False)


def test_roman_numerals_and_abbreviations_stay_in_a_kazakh_question() -> None:
    assert to_cyrillic("XXI ғасыр, IV сессия, PR деген не?") == "xxi ғасыр, iv сессия, pr деген не?"


@pytest.mark.parametrize(
    "question",
    [
        "казакстан халыктары ассамблеясы кашан курылган",
        "халык кенесинин максаты кандай",
        "қазакстан елордасы кай кала?",
        "Ассамблея деген не",
        "мушелери ше?",
        "Президент кандидатураны кабылдамай тастай ала ма",
        "Конституция кашан кабылданды",
        "Кто төраға, қалай сайланады?",
        "Assambleyanyn maqsaty qanday",
        "konstitutsia degen ne",
        "حالىق كەڭەسى",
        "Рахмет!",
        "42",
        "",
    ],
)
def test_kazakh_is_told_without_its_letters_and_is_the_answer_in_doubt(question: str) -> None:
    assert detect_language(question) == "kk"


@pytest.mark.parametrize(
    "question",
    [
        "Какие полномочия у председателя Ассамблеи?",
        "Кто утверждает состав Халық Кеңесі?",
        "Сколько депутатов избирает Ассамблея",
        "когда вступил в силу закон",
        "ЧТО ТАКОЕ КОНСТИТУЦИЯ",
        "цели и задачи совета",
        "Может ли он быть отозван?",
    ],
)
def test_a_russian_question_is_told_though_it_names_kazakh_bodies(question: str) -> None:
    assert detect_language(question) == "ru"
    assert read_question(question).text == normalize(question)


@pytest.mark.parametrize(
    ("question", "script", "changed"),
    [
        ("Халық Кеңесі  деген не?", "cyrillic", False),
        ("Халық Кеңесі «деген» — не?", "cyrillic", False),
        ("Xaлық Кеңесі деген не?", "cyrillic", True),
        ("қашааан", "cyrillic", True),
        ("VIII сессия", "cyrillic", False),
        ("Halyq Kenesi degen ne?", "latin", True),
        ("حالىق كەڭەسى", "arabic", True),
        ("Халық Kenesi", "mixed", True),
        ("?!", "cyrillic", False),
    ],
)
def test_a_reading_tells_the_script_and_whether_letters_changed(
    question: str, script: str, changed: bool
) -> None:
    read = read_question(question)
    assert (read.original, read.script, read.changed) == (question, script, changed)


@given(st.text(max_size=200))
@example("\ud800 qyz'")
@example("ٴ")
@example("َيا")
def test_any_text_is_read(text: str) -> None:
    read = read_question(text)
    assert read.original == text
    assert normalize(read.text) == read.text
    assert read.language == detect_language(read.text)


@given(st.text(alphabet="aäáeiıoöuūüúýyqkgğǵnñńshczw' ُٴاوۇىەيقكگع", max_size=60))
def test_any_spelling_comes_out_normalized(text: str) -> None:
    assert normalize(to_cyrillic(text)) == to_cyrillic(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4096,
        "ng" * 2048,
        "th" * 2048 + "ä",
        "q i " * 1024,
        "a'" * 2048,
        "ىك" * 2048,
        "\ufdfa" * 4096,
        "yi" * 2048,
    ],
    ids=lambda text: ascii(text[:4]),
)
def test_four_thousand_signs_of_anything_are_read_as_a_question(text: str) -> None:
    assert normalize(read_question(text).text) == read_question(text).text
