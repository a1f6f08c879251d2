"""A few short Kazakh passages, made up for tests of finding."""

from __future__ import annotations

from knowledge.model import Passage
from retrieval.entries import Entry, sentence_keys

TEXTS = (
    ("Сессия", "Сессия жылына кемінде бір рет шақырылады. Оны Төраға ашады, күн тәртібін мүшелер бекітеді."),
    ("Төраға", "Төрағаны Президент бес жылға тағайындайды."),
    ("Хатшылық", "Хатшылық отырыстарды дайындайды және хаттама жүргізеді."),
    ("Кітапхана", "Кітапхана оқырмандарға 1995 жылғы 1 наурызда ашылды; онда қырық екі мың кітап бар."),
    ("Бюджет", "Қызмет республикалық бюджеттің қаражаты есебінен қаржыландырылады."),
    ("Мүшелік", "Мүшенің өкілеттігі өзі қалаған кезде тоқтатылады."),
)


def passage(name: str, text: str, order: int = 0, heading: str = "") -> Passage:
    return Passage(id=name, document="doc", edition="2020-01-01", text=text, order=order, heading=heading)


def entry(title: str, text: str, order: int, *more_keys: str) -> Entry:
    keys = (f"{title}. {text}", *more_keys)
    return Entry(passage(title, text, order, title), title, keys, sentence_keys(title, text))


ENTRIES = tuple(entry(title, text, order) for order, (title, text) in enumerate(TEXTS))
