"""What stands around the quotations of an answer, and the refusals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.kazakh.dates import date_in, format_number


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


_GENITIVES = (
    ("Конституциялық заң", "Конституциялық заңның"),
    ("Заң", "Заңның"),
    ("Республикасының Конституциясы", "Республикасы Конституциясының"),
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
    return f"{reason.rstrip('.')} ({act}, {place})."


def article_overtaken_by_repeal(act: str, notice: str) -> str:
    """Of the source article where it speaks of an act that is gone; ``notice`` is its repeal notice."""
    return f"Ол кезде {act} қолданыста болған. {notice}"


def article_is_old(since: Iterable[str]) -> str:
    """The warning over the source article, with what has changed since, a sentence or two each."""
    return " ".join(("Мақала шамамен 2009 жылы жазылған.", *since))


def heading_of(short_title: str, article: str) -> str:
    """A place without a heading, as a suggestion to ask about."""
    return f"{short_title}, {article}-бап"


EXAMPLES = (
    "Ассамблея туралы заң қазір күшінде ме?",
    "Халық Кеңесіне неше адам кіреді?",
    "Ассамблеяның негізгі міндеттері қандай?",
)

NOT_HELD = "мәтіні әзірге жүктелмеген"


def in_force_now(short_title: str, day: date) -> str:
    """Of an act that binds on the day it is asked about."""
    return f"Иә, {short_title} қазір, {date_in(day)}, күшінде."
