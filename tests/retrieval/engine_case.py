"""Passages for the contract of engines, and what their scores are by definition.

More passages than a POOL holds, in two editions that share most of their texts, some with a second key, some
with sentences: what tells engines apart if anything does.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from knowledge.model import Passage
from retrieval.embedder import Vectors
from retrieval.entries import Entry, sentence_keys
from retrieval.fusion import Mask, Scores
from retrieval.lexical_index import K1, B
from retrieval.terms import index_terms
from tests.retrieval.fake_embedder import FakeEmbedder

MODEL = FakeEmbedder()
_WORDS = (
    "сессия төраға хатшылық кітапхана бюджет мүше өкілеттік заң кеңес ассамблея халық президент парламент "
    "депутат сайлау мәжіліс отырыс шешім қаулы жарлық тіл мәдениет бірлестік орталық облыс қала аудан құқық "
    "міндет тәртіп есеп қаржы қызметкер сарапшы жоба ұсыныс келісім бейбітшілік бірлік достық этнос дәстүр "
    "мереке күн жыл ай тоқсан апта рет мерзім құрам комиссия топ хаттама сұрақ жауап өтініш шағым мектеп"
).split()


def _text(random_: random.Random) -> str:
    def sentence() -> str:
        return " ".join(random_.choices(_WORDS, k=random_.randint(4, 11))).capitalize() + "."

    return " ".join(sentence() for _ in range(random_.choice((1, 1, 2, 3))))


def _made() -> tuple[Entry, ...]:
    random_ = random.Random(20081020)
    articles = [_text(random_) for _ in range(100)]
    entries = []
    for edition in ("2008-10-20", "2022-02-07"):
        for number, text in enumerate(articles):
            # every seventh article was changed in between
            own = _text(random_) if number % 7 == 0 else text
            entries.append(_entry("law-old", edition, number, own, random_))
    entries += [_entry("law-new", "2026-06-05", number, _text(random_), random_) for number in range(80)]
    return tuple(entries)


def _entry(document: str, edition: str, number: int, text: str, random_: random.Random) -> Entry:
    title = f"{number + 1}-бап"
    passage = Passage(
        id=f"{document}/{edition}/{number}",
        document=document,
        edition=edition,
        text=text,
        order=number,
        heading=title,
    )
    keys = (f"{title}. {text}", *([_text(random_)] if number % 5 == 0 else []))
    return Entry(passage, title, keys, sentence_keys(title, text))


ENTRIES = _made()
QUESTIONS = (
    "Төрағаны кім сайлайды?",
    "Сессия жылына неше рет өтеді?",
    "бюджет пен қаржы есебі",
    "Этнос мәдениеті мен тілі туралы құқық",
    "ассамблеянын курамы кандай",
    "Мүлдем ешқандай сөзі жоқ zxqw",
    "7-бап",
)
OF_ONE_LAW: Mask = np.array([entry.passage.document == "law-new" for entry in ENTRIES])
OF_A_DAY: Mask = np.array(
    # of each article one edition, by turns, as on a day between changes; nothing of the later law
    [
        entry.passage.document == "law-old" and (entry.passage.order % 3 == 0) == (at < 100)
        for at, entry in enumerate(ENTRIES)
    ]
)
OF_MOST = np.array([at % 11 != 0 for at in range(len(ENTRIES))])
"""More than a POOL, so that the best have to be found."""


def without(entries: Sequence[Entry], at: int) -> tuple[Entry, ...]:
    return (*entries[:at], *entries[at + 1 :])


def replaced(entries: Sequence[Entry], at: int, text: str) -> tuple[Entry, ...]:
    """With another text under the same id."""
    old = entries[at]
    new = replace(
        old,
        passage=replace(old.passage, text=text),
        keys=(f"{old.title}. {text}",),
        sentences=sentence_keys(old.title, text),
    )
    return (*entries[:at], new, *entries[at + 1 :])


def cosines(query: Vectors, texts: Sequence[Sequence[Vectors]]) -> Scores:
    """The highest inner product of each passage's vectors, in 64 bits."""
    return np.array([max(float(np.dot(query.astype(np.float64), v)) for v in own) for own in texts])


def bm25(terms: Mapping[str, float], entries: Sequence[Entry]) -> Scores:
    """BM25 of the best key (Robertson & Zaragoza 2009, idf as in Lucene), in 64 bits.

    A key counts for half its length and half that of its passage's longest key.
    """
    bags = [[Counter(index_terms(key)) for key in entry.keys] for entry in entries]
    own = [[sum(bag.values()) for bag in one] for one in bags]
    lengths = [[round((length + max(one)) / 2) for length in one] for one in own]
    count = sum(len(one) for one in bags)
    average = sum(map(sum, lengths)) / count
    frequency = Counter(term for one in bags for bag in one for term in bag)

    def score(bag: Counter[str], length: int) -> float:
        return sum(
            weight
            * math.log(1 + (count - frequency[term] + 0.5) / (frequency[term] + 0.5))
            * bag[term]
            / (bag[term] + K1 * (1 - B + B * length / average))
            for term, weight in terms.items()
            if bag[term]
        )

    return np.array(
        [max(map(score, one, length)) for one, length in zip(bags, lengths, strict=True)], dtype=np.float64
    )
