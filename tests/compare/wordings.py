"""Random paragraphs and random changes of them, as hypothesis draws them."""

from __future__ import annotations

from hypothesis import strategies as st

PHRASES = (
    *(
        "加快推进",
        "建设",
        "改造",
        "完成",
        "覆盖率达到",
        "县教育局",
        "农村公路",
        "养老服务中心",
        "的",
        "和",
        "，",
        "、",
        "。",
        "；",
    ),
    *(
        "3",
        "30",
        "12.5%",
        "1.2万",
        "2026年",
        "2026年3月",
        "2026年3月5日",
        "《青山县水利规划（2026年）》",
        "5G",
        "GB/T 9704",
        "十二",
    ),
    *("“", "”", "\n", "年", "月", "《", "》", "{{ 指标.床位 }}", "一", "第", ".", " "),
)


def texts(most: int = 24) -> st.SearchStrategy[str]:
    """Texts of phrases."""
    return st.lists(st.sampled_from(PHRASES), max_size=most).map("".join)


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """A text with up to four changes: characters left out, replaced, put in."""
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 6)))
        text = text[:start] + draw(texts(3)) + text[end:]
    return text


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A text and what was made of it."""
    text = draw(texts())
    return text, draw(edited(text) | texts())


@st.composite
def triples(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text and what two sides made of it."""
    text = draw(texts())
    return text, draw(edited(text)), draw(edited(text))
