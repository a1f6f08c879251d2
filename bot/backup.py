"""Everything that cannot be had again, in one file: the database, the installation's secret, the texts.

The index is not in it: it is built from the texts. Settings are not in it either, so neither is a secret
that INSTALLATION_SECRET sets; the one in the data folder is, therefore the file is for its owner only.
"""

from __future__ import annotations

import json
import os
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from bot.storage.copying import PostgresCopy, SqliteCopy
from bot.storage.errors import StorageError
from bot.storage.people import SECRET_FILE
from bot.telegram.journalists.watching import STATE_FILE

MANIFEST = "backup.json"
FORM = 1
_KEPT = (SECRET_FILE, STATE_FILE, "texts")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file holds: ``parts`` are the names in it, first the database."""

    made_at: datetime
    parts: tuple[str, ...]

    @property
    def has_secret(self) -> bool:
        return SECRET_FILE in self.parts


def save(copy: SqliteCopy | PostgresCopy, data_dir: Path, file: Path) -> Backup:
    """Write ``file`` whole or not at all; the bot may be running.

    :raises StorageError: the database cannot be copied, or the file not written.
    """
    try:
        with tempfile.TemporaryDirectory(dir=file.resolve().parent, prefix=".backup-") as folder:
            database, draft = Path(folder) / copy.kind, Path(folder) / "draft"
            copy.save(database)
            kept = [name for name in _KEPT if (data_dir / name).exists()]
            backup = Backup(datetime.now(UTC), (copy.kind, *kept))
            manifest = Path(folder) / MANIFEST
            about = {"form": FORM, "made_at": backup.made_at.isoformat(), "parts": backup.parts}
            manifest.write_text(json.dumps(about), "utf-8")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
                with tarfile.open(fileobj=out, mode="w:gz") as archive:
                    archive.add(manifest, MANIFEST)
                    archive.add(database, copy.kind)
                    for name in kept:
                        archive.add(data_dir / name, name)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(file)
    except OSError as exc:
        raise StorageError(f"{file}: {exc.strerror}; wanted a place that can be written") from exc
    return backup


def load(file: Path, copy: SqliteCopy | PostgresCopy, data_dir: Path, *, replace: bool = False) -> Backup:
    """Bring everything back; the bot must not be running.

    :param replace: what is there already makes way: a SQLite file is set aside, tables are replaced.
    :raises StorageError: it is no backup, one of another kind of database, or something is there already.
    """
    try:
        with tempfile.TemporaryDirectory() as folder, tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, members=_expected(archive), filter="data")
            backup = _read(Path(folder) / MANIFEST)
            if copy.kind not in backup.parts:
                raise StorageError(
                    f"{file}: holds {backup.parts[0]}, and DATABASE_URL wants {copy.kind}; set it to "
                    "the same kind of database as the backup's"
                )
            _check_secret(Path(folder), data_dir, replace)
            copy.load(Path(folder) / copy.kind, replace=replace)
            _bring_back(Path(folder), backup, data_dir)
            return backup
    except (tarfile.TarError, EOFError, ValueError, KeyError) as exc:
        raise StorageError(f"{file}: no backup of this bot ({exc})") from exc
    except OSError as exc:
        raise StorageError(f"{exc.filename or file}: {exc.strerror or 'not a backup'}") from exc


def _expected(archive: tarfile.TarFile) -> list[tarfile.TarInfo]:
    """Only what ``save`` puts in; anything else in the file is left there."""
    roots = {MANIFEST, SqliteCopy.kind, PostgresCopy.kind, *_KEPT}
    return [
        member
        for member in archive.getmembers()
        if (member.isfile() or member.isdir()) and PurePosixPath(member.name).parts[0] in roots
    ]


def _read(manifest: Path) -> Backup:
    """:raises ValueError, KeyError: it is none."""
    if not manifest.is_file():
        raise ValueError(f"without {MANIFEST}")
    about = json.loads(manifest.read_text("utf-8"))
    if about["form"] != FORM:
        raise ValueError(f"form {about['form']}, wanted {FORM}: use the program that made it")
    return Backup(datetime.fromisoformat(about["made_at"]), tuple(about["parts"]))


def _check_secret(folder: Path, data_dir: Path, replace: bool) -> None:
    here, there = data_dir / SECRET_FILE, folder / SECRET_FILE
    if not (here.exists() and there.exists()) or replace:
        return
    if here.read_bytes() != there.read_bytes():
        raise StorageError(f"{here}: another secret than the backup's; wanted none, or restore --replace")


def _bring_back(folder: Path, backup: Backup, data_dir: Path) -> None:
    data_dir.mkdir(parents=True, exist_ok=True)
    for name in backup.parts[1:]:
        for source in sorted((folder / name).rglob("*")) if (folder / name).is_dir() else [folder / name]:
            if source.is_file():
                target = data_dir / source.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                draft = target.with_name(f".{target.name}.restored")
                draft.write_bytes(source.read_bytes())
                draft.chmod(0o600 if name == SECRET_FILE else 0o644)
                draft.replace(target)
