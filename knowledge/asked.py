"""How people ask for a place of a text: hand-written questions, by place, that help to find it.

The law speaks its own language and people theirs; a question written for a point is a bridge between the
two (document expansion by questions: Nogueira & Lin 2019, there by a model, here by hand). Nobody is ever
shown these questions: what is found by them is quoted from the text like anything else. One TOML file
holds the places of one document::

    document = "constitution-2026"

    [[place]]
    article = "15"
    point = "2"               # left out where the article has no points
    sub_points = ["3"]        # only where a list is long: the part of it that has this sub-point
    editions = ["2008-10-20"] # only where another edition does not answer them
    questions = ["…?", "…?"]
    russian = ["…?"]
    english = ["…?"]

In the source article, which has no articles, ``paragraph`` stands in place of ``article`` and ``point``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from knowledge.errors import AskedError
from knowledge.model import Passage

ASKED_FOLDER = Path(__file__).parent / "documents" / "asked"


class AskedPlace(BaseModel):
    """The questions that one place answers; ``editions`` empty: in every edition that has the place."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, str_min_length=1)

    article: str | None = None
    point: str | None = None
    paragraph: str | None = None
    sub_points: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    russian: tuple[str, ...] = ()
    english: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_one_place(self) -> AskedPlace:
        if (self.article is None) == (self.paragraph is None):
            raise ValueError("a place has an article (with its point) or a paragraph, one of the two")
        if self.paragraph is not None and self.point is not None:
            raise ValueError("a paragraph has no point")
        if not self.all_questions:
            raise ValueError("a place needs a question")
        return self

    @property
    def all_questions(self) -> tuple[str, ...]:
        """In every language, Kazakh first."""
        return self.questions + self.russian + self.english

    @property
    def key(self) -> tuple[str | None, str | None]:
        """Article and point as the passages of the place have them."""
        return (None, self.paragraph) if self.article is None else (self.article, self.point)


class _AskedFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    place: tuple[AskedPlace, ...]


class AskedQuestions:
    """All places of all documents, looked up by passage."""

    def __init__(self, places: Iterable[tuple[str, AskedPlace]]) -> None:
        self._places: dict[tuple[str, str | None, str | None], list[AskedPlace]] = {}
        for document, place in places:
            self._places.setdefault((document, *place.key), []).append(place)

    def of(self, passages: Iterable[Passage]) -> Mapping[str, tuple[str, ...]]:
        """Passage id -> its questions, each once; passages without any are left out.

        A point in several parts gets them on the part with the sub-point that they name, else on the first.
        """
        found: dict[str, dict[str, None]] = {}
        whole: set[tuple[str, str | None, str | None, str]] = set()
        for passage in passages:
            at = (passage.document, passage.article, passage.point)
            is_first = (*at, passage.edition) not in whole
            whole.add((*at, passage.edition))
            for place in self._places.get(at, ()):
                named = set(place.sub_points) & set(passage.sub_points)
                if (named or (is_first and not place.sub_points)) and (
                    not place.editions or passage.edition in place.editions
                ):
                    found.setdefault(passage.id, {}).update(dict.fromkeys(place.all_questions))
        return {id: tuple(questions) for id, questions in found.items()}

    def places(self) -> Iterable[tuple[str, AskedPlace]]:
        """(document, place), as read."""
        return ((at[0], place) for at, places in self._places.items() for place in places)


def load_asked(folder: Path | None = None) -> AskedQuestions:
    """Every ``*.toml`` file of the folder, by name.

    :raises AskedError: naming the file and the place, if one is malformed.
    """
    places: list[tuple[str, AskedPlace]] = []
    for path in sorted((folder or ASKED_FOLDER).glob("*.toml")):
        try:
            read = _AskedFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
            raise AskedError(f"{path.name}: cannot be read as TOML: {exc}") from exc
        except ValidationError as exc:
            first = exc.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise AskedError(f"{path.name}, {where}: {first['msg']}") from exc
        places += ((read.document, place) for place in read.place)
    return AskedQuestions(places)
