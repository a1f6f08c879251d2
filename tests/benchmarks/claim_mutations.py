"""Every sentence of the Constitution changed in one point: which changed ones are still called supported.

    python -m tests.benchmarks.claim_mutations DATA_FOLDER

The folder holds synced texts (``python -m bot sync``). Takes some minutes. What it prints behind a count
is to be read: a changed sentence may be true all the same, by another article.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.verdicts import Judgement
from tests.bot.claim_mutations import KINDS, sentences_of
from tests.bot.claims_case import checker_on


def main(folder: Path) -> None:
    checker = checker_on(folder)
    sentences = sentences_of(checker.evidence.clauses, "constitution-2026")
    print(f"{len(sentences)} sentences")
    for kind, mutate in KINDS.items():
        made = [mutation for sentence in sentences for mutation in mutate(sentence)]
        verdicts = [(mutation, checker.check(mutation.text)) for mutation in made]
        wrong = [(m, v) for m, v in verdicts if v.judgement is Judgement.SUPPORTED]
        print(f"{kind}: {len(made)} changed sentences, {len(wrong)} called supported")
        for mutation, verdict in wrong:
            print(f"  {mutation.change} | {mutation.text} | {verdict.citations[0].locator}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
