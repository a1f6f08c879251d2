"""From a hundred to a million passages: what building, loading, holding and asking cost."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.centring import PROBES, Centring, probe_questions
from retrieval.dense_index import DenseIndex
from retrieval.embedder import Vectors
from retrieval.engine import Query, Traits
from retrieval.fusion import Side, fuse, ranked
from retrieval.index import SearchIndex
from retrieval.index_files import read_index, write_index
from retrieval.lexical_index import LexicalIndex
from retrieval.manifest import FORMAT, Manifest, digest
from retrieval.profiles import Profiles
from retrieval.quantized_index import FLAT_LIMIT, QuantizedIndex, wants_codes
from retrieval.question_terms import QuestionTerms
from retrieval.spans import Spans
from retrieval.synonyms import load_synonyms
from retrieval.terms import ANALYZER, folded_words, index_terms, stem_terms, words_of
from retrieval.transliteration import read_question
from retrieval.tuning import Tuning
from tests.benchmarks.findings import Findings, Line, Plot, Target, table
from tests.benchmarks.kazqad import Measure, load_measure
from tests.benchmarks.measuring import Times, forget_peak, peak_mb, resident_mb, seconds, timed
from tests.benchmarks.synthetic import Babble, Scatter, term_counts

QUICK, FULL = (100, 1_000, 10_000), (100, 1_000, 10_000, 100_000, 1_000_000)
WORDS = 30
ASKED = 200
BUILT = "built.json"


@dataclass(frozen=True, slots=True)
class Size:
    """What one size cost; ``recall``: of the ten nearest by all vectors, 0..1."""

    passages: int
    built_s: float
    vectors_s: float
    files_mb: float
    loaded_s: float
    resident_mb: float
    query: Times
    recall: float


def run(full: bool, work: Path) -> Findings:
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count()))
    measure = load_measure(work)
    entries = measure.collection.entries
    owners = [row for row, entry in enumerate(entries) for _ in entry.sentences]
    keys = len(entries)
    centring = Centring.fit(measure.texts[:keys], measure.embedder.embed_queries(_probes(measure)))
    asked = [" ".join(text.split()) for text in measure.collection.questions.values()]
    scatter = Scatter.measured(
        centring.passages(measure.texts[keys:]),
        owners,
        centring.queries(measure.embedder.embed_queries(asked)),
    )
    babble = Babble.of([key for entry in entries for key in entry.keys])
    del measure
    sizes = [_size(count, work, scatter, babble, asked) for count in (FULL if full else QUICK)]
    return _findings(sizes)


def _probes(measure: Measure) -> list[str]:
    return probe_questions([(e.title, e.passage.text) for e in measure.collection.entries], PROBES)


def _size(count: int, work: Path, scatter: Scatter, babble: Babble, asked: Sequence[str]) -> Size:
    folder = work / f"growth-{count}"
    vectors = scatter.passages(count)
    queries = scatter.questions(vectors, min(ASKED, count))
    if not (folder / BUILT).is_file():
        _build(count, folder, vectors, babble)
    built = json.loads((folder / BUILT).read_text(encoding="utf-8"))
    nearest = _ten_nearest(vectors, queries)
    del vectors
    gc.collect()
    forget_peak()
    before = resident_mb()
    loaded_s, index = seconds(lambda: read_index(folder, Manifest.read(folder / "manifest.json")))
    terms = QuestionTerms(index.lexical, load_synonyms())
    bags = [terms.of(read_question(q).text, folded_words(read_question(q).text), Tuning())[0] for q in asked]
    questions = [Query(vector, bags[at]) for at, vector in enumerate(queries)]
    # twice: the files that a search touches are in memory from the first time on
    timed(lambda query: _search(index, query), questions)
    query = timed(lambda query: _search(index, query), questions)
    found = [set(_near(index, vector)) for vector in queries]
    right = [len(one & other) / len(other) for one, other in zip(found, nearest, strict=True)]
    files = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Size(
        passages=count,
        built_s=built["all"],
        vectors_s=built["vectors"],
        files_mb=files / 2**20,
        loaded_s=loaded_s,
        resident_mb=peak_mb() - before,
        query=query,
        recall=float(np.mean(right)),
    )


def _build(count: int, folder: Path, vectors: Vectors, babble: Babble) -> None:
    """As ``store.build_index`` does, but for the centring: these vectors are drawn centred."""
    folder.mkdir(parents=True, exist_ok=True)
    kind = QuantizedIndex if wants_codes(count) else DenseIndex
    vectors_s, dense = seconds(lambda: kind.from_vectors(vectors))
    words_s, (lexical, profiles) = seconds(lambda: _of_words(count, babble))
    nothing, none = np.zeros(vectors.shape[1], dtype=np.float32), np.zeros(count, dtype=np.bool_)
    index = SearchIndex(
        dense,
        lexical,
        Centring(nothing, nothing, nothing),
        Spans.of(range(count), count),
        DenseIndex.from_vectors(vectors[:0]),
        Spans.of([], count),
        profiles,
        Traits(none, none),
    )
    ids, rows = tuple(digest(str(row)) for row in range(count)), tuple(range(count))
    manifest = Manifest(FORMAT, "synthetic", vectors.shape[1], ANALYZER, ids, rows, (), (), ids)
    written_s, _ = seconds(lambda: write_index(folder, index, vectors[:0], manifest))
    built = {"vectors": vectors_s, "all": vectors_s + words_s + written_s}
    (folder / BUILT).write_text(json.dumps(built), encoding="utf-8")


def _of_words(count: int, babble: Babble) -> tuple[LexicalIndex, Profiles]:
    said = babble.drawn(count, WORDS)
    lexical = LexicalIndex.from_counts(term_counts(said, [index_terms(word) for word in babble.words]))
    stems = [stem_terms(words_of(word)) for word in babble.words]
    return lexical, Profiles.from_counts(term_counts(said, stems))


def _ten_nearest(vectors: Vectors, queries: Vectors) -> list[set[int]]:
    """By every vector."""
    best: list[set[int]] = []
    for query in queries:
        scores = vectors @ query
        best.append(set(np.argpartition(-scores, min(10, len(scores) - 1))[:10].tolist()))
    return best


def _near(index: SearchIndex, vector: Vectors) -> list[int]:
    """The ten nearest passages among the candidates that the index gives."""
    (pool,) = index.pools(Query(vector, {}), [None])
    return pool.rows[np.argsort(-pool.dense, kind="stable")[:10]].tolist()


def _search(index: SearchIndex, query: Query) -> object:
    """Candidates of both sides, their scores, the fusion and the feedback."""
    (pool,) = index.pools(query, [None])
    fused = fuse([Side(pool.dense), Side(pool.sentences, 0.4), Side(pool.lexical)])
    best = ranked(pool.rows, fused, 2)
    dense, words = index.alike(query, pool, best, [0.5, 0.5])
    return ranked(pool.rows, fused + fuse([Side(dense, 0.5), Side(words, 0.4)]), 10)


def _findings(sizes: Sequence[Size]) -> Findings:
    rows = [
        (
            f"{size.passages:,}",
            "codes" if wants_codes(size.passages) else "flat",
            size.built_s,
            size.vectors_s,
            size.files_mb,
            size.loaded_s,
            size.resident_mb,
            size.query.median_ms,
            size.query.p95_ms,
            f"{size.recall:.4f}",
        )
        for size in sizes
    ]
    columns = ("passages", "kind", "build s", "of it vectors s", "files MB", "load s", "resident MB")
    targets = []
    last = sizes[-1]
    if last.passages == FULL[-1]:
        targets = [
            Target("1,000,000 passages: search, median", last.query.median_ms, 12, "ms"),
            Target("1,000,000 passages: recall@10 against flat", round(last.recall, 4), 0.97, "", least=True),
            Target("1,000,000 passages: load", last.loaded_s, 2, "s"),
            Target("1,000,000 passages: resident", last.resident_mb, 3 * 1024, "MB"),
        ]
    x = tuple(float(size.passages) for size in sizes)
    return Findings(
        "Growth on one machine",
        (
            "Vectors are drawn with the covariances of KazQAD's sentences within and between passages and "
            f"of its questions to their sentences; texts are {WORDS} words that follow each other as "
            "KazQAD's do, so that their letter groups are real ones. One key a passage, no vectors of "
            "sentences.",
            "A search here takes the candidates of both sides, their scores, the fusion and the round of "
            f"feedback; the questions' terms are those of KazQAD's questions ({len(last.query.ms)} of "
            "them). Recall: how many of the ten nearest by all vectors are among the candidates. Resident: "
            "the most that the process held beyond what it held before loading, mapped files as far as the "
            "searches touched them.",
            "Building leaves out what no size changes: the analysis of a text (its words are analysed once "
            "each) and the embedding.",
            f"Up to {FLAT_LIMIT:,} keys every vector is scored; above that codes of two bits a dimension "
            "lead to the nearest ones.",
        ),
        (table((*columns, "query median ms", "query 95 % ms", "recall@10"), rows),),
        tuple(targets),
        (
            Plot("growth-query", "passages", "query, ms", (Line("query", x, _of(sizes, "ms")),), True),
            Plot(
                "growth-cost",
                "passages",
                "build s, resident MB",
                (Line("build, s", x, _of(sizes, "s")), Line("resident, MB", x, _of(sizes, "MB"))),
                True,
            ),
        ),
    )


def _of(sizes: Sequence[Size], what: str) -> tuple[float, ...]:
    got = {"ms": lambda s: s.query.median_ms, "s": lambda s: s.built_s, "MB": lambda s: s.resident_mb}[what]
    return tuple(round(float(got(size)), 4) for size in sizes)
