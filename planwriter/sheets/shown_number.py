"""What a cell shows: a number as its number format writes it, as Excel does it in China."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

from planwriter.sheets.number_formats import GENERAL, MAX_DECIMALS, FormatSection, FormatToken, Unshowable, sections_of
from planwriter.sheets.shown_day import day_text, official_day

_WIDE = Context(prec=120)
_HOLDS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_MAX_GENERAL = 10**11
_GENERAL_DIGITS = 11
_SMALL = Decimal("0.0001")


def number_text(value: float | Decimal, form: str, *, official: bool = False) -> str:
    """The text that Excel shows for a number in this format. Raises Unshowable.

    With `official` a day in figures (2026-03-05, 3/5/26 14:30) is in the official form of what is shown.
    """
    if form == GENERAL and isinstance(value, int) and abs(value) < _MAX_GENERAL:
        return str(value)
    exact = Decimal(f"{value:.15g}" if isinstance(value, float) else value)  # 15 digits: 0.1 + 0.2 is shown as 0.3
    sections = sections_of(form)
    numeric = sections[:3] if len(sections) > 1 or not sections[0].has("at") else sections
    section, is_bare = _chosen(exact, numeric)
    if section is None:
        raise Unshowable("格式里没有一段管这样的数，Excel 里显示成 ####")
    if section.flaw:
        raise Unshowable(section.flaw)
    if section.is_day:
        if exact < 0:
            raise Unshowable("是负数，格式却是日期")
        shown = day_text(exact, section)
        return (official and official_day(exact, section)) or shown
    if section.has("at"):  # only texts are shaped by it
        return general_text(exact)
    if section.has("general"):
        return _with_general(abs(exact) if is_bare else exact, section)
    made = _filled(abs(exact), section)
    return made if exact >= 0 or is_bare or made == _filled(Decimal(0), section) else f"-{made}"


def text_in(value: str, form: str) -> str:
    """The text that Excel shows for a text in this format: the last section with @ shapes it."""
    last = sections_of(form)[-1]
    if len(sections_of(form)) == 4 or last.has("at"):
        return "".join(value if token.kind == "at" else token.text for token in last.tokens)
    return value


def _chosen(value: Decimal, sections: Sequence[FormatSection]) -> tuple[FormatSection | None, bool]:
    """The section for a number, and whether it writes the sign itself."""
    if any(section.condition for section in sections):
        for at, section in enumerate(sections):
            if section.condition is None and (at == len(sections) - 1 or (at == 1 and value < 0)):
                return section, at == 1 and len(sections) > 2
            if section.condition and _HOLDS[section.condition[0]](value, section.condition[1]):
                sign, limit = section.condition
                return section, value < 0 and sign in ("<", "<=") and limit <= 0
        return None, False
    if len(sections) == 1:
        return sections[0], False
    if value < 0:
        return sections[1], True
    return (sections[2] if value == 0 and len(sections) > 2 else sections[0]), False


# General


def general_text(value: Decimal) -> str:
    """A number in the format General: at most 11 digits. Raises Unshowable for one that Excel shows with an exponent."""
    size = abs(value)
    if size >= _MAX_GENERAL or 0 < size < Decimal("1e-9"):
        raise Unshowable(f"位数太多，“常规”格式在 Excel 里显示成 {_scientific(value)}")
    whole = len(f"{int(size)}")
    places = max(_GENERAL_DIGITS - 1 - whole, 0) if size >= 1 else _GENERAL_DIGITS - 2
    made = value.quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP", _WIDE)
    if 0 < size < _SMALL and made != value:
        raise Unshowable(f"位数太多，“常规”格式在 Excel 里显示成 {_scientific(value)}")
    return f"{made.normalize(_WIDE):f}" if made else "0"


def _scientific(value: Decimal) -> str:
    mantissa, exponent = f"{value:.5E}".split("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent[0]}{int(exponent[1:]):02}"


def _with_general(value: Decimal, section: FormatSection) -> str:
    return "".join(general_text(value) if token.kind == "general" else token.text for token in section.tokens)


# digits


def _filled(value: Decimal, section: FormatSection) -> str:
    """A number of 0 or more in the digits of a section."""
    tokens = section.tokens
    if section.has("slash") and section.has("digit"):
        return _fraction(value, tokens)
    if not section.has("digit"):
        return "".join(token.text for token in tokens if token.kind != "comma")
    if section.has("exponent"):
        return _exponential(value, tokens)
    tokens, scale, grouped = _without_commas(tokens)
    if scale or section.has("percent"):
        value = value.scaleb(2 * sum(token.kind == "percent" for token in tokens) - 3 * scale, _WIDE)
    return _placed(value, tokens, grouped=grouped)


@functools.lru_cache(maxsize=256)
def _without_commas(tokens: tuple[FormatToken, ...]) -> tuple[tuple[FormatToken, ...], int, bool]:
    """The tokens without commas, how many thousands are left out, and whether digits are grouped."""
    digits = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [at for at in digits if at < point]
    last_whole = whole[-1] if whole else -1
    made, scale, grouped = [], 0, False
    for at, token in enumerate(tokens):
        if token.kind != "comma":
            made.append(token)
        elif whole and whole[0] < at < last_whole:
            grouped = True
        elif at > digits[-1] or last_whole < at < point:
            scale += 1
        elif not digits or at < digits[0]:
            made.append(FormatToken("literal", ","))
    return tuple(made), scale, grouped


def _placed(value: Decimal, tokens: Sequence[FormatToken], *, grouped: bool) -> str:
    """A number rounded to the decimals of the tokens, its digits in their places."""
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    decimals = [token.text for token in tokens[point:] if token.kind == "digit"]
    if len(decimals) > MAX_DECIMALS:
        raise Unshowable(f"格式要显示的小数超过 {MAX_DECIMALS} 位")
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), "ROUND_HALF_UP", _WIDE)
    whole, _, part = f"{rounded:f}".partition(".")
    before = _whole_digits(whole.lstrip("0"), tokens[:point], grouped=grouped)
    after = "".join(_decimal_digits(part, tokens[point:]))
    return before + after


def _whole_digits(digits: str, tokens: Sequence[FormatToken], *, grouped: bool) -> str:
    """The digits before the point: from the right, one in each place, the rest in the first."""
    places = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    made: list[str] = []
    left, count = digits, 0
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind != "digit":
            made.append(token.text)
            continue
        taken = left if at == places[0] else left[-1:]
        left = left[: len(left) - len(taken)]
        for digit in reversed(taken) if taken else {"0": "0", "?": " "}.get(token.text, ""):
            if grouped and count and count % 3 == 0:
                made.append("," if digit != " " else " ")
            made.append(digit)
            count += 1
    return "".join(reversed(made)) if places else digits + "".join(reversed(made))


def _decimal_digits(part: str, tokens: Sequence[FormatToken]) -> list[str]:
    """The point and the digits behind it; # leaves out zeros at the end, ? writes a blank for them."""
    needed = len(part.rstrip("0"))
    made, at = [], 0
    for token in tokens:
        if token.kind != "digit":
            made.append(token.text)
            continue
        made.append(part[at] if at < needed or token.text == "0" else " " if token.text == "?" else "")
        at += 1
    return made


def _exponential(value: Decimal, tokens: tuple[FormatToken, ...]) -> str:
    at = next(place for place, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, rest = tokens[:at], tokens[at + 1 :]
    whole = 0
    for token in mantissa:
        if token.kind == "point":
            break
        whole += token.kind == "digit"
    decimals = sum(token.kind == "digit" for token in mantissa) - whole
    step = max(whole, 1)
    power = value.adjusted() if value else 0
    power = power // step * step if step > 1 else power
    scaled = value.scaleb(-power, _WIDE)
    if scaled.quantize(Decimal(1).scaleb(-decimals), "ROUND_HALF_UP", _WIDE) >= 10**step:
        power += step
        scaled = value.scaleb(-power, _WIDE)
    width = sum(token.kind == "digit" for token in rest)
    sign = "-" if power < 0 else "+" if tokens[at].text[1] == "+" else ""
    behind = "".join(token.text for token in rest if token.kind != "digit")
    return f"{_placed(scaled, mantissa, grouped=False)}E{sign}{abs(power):0{width}}{behind}"


def _fraction(value: Decimal, tokens: tuple[FormatToken, ...]) -> str:
    """A number as a fraction: # ?/?, ?/8."""
    slash = next(at for at, token in enumerate(tokens) if token.kind == "slash")
    below = _run(tokens[slash + 1 :])
    above_end = slash
    above = 0
    while above_end and tokens[above_end - 1].kind == "digit":
        above_end, above = above_end - 1, above + 1
    fixed = "".join(token.text for token in tokens[slash + 1 :] if token.kind == "literal")[:4].strip()
    if not above or (not below and not (fixed.isascii() and fixed.isdigit() and int(fixed))):
        raise Unshowable("格式里的“/”程序不会照样显示")
    if fixed and fixed.isdigit() and not below:
        limit, exact = int(fixed), Fraction(value)
        top, bottom = round(exact * limit), limit
    else:
        top, bottom = _convergent(Fraction(value), 10 ** min(below, 4) - 1)
    whole_tokens = tokens[:above_end]
    if any(token.kind == "digit" for token in whole_tokens):
        whole, top = divmod(top, bottom)
        before = _placed(Decimal(whole), whole_tokens, grouped=False) if whole else "" if top else "0"
        return f"{before}{top:>{above}}/{bottom}".strip() if top else before.strip()
    return f"{''.join(token.text for token in whole_tokens)}{top}/{bottom}".strip()


def _convergent(value: Fraction, limit: int) -> tuple[int, int]:
    """The last convergent of a number's continued fraction whose denominator is within the limit, as Excel takes it."""
    top, bottom, before = value.numerator // value.denominator, 1, (1, 0)
    rest = value - top
    while rest:
        term, rest = divmod(1 / rest, 1)
        following = int(term) * top + before[0], int(term) * bottom + before[1]
        if following[1] > limit:
            break
        before, (top, bottom) = (top, bottom), following
    return top, bottom


def _run(tokens: Sequence[FormatToken]) -> int:
    """How many digits stand at the beginning."""
    count = 0
    for token in tokens:
        if token.kind != "digit":
            break
        count += 1
    return count
