"""A question taken apart: its time, what it asks, the noun phrase that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from bot import question_words as qw
from bot.inflection import Case, is_back, is_possessed
from bot.noun_phrase import Token, first_phrase, owner_of, tokens_of, written
from bot.time_words import Span, now_span, then_span, time_spans, without, words_in
from retrieval.language import detect_language
from retrieval.normalize import fold, normalize
from retrieval.numbers import find_dates
from retrieval.transliteration import read_question


@dataclass(frozen=True)
class Parsed:
    """One question; ``text`` is as typed, in Cyrillic."""

    text: str
    words: tuple[Token, ...]
    times: tuple[Span, ...]

    @classmethod
    def of(cls, question: str) -> Parsed:
        read = read_question(question)
        text = " ".join((question if read.script == "cyrillic" else read.text).split())
        return cls(text, tuple(tokens_of(text)), tuple(time_spans(text)))

    # what it says of time

    @cached_property
    def time(self) -> str:
        """The words that name a time, «» where there are none."""
        return " ".join(self.text[start:end] for start, end in self.times)

    @cached_property
    def date(self) -> str:
        """The year or day that is named, without «қазір» and the like."""
        dates = [(mention.start, mention.end) for mention in find_dates(self.text)]
        return " ".join(self.text[start:end] for start, end in dates)

    @cached_property
    def undated(self) -> str:
        return without(self.text, self.times)

    @cached_property
    def says_then(self) -> bool:
        return then_span(words_in(self.text)) is not None

    @cached_property
    def says_now(self) -> bool:
        return now_span(words_in(self.text)) is not None

    @cached_property
    def is_past(self) -> bool:
        last = self.words[-1].key
        return last in ("еди", "болды", "болган", "болатын") or (
            self.words[-1].finite and not last.endswith(("ады", "еди", "иды", "иди"))
        )

    @cached_property
    def is_event(self) -> bool:
        """«2007 жылғы 21 мамырда не болды?» asks of the day itself."""
        return [word.key for word in self.core] == ["не", "болды"]

    def with_time(self, time: str) -> str:
        """The question with ``time`` in place of «сол кезде»."""
        span = then_span(words_in(self.text))
        return self.text if span is None else self.text[: span[0]] + time + self.text[span[1] :]

    def edited(self, start: int = 0, end: int = 0, new: str = "") -> str:
        """The question without its time and opener, and with ``new`` for the characters ``start:end``."""
        parts = [(start, end, new)] if new else []
        parts += [(first, last, "") for first, last in self.times if not start <= first < end]
        if self.opens:
            parts.append((0, self.words[0].end, ""))
        text = self.text
        for first, last, put in sorted(parts, reverse=True):
            text = text[:first] + put + text[last:]
        text = text.strip(" ,")
        return text if new and start == 0 else lowered(text)

    # what it asks

    @cached_property
    def core(self) -> tuple[Token, ...]:
        """The words without time, openers and «ше»."""
        words = self.words[1:] if self.words and self.opens else self.words
        return tuple(word for word in words if not self._timed(word) and word.key not in qw.CLOSERS)

    @property
    def opens(self) -> bool:
        return self.words[0].key in qw.OPENERS

    @property
    def closes(self) -> bool:
        """«… ше?», or «ал міндеттері?» without anything that asks or acts."""
        bare = not any(word.asks or word.finite or word.key in qw.COPULAS for word in self.words)
        return self.words[-1].key in qw.CLOSERS or (self.opens and bare)

    @property
    def asks(self) -> bool:
        return any(word.asks for word in self.words)

    @property
    def ends_asking(self) -> bool:
        return bool(self.words) and self.words[-1].asks

    @cached_property
    def asking(self) -> Span | None:
        """The first asking word with what it counts: «неше жылға», «қалай», «қай уақытта»."""
        for at, word in enumerate(self.words):
            if word.key in qw.ASKING:
                behind = self.words[at + 1] if at + 1 < len(self.words) else None
                counted = behind is not None and behind.key.startswith(qw.MEASURES) and not behind.asks
                return word.start, behind.end if behind is not None and counted else word.end
        return None

    @property
    def is_russian(self) -> bool:
        return detect_language(self.text) != "kk"

    @property
    def russian_pronoun(self) -> bool:
        return any(word.key in qw.RUSSIAN_PRONOUNS for word in self.words)

    @cached_property
    def pronoun(self) -> int | None:
        """The word that points back to the question before; not one whose noun stands in this question."""
        for at, word in enumerate(self.words):
            if self._timed(word) or (word.key in qw.OPENERS and at == 0):
                continue
            if word.key in qw.PRONOUNS:
                return at
            if word.key in qw.DEMONSTRATIVES and at + 1 < len(self.words):
                return at if self.words[at + 1].key.startswith(qw.GENERIC) else None
            light = word.asks or word.key.startswith(qw.MEASURES) or word.key in qw.FILLERS
            if not light:
                return None
        return None

    @cached_property
    def has_entity(self) -> bool:
        """Whether it names a subject of its own."""
        owned = False
        for at, word in enumerate(self.core):
            if word.asks:
                continue
            counted = at > 0 and self.core[at - 1].key.startswith(("неше", "канша"))
            if not counted and qw.is_entity(
                word.text, word.key, owned=owned, inside=word.start > 0 and at > 0
            ):
                return True
            owned = True
        return False

    # what it is about

    @cached_property
    def topic(self) -> tuple[Token, ...]:
        """The noun phrase in the order of the text; its last word may carry a case."""
        asking = self.asking
        before = [word for word in self.core if asking is None or word.end <= asking[0]]
        phrase = first_phrase(before)
        if not phrase and asking is not None:
            phrase = first_phrase([word for word in self.core if word.start >= asking[1]])
        return phrase

    @cached_property
    def owner(self) -> tuple[Token, ...]:
        """The topic without the trait that is asked of it: «Ассамблеяның» of «Ассамблеяның мақсаты»."""
        return owner_of(self.topic)

    @cached_property
    def members(self) -> tuple[Token, ...]:
        """Those whose number was asked, with their body: «Құрылтайдың депутаттары»; else ()."""
        for one, two in pairwise(self.words):
            members = qw.members_of(two.key) if one.key in qw.NUMBER_WORDS else None
            if members is not None and self.owner:
                *front, head = self.owner
                body = replace(head, text=written([head], Case.GENITIVE))
                return (*front, body, replace(two, text=members))
        return ()

    @cached_property
    def names(self) -> str:
        """The words that name bodies and persons, as they stand."""
        return " ".join(word.text for word in self.words if qw.is_owner(word.key) and not word.asks)

    @cached_property
    def subject(self) -> str:
        """The topic as it stands, up to what is asked, without its time."""
        if not self.topic or (self.asking and self.topic[0].start > self.asking[0]):
            return ""
        return self.text[self.topic[0].start : self.topic[-1].end]

    @cached_property
    def defines(self) -> bool:
        """«… деген не?», «… кім?»: it asks what something is."""
        keys = [word.key for word in self.core[len(self.topic) :]]
        return not set(keys) - {"деген", "дегенимиз", "не", "ким", "кандаи", "орган", "немене"} and (
            "деген" in keys or "дегенимиз" in keys or "орган" in keys
        )

    def like(self, case: Case) -> Token | None:
        """The last possessed noun before what is asked that stands in ``case``."""
        for word in reversed(self.topic):
            nominative, its_case = qw.case_of(word.text)
            if its_case is case and is_possessed(nominative) and word is not self.topic[0]:
                return word
        return None

    def place_for(self, key: str) -> tuple[int, int, Case] | None:
        """Where the thing stands that another one, whose folded word is ``key``, takes the place of."""
        phrase = self.owner
        if qw.is_body(key):  # «Халық Кеңесінің төрағасы», and the other is a body too
            ends = [at for at, word in enumerate(phrase) if qw.is_body(word.key)]
            if ends:
                phrase = phrase[: ends[-1] + 1]
        if not phrase:
            return None
        return phrase[0].start, phrase[-1].end, qw.case_of(phrase[-1].text)[1]

    def joined(self, words: Sequence[Token]) -> str:
        return lowered(" ".join(word.text for word in words))

    @cached_property
    def stated(self) -> tuple[str, str]:
        """A yes-or-no question as (what stands before its verb, the verb as a statement)."""
        kept = [word.text for word in self.words if word.key not in qw.PARTICLES]
        verb = kept.pop() if kept else ""
        if verb.endswith(("а", "е", "й")):
            verb += "ды" if is_back(verb) else "ді"
        return " ".join(kept), verb

    def _timed(self, word: Token) -> bool:
        return any(start <= word.start < end for start, end in self.times)


def lowered(text: str) -> str:
    """With a small first letter, unless the first word is a name."""
    first = text.split(" ", 1)[0]
    named = qw.is_named(fold(normalize(first))) or first.isupper()
    return text if named else text[:1].lower() + text[1:]
