"""Four other hybrid searches on the same passages, questions and vectors, each in a process of its own."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.centring import PROBES, Centring, probe_questions
from retrieval.embedder import Vectors
from retrieval.evaluation import score
from tests.benchmarks.findings import Findings, Line, Plot, Target, table
from tests.benchmarks.kazqad import Measure, load_measure
from tests.benchmarks.measuring import Times
from tests.benchmarks.synthetic import Babble, Scatter

ROOT = Path(__file__).resolve().parents[3]
PEERS = ROOT / "tests" / "benchmarks" / "peers"
ENVIRONMENT = ROOT / ".venv-peers"
OURS = "ours"
CONTESTANTS = {
    OURS: "ours",
    "LangChain EnsembleRetriever": "langchain_ensemble",
    "LlamaIndex QueryFusionRetriever": "llamaindex_fusion",
    "Haystack hybrid pipeline": "haystack_hybrid",
    "txtai hybrid index": "txtai_hybrid",
}
WORDS = 30
ASKED = 40
WANTED_MS = {697: 0.4, 10_000: 1.0, 100_000: 4.0}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a contestant did with one task; ``rankings``: passage ids, best first, one list a question."""

    rankings: list[list[str]]
    times: Times
    built_s: float
    peak_mb: float


def run(full: bool, work: Path) -> Findings:
    python = _environment()
    measure = load_measure(work)
    tasks = {len(measure.collection.entries): _real_task(work, measure)}
    for count in (10_000, 100_000) if full else (10_000,):
        tasks[count] = _made_up_task(work, measure, count)
    found: dict[str, dict[int, Outcome]] = {name: {} for name in CONTESTANTS}
    for count, folder in tasks.items():
        for name, module in CONTESTANTS.items():
            print(f"{name}, {count:,} passages", file=sys.stderr, flush=True)
            command = (
                [sys.executable, "-m", f"tests.benchmarks.peers.{module}"]
                if name == OURS
                else [python, str(PEERS / f"{module}.py")]
            )
            found[name][count] = _outcome([*command, str(folder)])
    return _findings(measure, found)


def _environment() -> str:
    """The python of an environment that has what ``requirements.txt`` pins, made where it is missing."""
    pins = PEERS / "requirements.txt"
    python, stamp = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "installed"
    wanted = hashlib.sha256(pins.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
        print(
            f"installing the other projects into {ENVIRONMENT.name} (2 GB, once)", file=sys.stderr, flush=True
        )
        if not python.exists():
            venv.create(ENVIRONMENT, with_pip=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-q", "-r", str(pins)]
        subprocess.run(pip, check=True)
        stamp.write_text(wanted, encoding="ascii")
    return str(python)


def _outcome(command: Sequence[str]) -> Outcome:
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    # some say more than they were asked for on standard output: the result is the last line
    told = json.loads(done.stdout.decode().strip().splitlines()[-1])
    return Outcome(told["rankings"], Times(tuple(told["ms"])), told["built_s"], told["peak_mb"])


def _real_task(work: Path, measure: Measure) -> Path:
    """KazQAD's validation part; the vectors are those of the model, as they are."""
    folder = work / "peers-kazqad"
    entries, keys = measure.collection.entries, len(measure.collection.entries)
    asked = list(measure.collection.questions.items())
    vectors = measure.embedder.embed_queries([" ".join(text.split()) for _, text in asked])
    return _write(
        folder,
        [(entry.passage.id, entry.keys[0]) for entry in entries],
        [entry.title for entry in entries],
        measure.texts[:keys],
        asked,
        vectors,
        measure.texts[keys:],
        measure.embedder.embed_queries(_probes(measure)),
    )


def _made_up_task(work: Path, measure: Measure, count: int) -> Path:
    """As in the part on growth, drawn with KazQAD's covariances; the questions' words are KazQAD's."""
    entries, keys = measure.collection.entries, len(measure.collection.entries)
    probes = measure.embedder.embed_queries(_probes(measure))
    centring = Centring.fit(measure.texts[:keys], probes)
    asked = list(measure.collection.questions.items())[:ASKED]
    real = measure.embedder.embed_queries([" ".join(text.split()) for _, text in asked])
    owners = [row for row, entry in enumerate(entries) for _ in entry.sentences]
    scatter = Scatter.measured(centring.passages(measure.texts[keys:]), owners, centring.queries(real))
    vectors = scatter.passages(count)
    babble = Babble.of([re.sub(r"[.!?…;:]", " ", entry.keys[0]) for entry in entries])
    texts = [" ".join(babble.words[word] for word in row) for row in babble.drawn(count, WORDS)]
    return _write(
        work / f"peers-{count}",
        [(f"made-up-{row}", text) for row, text in enumerate(texts)],
        [""] * count,
        vectors,
        asked,
        scatter.questions(vectors, len(asked)),
        vectors[:0],
        scatter.questions(vectors, PROBES, seed=2),
    )


def _probes(measure: Measure) -> list[str]:
    return probe_questions([(e.title, e.passage.text) for e in measure.collection.entries], PROBES)


def _write(
    folder: Path,
    passages: Sequence[tuple[str, str]],
    titles: Sequence[str],
    vectors: Vectors,
    questions: Sequence[tuple[str, str]],
    question_vectors: Vectors,
    sentences: Vectors,
    probes: Vectors,
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("passages", passages), ("questions", questions)):
        lines = [json.dumps({"id": id, "text": text}, ensure_ascii=False) for id, text in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "titles.json").write_text(json.dumps(titles, ensure_ascii=False), encoding="utf-8")
    np.save(folder / "passages.npy", vectors)
    np.save(folder / "questions.npy", question_vectors)
    np.save(folder / "sentences.npy", sentences)
    np.save(folder / "probes.npy", probes)
    return folder


def _findings(measure: Measure, found: dict[str, dict[int, Outcome]]) -> Findings:
    collection = measure.collection
    sizes = list(next(iter(found.values())))
    real, last = sizes[0], sizes[-1]
    quality = {
        name: score(
            name,
            dict(zip(collection.questions, by_size[real].rankings, strict=True)),
            collection.judgements,
        ).means()[0]
        for name, by_size in found.items()
    }
    rows = [
        (
            name,
            f"{quality[name]:.4f}",
            *(by_size[size].times.median_ms for size in sizes),
            by_size[last].built_s,
            by_size[last].peak_mb,
        )
        for name, by_size in found.items()
    ]
    others = [name for name in found if name != OURS]
    targets = [
        Target(
            "nDCG@10 on KazQAD, in one run with the others", round(quality[OURS], 4), 0.845, "", least=True
        ),
        Target(
            "the best of the others' nDCG@10, to be below ours",
            round(max(quality[name] for name in others), 4),
            round(quality[OURS], 4),
            "",
        ),
    ]
    for size in sizes:
        ours = found[OURS][size].times.median_ms
        quickest = min(found[name][size].times.median_ms for name in others)
        targets.append(Target(f"query without embedding, {size:,} passages", ours, WANTED_MS[size], "ms"))
        targets.append(
            Target(f"… beside the quickest of the others, {size:,} passages", ours, quickest, "ms")
        )
    if last == 100_000:
        targets.append(Target("peak memory at 100,000 passages", found[OURS][last].peak_mb, 0.9 * 1024, "MB"))
    columns = ("search", "nDCG@10", *(f"query, {size:,}: ms" for size in sizes))
    return Findings(
        "Beside other hybrid searches",
        (
            "Each as its documentation sets it up, in a process of its own, with the same passages, "
            "questions and vectors; a query is timed without its embedding, medians. Ours reads the "
            "question, corrects its spelling, looks up synonyms, gives feedback and weighs the evidence "
            "for an answer within that time.",
            f"Quality and the first size: KazQAD's validation part ({real} passages, "
            f"{len(collection.questions)} questions). The other sizes are made up as in the part on "
            f"growth, {ASKED} questions.",
        ),
        (table((*columns, f"build, {last:,}: s", f"peak, {last:,}: MB"), rows),),
        tuple(targets),
        (
            Plot(
                "peers-query",
                "passages",
                "query without embedding, ms",
                tuple(
                    Line(
                        name,
                        tuple(float(size) for size in sizes),
                        tuple(round(by_size[size].times.median_ms, 4) for size in sizes),
                    )
                    for name, by_size in found.items()
                ),
                logarithmic=True,
            ),
        ),
    )
