"""Time in answers: what was law on the day asked about, how an article changed, then and now."""

from __future__ import annotations

from datetime import date

from bot.kazakh.dates import date_from, date_in
from bot.kazakh.sources import edition_of


def when(day: date, *, whole_year: bool = False) -> str:
    """«2010 жылы» or «2010 жылғы 14 маусымда»."""
    return f"{day.year} жылы" if whole_year else date_in(day)


def not_yet_adopted(asked: str, noun: str, since: date) -> str:
    """``noun`` is the kind of act in the nominative, as of all functions here: «заң», «Конституция»."""
    return f"{asked} бұл {noun} әлі қабылданбаған еді: ол {date_from(since)} қолданылады."


def not_yet_in_force(asked: str, noun: str, since: date) -> str:
    return f"{asked} бұл {noun} қабылданған, бірақ әлі күшіне енбеген еді: ол {date_from(since)} қолданылады."


def was_not_yet_adopted(asked: str, noun: str, since: date) -> str:
    """As ``not_yet_adopted``, of an act that is gone by now."""
    return f"{asked} бұл {noun} әлі қабылданбаған еді: ол {date_from(since)} қолданылды."


def article_not_yet(asked: str, place: str, added: date) -> str:
    return f"{asked} {place} заңда жоқ еді: ол {date_in(added)} қосылды."


_GENITIVES = {"заң": "заңның", "Конституция": "Конституцияның"}


def already_repealed(asked: str, noun: str) -> str:
    return f"{asked} бұл {_GENITIVES[noun]} күші жойылып қойған еді."


def text_not_held(asked: str, place: str, given: date, *, earlier: bool) -> str:
    """The text of the day asked about is missing and another one stands in."""
    side = "оған дейінгі" if earlier else "одан кейінгі"
    return f"{place}: {of_time(asked)} мәтін қолымда жоқ, {side} ең жақын {edition_of(given)} берілді."


def changed_that_year(place: str, days: tuple[date, ...]) -> str:
    """Of a question about a whole year in which the article changed."""
    listed = ", ".join(date_in(day) for day in days)
    return f"{place} {listed} өзгертілген; жыл соңында қолданылған мәтін берілді."


def of_time(asked: str) -> str:
    """Before a noun: «2010 жылғы», «2010 жылғы 14 маусымдағы»."""
    if asked.endswith("жылы"):
        return asked.removesuffix("жылы") + "жылғы"
    return asked + ("гі" if asked.endswith("е") else "ғы")


def text_of_then_missing(asked: str) -> str:
    """A refusal: only today's law speaks of the matter."""
    return (
        f"Кешіріңіз, бұл мәселе бойынша {of_time(asked)} заң мәтіні қолымда жоқ, сондықтан ол кезде қалай "
        "болғанын айта алмаймын. Қазіргі заңнан жауап беремін: төмендегі сұрақты таңдаңыз."
    )


# history

HISTORY = "Тарихы"
ENACTED, CHANGED, REWORDED, ADDED = "қолданысқа енгізілді", "өзгертілді", "жаңа редакцияда жазылды", "қосылды"
ENDED = "күші жойылды"
TEXT_MISSING = "бұл мәтін қолымда жоқ"
HISTORY_GONE = "Кешіріңіз, бұл баптың тарихын таба алмадым."


def history_of(short_title: str, place: str) -> str:
    return f"{HISTORY}: {short_title}, {place}"


def history_line(day: date, what: str, act: str) -> str:
    """«2018 жылғы 27 сәуірде өзгертілді (ҚР Заңы, № 149-VI)»"""
    return f"{date_in(day)} {what} ({act})"


def amending_act(number: str) -> str:
    return f"ҚР Заңы, {number}"


# the proof of a repeal

PROOF = "Дәлелі"
PROOF_LEAD = "Заң күшінің жойылғаны мына нормада жазылған:"


# then and now

COMPARE = "Ол кезде / қазір"
THEN, TODAY = "Ол кезде", "Қазір"
REMOVED_WORDS, ADDED_WORDS = "Алынған сөздер", "Қосылған сөздер"
MARKS = "Сызылған сөздер кейін алынған, қою сөздер кейін қосылған."
NO_SUCH_POINT = "мұндай тармақ жоқ"
COMPARISON_GONE = "Кешіріңіз, бұл бапқа салыстыратын мәтін таба алмадым."
COMPARE_USAGE = (
    "Қай бапты салыстырайын? Бап нөмірін жазыңыз, мысалы:\n/salystyru 8-бап\n/salystyru Халық Кеңесі 7-бап"
)


def compared_editions(short_title: str, place: str) -> str:
    return f"{short_title}, {place}: екі редакция"


def compared_then_now(short_title: str, place: str) -> str:
    return f"{short_title}, {place}: ол кезде және қазір"


def point(number: str) -> str:
    return f"{number}-тармақ"


def same_points(points: tuple[str, ...]) -> str:
    """«Өзгермеген тармақтар: 1, 3, 5»"""
    noun = "Өзгермеген тармақ" if len(points) == 1 else "Өзгермеген тармақтар"
    return f"{noun}: {', '.join(points)}."


def no_such_article(short_title: str, article: str) -> str:
    return f"{short_title}: {article}-бап табылмады."


def nothing_to_compare(short_title: str, place: str) -> str:
    return f"{short_title}, {place}: салыстыратын басқа мәтін жоқ."


# conflicts


def conflict(matter: str, one: str, one_source: str, other: str, other_source: str) -> str:
    """Two texts give one matter two values; the sources carry their dates."""
    return f"Айырмашылық бар ({matter}): {one_source} – «{one}», {other_source} – «{other}»."


def source_with_day(short_title: str, day: date) -> str:
    return f"{short_title}, {edition_of(day)}"


ARTICLE_OF_2009 = "мақалада (2009 жыл шамасы)"
