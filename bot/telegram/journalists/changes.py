"""What a sync changed, document by document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.telegram.journalists.text_state import TextState


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """How the newest text held differs from the newest one before.

    ``before`` is None where none was held. The article numbers stand in print order. ``older_changed`` and
    ``older_added`` are editions, older than the newest, whose text is another one than before, or is new.
    """

    document: str
    before: str | None
    after: str
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    older_changed: tuple[str, ...] = ()
    older_added: tuple[str, ...] = ()


def changes_between(before: TextState, after: TextState) -> tuple[DocumentChange, ...]:
    """Only documents that changed; one whose text is gone altogether is a failed read, not a change."""
    documents = dict.fromkeys(state.document for state in after.articles)
    return tuple(change for document in documents for change in _change(before, after, document))


def _change(before: TextState, after: TextState, document: str) -> Iterator[DocumentChange]:
    if before.digest(document) == after.digest(document):
        return
    editions, earlier = after.editions(document), before.editions(document)
    newest = editions[-1]
    if not earlier:
        yield DocumentChange(document, None, newest)
        return
    if newest < earlier[-1]:
        return  # an edition was lost, which is no news of the law
    was, became = before.digests(document, earlier[-1]), after.digests(document, newest)
    older = [name for name in editions[:-1] if name != earlier[-1]]
    change = DocumentChange(
        document=document,
        before=earlier[-1],
        after=newest,
        changed=tuple(number for number in became if number in was and was[number] != became[number]),
        added=tuple(number for number in became if number not in was),
        removed=tuple(number for number in was if number not in became),
        older_changed=tuple(
            name
            for name in older
            if name in earlier and before.digests(document, name) != after.digests(document, name)
        ),
        older_added=tuple(name for name in older if name not in earlier),
    )
    older_too = change.older_changed or change.older_added
    if newest > earlier[-1] or change.changed or change.added or change.removed or older_too:
        yield change
