"""A collection is read from its files, in the general form and as KazQAD comes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval.collections import Collection, read_collection
from retrieval.errors import EvaluationError

PASSAGES = [{"id": "p#1", "title": "Тақырып", "text": "Бірінші мәтін."}, {"id": "p2", "text": "Екінші."}]
QUERIES = [
    {"query_id": "q1", "query": "Бірінші не?", "type": "law"},
    {"query_id": "q2", "query": "Жауапсыз?"},
]
QRELS = [
    {"query_id": "q1", "passage_id": "p#1", "relevance": 2},
    {"query_id": "q2", "passage_id": "p2", "relevance": 0},
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8")
    return path


def read(folder: Path, passages: Any = PASSAGES, queries: Any = QUERIES, qrels: Any = QRELS) -> Collection:
    return read_collection(
        write(folder / "p.jsonl", passages),
        write(folder / "q.jsonl", queries),
        write(folder / "r.jsonl", qrels),
    )


def test_questions_without_a_relevant_passage_are_left_out(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert [entry.passage.id for entry in found.entries] == ["p#1", "p2"]
    assert found.entries[0].keys == ("Тақырып Бірінші мәтін.",)
    assert found.entries[1].keys == ("Екінші.",)
    assert found.questions == {"q1": "Бірінші не?"}
    assert found.judgements == {"q1": {"p#1": 2}}
    assert found.kinds == {"q1": "law"}


def test_kazqad_serves_as_passages_and_as_questions_at_once(tmp_path: Path) -> None:
    rows = [
        {"id": "bio1#7_0", "title": "Жасуша", "context": "Жасуша деген…", "question": "Жасуша деген не?"},
        {"id": "bio2#7_0", "title": "Жасуша", "context": "Жасуша деген…", "question": "Ядро деген не?"},
    ]
    kazqad = write(tmp_path / "kazqad.jsonl", rows)
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("bio1\t0\t7_0\t1\nbio2\t0\t9_9\t1\n", encoding="utf-8")
    found = read_collection(kazqad, kazqad, qrels)
    assert [entry.passage.id for entry in found.entries] == ["7_0"]
    assert found.questions == {"bio1": "Жасуша деген не?", "bio2": "Ядро деген не?"}
    assert found.kinds == {}


def test_line_separators_inside_a_text_do_not_end_its_line(tmp_path: Path) -> None:
    found = read(tmp_path, [{"id": "p#1", "text": "Бір\u2028екі\x85үш"}])
    assert found.entries[0].passage.text == "Бір\u2028екі\x85үш"


@pytest.mark.parametrize(
    ("passages", "queries", "qrels", "message"),
    [
        (
            [{"title": "Мәтінсіз", "id": "p"}],
            QUERIES,
            QRELS,
            "p.jsonl: a row has no text or context, only title, id",
        ),
        (PASSAGES, [{"query": "Атсыз"}], QRELS, "q.jsonl: a row has no query_id or id, only query"),
        (PASSAGES, QUERIES, [{"query_id": "q1"}], "r.jsonl: a row has no passage_id, only query_id"),
        (PASSAGES, QUERIES, [dict(QRELS[0], relevance="көп")], "not in a known form: ValueError"),
        (PASSAGES, QUERIES, [], "names no question of q.jsonl with a relevant passage"),
    ],
)
def test_a_file_of_another_form_is_refused_with_what_it_lacks(
    tmp_path: Path, passages: Any, queries: Any, qrels: Any, message: str
) -> None:
    with pytest.raises(EvaluationError, match=message):
        read(tmp_path, passages, queries, qrels)


def test_a_line_that_is_no_json_object_is_named(tmp_path: Path) -> None:
    good = write(tmp_path / "p.jsonl", PASSAGES)
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "q", "question": "Не?"}\n[1]\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"bad\.jsonl, line 2: wanted one JSON object a line"):
        read_collection(good, bad, write(tmp_path / "r.jsonl", QRELS))
    bad.write_text(json.dumps(QRELS[0]) + "\n{oops\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"bad\.jsonl, line 2: not JSON"):
        read_collection(good, good, bad)


def test_absent_files_and_short_rows_are_named(tmp_path: Path) -> None:
    good = write(tmp_path / "p.jsonl", PASSAGES)
    with pytest.raises(EvaluationError, match=r"absent\.jsonl cannot be read"):
        read_collection(tmp_path / "absent.jsonl", good, write(tmp_path / "r.jsonl", QRELS))
    qrels = tmp_path / "r.tsv"
    qrels.write_text("q1 0 p2\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"r\.tsv, line 1: 3 columns, wanted 4"):
        read_collection(good, good, qrels)
