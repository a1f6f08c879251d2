"""``python -m bot evaluate``: the measures of a collection and of a question set, as a table."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from bot.evaluate_command import CollectionFiles, evaluate_collection, show
from bot.question_set import Gold, read_questions
from config.settings import Settings
from knowledge.model import Passage
from retrieval.errors import EvaluationError
from tests.retrieval.fake_embedder import FakeEmbedder
from tests.retrieval.texts import TEXTS

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = {
    "q1": "Төрағаны кім тағайындайды?",
    "q2": "Сессия неше рет шақырылады?",
    "q3": "Кітапхана қашан ашылды?",
}
RIGHT = {"q1": "1", "q2": "0", "q3": "3"}


@pytest.fixture
def files(tmp_path: Path) -> CollectionFiles:
    def write(name: str, rows: list[dict[str, object]]) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return path

    return CollectionFiles(
        write("p.jsonl", [{"id": str(at), "title": a, "text": b} for at, (a, b) in enumerate(TEXTS)]),
        write(
            "q.jsonl", [{"query_id": id, "query": q, "type": "ab"[id == "q1"]} for id, q in QUESTIONS.items()]
        ),
        write("r.jsonl", [{"query_id": q, "passage_id": p, "relevance": 1} for q, p in RIGHT.items()]),
    )


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> FakeEmbedder:
    made = FakeEmbedder()
    monkeypatch.setattr("bot.evaluate_command.load_embedder", lambda name: made)
    return made


def settings(folder: Path) -> Settings:
    return Settings(data_dir=folder / "data", _env_file=None)


def test_a_collection_is_measured_with_a_row_for_each_part_switched_off(
    tmp_path: Path, files: CollectionFiles, model: FakeEmbedder
) -> None:
    measured = evaluate_collection(settings(tmp_path), files, ablate=True)
    assert measured.cards[0].means()[0] == pytest.approx(1.0)
    assert measured.kinds == {"q1": "b", "q2": "a", "q3": "a"}
    out = Console(width=140, record=True, file=io.StringIO())
    show(measured, out)
    text = out.export_text()
    assert "3 questions" in text
    for name in (
        "all parts",
        "without feedback",
        "word beginnings, not stems",
        "nDCG@10",
        "MRR@10",
        "recall@5",
    ):
        assert name in text
    assert "a (2)" in text
    assert "[" in text.split("without feedback")[1].splitlines()[0]


def test_what_was_embedded_for_one_run_serves_the_next(
    tmp_path: Path, files: CollectionFiles, model: FakeEmbedder
) -> None:
    one = evaluate_collection(settings(tmp_path), files, ablate=False)
    embedded = len(model.passages)
    other = evaluate_collection(settings(tmp_path), files, ablate=False)
    assert len(model.passages) == embedded > 0
    assert one.cards[0].values.tolist() == other.cards[0].values.tolist()
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["embeddings"]


def test_a_gold_place_asks_for_no_more_than_it_names() -> None:
    passage = Passage("id", "law", "2022-02-07", "Сессия  жылына\nбір рет.", 0, article="9")
    assert Gold("law").fits(passage)
    assert Gold("law", "9", "2022-02-07", "ЖЫЛЫНА бір рет").fits(passage)
    assert not Gold("law", "8").fits(passage)
    assert not Gold("other").fits(passage)
    assert not Gold("law", edition="2008-10-20").fits(passage)
    assert not Gold("law", has="екі рет").fits(passage)


def test_a_question_set_gives_its_answerable_questions(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    rows = [
        {"id": "a", "kind": "law", "q": "Не?", "gold": [{"doc": "law", "art": "9"}]},
        {"id": "b", "kind": "followup", "turns": ["Кім?", "Қашан?"], "gold": [{"doc": "faq", "has": "сөз"}]},
        {"id": "c", "kind": "unanswerable", "q": "Жоқ?"},
        {"id": "d", "kind": "claim", "q": "Иә.", "verdict": "supported", "gold": [{"doc": "law"}]},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = read_questions(path)
    assert [(q.id, q.turns) for q in found] == [("a", ("Не?",)), ("b", ("Кім?", "Қашан?"))]
    assert found[0].gold == (Gold("law", "9"),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1: not a question of dev.jsonl's form"),
        ('{"kind": "law", "gold": [{"doc": "law"}]}', "line 1: not a question of dev.jsonl's form"),
        ("[]", "line 1: not a question of dev.jsonl's form"),
        ('{"kind": "claim"}', "has no question with a gold place"),
        ("", "has no question with a gold place"),
    ],
)
def test_a_file_that_is_no_question_set_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=message):
        read_questions(path)


def test_an_absent_question_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"set\.jsonl cannot be read"):
        read_questions(tmp_path / "set.jsonl")


@pytest.mark.parametrize("arguments", [[], ["--passages", "p"], ["--questions", "q", "--qrels", "r"]])
def test_half_a_collection_is_a_wrong_use(tmp_path: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "evaluate", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(tmp_path), "COLUMNS": "200"},
    )
    assert done.returncode == 2
    assert "wanted --questions, or --passages, --queries and --qrels" in done.stderr
    assert done.stdout == ""
