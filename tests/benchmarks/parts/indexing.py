"""The index of the real texts from nothing, and again after one article changed."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from knowledge.catalog import load_catalog
from knowledge.library import Library
from retrieval.embedder import load_embedder
from retrieval.entries import Entry, entries_of
from retrieval.store import IndexStore
from tests.benchmarks.findings import Findings, table
from tests.benchmarks.measuring import peak_mb, seconds
from tests.benchmarks.real_bot import data_folder

ADDED = " Бұл сөйлем өлшеу үшін қосылды."


def run(full: bool, work: Path) -> Findings:
    catalog = load_catalog()
    entries = entries_of(Library.load(catalog, data_folder(work)), catalog)
    loaded_s, embedder = seconds(lambda: load_embedder("bundled"))
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        store = IndexStore(folder)
        built_s, built = seconds(lambda: store.open(entries, embedder))
        opened_s, opened = seconds(lambda: store.open(entries, embedder))
        changed = tuple(_changed(entry) if _of_article(entry) else entry for entry in entries)
        again_s, again = seconds(lambda: store.open(changed, embedder))
        size_mb = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
    finally:
        shutil.rmtree(folder)
    texts = sum(len(entry.keys) + len(entry.sentences) for entry in entries)
    return Findings(
        "The index of the real texts",
        (
            f"{len(entries)} passages, {texts} texts to embed (keys, translations, wordings, sentences), "
            f"of which {built.embedded} differ. The model was loaded before ({loaded_s:.1f} s). The "
            "changed article is article 9 of the Assembly's law in its newest edition: one sentence was "
            "added to each of its passages.",
        ),
        (
            table(
                ("step", "seconds", "texts embedded"),
                (
                    ("index from nothing", built_s, str(built.embedded)),
                    ("index opened as it lies there", opened_s, str(opened.embedded)),
                    ("index after one changed article", again_s, str(again.embedded)),
                ),
            ),
            table(
                ("size", "MB"),
                (("files of one index", size_mb), ("peak memory of all three steps", peak_mb())),
            ),
        ),
    )


def _of_article(entry: Entry) -> bool:
    passage = entry.passage
    return (passage.document, passage.edition, passage.article) == ("law-assembly", "2022-02-07", "9")


def _changed(entry: Entry) -> Entry:
    keys = (entry.keys[0] + ADDED, *entry.keys[1:])
    return replace(entry, keys=keys, passage=replace(entry.passage, text=entry.passage.text + ADDED))
