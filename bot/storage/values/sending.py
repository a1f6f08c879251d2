"""What came in and what is to go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.storage.people import PersonKey


@dataclass(frozen=True, slots=True)
class Claim:
    """An update is the claimer's. ``earlier``: those of its chat that were not done yet at that moment."""

    earlier: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnfinishedUpdate:
    """An update that was taken and not finished: ``payload`` is the update's JSON as it was claimed."""

    id: int
    payload: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message owed to a chat, leased to the one who got it. ``payload`` is the sender's own JSON.

    ``attempts`` counts this one, from 1. ``in_doubt``: an earlier attempt ended without a word (its
    process died), so the message may have been sent already.
    """

    id: int
    chat_id: int
    kind: str
    payload: str
    dedupe_key: str
    reply_to: int | None
    question_id: int | None
    attempts: int
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """The answers that a correction is about: those that cited a text with one of ``digests``, or that
    cited ``document`` (of it ``article``, where given) in whatever edition."""

    digests: tuple[str, ...] = ()
    document: str | None = None
    article: str | None = None


class CampaignState(StrEnum):
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A correction on its way; ``recipients == sent + blocked + failed + dropped + left``.

    ``dropped``: stopped, or the recipient asked to be forgotten.
    """

    id: int
    text: str
    author: PersonKey | None
    started_at: datetime
    state: CampaignState
    recipients: int
    sent: int
    blocked: int
    failed: int
    dropped: int
    left: int
