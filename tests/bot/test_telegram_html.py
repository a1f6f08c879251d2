"""The strict reader of Telegram's HTML that the loopback server and the tests rely on."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telegram_html import Entity, MarkupError, ParsedText, parse


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<b>т", 'Can\'t find end tag corresponding to start tag "b"'),
        ("т</b>", "Unexpected end tag at byte offset 2"),
        ("<b><i>т</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
        ("<p>т</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<a>т</a>", 'Unsupported start tag "a" at byte offset 0'),
        ("2 < 3", 'Unescaped "<" at byte offset 2'),
        ("А & Б", 'Unescaped "&" at byte offset 3'),
        ("А&nbsp;Б", 'Unsupported entity "&nbsp;" at byte offset 2'),
        ('<b class="x">т</b>', 'Unsupported attribute in the tag "b class="x"" at byte offset 0'),
        ("<blockquote><blockquote>т</blockquote></blockquote>", "Nested blockquote at byte offset 12"),
        ("<code><b>т</b></code>", 'Start tag "b" inside "code" at byte offset 6'),
    ],
)
def test_broken_html_is_refused_with_its_place(html: str, complaint: str) -> None:
    with pytest.raises(MarkupError) as refused:
        parse(html)
    assert str(refused.value) == complaint


def test_nested_tags_give_the_outer_entity_first() -> None:
    assert parse("<b>а<i>ә</i></b>б") == ParsedText("аәб", (Entity("bold", 0, 2), Entity("italic", 1, 1)))


def test_white_space_around_a_message_is_dropped_and_entities_move_with_the_text() -> None:
    assert parse(" \n<b> ә</b> ") == ParsedText("ә", (Entity("bold", 0, 1),))


def test_decimal_and_hexadecimal_entities_are_read() -> None:
    assert parse("&#1179;&#x49b;&quot;").text == 'ққ"'


@given(st.text())
def test_escaped_text_comes_back_whatever_it_holds(text: str) -> None:
    assert parse(f"|{html.escape(text)}|").text == f"|{text}|"
