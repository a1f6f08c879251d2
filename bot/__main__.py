"""The command line: ``python -m bot run | chat | ask | check | evaluate | sync | index | stats``.

What takes seconds to import is imported inside the commands, so that ``--help`` and a wrong setting answer
at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import console, operator_commands
from bot.run_settings import USAGE, logs_as_json, settings_of_run
from bot.startup import nothing_collected
from config.settings import Settings

if TYPE_CHECKING:
    from bot.operations.metrics import Metrics
    from bot.wiring import Bot

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Answers about the Assembly of People of Kazakhstan, in Kazakh, with quotations that are proven.",
)

Today = Annotated[
    str | None, typer.Option("--today", metavar="YYYY-MM-DD", help="Answer as on this day, not the real one.")
]
Json = Annotated[bool, typer.Option("--json", help="JSON lines instead of text for people.")]


def _bot(settings: Settings, *, rebuild: bool = False, metrics: Metrics | None = None) -> Bot:
    """A ready bot, its index built on the way where need be."""
    from retrieval.errors import RetrievalError

    with nothing_collected(), console.working("loading the model and the index"):
        from bot.wiring import ClockError, build_bot
    try:
        with nothing_collected(), console.Bar("indexing passages") as bar:
            bot = build_bot(settings, progress=bar.update, rebuild=rebuild, metrics=metrics)
    except (RetrievalError, ClockError, OSError) as error:
        console.complain(str(error))
        raise typer.Exit(1) from error
    if bot.opened.note:
        console.say(f"index: {bot.opened.note} ({bot.opened.embedded} keys embedded)")
    for problem in bot.library.problems:
        console.complain(problem)
    for edition in bot.library.missing:
        console.complain(f"not held: {edition.document}, edition {edition.name}; run `sync` to bring it")
    return bot


def _bring(settings: Settings, mirror: str | None = None, *, refresh: bool = False) -> bool:
    """Bring the law texts; whether all of them are held."""
    from bot.wiring import bring_texts
    from knowledge.errors import SyncError

    try:
        with console.working("bringing the law texts"):
            report = bring_texts(settings, source=mirror, refresh=refresh, progress=console.told)
    except SyncError as error:
        console.complain(f"the law texts could not be brought: {error}")
        return False
    for line in report.summary_lines():
        console.say(line)
    return report.complete


@app.command()
def sync(
    mirror: Annotated[
        str | None, typer.Option(help="Another source than SOURCE_URL: an http(s) address or a folder.")
    ] = None,
    refresh: Annotated[bool, typer.Option(help="Bring texts that are held already once more.")] = False,
) -> None:
    """Bring the law texts from their public source into the data folder."""
    if not _bring(settings_of_run(), mirror, refresh=refresh):
        raise typer.Exit(1)


@app.command()
def index(
    rebuild: Annotated[bool, typer.Option(help="Build from nothing, even if the index fits.")] = False,
) -> None:
    """Build the index, or bring it up to date: only what changed is embedded."""
    bot = _bot(settings_of_run(), rebuild=rebuild)
    if not bot.opened.note:
        console.say("index: up to date")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, or - for JSON lines from standard input.")],
    as_json: Json = False,
    today: Today = None,
) -> None:
    """Answer one question, or one question a line."""
    from bot.batch import answer_lines, answer_one, lines_of

    if question == "-" and not as_json:
        console.complain("ask -: standard input is read as JSON lines; add --json")
        raise typer.Exit(USAGE)
    from retrieval.errors import RetrievalError

    bot = _bot(settings_of_run(today))
    try:
        if question != "-":
            answer_one(bot.core, question, as_json=as_json, out=sys.stdout)
        elif not answer_lines(bot.core, lines_of(sys.stdin.buffer), sys.stdout):
            raise typer.Exit(USAGE)
    except RetrievalError as error:
        console.complain(str(error))
        raise typer.Exit(1) from error


@app.command()
def check(
    claim: Annotated[str, typer.Argument(help="The claim, or - for JSON lines from standard input.")],
    as_json: Json = False,
    today: Today = None,
) -> None:
    """Check one claim or quotation against the texts, or one a line."""
    if claim == "-" and not as_json:
        console.complain("check -: standard input is read as JSON lines; add --json")
        raise typer.Exit(USAGE)
    from bot.batch import check_lines, check_one, lines_of
    from bot.wiring import ClockError, build_checker

    try:
        checker = build_checker(settings_of_run(today))
    except ClockError as error:
        console.complain(str(error))
        raise typer.Exit(1) from error
    if claim == "-":
        if not check_lines(checker, lines_of(sys.stdin.buffer), sys.stdout):
            raise typer.Exit(USAGE)
        return
    check_one(checker, claim, as_json=as_json, out=sys.stdout)


@app.command()
def chat(today: Today = None) -> None:
    """A conversation in the terminal."""
    from bot.terminal import converse

    converse(_bot(settings_of_run(today)).core)


@app.command()
def stats(
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days, today the last of them.")] = 30,
    csv: Annotated[
        Path | None, typer.Option(help="Write the counts of each day there, as CSV; - for standard output.")
    ] = None,
) -> None:
    """Count the questions of the last days: a table, or CSV."""
    import asyncio

    from bot import stats_command
    from bot.storage.errors import StorageError
    from knowledge.catalog import load_catalog

    try:
        counted = asyncio.run(stats_command.counted(settings_of_run(), days))
        if csv == Path("-"):
            stats_command.write_csv(counted, sys.stdout)
            return
        if csv is not None:
            stats_command.save_csv(counted, csv)
    except (StorageError, OSError) as error:
        console.complain(str(error))
        raise typer.Exit(1) from error
    stats_command.show(counted, load_catalog(), sys.stdout)


@app.command()
def evaluate(
    questions: Annotated[
        Path | None, typer.Option(help="Questions in the form of dev.jsonl, asked on the live index.")
    ] = None,
    passages: Annotated[Path | None, typer.Option(help="Passages of any collection, JSON lines.")] = None,
    queries: Annotated[Path | None, typer.Option(help="Its queries, JSON lines.")] = None,
    qrels: Annotated[Path | None, typer.Option(help="Its judgements, JSON lines or four columns.")] = None,
    ablate: Annotated[bool, typer.Option(help="Add a row for each part switched off.")] = False,
    today: Today = None,
) -> None:
    """Measure how well passages are found: nDCG, MRR and recall, on the live index or on any collection."""
    from retrieval.errors import RetrievalError

    files = [path for path in (passages, queries, qrels) if path is not None]
    if len(files) != (0 if questions else 3):
        console.complain("evaluate: wanted --questions, or --passages, --queries and --qrels")
        raise typer.Exit(USAGE)
    settings = settings_of_run(today)
    with console.working("loading the model"):
        from bot import evaluate_command
    try:
        evaluate_command.evaluate(settings, questions, files, ablate=ablate, build=lambda: _bot(settings))
    except (RetrievalError, OSError) as error:
        console.complain(str(error))
        raise typer.Exit(1) from error


@app.command()
def run(
    webhook: Annotated[
        bool,
        typer.Option("--webhook", help="Let Telegram call this process (WEBHOOK_URL) instead of polling."),
    ] = False,
) -> None:
    """Start: Telegram where TELEGRAM_TOKEN is set, else a conversation in the terminal.

    Brings the law texts and builds the index first, as far as that is not done already.
    """
    settings = settings_of_run()
    if settings.telegram_token is None and webhook:
        console.complain("TELEGRAM_TOKEN: not set; run --webhook wants the token from @BotFather")
        raise typer.Exit(USAGE)
    if settings.telegram_token is None:
        _bring_for_run(settings)
        from bot.terminal import converse

        converse(_bot(settings).core)
        return
    if logs_as_json(settings):
        console.as_events()
    from bot import run_command

    try:
        run_command.run(settings, _bring_for_run, _bot, webhook=webhook)
    except run_command.CannotRun as error:
        console.complain(str(error))
        raise typer.Exit(error.status) from error


def _bring_for_run(settings: Settings) -> None:
    if not _bring(settings):
        console.complain("going on with the texts that are held; the rest is tried again at the next start")


operator_commands.register(app)


if __name__ == "__main__":
    app(prog_name="python -m bot")
