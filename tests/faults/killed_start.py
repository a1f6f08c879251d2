"""A process that prepares itself once and then lets children start and be killed: ``… FOLDER POINTS SEED``.

A start is a sync from a folder and the index over what it brought. A child counts the steps it takes, and
sends itself SIGKILL at a random one of them: the calls of C functions (write, fsync, …) in every third child,
in the others the events of the file system that Python's audit hooks see (open, rename, remove …). A second
child then starts on what is left, undisturbed. Written to standard output: a line of JSON on the
undisturbed start that comes before all, then one a point.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.model import Passage
from knowledge.passages import passages_of
from knowledge.shelf import Shelf
from retrieval.entries import Entry, passage_entry
from retrieval.search import Searcher
from retrieval.store import IndexStore
from retrieval.synonyms import Synonyms
from tests.knowledge.sync_case import CATALOG, FILES, NEW_KAZ, held, law, run
from tests.retrieval.fake_embedder import FakeEmbedder

EARLIER = FILES | {NEW_KAZ: law("Бұрынғы мәтін.\n2. Көпірді қала күтеді.\n3. Жолды аудан жөндейді.")}
LATER = FILES | {
    NEW_KAZ: law("Жаңа мәтін.\n2. Көпірді облыс күтеді.\n3. Жолды аудан жөндейді.\n4. Орман бөлек.")
}
QUESTION = "Көпірді кім күтеді?"


@dataclass(frozen=True, slots=True)
class Started:
    """What a start found: the texts that it brought, the index's note, the first hit, files of the folder."""

    brought: int
    complete: bool
    note: str
    hit: str
    files: tuple[str, ...]


def start(folder: Path, mirror: Path) -> Started:
    report = run(folder, str(mirror), refresh=True)
    entries = entries_in(folder)
    opened = IndexStore(folder / "index").open(entries, FakeEmbedder())
    searcher = Searcher(entries, opened.index, FakeEmbedder(), Synonyms({"endings": {"kazakh": []}}))
    hit = searcher.search(QUESTION).hits[0].passage.text
    return Started(len(report.brought), report.complete, opened.note, hit, tuple(sorted(held(folder))))


def entries_in(folder: Path) -> tuple[Entry, ...]:
    shelf = Shelf(folder)
    passages: list[Passage] = []
    for edition in shelf.editions("law-test"):
        text = shelf.law("law-test", edition, "kaz")
        assert text is not None
        passages += passages_of("law-test", edition, text)
    return tuple(passage_entry(passage, CATALOG.documents[0]) for passage in passages)


def write_mirror(folder: Path, files: dict[str, bytes]) -> Path:
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return folder


class Steps:
    """Counts; at the last one, the process is dead."""

    def __init__(self, last: int | None) -> None:
        self.count = 0
        self._last = last

    def begin(self, kind: str) -> None:
        if kind == "calls":
            sys.setprofile(lambda _frame, event, _what: self.step() if event == "c_call" else None)
        else:
            sys.addaudithook(lambda event, _: self.step() if event.startswith(("open", "os.")) else None)

    def step(self) -> None:
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """Exit status and result of a child."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            with os.fdopen(writer, "w") as pipe:
                json.dump(work(), pipe)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status, json.loads(said) if said else None


def counted(folder: Path, mirror: Path, kind: str, last: int | None) -> int:
    """How many steps a whole start takes."""
    steps = Steps(last)
    steps.begin(kind)
    start(folder, mirror)
    sys.setprofile(None)
    return steps.count


def as_row(started: Started) -> list[Any]:
    return [started.brought, started.complete, started.note, started.hit, started.files]


def main(folder: Path, points: int, seed: int) -> None:
    chance = random.Random(seed)
    earlier, later = write_mirror(folder / "earlier", EARLIER), write_mirror(folder / "later", LATER)
    old = folder / "old"
    print(json.dumps(in_child(lambda: as_row(start(old, earlier)))[1]))
    in_all: dict[tuple[bool, str], int] = {}
    for point in range(points):
        kind, update = "calls" if point % 3 == 2 else "files", point % 2 == 1
        data = folder / f"data {point}"
        if (update, kind) not in in_all:
            in_all[update, kind] = in_child(
                lambda kind=kind, update=update: counted(
                    prepared(folder / f"{kind} {update}", old, update), later, kind, None
                )
            )[1]
        at = chance.randint(1, in_all[update, kind])
        prepared(data, old, update)
        killed, _ = in_child(lambda data=data, kind=kind, at=at: counted(data, later, kind, at))
        status, row = in_child(lambda data=data: as_row(start(data, later)))
        line = {
            "kind": kind,
            "at": at,
            "of": in_all[update, kind],
            "killed": killed,
            "status": status,
            "next": row,
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)


def prepared(folder: Path, old: Path, update: bool) -> Path:
    """Nothing, or what the start before left."""
    if update:
        shutil.copytree(old, folder)
    return folder


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
