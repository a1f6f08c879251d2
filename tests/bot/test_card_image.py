"""The citation card as a picture."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from bot.card_image import (
    EASY_HEIGHT,
    MAX_HEIGHT,
    MIN_HEIGHT,
    QUOTE_SIZES,
    WIDTH,
    CardTooLong,
    LetterMissing,
    draw,
    layout_of,
)
from bot.citation_card import CitationCard, Force
from tests.bot.example_card import PICTURE, example_card

CARD = example_card()
SENTENCE = "Ассамблеяның құрылымын Ассамблея Сессиясы мен Ассамблея Кеңесі құрайды. "
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі" + "ЭэГгКкНнОоУуХхИи"  # and the Russian letters beside them


def quoting(text: str) -> CitationCard:
    return replace(CARD, quote=text)


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    return image.convert("RGB")


def letters(text: str) -> str:
    return "".join(text.split())


def drawn_letters(card: CitationCard) -> str:
    return letters("".join(line.text for line in layout_of(card).quote))


def test_a_short_card_has_the_shape_of_a_preview() -> None:
    assert opened(draw(replace(quoting("Бір сөз."), notes=()))).size == (WIDTH, MIN_HEIGHT)


@pytest.mark.parametrize(
    ("force", "colour"),
    [
        (Force.IN_FORCE, (0x1D, 0x7A, 0x46)),
        (Force.NOT_IN_FORCE, (0xB3, 0x26, 0x1E)),
        (Force.NOT_LAW, (0x5A, 0x66, 0x75)),
    ],
)
def test_the_band_on_top_tells_the_standing_by_its_colour(force: Force, colour: tuple[int, int, int]) -> None:
    assert opened(draw(replace(CARD, force=force))).getpixel((WIDTH // 2, 5)) == colour


def test_everything_that_a_citation_needs_is_on_the_picture() -> None:
    layout = layout_of(CARD)
    shown = letters("".join(line.text for line in (*layout.quote, *layout.about, *layout.foot)))
    for part in (CARD.quote, CARD.act, CARD.requisites, CARD.locator, CARD.edition, CARD.status, CARD.digest):
        assert letters(part) in shown
    assert "2026жылғы23қараша" in shown
    assert CARD.link.removeprefix("https://") in shown


def test_each_kazakh_letter_is_drawn_with_a_shape_of_its_own() -> None:
    size = QUOTE_SIZES[0]
    shapes = set()
    for letter in KAZAKH:
        line = layout_of(quoting(letter)).quote[0]
        assert (line.text, line.size) == (f"«{letter}»", size)
        shapes.add(opened(draw(replace(quoting(letter), notes=()))).crop((120, 80, 320, 150)).tobytes())
    # in the face of the quotation no two letters of the alphabet look alike
    assert len(shapes) == len(KAZAKH)


def test_a_letter_that_the_font_lacks_is_an_error_and_not_an_empty_box() -> None:
    with pytest.raises(LetterMissing, match="U0001f600"):
        draw(quoting("Күлкі 😀"))


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("аәқңөһІі,.«»1 \n"), min_size=1, max_size=400))
def test_no_letter_of_a_quotation_is_lost(text: str) -> None:
    assert drawn_letters(quoting(text)) == letters(f"«{text}»")


@pytest.mark.parametrize(
    "text", [SENTENCE * 3, SENTENCE * 12, "Ә" * 300, f"1) бірінші;\n2) екінші;\n{SENTENCE}"]
)
def test_nothing_is_drawn_beyond_the_margins(text: str) -> None:
    image = opened(draw(quoting(text)))
    right = image.crop((WIDTH - 79, 12, WIDTH, image.height))
    below = image.crop((0, image.height - 20, WIDTH, image.height))
    assert right.getcolors() == [(right.width * right.height, (255, 255, 255))]
    assert below.getcolors() == [(below.width * below.height, (255, 255, 255))]


def test_lines_of_a_list_stay_lines() -> None:
    lines = [line.text for line in layout_of(quoting("Құқығы:\n1) сайлау;\n2) шақыру.")).quote]
    assert lines == ["«Құқығы:", "1) сайлау;", "2) шақыру.»"]


def test_a_longer_quotation_first_gets_smaller_letters_then_a_higher_picture() -> None:
    layouts = [layout_of(quoting((SENTENCE * times).strip())) for times in (1, 8, 20)]
    sizes = [layout.quote[0].size for layout in layouts]
    heights = [layout.height for layout in layouts]
    assert sizes[0] == QUOTE_SIZES[0] > sizes[1] > sizes[2] == QUOTE_SIZES[-1]
    assert heights[0] < heights[1] <= EASY_HEIGHT < heights[2] <= MAX_HEIGHT


def test_a_quotation_beyond_the_highest_picture_is_refused_with_the_numbers() -> None:
    with pytest.raises(CardTooLong, match=rf"5039 characters need \d{{4}} pixels; at most {MAX_HEIGHT}"):
        draw(quoting((SENTENCE * 70)[:-1]))


def test_the_picture_in_the_documentation_is_drawn_by_this_code() -> None:
    drawn, kept = opened(draw(CARD)), opened(PICTURE.read_bytes())
    assert drawn.size == kept.size
    # another build of the font engine may shade an edge differently
    assert max(ImageStat.Stat(ImageChops.difference(drawn, kept)).mean) < 0.5
