"""Two small laws in three editions, and the data folder that holds them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.model import Document, DocumentKind, Edition


def document(name: str, *editions: Edition) -> Document:
    return Document(
        id=name,
        kind=DocumentKind.LAW,
        title="Сынақ туралы",
        short_title="Сынақ заңы",
        requisites="01.01.2020 № 1",
        url="https://example.kz/law-test",
        adopted=date(2020, 1, 1),
        in_force_from=date(2020, 1, 1),
        editions=editions,
    )


OLD = Edition("law-b", date(2020, 1, 1), "a" * 40, "b")
NEW = Edition("law-b", date(2024, 5, 6), "b" * 40, "b", ("kaz", "rus"))
OTHER = Edition("law-a", date(2021, 1, 1), "c" * 40, "a")
CATALOG = Catalog(documents=(document("law-b", OLD, NEW), document("law-a", OTHER)))


def put(folder: Path, name: str, edition: str, text: str, language: str = "kaz") -> None:
    file = folder / "texts" / name / edition / f"{language}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def law(*points: str) -> str:
    numbered = "\n\n".join(f"{number}. {words}" for number, words in enumerate(points, 1))
    return f"# Сынақ туралы\n\n### 1-бап. Мақсаты\n\n{numbered}\n\n### 2-бап. Соңы\n\nБіткен сөз.\n"
