"""A machine in trouble: a disk that fills up, a child with little of something."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KB = 1024
FILLER = "filler"


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A folder on a disk of its own; where none can be mounted, no file may grow beyond what is left."""

    folder: Path
    mounted: bool

    def leave(self, left_kb: int) -> None:
        """From now on there is room for so much, and no more."""
        if not self.mounted:
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (left_kb * KB, hard))
            return
        room = os.statvfs(self.folder)
        spare_kb = room.f_bavail * room.f_frsize // KB - left_kb
        assert spare_kb >= 0, f"only {spare_kb + left_kb} KB are left"
        with (self.folder / FILLER).open("ab") as filler:
            filler.write(b"\1" * (spare_kb * KB))

    def make_read_only(self) -> bool:
        """Whether it could be done: for root, a folder without the right to write is none."""
        if self.mounted:
            command = ["mount", "-o", "remount,ro", str(self.folder)]
            return subprocess.run(command, capture_output=True, check=False).returncode == 0
        for path in (self.folder, *self.folder.rglob("*")):
            path.chmod(0o500 if path.is_dir() else 0o400)
        return os.geteuid() != 0

    def clear(self) -> None:
        """There is room again."""
        if self.mounted:
            (self.folder / FILLER).unlink(missing_ok=True)
            return
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def small_disk(folder: Path, size_mb: int = 16) -> Iterator[SmallDisk]:
    """A tmpfs where we are root and may mount one, else a limit on the size of files."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder)]
    mounted = (
        os.geteuid() == 0
        and shutil.which("mount") is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )
    disk = SmallDisk(folder, mounted)
    try:
        yield disk
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        else:
            disk.clear()
            for path in (folder, *folder.rglob("*")):
                path.chmod(0o700)


def in_child(work: Callable[[], str], limits: dict[int, int]) -> tuple[int, str]:
    """Exit status and result of ``work`` in a forked process under soft limits (``RLIMIT_…``).

    An exception is the result, as its traceback, under status 1; a signal is a negative status.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reader)
            for what, limit in limits.items():
                resource.setrlimit(what, (limit, limit))
            said, status = work(), 0
        except BaseException:
            said = traceback.format_exc()
        try:
            os.write(writer, said.encode()[-60_000:])
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said
