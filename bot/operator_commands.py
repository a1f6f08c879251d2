"""``backup``, ``restore`` and ``health``: what an operator asks of a bot that is there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import console
from bot.run_settings import settings_of_run


def register(app: typer.Typer) -> None:
    for command in (backup, restore, health):
        app.command()(command)


def backup(file: Annotated[Path, typer.Argument(help="Where to write it.")]) -> None:
    """Write database, secret and texts into one file; the bot may be running."""
    from bot import backup_command
    from bot.storage.errors import StorageError

    try:
        backup_command.save(settings_of_run(), file)
    except StorageError as error:
        console.complain(str(error))
        raise typer.Exit(1) from error


def restore(
    file: Annotated[Path, typer.Argument(help="What `backup` wrote.")],
    replace: Annotated[bool, typer.Option(help="Let what is there already make way.")] = False,
) -> None:
    """Bring a backup back; the bot must not be running."""
    from bot import backup_command
    from bot.storage.errors import StorageError

    try:
        backup_command.restore(settings_of_run(), file, replace=replace)
    except StorageError as error:
        console.complain(str(error))
        raise typer.Exit(1) from error


def health(
    ready: Annotated[
        bool, typer.Option("--ready", help="Ask whether it can answer, not only whether it lives.")
    ] = False,
) -> None:
    """Ask the bot that runs on this machine how it is (OPS_HOST, OPS_PORT); exit status 1: not well."""
    from bot.operations.asking import how_it_is

    settings = settings_of_run()
    well, line = how_it_is(settings.ops_host, settings.ops_port, "readyz" if ready else "healthz")
    (console.say if well else console.complain)(line)
    if not well:
        raise typer.Exit(1)
