"""The question and claim sets under ``tests/data`` keep their form and cite only what the real texts hold."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent / "data"
SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
CORPUS = SHARED / "corpus"
DEV = SHARED / "eval" / "dev.jsonl"

ANSWERABLE = {"source", "law", "temporal", "noisy", "russian", "english", "followup"}
VERDICTS = {"supported", "contradicted", "outdated", "not_found"}
TYPES = {
    "supported": {"verbatim", "paraphrase", "digits"},
    "contradicted": {"number", "term", "office", "negation", "relation", "name"},
    "outdated": {"repealed"},
    "not_found": {"absent", "tempting"},
}
# Document and edition -> the first digits of the commit that holds its text; the newest edition comes last.
COMMITS = {
    "law-assembly": {"2008-10-20": "a50e8930", "2022-02-07": "01cb5997"},
    "law-halyk-kenesi": {"2026-06-05": "2c32c163"},
    "constitution-2026": {"2026-03-15": "014c45ee"},
}

with_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real texts (../shared/corpus) are not held")
with_dev = pytest.mark.skipif(not DEV.is_file(), reason="the development set (../shared/eval) is not held")


@dataclass(frozen=True, slots=True)
class Gold:
    """An acceptable citation."""

    doc: str
    art: str | None = None
    has: str | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a set; unknown fields make its construction fail."""

    id: str
    kind: str
    q: str | None = None
    turns: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    repealed_notice: bool = False
    near: bool = False
    smalltalk: bool = False
    verdict: str | None = None
    type: str | None = None

    @classmethod
    def from_json(cls, line: str) -> Row:
        fields = json.loads(line)
        fields["gold"] = tuple(Gold(**gold) for gold in fields.get("gold", ()))
        fields["turns"] = tuple(fields.get("turns", ()))
        return cls(**fields)

    @property
    def said(self) -> tuple[str, ...]:
        """The turns, or the one question."""
        return self.turns or (self.q or "",)

    @property
    def held_out(self) -> bool:
        return int(hashlib.sha256(self.id.encode()).hexdigest()[0], 16) >= 8


def read(path: Path) -> tuple[Row, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Row.from_json(line) for line in lines if line.strip())


QUESTIONS = read(DATA / "questions.jsonl")
CLAIMS = read(DATA / "claims.jsonl")
ROWS = QUESTIONS + CLAIMS


def fold(text: str) -> str:
    """White space folded, Markdown marks dropped, small letters: as the scorer compares."""
    return re.sub(r"\s+", " ", re.sub(r"[*\\]", "", text)).strip().lower()


def same_question(said: tuple[str, ...]) -> str:
    """Letters and digits only, so that a question mark more doesn't make another question; emoji are kept."""
    text = fold(" / ".join(said))
    return re.sub(r"\W+", " ", text).strip() or text


@cache
def articles(doc: str, edition: str | None) -> dict[str, str]:
    """Article number -> folded text, cut at the anchors, without the project's own parser."""
    commits = COMMITS[doc]
    commit = commits[edition] if edition else list(commits.values())[-1]
    (file,) = (CORPUS / "kazakhstan-law" / "codes").glob(f"{commit}*/**/kaz.md")
    parts = re.split(r'<a id="st([\d-]+)"></a>', file.read_text(encoding="utf-8"))
    return {number: fold(text) for number, text in zip(parts[1::2], parts[2::2], strict=True)}


@cache
def source_article() -> str:
    return fold((CORPUS / "assembly-article.txt").read_text(encoding="utf-8"))


def fault(gold: Gold) -> str | None:
    """What is wrong with a gold reference, or None."""
    if gold.doc == "assembly-article":
        text = source_article()
    elif gold.art is None:
        return None
    else:
        held = articles(gold.doc, gold.edition)
        if gold.art not in held:
            return f"{gold.doc} has no article {gold.art}"
        text = held[gold.art]
    if gold.has is not None and fold(gold.has) not in text:
        return f"{gold.doc} {gold.art}: {gold.has!r} does not stand there"
    return None


def test_ids_are_unique_over_both_sets() -> None:
    assert [i for i, n in Counter(row.id for row in ROWS).items() if n > 1] == []


def test_no_question_or_claim_is_asked_twice() -> None:
    assert [q for q, n in Counter(same_question(row.said) for row in ROWS).items() if n > 1] == []


def test_every_row_is_either_one_question_or_a_conversation() -> None:
    for row in ROWS:
        assert (row.q is None) == bool(row.turns), row.id
        assert bool(row.turns) == (row.kind == "followup"), row.id
        assert all(said == said.strip() and said for said in row.said), row.id
        assert len(row.turns) != 1, row.id


def test_answerable_questions_have_a_gold_citation_and_the_others_none() -> None:
    for row in QUESTIONS:
        assert row.kind in ANSWERABLE | {"unanswerable"}, row.id
        assert bool(row.gold) == (row.kind != "unanswerable"), row.id
        assert not (row.near and row.smalltalk), row.id
        assert row.kind == "unanswerable" or not (row.near or row.smalltalk or row.verdict), row.id


def test_claims_have_a_verdict_a_type_that_fits_it_and_a_gold_unless_not_found() -> None:
    for row in CLAIMS:
        assert row.kind == "claim", row.id
        assert row.verdict in VERDICTS, row.id
        assert row.type in TYPES[row.verdict], row.id
        assert bool(row.gold) == (row.verdict != "not_found"), row.id


def test_gold_references_name_known_documents_and_editions() -> None:
    for row in ROWS:
        for gold in row.gold:
            assert gold.doc in {*COMMITS, "assembly-article"}, row.id
            assert gold.edition is None or gold.edition in COMMITS[gold.doc], row.id
            assert gold.doc != "assembly-article" or (gold.art is None and gold.has), row.id


def test_a_notice_of_repeal_is_asked_for_only_where_the_repealed_law_is_meant() -> None:
    for row in QUESTIONS:
        general = not any(gold.edition for gold in row.gold)
        if general and {gold.doc for gold in row.gold} == {"law-assembly"}:
            assert row.repealed_notice, row.id
        about = {gold.doc for gold in row.gold} & {"law-assembly", "law-halyk-kenesi"}
        assert about or not row.repealed_notice, row.id


def test_the_sets_are_as_large_as_promised() -> None:
    kinds = Counter(row.kind for row in QUESTIONS)
    least = {"source": 30, "law": 130, "temporal": 25, "noisy": 25, "russian": 20, "english": 6}
    least |= {"followup": 14, "unanswerable": 240}
    assert {kind: n for kind, n in least.items() if kinds[kind] < n} == {}
    assert sum(row.near for row in QUESTIONS) >= 120
    assert sum(row.smalltalk for row in QUESTIONS) >= 30
    verdicts = Counter(row.verdict for row in CLAIMS)
    wanted = {"supported": 36, "contradicted": 44, "outdated": 18, "not_found": 26}
    assert {verdict: n for verdict, n in wanted.items() if verdicts[verdict] < n} == {}
    assert sum(any(gold.doc == "constitution-2026" for gold in row.gold) for row in CLAIMS) >= 50


def test_law_questions_are_spread_over_the_three_laws() -> None:
    cited = Counter(doc for row in QUESTIONS if row.kind == "law" for doc in {gold.doc for gold in row.gold})
    assert min(cited[doc] for doc in COMMITS) >= 40


def test_the_split_holds_out_about_half_of_every_large_kind() -> None:
    for kind in ("law", "unanswerable", "claim"):
        halves = [row.held_out for row in ROWS if row.kind == kind]
        assert 0.4 <= sum(halves) / len(halves) <= 0.6, kind


@with_corpus
def test_gold_articles_and_words_stand_in_the_real_texts() -> None:
    faults = [(row.id, wrong) for row in ROWS for gold in row.gold if (wrong := fault(gold))]
    assert faults == []


@with_dev
def test_no_row_repeats_the_development_set() -> None:
    known = {same_question(row.said) for row in read(DEV)}
    assert [row.id for row in ROWS if same_question(row.said) in known] == []
