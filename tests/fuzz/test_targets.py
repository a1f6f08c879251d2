"""The targets of the fuzzer on what hypothesis makes up, in the normal run; ``make fuzz`` looks longer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

_PIECES = st.sampled_from(
    (
        *(
            "\n",
            "\n\n",
            "# ",
            "### 2-бап. ",
            "**3-бап**",
            "1. ",
            "2) ",
            "> *Ескерту. 1-бапқа өзгеріс 01.01.2020 № 1*",
        ),
        *(
            "---\n",
            "<!-- 1 -->",
            "<!-- 2 | truncated -->",
            "[[entry]]\n",
            "[[document]]\n",
            'id = "a"\n',
            "version_date: ",
        ),
        *(
            "<b>",
            "&lt;",
            "«",
            "»",
            "«сөз»",
            "{",
            "}",
            "[",
            "]",
            '"',
            "\\u0000",
            "\\ud800",
            ":",
            ",",
            "null",
            "9" * 30,
        ),
        *(
            "2010 жылғы 1 мамыр",
            "9-бап",
            "law-assembly",
            "бір",
            "мың",
            "XX",
            "ассамблея",
            "assambleya",
            "أ",
            "\u0301",
            "😀",
        ),
        *(
            "https://",
            "postgresql+asyncpg://",
            "http://[",
            "@",
            "faiss:",
            "1,2",
            "2026-02-30",
            "0x" + "f" * 20,
        ),
    )
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80) | st.lists(
    _PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=14
).map("".join)


@pytest.mark.parametrize("name", TARGETS)
def test_any_text_keeps_the_promise_of(name: str) -> None:
    @settings(max_examples=40, deadline=None, database=None)
    @given(_TEXTS)
    def run(text: str) -> None:
        TARGETS[name](text)

    run()
