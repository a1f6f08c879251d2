"""A question that hangs on the one before it, made whole as a sentence that a person understands."""

from __future__ import annotations

from collections.abc import Sequence

from bot import question_words as qw
from bot.inflection import Case, inflected, is_possessed
from bot.noun_phrase import Token, body_of, pluralized, written
from bot.parsed_question import Parsed, lowered
from bot.time_words import without

_MAX_WORDS = 9  # a longer question brings its own subject
_MAX_ELLIPSIS = 5
_MEMBERS = ("муше", "депутат", "курам")  # a body has these, not the person who leads it
_TO_BODY = ("кир", "катыс", "енгиз", "басшылык", "муше")
_IN_BODY = ("бар", "жумыс")


def completed(question: str, previous: str) -> str | None:
    """The question with what it leaves out put back from the previous one; None where it stands by itself."""
    asked, before = Parsed.of(question), Parsed.of(previous)
    if not asked.words or len(asked.words) > _MAX_WORDS or not before.topic:
        return None
    if not before.asks and not before.has_entity:
        return None  # «рақмет»: nothing was asked
    text = _by_form(asked, before)
    if text is None:
        # whole but for «сол кезде», whose time was named before
        return asked.with_time(before.date) if asked.says_then and before.date else None
    return _sentence(text)


def _by_form(asked: Parsed, before: Parsed) -> str | None:
    core = asked.core
    if all(word.asks or word.key in qw.COPULAS for word in core) and asked.time:
        return None if asked.is_event else _other_time(asked, before)
    measures = bool(core) and all(word.asks or word.key.startswith(qw.MEASURES) for word in core)
    if asked.asks and (measures or _is_which(core)):
        return _other_asking(asked, before)
    if asked.is_russian:
        hangs = (asked.russian_pronoun or asked.opens) and not asked.has_entity
        return f"{before.names or written(before.topic)}: {asked.edited()}" if hangs else None
    if asked.pronoun is not None:
        return _pronoun_replaced(asked, before, asked.pronoun)
    if asked.closes and len(core) <= _MAX_ELLIPSIS:
        return _other_subject(asked, before)
    if asked.has_entity:
        return None
    return _without_subject(asked, before)


def _is_which(core: Sequence[Token]) -> bool:
    """«Қай заңмен?»"""
    return len(core) == 2 and core[0].key in qw.WHICH and not core[1].finite and core[1].key not in qw.COPULAS


def _other_time(asked: Parsed, before: Parsed) -> str:
    """«Ал 2009 жылы қандай еді?»: the same question about another time."""
    time = before.date if asked.says_then and before.date else asked.time
    past = time and not asked.says_now and not before.is_russian
    if asked.core and before.subject:
        return f"{before.subject} {time} {asked.joined(asked.core)}"
    rest = lowered(before.undated.rstrip(" ?.!"))
    if asked.says_now:
        rest = rest.removesuffix(" еді").removesuffix(" болды")
    copula = " еді" if past and before.ends_asking else ""
    return f"{time} {rest}{copula}"


def _other_asking(asked: Parsed, before: Parsed) -> str | None:
    """«Неше жылға?»: the same question with other asking words."""
    words = asked.joined(asked.core)
    if before.asking is None:
        ahead, verb = before.stated
        return f"{ahead} {words} {verb}"
    start, end = before.asking
    return f"{before.text[:start]}{words}{before.text[end:]}"


def _pronoun_replaced(asked: Parsed, before: Parsed, at: int) -> str:
    word = asked.words[at]
    end = word.end
    case = qw.PRONOUNS.get(word.key)
    if case is None:  # «бұл органды»: the noun carries the case
        noun = asked.words[at + 1]
        case, end = qw.case_of(noun.text)[1], noun.end
    topic = before.topic if case in (Case.NOMINATIVE, Case.ACCUSATIVE) else before.owner
    if word.key in qw.PLURAL:
        topic = before.members or pluralized(topic)
    phrase = written(topic, case)
    return _dated(asked, before, asked.edited(word.start, end, phrase))


def _other_subject(asked: Parsed, before: Parsed) -> str | None:
    """«Ал Халық Кеңесінде ше?», «Ал міндеттері ше?»: the same question about something else."""
    words = [word for word in asked.core if word.key not in qw.FILLERS]
    if not words:
        return None
    head = words[-1]
    nominative, case = qw.case_of(head.text)
    said = asked.joined(words)
    trait = is_possessed(nominative) and not asked.has_entity
    time = f"{asked.time} " if asked.time else ""
    alike = before.like(case) if trait and len(words) == 1 and not before.defines else None
    if alike is not None:
        return time + before.text[: alike.start] + said + before.text[alike.end :]
    if trait:
        ending = _asking_about(nominative, head.key)
        owner = body_of(before.owner) if head.key.startswith(_MEMBERS) else before.owner
        return f"{time}{written(owner, Case.GENITIVE)} {said} {ending}"
    place = before.place_for(head.key)
    if place is None:
        return None
    start, end, was = place
    if not qw.is_owner(head.key):
        return f"{written(before.owner)}: {said}"
    said = said[: len(said) - len(head.text)] + inflected(nominative, was)
    return time + before.text[:start] + said + before.text[end:]


def _without_subject(asked: Parsed, before: Parsed) -> str | None:
    """«Міндеттері қандай?», «Кім басқарады?»: nobody is named whose it is, or who it is."""
    core = asked.core
    first = next((word for word in core if not word.asks), core[0])
    rest = asked.edited()
    if qw.is_trait(first.text, first.key) and len(core) <= _MAX_ELLIPSIS:
        return _dated(asked, before, f"{written(before.owner, Case.GENITIVE)} {rest}")
    *ahead, last = core
    only_verbs = last.finite and all(word.asks or word.key in qw.COPULAS for word in ahead)
    counted = core[0].key.startswith(("неше", "канша")) and len(core) in (3, 4) and qw.is_counted(core[1].key)
    if not (only_verbs and asked.asks) and not counted and not (asked.opens and len(core) <= _MAX_ELLIPSIS):
        return None
    if only_verbs and len(core) > 4:
        return None
    case = _object_case(core)
    topic = before.topic if case in (Case.NOMINATIVE, Case.ACCUSATIVE) else before.owner
    return _dated(asked, before, f"{written(topic, case)} {rest}")


def _object_case(core: Sequence[Token]) -> Case:
    """The part that the missing noun plays: who leads *it*, how many enter *into it*."""
    keys = [word.key for word in core]
    if any(key.startswith(_TO_BODY) for key in keys):
        return Case.DATIVE
    if any(key.startswith(_IN_BODY) for key in keys):
        return Case.LOCATIVE
    active = any(word.finite and word.key not in qw.COPULAS for word in core)
    return (
        Case.ACCUSATIVE if active and keys[0] in _WHO and not _is_passive(core[-1].key) else Case.NOMINATIVE
    )


_WHO = frozenset(("ким", "кимдер"))
_PASSIVE = (
    "лады",
    "леди",
    "ланды",
    "ленди",
    "лынды",
    "линди",
    "болады",
    "бола",
    "лган",
    "лген",
    "лды",
    "лди",
)


def _is_passive(key: str) -> bool:
    return key.endswith(_PASSIVE)


def _asking_about(noun: str, key: str) -> str:
    if not qw.is_person(key):
        return "қандай"
    return "кімдер" if noun.lower().endswith(("лары", "лері", "дары", "дері", "тары", "тері")) else "кім"


def _dated(asked: Parsed, before: Parsed, text: str) -> str:
    """With the time of this question, or with the year spoken of where it goes on in the past."""
    time = before.date if asked.says_then and before.date else asked.time
    if not time and asked.is_past:
        time = before.date
    return f"{time} {text}".strip()


def _sentence(text: str) -> str:
    """A capital first, one question mark last."""
    text = without(text, []).rstrip(" ?.!,")
    return f"{text[:1].upper()}{text[1:]}?"
