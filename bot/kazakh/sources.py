"""The line under a quotation, and whether what it quotes is law."""

from __future__ import annotations

from datetime import date

from bot.kazakh.dates import date_from, date_in, date_of, date_until


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


IN_FORCE = "күшінде"
NOT_IN_FORCE = "күшінде емес"
SOURCE_ARTICLE_STATUS = "бастапқы мақала, құқықтық күші жоқ"
FAQ_STATUS = "түсіндірме мәтін, құқықтық күші жоқ"
NOW = "Қазір:"
EARLIER_TEXT = "сұралған күнгі мәтін қолымда жоқ, ең жақын мәтін берілді"


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
