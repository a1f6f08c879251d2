"""What /statistika shows: one PNG of five charts, drawn without a screen (Agg), in Kazakh, by DejaVu Sans."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from bot import kazakh
from bot.kazakh import staff as say
from bot.storage.values import FeedbackCount, Statistics, TopicCount
from knowledge.catalog import Catalog
from knowledge.errors import KnowledgeError

FONT = "DejaVu Sans"
_WIDTH_IN, _HEIGHT_IN, _DPI = 10.0, 12.0, 110
_MAX_BARS = 6
_LABEL_WIDTH_CHARS = 34
_LABEL_LINES = 2
_MAX_DAY_TICKS = 10

# told apart by lightness too, for those who see no difference between red and green
GREEN, RED, AMBER, GREY, BLUE = "#3f9b6c", "#b8433b", "#e3a63c", "#b5bac1", "#2b6cb0"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a horizontal chart: its label, its length, and the text at its end."""

    label: str
    value: float
    color: str = BLUE
    said: str | None = None


def statistics_png(statistics: Statistics, catalog: Catalog) -> bytes:
    """The whole picture, 1100 by 1320 pixels."""
    with matplotlib.rc_context({"font.family": FONT, "font.size": 10, "axes.titlesize": 11}):
        figure = Figure(
            figsize=(_WIDTH_IN, _HEIGHT_IN), dpi=_DPI, layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12)
        )
        FigureCanvasAgg(figure)
        title = f"{say.STATISTICS}: {say.span(statistics.since, statistics.until)}"
        figure.suptitle(_plain(title), fontsize=14, fontweight="bold", parse_math=False)
        grid = figure.add_gridspec(4, 2, height_ratios=(1.25, 0.85, 1.0, 1.0))
        _days(figure.add_subplot(grid[0, :]), statistics)
        _bars(figure.add_subplot(grid[1, 0]), say.OUTCOMES, outcome_bars(statistics))
        _bars(figure.add_subplot(grid[1, 1]), say.FEEDBACK, feedback_bars(statistics.feedback))
        _bars(figure.add_subplot(grid[2, :]), say.TOPICS, topic_bars(statistics.topics, catalog))
        _bars(figure.add_subplot(grid[3, :]), say.SLOWEST, slow_bars(statistics))
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
        return out.getvalue()


def outcome_bars(statistics: Statistics) -> tuple[Bar, ...]:
    days = statistics.days
    return (
        Bar(say.ANSWERED, sum(day.answered for day in days), GREEN),
        Bar(say.REFUSED, sum(day.refused for day in days), RED),
        Bar(say.PASSED_ON, sum(day.passed_on for day in days), AMBER),
        Bar(say.SMALLTALK, sum(day.smalltalk for day in days), GREY),
    )


def feedback_bars(feedback: FeedbackCount) -> tuple[Bar, ...]:
    """Useful, then why not; votes without a reason last."""
    reasons = ("wrong", "incomplete", "unclear", "other")
    counts = {name: int(getattr(feedback, name)) for name in reasons}
    counts["unsaid"] = feedback.down - sum(counts.values())
    return (
        Bar(say.UP, feedback.up, GREEN),
        *(Bar(say.DOWN_REASONS[name], count, RED) for name, count in counts.items()),
    )


def topic_bars(topics: Sequence[TopicCount], catalog: Catalog) -> tuple[Bar, ...]:
    return tuple(Bar(topic_label(topic, catalog), topic.questions) for topic in topics[:_MAX_BARS])


def topic_label(topic: TopicCount, catalog: Catalog) -> str:
    """«9-бап, Ассамблея туралы заң»; a document that the catalog has no longer by its id."""
    try:
        title = catalog.document(topic.document).short_title
    except KnowledgeError:
        title = topic.document
    return f"{kazakh.locator(topic.article)}, {title}" if topic.article else title


def slow_bars(statistics: Statistics) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            slow.text or say.TEXT_DELETED, slow.elapsed_ms, BLUE, kazakh.format_number(round(slow.elapsed_ms))
        )
        for slow in statistics.slowest[:_MAX_BARS]
    )


def _days(axes: Axes, statistics: Statistics) -> None:
    days = statistics.days
    layers = (
        (say.ANSWERED, [day.answered for day in days], GREEN),
        (say.REFUSED, [day.refused for day in days], RED),
        (say.PASSED_ON, [day.passed_on for day in days], AMBER),
        (say.SMALLTALK, [day.smalltalk for day in days], GREY),
    )
    places = list(range(len(days)))
    below = [0] * len(days)
    for label, counts, color in layers:
        axes.bar(places, counts, bottom=below, color=color, label=label, width=0.8)
        below = [low + count for low, count in zip(below, counts, strict=True)]
    axes.set_title(say.QUESTIONS_A_DAY, loc="left", fontweight="bold", pad=26)  # the legend stands between
    every = -(-len(days) // _MAX_DAY_TICKS)
    axes.set_xticks(places[::every], [f"{day.day:%d.%m}" for day in days[::every]])
    axes.set_ylim(0, max([*below, 1]) * 1.05)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.grid(axis="y", alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.01, 1), ncols=4, frameon=False, fontsize=9)


def _bars(axes: Axes, title: str, bars: Sequence[Bar]) -> None:
    axes.set_title(title, loc="left", fontweight="bold")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.xaxis.set_visible(False)
    if not any(bar.value for bar in bars):
        axes.text(0.5, 0.5, say.NO_DATA, ha="center", va="center", color="#666666", transform=axes.transAxes)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        return
    places = list(range(len(bars)))
    axes.barh(places, [bar.value for bar in bars], color=[bar.color for bar in bars], height=0.68)
    axes.set_yticks(places, [_label(bar.label) for bar in bars], fontsize=9)
    for label in axes.get_yticklabels():
        label.set_parse_math(False)
    axes.set_ylim(_MAX_BARS - 0.5, -0.5)  # the first one on top, bars of one thickness in every chart
    longest = max(bar.value for bar in bars)
    axes.set_xlim(0, longest * 1.12)
    for place, bar in zip(places, bars, strict=True):
        said = bar.said if bar.said is not None else kazakh.format_number(bar.value)
        axes.text(bar.value + longest * 0.01, place, said, va="center", fontsize=9)


def _label(text: str) -> str:
    """Two lines at most; what does not fit ends in «…»."""
    lines = textwrap.wrap(_plain(text), _LABEL_WIDTH_CHARS, max_lines=_LABEL_LINES, placeholder=" …")
    return "\n".join(lines) or " "


def _plain(text: str) -> str:
    """Without the signs that the font has no picture of (emoji), which would be drawn as boxes."""
    font = _font()
    return "".join(sign for sign in text if sign.isspace() or font.get_char_index(ord(sign)))


@cache
def _font() -> FT2Font:
    return FT2Font(font_manager.findfont(FONT, fallback_to_default=False))
