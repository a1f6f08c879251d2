"""Small documents, passages and answers for the tests of this package; the sentences are of the laws."""

from __future__ import annotations

from datetime import date

from bot import kazakh
from bot.answers import Answer, Citation, Standing
from knowledge.model import Document, DocumentKind, Passage, Quote, Reference, Repeal

REPEAL = Repeal(date(2026, 7, 1), Reference("law-halyk-kenesi", "23", "2"))
OLD_LAW = Document(
    id="law-assembly",
    kind=DocumentKind.LAW,
    title="Қазақстан халқы Ассамблеясы туралы",
    short_title="Ассамблея туралы заң",
    requisites="2008 жылғы 20 қазан, № 70-IV",
    url="https://zan.gov.kz/client/#!/doc/41901/kaz?a=1&b=2",
    repeal=REPEAL,
)
NEW_LAW = Document(
    id="law-halyk-kenesi",
    kind=DocumentKind.LAW,
    title="Қазақстан Халық Кеңесі туралы",
    short_title="Халық Кеңесі туралы заң",
    requisites="2026 жылғы 5 маусым, № 298-VIII",
    url="https://zan.gov.kz/client/#!/doc/226150/kaz",
)
SOURCE = Document(
    id="assembly-article",
    kind=DocumentKind.ARTICLE,
    title="Қазақстан халқы Ассамблеясы (мақала)",
    short_title="Бастапқы мақала",
    requisites="",
    url="https://example.kz/article",
)

REPEALED = Standing(in_force=False, since=date(2008, 10, 20), until=date(2026, 7, 1), repeal=REPEAL)
IN_FORCE = Standing(in_force=True, since=date(2026, 7, 1))
NOT_LAW = Standing(in_force=False)

OLD_SENTENCE = "Ассамблеяның қызметі «бірлік» қағидатына негізделеді."
NEW_SENTENCE = "Қазақстан Халық Кеңесі – жоғары конституциялық консультативтік орган."


def cite(
    text: str,
    *,
    document: Document = OLD_LAW,
    edition: str = "2022-02-07",
    article: str | None = "9",
    point: str | None = "2",
    standing: Standing = REPEALED,
    emphasis: tuple[tuple[int, int], ...] = (),
    passage_id: str = "law-assembly/2022-02-07/9/2",
) -> Citation:
    """A citation of the whole of a passage that holds ``text`` and nothing else."""
    passage = Passage(passage_id, document.id, edition, text, 0, article, point)
    quote = Quote(passage, text, emphasis)
    return Citation(quote, document, kazakh.locator(article, point), document.url, standing)


def cite_new(text: str = NEW_SENTENCE, passage_id: str = "law-halyk-kenesi/2026-06-05/1/1") -> Citation:
    """A citation of article 1, point 1 of the law that is in force."""
    return cite(
        text,
        document=NEW_LAW,
        edition="2026-06-05",
        article="1",
        point="1",
        standing=IN_FORCE,
        passage_id=passage_id,
    )


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


NOTICE = kazakh.repeal_notice(REPEAL.day, "«Қазақстан Халық Кеңесі туралы» заң", kazakh.locator("23", "2"))
ANSWER = Answer(
    question="Ассамблея неге негізделеді?",
    lead="Ассамблеяның қызметі бірлікке негізделген.",
    citations=(cite(OLD_SENTENCE, emphasis=(_span(OLD_SENTENCE, "бірлік"),)),),
    notices=(NOTICE,),
    now=(cite_new(),),
)
