"""What repositories take and give back: frozen values, no rows."""

from bot.storage.values.questions import (
    FeedbackCount,
    KeptQuestion,
    NewQuestion,
    PassageRef,
    QuestionStatus,
    Reason,
    Turn,
    Vote,
)
from bot.storage.values.reports import DayCount, Forgotten, Load, SlowQuestion, Statistics, Swept, TopicCount
from bot.storage.values.sending import Campaign, CampaignState, Cited, Delivery, UnfinishedUpdate
from bot.storage.values.staff import (
    Asker,
    Card,
    CardState,
    ChangeKind,
    CuratedAnswer,
    CuratedChange,
    CuratedCitation,
    CuratedStatus,
    SimilarCard,
    Waiting,
)

__all__ = [
    "Asker",
    "Campaign",
    "CampaignState",
    "Card",
    "CardState",
    "ChangeKind",
    "Cited",
    "CuratedAnswer",
    "CuratedChange",
    "CuratedCitation",
    "CuratedStatus",
    "DayCount",
    "Delivery",
    "FeedbackCount",
    "Forgotten",
    "KeptQuestion",
    "Load",
    "NewQuestion",
    "PassageRef",
    "QuestionStatus",
    "Reason",
    "SimilarCard",
    "SlowQuestion",
    "Statistics",
    "Swept",
    "TopicCount",
    "Turn",
    "UnfinishedUpdate",
    "Vote",
    "Waiting",
]
