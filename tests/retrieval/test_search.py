"""A question finds its passage, by any side, and always the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.entries import Entry
from retrieval.search import Searcher
from retrieval.store import build_index
from retrieval.synonyms import Synonyms, load_synonyms
from retrieval.tuning import Tuning
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.texts import ENTRIES, entry

MODEL = FakeEmbedder()
ENDINGS = {"kazakh": ["ы", "ді", "ны"]}


def searcher(
    entries: Sequence[Entry] = ENTRIES, *groups: tuple[str, str], tuning: Tuning | None = None
) -> Searcher:
    texts = [key for one in entries for key in one.keys] + [text for one in entries for text in one.sentences]
    index = build_index(entries, MODEL.embed_passages(texts), MODEL)
    rows = [{"from": [left], "to": [right], "weight": 1} for left, right in groups]
    return Searcher(entries, index, MODEL, Synonyms({"kazakh": rows, "endings": ENDINGS}), tuning)


PLAIN = searcher()


def first(question: str, by: Searcher = PLAIN) -> str:
    return by.search(question).hits[0].passage.id


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Сессия жылына неше рет шақырылады?", "Сессия"),
        ("Төрағаны кім тағайындайды?", "Төраға"),
        ("торагаларды ким тагаиындаиды", "Төраға"),
        ("Tóraǵany kim taǵaıyndaıdy?", "Төраға"),
        ("Кітапхана қай күні ашылды?", "Кітапхана"),
        ("01.03.1995 не болды?", "Кітапхана"),
        ("42 мың кітап қайда?", "Кітапхана"),
        ("Мүшенің өкілеттігі қашан тоқтатылады?", "Мүшелік"),
    ],
)
def test_a_question_in_any_spelling_finds_its_passage(question: str, passage: str) -> None:
    assert first(question) == passage


@pytest.mark.parametrize("off", ["dense", "sentences", "lexical", "stems", "dates", "typos", "feedback"])
def test_each_part_can_be_switched_off_and_the_rest_still_finds(off: str) -> None:
    assert first("Төрағаны кім тағайындайды?", searcher(tuning=replace(Tuning(), **{off: False}))) == "Төраға"


def test_a_searcher_can_be_retuned_and_set_back() -> None:
    changing = searcher()
    before = changing.search("Төрағаны кім тағайындайды?").hits
    changing.retune(Tuning(feedback=False, sentences=False))
    assert changing.search("Төрағаны кім тағайындайды?").hits != before
    changing.retune(Tuning())
    assert changing.search("Төрағаны кім тағайындайды?").hits == before


def test_a_synonym_leads_to_the_word_of_the_text() -> None:
    assert first("Ақшаны қайдан алады?", searcher(ENTRIES, ("ақша", "бюджеттің қаражаты"))) == "Бюджет"
    found = searcher(ENTRIES, ("ақша", "қаражат")).search("Ақшаны қайдан алады?")
    assert [(one.source, one.targets) for one in found.expansions] == [("акшаны", ("каражат",))]


def test_a_word_that_the_question_names_outweighs_a_synonym_of_it() -> None:
    assert first("Хатшылық не істейді?", searcher(ENTRIES, ("істе", "сессия"))) == "Хатшылық"


def test_a_misspelt_word_is_looked_up_as_the_nearest_one() -> None:
    only_words = Tuning(dense=False, sentences=False, feedback=False)
    with_typos = searcher(tuning=only_words).search("бюдшет").hits[0]
    without = searcher(tuning=replace(only_words, typos=False)).search("бюдшет").hits[0]
    assert with_typos.passage.id == "Бюджет"
    assert with_typos.lexical > without.lexical


def test_equal_passages_are_ranked_in_document_order() -> None:
    same = tuple(entry("Тақырып", "Мүлде бірдей мәтін тұр.", order) for order in range(5))
    named = tuple(replace(one, passage=replace(one.passage, id=str(at))) for at, one in enumerate(same))
    found = searcher(named).search("Бірдей мәтін қайда тұр?").hits
    assert [hit.passage.id for hit in found] == ["0", "1", "2", "3", "4"]


def test_passages_that_are_not_eligible_are_never_shown() -> None:
    eligible = np.array([one.title != "Төраға" for one in ENTRIES])
    found = PLAIN.search("Төрағаны кім тағайындайды?", eligible=eligible)
    assert "Төраға" not in {hit.passage.id for hit in found.hits}
    assert len(found.hits) == len(ENTRIES) - 1


def test_passages_apart_are_ranked_by_themselves() -> None:
    apart = np.array([one.title in ("Төраға", "Бюджет") for one in ENTRIES])
    found = PLAIN.search("Төрағаны кім тағайындайды?", apart=apart)
    assert [hit.passage.id for hit in found.apart] == ["Төраға", "Бюджет"]
    assert not {"Төраға", "Бюджет"} & {hit.passage.id for hit in found.hits}


def test_where_nothing_is_eligible_there_is_no_hit_and_no_evidence() -> None:
    found = PLAIN.search("Сессия?", eligible=np.zeros(len(ENTRIES), dtype=np.bool_))
    assert (found.hits, found.evidence) == ((), None)
    assert found.vector is not None


def test_no_more_hits_are_given_than_asked_for() -> None:
    assert len(PLAIN.search("Сессия", limit=2).hits) == 2
    assert PLAIN.search("Сессия", limit=2).hits == PLAIN.search("Сессия", limit=4).hits[:2]


def test_the_evidence_tells_whether_the_best_passage_holds_what_is_asked() -> None:
    held = PLAIN.search("Кітапхана қашан ашылды?").evidence
    assert held is not None
    assert (held.typed, held.coverage, held.unknown) == (1.0, 1.0, 0.0)
    lacking = PLAIN.search("Төраға қашан космосқа ұшады?").evidence
    assert lacking is not None
    assert lacking.typed == -1.0
    assert lacking.unknown == pytest.approx(2 / 3)
    numbered = PLAIN.search("Кітапхана 1996 жылы ашылды ма?").evidence
    assert numbered is not None
    assert numbered.number == 1.0


def test_the_question_is_embedded_as_it_was_typed_unless_its_script_is_another() -> None:
    asked: list[str] = []

    class Listening(FakeEmbedder):
        def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
            asked.extend(texts)
            return super().embed_queries(texts)

    texts = [key for one in ENTRIES for key in one.keys] + [text for one in ENTRIES for text in one.sentences]
    model = Listening()
    index = build_index(ENTRIES, model.embed_passages(texts), model)
    asked.clear()
    heard = Searcher(ENTRIES, index, model, load_synonyms())
    heard.search("  Президент   КІМ? ")
    heard.search("Prezıdent kim?")
    assert asked == ["Президент КІМ?", "президент кім?"]


@given(st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_whatever_is_typed_gets_the_same_hits_twice(question: str) -> None:
    once, again = PLAIN.search(question), PLAIN.search(question)
    assert once.hits == again.hits
    assert len(once.hits) == len(ENTRIES)
