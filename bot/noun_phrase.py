"""Words of a question and the noun phrases that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot import question_words as qw
from bot.inflection import Case, inflected, is_possessed
from bot.time_words import stems, words_in


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question, as typed and folded."""

    text: str
    key: str
    start: int
    end: int
    asks: bool
    finite: bool


def tokens_of(text: str) -> Iterator[Token]:
    """The words of a question in Cyrillic, in order."""
    for word in words_in(text):
        asks = word.key in qw.ASKING or word.key in qw.PARTICLES
        yield Token(text[word.start : word.end], word.key, word.start, word.end, asks, qw.is_finite(word.key))


def first_phrase(words: Sequence[Token]) -> tuple[Token, ...]:
    """The first noun phrase: up to a word in another case, and no further than its last name or trait."""
    kept: list[Token] = []
    for at, word in enumerate(words):
        law = word.key == "туралы" and at + 1 < len(words) and words[at + 1].key.startswith(("зан", "конст"))
        if word.asks or (word.key in qw.FILLERS and not law) or word.key in qw.COPULAS:
            if kept:
                break
            continue
        if word.finite and qw.case_of(word.text)[1] is Case.NOMINATIVE and kept:
            break
        if kept and _is_whole(kept[-1]) and not law and not is_possessed(qw.case_of(word.text)[0]):
            break  # «Халық Кеңесі | заң жобасын»
        kept.append(word)
        if qw.case_of(word.text)[1] not in (Case.NOMINATIVE, Case.GENITIVE):
            break
    while len(kept) > 1 and not _names(kept[-1]):
        kept.pop()
    return tuple(kept)


def _is_whole(word: Token) -> bool:
    """Whether a phrase that ends so goes on with something possessed only."""
    nominative, case = qw.case_of(word.text)
    return case is Case.NOMINATIVE and is_possessed(nominative) and word.key.startswith(_WHOLE)


_WHOLE = stems("кеңес сессия төралқа хатшылы республика халқы ассамблея")


def _names(word: Token) -> bool:
    return qw.is_owner(word.key) or is_possessed(qw.case_of(word.text)[0]) or word.text[:1].isupper()


def owner_of(phrase: tuple[Token, ...]) -> tuple[Token, ...]:
    """The phrase without the trait that is asked of it: «Ассамблеяның» of «Ассамблеяның мақсаты»."""
    while len(phrase) > 1 and not qw.is_owner(phrase[-1].key):
        if not is_possessed(qw.case_of(phrase[-1].text)[0]):
            break
        phrase = phrase[:-1]
        while len(phrase) > 1 and not _names(phrase[-1]):  # «құқықтық» of «құқықтық негізі»
            phrase = phrase[:-1]
    return phrase


def body_of(phrase: tuple[Token, ...]) -> tuple[Token, ...]:
    """The phrase without the person whose office it names: «Халық Кеңесі» of «Халық Кеңесінің төрағасы»."""
    while len(phrase) > 1 and qw.is_person(phrase[-1].key):
        phrase = phrase[:-1]
    return phrase


def written(words: Sequence[Token], case: Case = Case.NOMINATIVE) -> str:
    """The phrase in another case."""
    *front, head = words
    nominative = qw.case_of(head.text)[0]
    return " ".join((*(word.text for word in front), inflected(nominative, case)))


def pluralized(phrase: tuple[Token, ...]) -> tuple[Token, ...]:
    """«Халық Кеңесінің мүшесі» -> «Халық Кеңесінің мүшелері»; other endings stay."""
    *front, head = phrase
    nominative = qw.case_of(head.text)[0]
    for ending, plural in (("сы", "лары"), ("сі", "лері")):
        if nominative.endswith(ending) and qw.is_person(head.key):
            text = nominative.removesuffix(ending) + plural
            return (*front, replace(head, text=text))
    return phrase
