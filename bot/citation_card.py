"""A citation that can be pasted or shared: the words, where they stand, whether they are law, and when that
was checked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot import kazakh
from bot.answers import Citation
from bot.kazakh import journalists as say
from bot.quoting import verify
from knowledge.model import DocumentKind

HASH_DIGITS = 8


class Force(StrEnum):
    """How the quoted text stands on the day of the check, for whoever gives it a colour."""

    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"
    NOT_LAW = "not_law"


@dataclass(frozen=True, slots=True)
class CitationCard:
    """Every line of the card in Kazakh; the empty ones are not shown.

    ``requisites`` give kind, day and number of the act; ``edition`` the edition and the days on which
    exactly this text was in force; ``notes`` are the warnings of ``Citer.notices``; ``digest`` the first
    hexadecimal digits of the SHA-256 of ``quote`` in UTF-8; ``link`` opens the passage in the bot.
    """

    quote: str
    act: str
    requisites: str
    locator: str
    edition: str
    status: str
    force: Force
    checked: date
    digest: str
    link: str
    url: str = ""
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, citation: Citation, *, checked: date, link: str, notes: tuple[str, ...] = ()) -> CitationCard:
        """:raises bot.quoting.UnprovenQuote: the quotation is not in its passage."""
        quote = verify(citation.quote).text
        return cls(
            quote=quote,
            act=citation.document.short_title,
            requisites=citation.document.requisites,
            locator=citation.locator,
            edition=_edition(citation),
            status=_status(citation),
            force=_force(citation),
            checked=checked,
            digest=short_hash(quote),
            link=link,
            url=citation.url,
            notes=notes,
        )

    @property
    def source(self) -> str:
        """«… туралы» Заң, 9-бап, 2-тармақ"""
        return ", ".join(part for part in (self.act, self.locator) if part)

    def text(self) -> str:
        """All of it, to be pasted."""
        about = (
            f"— {self.source}",
            self.requisites,
            self.edition,
            say.status(self.status),
            *self.notes,
            say.checked_on(self.checked),
            say.official_text(self.url) if self.url else "",
            say.link_to_quote(self.link),
            say.hash_of_quote(self.digest),
        )
        return f"«{self.quote}»\n\n" + "\n".join(line for line in about if line)

    def short_text(self) -> str:
        """The words, their place, their standing and the link: what fits a single line of an article."""
        return f"«{self.quote}» ({self.source}; {self.status}; {self.link})"


def short_hash(quote: str) -> str:
    """What tells one quotation from another: 8 hexadecimal digits."""
    return hashlib.sha256(quote.encode()).hexdigest()[:HASH_DIGITS]


def _is_law(citation: Citation) -> bool:
    return citation.document.kind in (DocumentKind.LAW, DocumentKind.CONSTITUTION)


def _edition(citation: Citation) -> str:
    if not _is_law(citation):
        return ""
    standing = citation.standing
    edition = kazakh.edition_of(date.fromisoformat(citation.quote.passage.edition))
    if standing.since is None:
        return edition
    if standing.until is None:
        span = say.text_in_force_from(standing.since)
    elif standing.in_force:
        span = say.text_in_force_until(standing.since, standing.until)
    else:
        span = kazakh.was_in_force(standing.since, standing.until)
    return f"{edition}; {span}"


def _status(citation: Citation) -> str:
    standing = citation.standing
    if citation.document.kind is DocumentKind.ARTICLE:
        return kazakh.SOURCE_ARTICLE_STATUS
    if not _is_law(citation):
        return kazakh.FAQ_STATUS
    if standing.in_force:
        return kazakh.IN_FORCE
    if standing.repeal is not None:
        return kazakh.repealed_on(standing.repeal.day)
    if standing.until is not None:
        return say.text_changed_on(standing.until)
    if standing.since is not None:
        return kazakh.enters_into_force_on(standing.since)
    return kazakh.NOT_IN_FORCE


def _force(citation: Citation) -> Force:
    if not _is_law(citation):
        return Force.NOT_LAW
    return Force.IN_FORCE if citation.standing.in_force else Force.NOT_IN_FORCE
