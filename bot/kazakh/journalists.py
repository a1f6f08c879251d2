"""Citation cards, articles by number, and news of changed documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.kazakh.dates import date_from, date_in, date_of, date_until, format_date, format_number
from bot.kazakh.sources import edition_of

# the card

CARD = "Дәйексөз"
COPY = "Көшіру"
COPY_QUOTE = "Үзіндіні көшіру"
CARD_GONE = "Кешіріңіз, бұл үзінді қазір қолымдағы мәтіндерде жоқ. Сұрағыңызды қайта жіберіңізші."
CARD_TOO_LONG = "Үзінді бір суретке сыймайды. Қысқартпай, мәтін түрінде беремін."
CARD_NOT_DRAWN = "Үзіндіде қарпімде жоқ таңба бар, сурет салынбады. Үзіндіні мәтін түрінде беремін."


def numbered_card(number: int) -> str:
    """Label of one card button among those of an answer."""
    return f"{CARD} {number}"


def card_of_point(point: str | None, part: int) -> str:
    """Label of one card button among those of an article; ``part`` counts from 1 in a point of several."""
    return " ".join((CARD, *([point] if point else []), *([f"({part})"] if part else [])))


def text_in_force_from(since: date) -> str:
    return f"бұл мәтін {date_from(since)} қолданылады"


def text_in_force_until(since: date, until: date) -> str:
    """Of a text in force whose last day is known already."""
    return f"бұл мәтін {date_from(since)} {date_until(until)} қолданылады"


def text_changed_on(day: date) -> str:
    """Of an older wording of an act that is in force itself."""
    return f"бұл мәтін күшінде емес, {date_in(day)} өзгертілген"


def status(said: str) -> str:
    return f"Мәртебесі: {said}"


def checked_on(day: date) -> str:
    return f"Тексерілген күні: {format_date(day)}"


def hash_of_quote(digest: str) -> str:
    return f"Үзіндінің SHA-256 белгісі: {digest}"


def official_text(url: str) -> str:
    return f"Ресми мәтін: {url}"


def link_to_quote(url: str) -> str:
    return f"Үзіндіге сілтеме: {url}"


# /derek

DEREK_USAGE = (
    "Құжат пен баптың нөмірін жазыңыз, қаласаңыз, жылын да қосыңыз. Мысалы:\n"
    "/derek law-assembly 9\n/derek Ассамблея 9 2008 жылғы редакция\n/derek Конституция 58"
)
HELD = "Қолымдағы құжаттар:"
NOTHING_HELD = "Әзірге бірде-бір құжаттың мәтіні жүктелмеген. Сәлден соң қайта көріңізші."
NO_SUCH_DOCUMENT = "Бұл атаумен құжат таппадым."
WHICH_ARTICLE = "Қай баптың керегін жазбадыңыз."
WHICH_PARAGRAPH = "Қай абзацтың керегін жазбадыңыз."
ARTICLE_GONE = "Кешіріңіз, бұл мәтінді енді таба алмадым."


def held_document(id: str, short_title: str, editions: Sequence[date]) -> str:
    """A line of the list of what is held; ``editions`` ascend, none for the source article."""
    days = ", ".join(format_date(day) for day in editions)
    noun = "редакциясы" if len(editions) == 1 else "редакциялары"
    return f"{short_title} ({id}); {noun}: {days}" if days else f"{short_title} ({id})"


def no_such_article(short_title: str, article: str, numbers: Sequence[str], *, paragraphs: bool) -> str:
    """``numbers`` are those there are; ``paragraphs``: of the source article, which has no бап."""
    noun = "абзац" if paragraphs else "бап"
    listed = numbers_of(short_title, numbers, paragraphs=paragraphs)
    return f"Бұл құжатта {article}-{noun} жоқ. {listed}"


def numbers_of(short_title: str, numbers: Sequence[str], *, paragraphs: bool) -> str:
    noun = "абзацтары" if paragraphs else "баптары"
    return f"{short_title}, {noun}: {', '.join(ranges(numbers))}."


def article_in_other_editions(short_title: str, article: str, day: date, others: Sequence[date]) -> str:
    listed = ", ".join(format_date(other) for other in others)
    noun = "редакцияда" if len(others) == 1 else "редакцияларда"
    return f"{short_title}: {date_of(day)} редакцияда {article}-бап жоқ. Ол мына {noun} бар: {listed}."


def no_edition_before(short_title: str, asked: str, editions: Sequence[date]) -> str:
    """``asked`` is a time in the locative: «1999 жылы»."""
    listed = ", ".join(format_date(day) for day in editions)
    return f"{short_title}: {asked} бұл құжат әлі болмаған. Қолымдағы редакциялары: {listed}."


def text_of_that_time(asked: str, day: date) -> str:
    """Above an article: the edition given prints the words that were in force at the time asked about."""
    return f"{asked} дәл осы мәтін қолданылған ({edition_of(day)})."


def not_in_force_then(asked: str, day: date) -> str:
    """Above an article that became law later than the time asked about."""
    return f"{asked} бұл норма әлі күшіне енбеген еді, {edition_of(day)} берілді."


def nearest_text(asked: str, day: date) -> str:
    """Above an article: the text of the time asked about is not held."""
    return f"{asked} қолданылған мәтін қолымда жоқ, оған ең жақын {edition_of(day)} берілді."


def was_over(asked: str, day: date) -> str:
    """Above an article of an act that had ended by the time asked about."""
    return f"{asked} бұл құжаттың күші жойылған еді. Соңғы мәтіні берілді ({edition_of(day)})."


def paragraph_of(short_title: str, number: str) -> str:
    return f"{short_title}. {number}-абзац"


# /bakylau

WATCH_HEAD = "Құжат өзгерсе, хабар жіберемін. Бақылауды қосу да, тоқтату да бір командамен: /bakylau құжат."
WATCHED = "Бақылауыңыздағы құжаттар:"
WATCHES_NOTHING = "Әзірге ешбір құжатты бақылап отырған жоқсыз."
WATCH_TARGETS = "Бақылауға болатын құжаттар:"


def watching(short_title: str, id: str) -> str:
    return f"Бақылау қосылды: {short_title}. Мәтіні өзгерсе, хабарлаймын. Тоқтату үшін: /bakylau {id}"


def watching_no_more(short_title: str) -> str:
    return f"Бақылау тоқтатылды: {short_title}."


def changed(short_title: str) -> str:
    return f"Сіз бақылап отырған құжат өзгерді: {short_title}."


def first_text(short_title: str, day: date) -> str:
    return f"Сіз бақылап отырған құжаттың мәтіні жүктелді: {short_title}, {edition_of(day)}."


def new_edition(before: date, after: date) -> str:
    return f"Жаңа мәтін: {edition_of(after)} (бұған дейінгісі: {edition_of(before)})."


def same_edition(day: date) -> str:
    return f"{edition_of(day)[0].upper()}{edition_of(day)[1:]} мәтіні түзетілген."


SAME_WORDS = "Баптардың сөзі өзгермеген."


def older_edition(day: date) -> str:
    return f"Бұрынғы мәтін де өзгерді: {edition_of(day)}."


def older_edition_came(day: date) -> str:
    return f"Бұрынғы мәтін қосылды: {edition_of(day)}."


def articles_changed(numbers: Sequence[str]) -> str:
    return f"Өзгерген баптар: {_counted(numbers)}"


def articles_added(numbers: Sequence[str]) -> str:
    return f"Қосылған баптар: {_counted(numbers)}"


def articles_removed(numbers: Sequence[str]) -> str:
    return f"Алынған баптар: {_counted(numbers)}"


def read_more(id: str, article: str) -> str:
    """How to read a changed article here."""
    return f"Бапты оқу үшін: /derek {id} {article}"


def stop_watching(id: str) -> str:
    return f"Бақылауды тоқтату үшін: /bakylau {id}"


def _counted(numbers: Sequence[str]) -> str:
    return f"{', '.join(ranges(numbers))} (барлығы {format_number(len(numbers))})."


def ranges(numbers: Sequence[str]) -> tuple[str, ...]:
    """«1–9», «10-1», «12»: three and more whole numbers in a row as first and last; the order is kept."""
    runs: list[list[str]] = []
    for number in numbers:
        last = runs[-1][-1] if runs else ""
        if number.isdecimal() and last.isdecimal() and int(number) == int(last) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run))
