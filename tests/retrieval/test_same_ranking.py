"""The quick search ranks the real texts exactly as a plain one does."""

from __future__ import annotations

import numpy as np

from bot.wiring import Bot
from retrieval.search import Searcher
from retrieval.synonyms import load_synonyms
from tests.benchmarks.question_set import read_rows
from tests.real import needs_corpus
from tests.retrieval.plain_engine import PlainEngine

QUESTIONS = [row.turns[0] for row in read_rows()][::55]


@needs_corpus
def test_the_real_texts_are_ranked_as_plain_numpy_ranks_them(real_bot: Bot) -> None:
    quick = real_bot.searcher
    entries, index = quick._entries, real_bot.opened.index
    apart = np.array([entry.passage.document == "faq" for entry in entries])
    plain = Searcher(
        entries,
        PlainEngine(index),
        real_bot.embedder,
        load_synonyms(),
        prior=quick._prior,
        asked=quick._asked,
    )
    assert len(QUESTIONS) > 15
    for question in QUESTIONS:
        found, wanted = (one.search(question, limit=20, apart=apart) for one in (quick, plain))
        for side in ("hits", "apart"):
            ids, scores = zip(*((h.passage.id, h.score) for h in getattr(found, side)), strict=True)
            assert ids == tuple(hit.passage.id for hit in getattr(wanted, side)), question
            np.testing.assert_allclose(scores, [h.score for h in getattr(wanted, side)], atol=2e-5)
