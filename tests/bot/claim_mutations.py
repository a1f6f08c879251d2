"""Sentences of a law turned into what it does not say: another number, office, denial, duty or bound."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.claim_clauses import Clause

_NUMBERS = "екі үш төрт бес алты жеті сегіз он жиырма отыз қырық елу".split()
_SHARES = ("үштен бірі", "үштен екісі", "төрттен үші", "бестен бірі")
_BARE = {  # nominative, genitive, dative, accusative, locative, ablative, instrumental
    "Президент": "Президент Президенттің Президентке Президентті Президентте Президенттен Президентпен",
    "Құрылтай": "Құрылтай Құрылтайдың Құрылтайға Құрылтайды Құрылтайда Құрылтайдан Құрылтаймен",
    "Үкімет": "Үкімет Үкіметтің Үкіметке Үкіметті Үкіметте Үкіметтен Үкіметпен",
    "Сот": "Сот Соттың Сотқа Сотты Сотта Соттан Сотпен",
}
_BELONGING = {  # «(Қазақстан Республикасының) Президенті» in the same cases
    "Президент": (
        "Президенті Президентінің Президентіне Президентін Президентінде Президентінен Президентімен"
    ),
    "Құрылтай": "Құрылтайы Құрылтайының Құрылтайына Құрылтайын Құрылтайында Құрылтайынан Құрылтайымен",
    "Үкімет": "Үкіметі Үкіметінің Үкіметіне Үкіметін Үкіметінде Үкіметінен Үкіметімен",
    "Сот": "Соты Сотының Сотына Сотын Сотында Сотынан Сотымен",
}
_OFFICES = (
    ("", "Президент"),
    ("Вице-", "Президент"),
    ("", "Құрылтай"),
    ("", "Үкімет"),
    ("Конституциялық ", "Сот"),
    ("Жоғарғы ", "Сот"),
)
_ENDS = (
    ("болмайды", "болады"),
    ("берілмейді", "беріледі"),
    ("тыйым салынады", "рұқсат етіледі"),
    ("құқығы жоқ", "құқығы бар"),
    ("құқығы бар", "құқығы жоқ"),
    ("міндетті емес", "міндетті"),
    ("міндетті", "міндетті емес"),
    ("міндетті", "құқылы"),
    ("құқылы", "құқылы емес"),
    ("құқылы", "міндетті"),
    ("тиіс", "тиіс емес"),
    ("алмайды", "алады"),
    ("алады", "алмайды"),
    ("мүмкін", "мүмкін емес"),
)
_WORDS = (
    ("кемінде", "көп дегенде"),
    ("реттен артық", "реттен кем"),
    ("астам", "кем"),
    ("сайлайды", "тағайындайды"),
    ("тағайындайды", "сайлайды"),
    ("тағайындалады", "сайланады"),
    ("жасырын", "ашық"),
    ("төте", "жанама"),
    ("жылына", "екі жылда"),
    ("құрады", "таратады"),
    ("ғана", "ғана емес"),
    ("әр адам", "ешкім"),
    ("дейін", "кейін"),
    ("бірінші", "екінші"),
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A sentence with one thing changed, and what was changed («кемінде → көп дегенде»)."""

    text: str
    change: str


def sentences_of(clauses: Iterable[Clause], document: str) -> tuple[str, ...]:
    """Each sentence once; a list item follows the line that opens its list."""
    found: dict[str, None] = {}
    for clause in clauses:
        if clause.passage.document == document:
            item = re.fullmatch(r"\d+\) (.+)", clause.quote, re.DOTALL)
            opening = f"{clause.passage.lead.rstrip(':')} " if item and clause.passage.lead else ""
            found[opening + (item[1] if item else clause.quote)] = None
    return tuple(found)


def by_number(sentence: str) -> Iterator[Mutation]:
    for numbers in (_NUMBERS, _SHARES):
        for at, number in enumerate(numbers):
            instead = numbers[(at + 2) % len(numbers)]
            yield from _replaced(sentence, rf"(?<!\w){number}(?=\w{{0,3}} )", number, instead)


def by_office(sentence: str) -> Iterator[Mutation]:
    for at, (prefix, noun) in enumerate(_OFFICES):
        other_prefix, other = _OFFICES[(at + 2) % len(_OFFICES)]
        for table in (_BARE, _BELONGING):
            for form, instead in zip(table[noun].split(), table[other].split(), strict=True):
                found = rf"(?<![\w-]){prefix}{form}(?!\w| Төраға| депутат| мүше| судья| Сот)"
                yield from _replaced(sentence, found, prefix + form, other_prefix + instead)


def by_end(sentence: str) -> Iterator[Mutation]:
    """Denied, allowed instead of forbidden, a right instead of a duty."""
    body = sentence.rstrip(".;")
    for said, instead in _ENDS:
        if body.endswith(f" {said}"):
            yield Mutation(body.removesuffix(said) + instead, f"{said} → {instead}")
    verb = re.search(r"(?<![мбп][ае])(?:й|[ае])(ды|ді)$", body)
    if verb:
        yield Mutation(body[: verb.start()] + ("майды" if verb[1] == "ды" else "мейді"), "denied")


def by_word(sentence: str) -> Iterator[Mutation]:
    for said, instead in _WORDS:
        if instead not in sentence:
            yield from _replaced(sentence, rf"(?<!\w){said}(?!\w)", said, instead)


KINDS: dict[str, Callable[[str], Iterator[Mutation]]] = {
    "number": by_number,
    "office": by_office,
    "end": by_end,
    "word": by_word,
}


def _replaced(sentence: str, pattern: str, said: str, instead: str) -> Iterator[Mutation]:
    for found in re.finditer(pattern, sentence):
        changed = sentence[: found.start()] + instead + sentence[found.end() :]
        yield Mutation(changed, f"{said} → {instead}")
