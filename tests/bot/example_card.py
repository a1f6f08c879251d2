"""The card shown in the documentation; ``python -m tests.bot.example_card`` draws it anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.card_image import draw
from bot.citation_card import CitationCard
from bot.kazakh import repeal_notice
from bot.telegram.deeplinks import deep_link
from knowledge.catalog import load_catalog
from tests.bot.samples import REPEAL, REPEALED, cite

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "messages" / "card.png"

QUOTE = (
    "Егер Ассамблея жұмысына оның мүшелерінің жалпы санының кемінде үштен екісі қатысса, "
    + "Сессия заңды болып есептеледі."
)
CHANGED = date(2018, 4, 27)
"""When article 9 got its last wording."""


def example_card() -> CitationCard:
    """A point of the repealed law, of whose requisites the catalog tells."""
    catalog = load_catalog()
    law = catalog.document("law-assembly")
    council = catalog.document("law-halyk-kenesi").short_title
    citation = cite(QUOTE, document=law, article="9", point="5", standing=replace(REPEALED, since=CHANGED))
    return CitationCard.of(
        citation,
        checked=date(2026, 11, 23),
        link=deep_link("assembly_bot", citation.quote.passage),
        notes=(repeal_notice(REPEAL.day, council, "23-бап, 2-тармақ"),),
    )


if __name__ == "__main__":
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(draw(example_card()))
