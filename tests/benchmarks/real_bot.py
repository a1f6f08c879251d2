"""The real bot on the real texts, in a data folder of the benchmark's own that is kept for the next run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from bot.wiring import Bot, bring_texts, build_bot
from config.settings import Settings
from tests.benchmarks.question_set import read_rows
from tests.real import CORPUS, TODAY, settings_for

DATA = "bot"


def data_folder(work: Path) -> Path:
    """A folder with every text. :raises SystemExit: the texts are not beside the checkout."""
    if not CORPUS.is_dir():
        raise SystemExit(f"the law texts are not at {CORPUS}; this part measures the bot on them")
    folder = work / DATA
    bring_texts(settings_for(folder), source=str(CORPUS))
    return folder


def real_bot(work: Path) -> Bot:
    return build_bot(bot_settings(work))


def bot_settings(work: Path) -> Settings:
    return settings_for(data_folder(work), TODAY)


def bot_environment(work: Path, **more: str) -> dict[str, str]:
    """For a process ``python -m bot …`` on the same folder."""
    settings = {"DATA_DIR": str(data_folder(work)), "TODAY": TODAY.isoformat(), "SOURCE_URL": str(CORPUS)}
    return {**os.environ, **settings, **more}


def real_questions(count: int) -> Sequence[str]:
    """Questions of one turn, evenly spread over the project's own set; no small talk, none twice."""
    rows = [row.turns[0] for row in read_rows() if len(row.turns) == 1 and not row.small_talk]
    kept = list(dict.fromkeys(rows))
    if count > len(kept):
        raise ValueError(f"{count} questions wanted, the set has {len(kept)}")
    return [kept[at * len(kept) // count] for at in range(count)]
