"""An index that followed its texts is the index of those texts, whatever it was before."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from retrieval.engine import Query
from retrieval.entries import Entry
from retrieval.index import SearchIndex
from retrieval.store import IndexStore
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.texts import entry

WORDS = "ассамблея кеңес төраға мүше сессия заң бап тармақ құқық міндет келісім тіл мәдениет аймақ".split()


def made_up(count: int, seed: int) -> list[Entry]:
    chance = np.random.default_rng(seed)
    rows = chance.choice(WORDS, size=(count, 8)).tolist()
    texts = [f"{' '.join(row[:4])} {seed}. {' '.join(row[4:])}.".capitalize() for row in rows]
    return [entry(f"Тақырып {seed} {at}", text, at) for at, text in enumerate(texts)]


def same(one: SearchIndex, other: SearchIndex) -> bool:
    """Whether both give the same candidates with the same scores, and the same feedback."""
    query = Query(one.dense.vector(3), dict.fromkeys(one.lexical.terms()[::5], 1.0))
    (here,), (there,) = one.pools(query, [None]), other.pools(query, [None])
    best, shares = np.array([0, 2]), [0.7, 0.3]
    sides = [
        (getattr(here, name), getattr(there, name)) for name in ("rows", "dense", "sentences", "lexical")
    ]
    sides += zip(one.alike(query, here, best, shares), other.alike(query, there, best, shares), strict=True)
    return all(np.array_equal(mine, its) for mine, its in sides)


def test_after_texts_came_went_and_changed_the_index_is_that_of_a_rebuild(tmp_path: Path) -> None:
    first, later = made_up(60, 1), made_up(9, 2)
    IndexStore(tmp_path / "followed").open(first, FakeEmbedder())
    # six of sixty: one in ten deleted, replaced and added
    texts = [*first[:20], *later[:3], *first[22:40], later[3], *first[41:], *later[4:6]]
    followed = IndexStore(tmp_path / "followed").open(texts, FakeEmbedder())
    rebuilt = IndexStore(tmp_path / "rebuilt").open(texts, FakeEmbedder())
    assert followed.embedded == sum(len(new.keys) + len(new.sentences) for new in later[:6])
    assert rebuilt.embedded > 10 * followed.embedded / 2
    assert same(followed.index, rebuilt.index)
    # and what lies on the disk is the same too
    assert same(IndexStore(tmp_path / "followed").open(texts, FakeEmbedder()).index, rebuilt.index)


def test_texts_that_come_back_give_the_first_index_again(tmp_path: Path) -> None:
    texts = made_up(30, 1)
    store = IndexStore(tmp_path)
    before = store.open(texts, FakeEmbedder()).index
    store.open(texts[5:], FakeEmbedder())
    assert same(store.open(texts, FakeEmbedder()).index, before)
