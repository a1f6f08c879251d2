"""The lines under a quotation: which edition it is from, whether that is law, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot import kazakh
from bot.answers import Citation
from knowledge.model import DocumentKind


def source_status(citation: Citation) -> str:
    """«2022 жылғы 7 ақпандағы редакция · күшінде»: edition and standing of what is quoted."""
    kind = citation.document.kind
    if kind is DocumentKind.ARTICLE:
        return kazakh.SOURCE_ARTICLE_STATUS
    if kind is DocumentKind.FAQ:
        return kazakh.FAQ_STATUS
    edition = kazakh.edition_of(date.fromisoformat(citation.quote.passage.edition))
    exactness = () if citation.standing.exact else (kazakh.EARLIER_TEXT,)
    return " · ".join((edition, *_force(citation), *exactness))


def _force(citation: Citation) -> tuple[str, ...]:
    standing = citation.standing
    if standing.in_force:
        return (kazakh.IN_FORCE,)
    said = []
    repeal_day = standing.repeal.day if standing.repeal else None
    if standing.until is not None and standing.until != repeal_day:
        said.append(kazakh.was_in_force(standing.since, standing.until))
    if repeal_day is not None:
        said.append(kazakh.repealed_on(repeal_day))
    if not said and standing.since is not None:
        said.append(kazakh.enters_into_force_on(standing.since))
    return tuple(said) or (kazakh.NOT_IN_FORCE,)


def source_key(citation: Citation) -> tuple[object, ...]:
    """Equal for quotations that may share one source line: one article, one edition, one standing."""
    passage = citation.quote.passage
    return (citation.document.id, passage.edition, passage.article, citation.url, citation.standing)


def places(citations: Iterable[Citation]) -> str:
    """Locators of one article on one line: «9-бап, 2-тармақ; 3-тармақ», each place once."""
    first, *others = dict.fromkeys(citation.locator for citation in citations)
    head = first.partition(", ")[0]
    return "; ".join((first, *(other.removeprefix(f"{head}, ") for other in others)))
