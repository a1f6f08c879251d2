"""What the handlers are handed: one frozen value, built by the wiring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.claims import Checker
from bot.operations.metrics import Metrics
from bot.staff_answers import StaffAnswers
from bot.storage.storage import Storage
from bot.telegram.core import AnsweringCore
from knowledge.catalog import Catalog
from knowledge.library import Library
from retrieval.search import Searcher


@dataclass(frozen=True, slots=True)
class StaffRoom:
    """Where staff work and who they are; no chat id: there is no staff desk."""

    chat_id: int | None = None
    user_ids: frozenset[int] = frozenset()

    def admits(self, user_id: int, chat_id: int) -> bool:
        """Whether a staff-only thing may answer: a listed person, or anybody in the staff chat."""
        return user_id in self.user_ids or (self.chat_id is not None and chat_id == self.chat_id)


@dataclass(frozen=True, slots=True)
class Dependencies:
    """``today`` is the day of the answers' law; ``questions_per_minute`` bounds one person.
    ``staff_answers`` are those that ``core`` answers by. ``max_question_age`` zero: none is too old.
    ``held``: the texts as they lie on the disk now, where another process may have brought newer ones than
    ``library`` has."""

    core: AnsweringCore
    checker: Checker
    storage: Storage
    searcher: Searcher
    library: Library
    catalog: Catalog
    staff: StaffRoom
    today: Callable[[], date]
    questions_per_minute: int = 20
    staff_answers: StaffAnswers | None = None
    held: Callable[[], Library] | None = None
    metrics: Metrics = field(default_factory=Metrics)
    max_question_age: timedelta = timedelta()
