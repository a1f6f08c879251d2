"""How many texts a second become vectors: by threads, out of the cache, and questions asked again."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from knowledge.catalog import load_catalog
from knowledge.library import Library
from retrieval.embedder import load_embedder
from retrieval.embedding_cache import CachedEmbedder
from retrieval.entries import entries_of
from retrieval.query_cache import RememberedQueries
from tests.benchmarks.findings import Findings, table
from tests.benchmarks.measuring import seconds, timed
from tests.benchmarks.real_bot import data_folder, real_questions


def run(full: bool, work: Path) -> Findings:
    catalog = load_catalog()
    entries = entries_of(Library.load(catalog, data_folder(work)), catalog)
    texts = list(dict.fromkeys(key for entry in entries for key in entry.keys))
    texts = texts[:: max(1, len(texts) // (400 if full else 80))]
    rows: list[tuple[str | float, ...]] = []
    for threads in range(1, (os.cpu_count() or 1) + 1):
        model = load_embedder("bundled", threads=threads)
        took_s, _ = seconds(lambda model=model: model.embed_passages(texts))
        rows.append((f"passages, {threads} thread{'s' if threads > 1 else ''}", len(texts) / took_s))
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        cached = CachedEmbedder(model, folder)
        cached.embed_passages(texts)
        cached.save()
        read_s, _ = seconds(lambda: CachedEmbedder(model, folder).embed_passages(texts))
        rows.append(("passages embedded before, from the cache's file", len(texts) / read_s))
    finally:
        shutil.rmtree(folder)
    questions = real_questions(100)
    remembered = RememberedQueries(model)
    first = timed(lambda question: remembered.embed_queries([question]), questions, warm=0)
    again = timed(lambda question: remembered.embed_queries([question]), questions, warm=0)
    rows.append(("questions, one after another", 1e3 / first.median_ms))
    rows.append(("the same questions, remembered", 1e3 / again.median_ms))
    letters = sum(map(len, texts)) / len(texts)
    return Findings(
        "Embedding",
        (
            f"The bundled model; {len(texts)} passages of the real texts, {letters:,.0f} letters each on "
            "average, evenly spread over all. Indexing uses as many threads as there are cores. "
            "`EMBEDDING_BACKEND` offers ONNX and OpenVINO for other models by way of "
            "sentence-transformers; neither could be measured here, since no other model can be had "
            "without a download.",
        ),
        (table(("what", "texts a second"), rows),),
    )
