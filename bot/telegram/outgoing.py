"""A message on its way: what a delivery keeps until it is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Telegram HTML and its buttons: the payload of every delivery, whoever owes it."""

    html: str
    buttons: InlineKeyboardMarkup | None = None

    def to_json(self) -> str:
        """For ``Deliveries.owe(payload=…)``."""
        buttons = self.buttons.to_dict() if self.buttons else None
        return json.dumps({"html": self.html, "buttons": buttons}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Outgoing:
        """:raises ValueError, KeyError: ``text`` is not what ``to_json`` wrote."""
        row = json.loads(text)
        buttons = row["buttons"]
        return cls(row["html"], InlineKeyboardMarkup.de_json(buttons, None) if buttons else None)
