"""Questions, their messages, and votes on the answers."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import StatementError

from bot.storage import Storage
from bot.storage.values import FeedbackCount, KeptQuestion, QuestionStatus, Reason, Vote
from tests.bot.storage.samples import AIGUL, BERIK, GROUP, START, HandClock, passage, question


async def test_a_question_is_kept_with_what_was_understood_and_cited(storage: Storage) -> None:
    cited = (passage("9"), passage("10"))
    asked = question("ал мүшелері ше?", understood="Ассамблея: мүшелері ше?", passages=cited, message_id=7)
    question_id = await storage.questions.record(asked)
    assert await storage.questions.get(question_id) == KeptQuestion(
        id=question_id,
        text="ал мүшелері ше?",
        understood="Ассамблея: мүшелері ше?",
        status=QuestionStatus.ANSWERED,
        probability=0.9,
        elapsed_ms=20.0,
        passages=cited,
        at=START,
        person=storage.keys.person(AIGUL),
        asked_in=7,
        answered_in=(),
    )


async def test_a_question_is_found_by_its_message_and_by_each_of_its_answers(storage: Storage) -> None:
    question_id = await storage.questions.record(question(chat_id=GROUP, message_id=7))
    await storage.questions.answered_in(question_id, GROUP, 8)
    await storage.questions.answered_in(question_id, GROUP, 9)
    for message_id in (7, 8, 9):
        found = await storage.questions.by_message(GROUP, message_id)
        assert found is not None
        assert (found.id, found.asked_in, found.answered_in) == (question_id, 7, (8, 9))


async def test_the_same_message_number_in_another_chat_is_another_message(storage: Storage) -> None:
    await storage.questions.record(question(message_id=7))
    assert await storage.questions.by_message(BERIK, 7) is None


async def test_an_edited_question_keeps_its_number_and_its_messages(storage: Storage) -> None:
    first = question("Тілдр туралы", passages=(passage("1"),), message_id=7)
    question_id = await storage.questions.record(first)
    await storage.questions.answered_in(question_id, AIGUL, 8)
    await storage.questions.revise(question_id, question("Тілдер туралы", passages=(passage("2"),)))
    found = await storage.questions.by_message(AIGUL, 8)
    assert found is not None
    assert (found.id, found.text, found.passages) == (question_id, "Тілдер туралы", (passage("2"),))
    assert (found.asked_in, found.answered_in) == (7, (8,))


async def test_an_edit_of_a_question_that_is_gone_changes_nothing(storage: Storage) -> None:
    await storage.questions.revise(99, question())
    assert await storage.questions.get(99) is None


async def test_a_refused_question_becomes_one_that_was_passed_on(storage: Storage) -> None:
    question_id = await storage.questions.record(question(status=QuestionStatus.REFUSED))
    await storage.questions.set_status(question_id, QuestionStatus.PASSED_ON)
    found = await storage.questions.get(question_id)
    assert found is not None and found.status is QuestionStatus.PASSED_ON


async def test_the_same_words_count_together_whatever_the_keyboard(
    storage: Storage, clock: HandClock
) -> None:
    await storage.questions.record(question("Ассамблеяның мүшелері кім?"))
    clock.move(days=1)
    await storage.questions.record(question("ассамблеянын мушелери ким", BERIK))
    await storage.questions.record(question("Кеңестің мүшелері кім?"))
    assert await storage.questions.times_asked("АССАМБЛЕЯНЫҢ МҮШЕЛЕРІ КІМ") == 2
    assert await storage.questions.times_asked("Ассамблеяның мүшелері кім?", since=clock.now) == 1


async def test_a_moment_without_a_zone_is_refused(storage: Storage) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        await storage.questions.times_asked("сұрақ", since=START.replace(tzinfo=None))


async def test_a_person_has_one_vote_and_may_change_it(storage: Storage) -> None:
    question_id = await storage.questions.record(question())
    assert await storage.feedback.vote(question_id, AIGUL, Vote.DOWN)
    assert await storage.feedback.give_reason(question_id, AIGUL, Reason.INCOMPLETE)
    assert await storage.feedback.vote(question_id, BERIK, Vote.DOWN)
    assert await storage.feedback.of(question_id) == FeedbackCount(down=2, incomplete=1)
    assert await storage.feedback.vote(question_id, AIGUL, Vote.UP)
    assert await storage.feedback.of(question_id) == FeedbackCount(up=1, down=1)


async def test_a_reason_wants_a_vote_against(storage: Storage) -> None:
    question_id = await storage.questions.record(question())
    assert not await storage.feedback.give_reason(question_id, AIGUL, Reason.WRONG)
    await storage.feedback.vote(question_id, AIGUL, Vote.UP)
    assert not await storage.feedback.give_reason(question_id, AIGUL, Reason.WRONG)


async def test_a_vote_on_a_question_that_is_gone_is_not_kept(storage: Storage) -> None:
    assert not await storage.feedback.vote(99, AIGUL, Vote.UP)


async def test_the_number_of_a_deleted_question_never_comes_back(storage: Storage) -> None:
    first = await storage.questions.record(question())
    await storage.privacy.forget(AIGUL)
    assert await storage.questions.record(question(user_id=BERIK)) > first
