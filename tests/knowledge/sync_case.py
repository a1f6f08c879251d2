"""One small law in two editions, where it lies in the source, and a sync of it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.catalog import Catalog
from knowledge.model import Document, DocumentKind, Edition
from knowledge.sync import SyncItem, SyncReport, sync

PLACE = "03-laws/2020/0101-test"
OLD = Edition("law-test", date(2020, 1, 1), "a" * 40, PLACE)
NEW = Edition("law-test", date(2024, 5, 6), "b" * 40, PLACE, ("kaz", "rus"))
CATALOG = Catalog(
    documents=(
        Document(
            id="law-test",
            kind=DocumentKind.LAW,
            title="Сынақ туралы",
            short_title="Сынақ заңы",
            requisites="01.01.2020 № 1",
            url="https://example.kz/law-test",
            act_code="777",
            adopted=date(2020, 1, 1),
            in_force_from=date(2020, 1, 1),
            editions=(OLD, NEW),
        ),
    )
)


def law(words: str, heading: str = "1-бап. Мақсаты", front_matter: str = "") -> bytes:
    return f"{front_matter}# Сынақ туралы\n\n### {heading}\n\n1. {words}\n".encode()


def address(commit: str, file: str) -> str:
    return f"kazakhstan-law/codes/{commit}/{PLACE}/{file}"


OLD_KAZ, NEW_KAZ, NEW_RUS = (
    address(OLD.commit, "kaz.md"),
    address(NEW.commit, "kaz.md"),
    address(NEW.commit, "rus.md"),
)
MAIN_KAZ, MAIN_RUS, MAIN_META = (address("main", name) for name in ("kaz.md", "rus.md", "meta.yaml"))
FILES = {
    OLD_KAZ: law("Ескі мәтін."),
    NEW_KAZ: law("Жаңа мәтін."),
    NEW_RUS: law("Новый текст.", "Статья 1. Цель"),
}
ITEMS = (
    SyncItem("law-test", "2020-01-01", "kaz"),
    SyncItem("law-test", "2024-05-06", "kaz"),
    SyncItem("law-test", "2024-05-06", "rus"),
)


class Pauses(list[float]):
    """Takes note of the seconds to wait, and doesn't wait."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def run(folder: Path, source: str, **options: Any) -> SyncReport:
    limits = {"timeout_s": 5.0, "attempts": 3, "max_bytes": 10_000, "pause": Pauses()}
    return sync(CATALOG, folder, source=source, **(limits | options))


def held(folder: Path) -> dict[str, bytes]:
    """Every file in the data folder, hidden ones too."""
    files = (Path(where) / name for where, _, names in os.walk(folder) for name in names)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


WHOLE = {
    "texts/law-test/2020-01-01/kaz.md": FILES[OLD_KAZ],
    "texts/law-test/2024-05-06/kaz.md": FILES[NEW_KAZ],
    "texts/law-test/2024-05-06/rus.md": FILES[NEW_RUS],
}
