"""Every string that a user reads, and dates and numbers as Kazakh writes them.

Constants for what is always the same, small functions for what carries a value. Nothing here knows
Telegram or HTML: callers escape. The polite form (сіз) throughout.
"""

from __future__ import annotations

from datetime import date

from babel.dates import format_date as _babel_date
from babel.numbers import format_decimal

_LOCALE = "kk"

# Case endings of the month names, January first: locative, ablative, dative. Vowel harmony and the
# last sound of the stem choose among да/де/та/те, дан/ден/тан/тен/нан/нен and ға/ге/қа/ке.
_MONTH_ENDINGS = (
    ("да", "дан", "ға"),  # қаңтар
    ("да", "нан", "ға"),  # ақпан
    ("да", "дан", "ға"),  # наурыз
    ("де", "ден", "ге"),  # сәуір
    ("да", "дан", "ға"),  # мамыр
    ("да", "нан", "ға"),  # маусым
    ("де", "ден", "ге"),  # шілде
    ("да", "дан", "ға"),  # тамыз
    ("те", "тен", "ке"),  # қыркүйек
    ("да", "нан", "ға"),  # қазан
    ("да", "дан", "ға"),  # қараша
    ("да", "нан", "ға"),  # желтоқсан
)

# ---------------------------------------------------------------- dates and numbers


def format_date(day: date) -> str:
    """«2026 жылғы 1 шілде»"""
    return _babel_date(day, "y 'жылғы' d MMMM", locale=_LOCALE)


def date_in(day: date) -> str:
    """When something happened: «2026 жылғы 1 шілдеде»."""
    return format_date(day) + _MONTH_ENDINGS[day.month - 1][0]


def date_of(day: date) -> str:
    """Before a noun: «2022 жылғы 7 ақпандағы» (редакция)."""
    located = date_in(day)
    return located + ("гі" if located.endswith("е") else "ғы")


def date_from(day: date) -> str:
    """The first day of a span: «2026 жылғы 1 шілдеден бастап»."""
    return f"{format_date(day)}{_MONTH_ENDINGS[day.month - 1][1]} бастап"


def date_until(day: date) -> str:
    """The day before which a span ends: «2022 жылғы 7 ақпанға дейін»."""
    return f"{format_date(day)}{_MONTH_ENDINGS[day.month - 1][2]} дейін"


def format_number(value: int | float) -> str:
    """«12 345,6»: groups parted by a no-break space, a decimal comma (CLDR, kk)."""
    return format_decimal(value, locale=_LOCALE)


# ---------------------------------------------------------------- where a quotation stands


def locator(article: str | None, point: str | None = None, sub_points: tuple[str, ...] = ()) -> str:
    """«9-бап, 2-тармақ, 3) тармақша»; of the source article, which has no бап, «12-абзац».

    Three sub-points and more are given as first and last: a passage holds them in an unbroken row.
    """
    parts = []
    if article is not None:
        parts.append(f"{article}-бап")
    if point is not None:
        parts.append(f"{point}-{'абзац' if article is None else 'тармақ'}")
    match sub_points:
        case ():
            pass
        case (only,):
            parts.append(f"{only}) тармақша")
        case (first, second):
            parts.append(f"{first}) және {second}) тармақшалар")
        case (first, *_, last):
            parts.append(f"{first})–{last}) тармақшалар")
    return ", ".join(parts)


def edition_of(day: date) -> str:
    """«2022 жылғы 7 ақпандағы редакция»"""
    return f"{date_of(day)} редакция"


# ---------------------------------------------------------------- is it law, and since when

IN_FORCE = "күшінде"
NOT_IN_FORCE = "күшінде емес"
SOURCE_ARTICLE_STATUS = "бастапқы мақала, құқықтық күші жоқ"
FAQ_STATUS = "түсіндірме мәтін, құқықтық күші жоқ"
NOW = "Қазір:"
EARLIER_TEXT = "сұралған күнгі мәтін қолымда жоқ, оған дейінгі ең жақын мәтін берілді"


def repealed_on(day: date) -> str:
    return f"{date_in(day)} күші жойылған"


def enters_into_force_on(day: date) -> str:
    return f"{date_in(day)} күшіне енеді"


def was_in_force(since: date | None, until: date) -> str:
    """Of an older wording: the days on which it was the law."""
    span = date_until(until) if since is None else f"{date_from(since)} {date_until(until)}"
    return f"бұл мәтін {span} қолданылған"


def repeal_notice(day: date, act: str, place: str, kind: str = "заң") -> str:
    """The warning over a repealed act; ``act`` and ``place`` name the provision that ended it.

    ``kind`` is the noun in the nominative, «заң» or «Конституция».
    """
    genitive = {"заң": "заңның", "Конституция": "Конституцияның"}[kind]
    return f"Назар аударыңыз: бұл {genitive} күші {date_in(day)} жойылды ({act}, {place})."


# ---------------------------------------------------------------- answers


def asked(question: str) -> str:
    """Shown above an answer whose question the user did not type in these words."""
    return f"Сұрақ: {question}"


CUT_QUOTE = "Үзінді қысқартылды. Қалғанын «Толық мәтін» түймесі ашады."


def dropped_quotes(count: int) -> str:
    """The line that owns up to quotations that one message could not take."""
    return f"Тағы {format_number(count)} үзінді бұл хабарға сыймады. Оларды «Толық мәтін» түймесі ашады."


SUGGESTIONS = "Мынаны сұрап көріңіз:"

NO_ANSWER = (
    "Кешіріңіз, бұл сұраққа өзімдегі құжаттардан дәл жауап таппадым. "
    "Дәлелдей алмайтын нәрсені айтпаймын. Сұрағыңызды басқаша қойып көріңіз."
)
SMALL_TALK = (
    "Сәлеметсіз бе! Мен Қазақстан халқы Ассамблеясы, Қазақстан Халық Кеңесі және оларға қатысты "
    "заңдар туралы сұрақтарға жауап беремін."
)
APOLOGY_WITHOUT_ID = "Кешіріңіз, бірдеңе дұрыс болмады. Сұрағыңызды қайта жіберіңізші."


def apology(error_id: str) -> str:
    """For a failure on our side; the id finds it in the log."""
    return (
        "Кешіріңіз, жауап дайындағанда қате шықты. Сұрағыңызды сәлден соң қайта жіберіңізші. "
        f"Қатенің нөмірі: {error_id}"
    )


# ---------------------------------------------------------------- Telegram: commands

START = (
    "Сәлеметсіз бе! Мен Қазақстан халқы Ассамблеясы мен оған қатысты заңдар туралы сұрақтарға "
    "қазақ тілінде жауап беремін.\n\n"
    "Әр жауапта құжаттың сөзбе-сөз үзіндісі беріледі: ол қай құжатта, қай бапта, қай редакцияда "
    "тұрғаны және бүгін күшінде ме, жоқ па – бәрі көрсетіледі. Дәлелдей алмайтын нәрсені айтпаймын.\n\n"
    "Сұрағыңызды жазыңыз немесе мына мысалдардың бірін таңдаңыз:"
)
HELP = (
    "Сұрағыңызды өз сөзіңізбен жазыңыз. Қазақ әріптері болмаса да, латынша жазсаңыз да "
    "түсінуге тырысамын.\n\n"
    "• Алдыңғы сұрақты жалғастыруға болады: «ал оның мүшелері ше?»\n"
    "• «Толық мәтін» түймесі үзінді алынған бапты түгел ашады.\n"
    "• Заңның күші жойылған болса, жауапта ол күн мен қазіргі заң көрсетіледі.\n\n"
    "/start – бастау және сұрақ мысалдары\n"
    "/derekkoz – қай құжаттарға сүйенетінім\n"
    "/help – осы анықтама\n\n"
    "Мен анықтама беремін, бұл – заң кеңесі емес. Маңызды шешім алдында ресми мәтінді қараңыз."
)
MENU = (
    ("start", "Бастау және сұрақ мысалдары"),
    ("help", "Ботты қалай пайдалану керек"),
    ("derekkoz", "Құжаттар, редакциялары және күші"),
)
UNKNOWN_COMMAND = "Мұндай команданы білмеймін. Қолдануға болатын командалар /help анықтамасында берілген."

DOCUMENTS = "Мен мына құжаттарға сүйенемін:"
NO_DOCUMENTS = "Әзірге бірде-бір құжат жүктелмеген. Сәлден соң қайта көріңізші."


def editions(days: tuple[date, ...]) -> str:
    """«Редакциялары: 2008 жылғы 20 қазан, 2022 жылғы 7 ақпан»"""
    noun = "Редакциясы" if len(days) == 1 else "Редакциялары"
    return f"{noun}: {', '.join(format_date(day) for day in days)}"


# ---------------------------------------------------------------- Telegram: buttons and pages

FULL_TEXT = "Толық мәтін"
PREVIOUS = "◀ Алдыңғы"
NEXT = "Келесі ▶"
FULL_TEXT_GONE = "Кешіріңіз, бұл мәтінді енді таба алмадым. Сұрағыңызды қайта жіберіңізші."
QUESTION_GONE = "Кешіріңіз, бұл түйме ескірген. Сұрағыңызды мәтінмен жазып жіберіңізші."


def full_text_of(short_title: str, place: str) -> str:
    """Label of one «Толық мәтін» button among several; a phone shows its first thirty letters or so."""
    return f"{FULL_TEXT}: {place}, {short_title}" if place else f"{FULL_TEXT}: {short_title}"


def page_of(page: int, pages: int) -> str:
    """«2-бет (барлығы 5)»; pages count from 1."""
    return f"{page}-бет (барлығы {format_number(pages)})"


# ---------------------------------------------------------------- Telegram: what is not a question

VOICE_MESSAGE = "Дауыстық хабарды әзірге түсінбеймін. Сұрағыңызды мәтінмен жазып жіберіңізші."
STICKER_MESSAGE = "Стикеріңізге рақмет! Сұрағыңыз болса, мәтінмен жазып жіберіңіз."
PICTURE_MESSAGE = "Суреттер мен бейнелерді әзірге қарай алмаймын. Сұрағыңызды мәтінмен жазып жіберіңізші."
FILE_MESSAGE = "Файлдарды әзірге оқи алмаймын. Сұрағыңызды мәтінмен жазып жіберіңізші."
OTHER_MESSAGE = "Мен тек мәтінмен жазылған сұрақтарға жауап беремін."

# ---------------------------------------------------------------- the terminal

TERMINAL_WELCOME = (
    "Қазақстан халқы Ассамблеясы мен оған қатысты заңдар туралы сұраңыз. Шығу үшін Ctrl+D басыңыз."
)
TERMINAL_PROMPT = "Сұрақ"
TERMINAL_ANSWER = "Жауап"
TERMINAL_FAREWELL = "Сау болыңыз!"

# ---------------------------------------------------------------- leads: what stands above a quotation

_GENITIVES = (
    ("Конституциялық заң", "Конституциялық заңның"),
    ("Заң", "Заңның"),
    ("Конституциясы", "Конституциясының"),
)


def genitive_of(title: str) -> str:
    """«… туралы» Заң -> «… туралы» Заңның; a title that ends otherwise stays as it is."""
    for ending, genitive in _GENITIVES:
        if title.endswith(ending):
            return title.removesuffix(ending) + genitive
    return title


def lead_of_law(short_title: str, article: str, *, gone: bool, answer: str = "") -> str:
    """«… туралы» Заңның 9-бабында былай делінген:; ``answer`` are the words that answer, put first."""
    verb = "былай делінген еді" if gone else "былай делінген"
    return f"{_opening(answer)}{genitive_of(short_title)} {article}-бабында {verb}:"


def lead_of_article(answer: str = "") -> str:
    return f"{_opening(answer)}Ассамблея тарихы туралы мақалада былай делінген:"


def _opening(answer: str) -> str:
    return f"{answer[0].upper()}{answer[1:]}. " if answer else ""


def article_overtaken(reason: str, act: str, place: str) -> str:
    """Of the source article: what it says has changed since it was written."""
    return f"Мақала шамамен 2009 жылы жазылған. {reason.rstrip('.')} ({act}, {place})."


def article_overtaken_by_repeal(act: str, notice: str) -> str:
    """Of the source article where it speaks of an act that is gone; ``notice`` is its repeal notice."""
    return f"Мақала шамамен 2009 жылы жазылған, ол кезде {act} қолданыста болған. {notice}"


def heading_of(short_title: str, article: str) -> str:
    """A place without a heading, as a suggestion to ask about."""
    return f"{short_title}, {article}-бап"


EXAMPLES = (
    "Ассамблея туралы заң қазір күшінде ме?",
    "Халық Кеңесіне неше адам кіреді?",
    "Ассамблеяның негізгі міндеттері қандай?",
)

NOT_HELD = "мәтіні әзірге жүктелмеген"
