"""The settings of a command, read once, with the log lines set up as they say."""

from __future__ import annotations

import sys
from datetime import date

import typer

from bot import console
from config.logs import configure_logs
from config.settings import Settings, SettingsError, load_settings

USAGE = 2  # exit status of a wrong setting or argument, as typer's own


def settings_of_run(today: str | None = None) -> Settings:
    try:
        settings = load_settings()
    except SettingsError as error:
        console.complain(str(error))
        raise typer.Exit(USAGE) from error
    if today:
        try:
            settings = settings.model_copy(update={"today": date.fromisoformat(today)})
        except ValueError as error:
            console.complain(f'--today="{today}": wanted a day like 2026-06-30')
            raise typer.Exit(USAGE) from error
    configure_logs(settings.log_level, json=logs_as_json(settings))
    return settings


def logs_as_json(settings: Settings) -> bool:
    return not sys.stderr.isatty() if settings.log_json is None else settings.log_json
