"""Editors' notes («Ескерту. 9-бапқа өзгерістер енгізілді - ҚР …») -> the days on which articles changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.model import Amendment

_TITLE_ONLY = re.compile(r"тақырыбы|заголовок", re.I)
_WHOLE_TEXT = re.compile(r"Бүкіл мәтін бойынша|По всему тексту", re.I)
_QUOTED = re.compile(r'"([^"]+)"|«([^«»]+)»|“([^“”]+)”')
_CHANGE = re.compile(
    r"(?P<added>бап(?:пен|тармен) толықтырыл|дополнен\w{0,9}\s+стать)"
    r"|(?P<reworded>жаңа редакцияда|\bв\s+(?:новой\s+)?редакции)"
    r"|(?P<changed>өзгеріс|толықтыр|ауыстырыл|алып тасталды|күші жойылды"
    r"|изменени|дополнен|заменен|исключ|утратил)",
    re.I,
)
# Both orders of a date occur in the source: 27.04.2018 and 2010.06.14.
_ACT = re.compile(r"(\d\d\.\d\d\.\d{4}|\d{4}\.\d\d\.\d\d)\s*№\s*([^\s;,()*]+)(?:\s*\(([^()]*)\))?")
_EFFECTIVE = re.compile(r"(\d\d\.\d\d\.\d{4})\s+бастап|\bс\s+(\d\d\.\d\d\.\d{4})")
_KINDS = ("changed", "reworded", "added")  # the later one says more about the same day


@dataclass(frozen=True, slots=True)
class WholeTextNote:
    """A replacement of words throughout a law: the new words, and when it was made.

    ``phrases`` is empty where the note doesn't quote them: it then speaks of every article.
    """

    phrases: tuple[str, ...]
    changes: tuple[Amendment, ...]

    @classmethod
    def from_note(cls, note: str) -> WholeTextNote | None:
        """The note read so, or None where it speaks of something else.

        :raises ValueError: as ``amendments_of``.
        """
        if not _WHOLE_TEXT.search(note):
            return None
        # The replaced words are listed first and, in the same order, the words that replace them.
        quoted = ["".join(groups) for groups in _QUOTED.findall(note)]
        return cls(tuple(quoted[len(quoted) // 2 :]), amendments_of(note))

    def touches(self, folded: str) -> bool:
        """Whether the new words stand in an article with its heading, case-folded."""
        return not self.phrases or any(phrase.casefold() in folded for phrase in self.phrases)


def amendments_of(note: str) -> tuple[Amendment, ...]:
    """The acts that a note names, in its order, with what each did to the article.

    The day is the act's own, or the day of effect where the note gives it («01.01.2015 бастап
    қолданысқа енгізіледі»). A note without a word of change («…қаулысын қараңыз») names no amendment.

    :raises ValueError: the note gives a date that doesn't exist; the message is that date.
    """
    changes, found = list(_CHANGE.finditer(note)), []
    title, kind, at = _TITLE_ONLY.search(note), "changed", 0
    for act in _ACT.finditer(note) if changes else ():
        while at < len(changes) and changes[at].end() <= act.start():
            kind, at = changes[at].lastgroup or "changed", at + 1
        # a new heading leaves the article's own words
        heading_only = kind == "reworded" and title is not None and title.end() <= act.start()
        effect = _EFFECTIVE.search(act[3] or "")
        day = parse_day((effect[1] or effect[2]) if effect else act[1])
        found.append(Amendment(day, f"№ {act[2].rstrip('.')}", "changed" if heading_only else kind))
    return tuple(found)


def is_about_a_title(note: str) -> bool:
    """Whether the note speaks of a heading, of a chapter or an article, and not of the text below it."""
    return bool(_TITLE_ONLY.search(note))


def merged(
    own: Iterable[Amendment], whole_text: Iterable[WholeTextNote], words: str
) -> tuple[Amendment, ...]:
    """An article's changes, ascending: each of its own once, and those of the whole text that touch it."""
    known: dict[tuple[date, str], Amendment] = {}
    for change in own:
        twin = known.get((change.day, change.act))
        if twin is None or _KINDS.index(twin.kind) < _KINDS.index(change.kind):
            known[change.day, change.act] = change
    days = {day for day, _ in known}
    born = max((change.day for change in known.values() if change.kind == "added"), default=date.min)
    folded = words.casefold()
    for note in whole_text:
        if note.touches(folded):
            later = (change for change in note.changes if change.day not in days and change.day > born)
            known |= {(change.day, change.act): change for change in later}
    return tuple(sorted(known.values(), key=lambda change: change.day))


def parse_day(text: str) -> date:
    """``27.04.2018``, ``2010.06.14`` or ``2022-02-07``.

    :raises ValueError: anything else; the message is the text.
    """
    parts = re.findall(r"\d+", text)
    if len(parts) == 3 and len(parts[2]) == 4:
        parts.reverse()
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except (ValueError, OverflowError) as exc:
        raise ValueError(text) from exc
