"""The tables, as of the newest migration. Repositories read and write them; nobody else does.

``person_key`` and ``chat_key`` are keyed hashes (people.py). Only ``chats`` can be turned back into a number
that a message is sent to: what refers to it is there because something may have to be sent.
"""

from bot.storage.tables.base import Base
from bot.storage.tables.people import ChatRow, InstallationRow
from bot.storage.tables.questions import (
    FeedbackRow,
    QuestionMessageRow,
    QuestionPassageRow,
    QuestionRow,
    TurnRow,
)
from bot.storage.tables.sending import CampaignRow, DeliveryRow, SentPassageRow, SubscriptionRow, UpdateRow
from bot.storage.tables.staff import AskerRow, CardRow, CuratedChangeRow, CuratedCitationRow, CuratedRow

__all__ = [
    "AskerRow",
    "Base",
    "CampaignRow",
    "CardRow",
    "ChatRow",
    "CuratedChangeRow",
    "CuratedCitationRow",
    "CuratedRow",
    "DeliveryRow",
    "FeedbackRow",
    "InstallationRow",
    "QuestionMessageRow",
    "QuestionPassageRow",
    "QuestionRow",
    "SentPassageRow",
    "SubscriptionRow",
    "TurnRow",
    "UpdateRow",
]
