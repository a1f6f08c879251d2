"""The law texts in the data folder, ``texts/<document>/<edition>/{kaz.md,rus.md}``: whole or not at all."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import ParseError, SyncError
from knowledge.law_markdown import parse_law
from knowledge.model import LawText

KAZAKH = "kaz"
RUSSIAN = "rus"

_PART = ".part"


def law_of(body: bytes, name: str) -> LawText:
    """The law in a file's bytes; ``name`` is what an error calls it.

    :raises ParseError: where the bytes are not UTF-8, or not a law.
    """
    try:
        return parse_law(body.decode("utf-8"), name=name)
    except UnicodeDecodeError as exc:
        raise ParseError(f"{name}: byte {exc.start} is not UTF-8, wanted Markdown in UTF-8") from exc


@dataclass(frozen=True, slots=True)
class Shelf:
    """Texts under the data folder ``folder``; an edition is named by its ISO day."""

    folder: Path

    @property
    def texts(self) -> Path:
        """The folder of all texts; it need not exist."""
        return self.folder / "texts"

    def path(self, document: str, edition: str, language: str) -> Path:
        """Where that text lies, or would."""
        return self.texts / document / edition / f"{language}.md"

    def editions(self, document: str) -> tuple[str, ...]:
        """Names of the editions of which a Kazakh file is there, ascending; it may still not be parsable."""
        found = (self.texts / document).glob(f"*/{KAZAKH}.md")
        return tuple(sorted(path.parent.name for path in found if _is_day(path.parent.name)))

    def law(self, document: str, edition: str, language: str) -> LawText | None:
        """The text, or None where there is no file.

        :raises ParseError: where the file cannot be read, is not UTF-8 or not a law.
        """
        body = self.body(document, edition, language)
        return None if body is None else law_of(body, f"{document}/{edition}/{language}.md")

    def body(self, document: str, edition: str, language: str) -> bytes | None:
        """The file's bytes, or None where there is no file.

        :raises ParseError: where it cannot be read.
        """
        try:
            return self.path(document, edition, language).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise ParseError(f"{document}/{edition}/{language}.md cannot be read: {exc.strerror}") from exc

    def holds(self, document: str, edition: str, language: str) -> bool:
        """Whether a text is there that parses."""
        try:
            return self.law(document, edition, language) is not None
        except ParseError:
            return False

    def put(self, document: str, edition: str, language: str, body: bytes) -> None:
        """Set ``body`` in the place of that text; a crash at any moment leaves the old or the new one there.

        :raises OSError: where the folder cannot be written; the old text stays.
        """
        target = self.path(document, edition, language)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}{_PART}")
        try:
            with part.open("xb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
            _fsync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other syncs off, and clear what one that was killed left behind.

        The lock is on the folder itself: it leaves no file, and ends with the process.

        :raises SyncError: where another sync is at work, or the folder cannot be made.
        """
        try:
            self.texts.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.texts, os.O_RDONLY)
        except OSError as exc:
            raise SyncError(f"{self.texts}: {exc.strerror}; wanted a folder for the texts") from exc
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as exc:
                raise SyncError(f"{self.texts}: another sync is at work here; try again later") from exc
            for part in self.texts.glob(f"*/*/.*{_PART}"):
                part.unlink(missing_ok=True)
            yield
        finally:
            os.close(handle)


def _is_day(name: str) -> bool:
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
