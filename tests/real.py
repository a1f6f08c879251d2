"""The real thing, built once for all tests: the real texts, the real model, a real index.

With ``../shared/corpus`` beside the checkout all texts are there; without it what the project carries.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.wiring import Bot, bring_texts, build_bot
from config.settings import Settings

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
EVAL = CORPUS.parent / "eval"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the law texts are not beside the checkout")

TODAY = date(2026, 11, 22)


def settings_for(folder: Path, today: date = TODAY) -> Settings:
    """Settings that read neither the environment's data folder nor its clock."""
    return Settings(_env_file=None, data_dir=folder, today=today, telegram_token=None)


@cache
def synced_folder(parent: Path) -> Path:
    """A data folder with every text and its index; about a minute the first time."""
    folder = parent / "synced"
    report = bring_texts(settings_for(folder), source=str(CORPUS))
    assert report.complete, report.summary_lines()
    return folder


@cache
def bot_on(folder: Path, today: date) -> Bot:
    """A bot over a data folder, as of a day."""
    return build_bot(settings_for(folder, today))
