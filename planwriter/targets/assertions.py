"""核验: comparisons between targets that must be true, computed exactly."""

from __future__ import annotations

import operator
from itertools import pairwise

from planwriter.fill import evaluate
from planwriter.fill.plain import MAX_EXPRESSION, Forbidden, Missing
from planwriter.fill.written_names import odd_names, with_subscripts
from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding
from planwriter.model import Target, Text
from planwriter.start.patterns import regex
from planwriter.start.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planwriter.targets.quantity import Quantity

_COMPARISON = regex("(==|!=|>=|<=|>|<)")
_HOLDS = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_SIGN = regex(r"\['[^']*'\]|\[\"[^\"]*\"\]|[!=<>]=|[=≥≤≠＝＞＜（）＋－×÷]")
_PLAIN_SIGNS = {"=": "==", "＝": "==", "≥": ">=", "≤": "<=", "≠": "!=", "＞": ">", "＜": "<"}
_PLAIN_SIGNS.update(zip("（）＋－×÷", "()+-*/", strict=True))
_ADVICE = "写一个比较，两边是指标的名字和 + - * / ( )，例如：招聘教师 >= 骨干教师。"


MAX_ASSERTIONS = 500
MAX_SIDES = 7


def check_assertions(assertions: tuple[Text, ...], targets: tuple[Target, ...]) -> tuple[Finding, ...]:
    """A finding for each comparison that is not true, or that cannot be computed."""
    if not assertions:
        return ()
    from planwriter.targets.values import names_of_shares, operands

    names = operands(targets)
    broken = {target.key for target in targets if target.broken or target.value is None}
    odd = odd_names((*names, *broken, *names_of_shares(targets)))
    found = [_check(assertion, names, broken, odd) for assertion in assertions[:MAX_ASSERTIONS]]
    if len(assertions) > MAX_ASSERTIONS and assertions[0].origin:
        found.append(finding("PW311", assertions[0].origin, what="核验", limit=f"{MAX_ASSERTIONS} 条"))
    return tuple(each for each in found if each is not None)


def _check(assertion: Text, names: dict[str, object], broken: set[str], odd: tuple[str, ...]) -> Finding | None:
    assert assertion.origin is not None
    sides = _COMPARISON.split(plain_signs(with_subscripts(assertion.value[:MAX_EXPRESSION], odd, bare=True)))
    if not 3 <= len(sides) <= MAX_SIDES or not all(side.strip() for side in sides):
        reason = "里面没有比较" if len(sides) < 3 else "比较太多" if len(sides) > MAX_SIDES else "比较的一边是空的"
        return finding("PW432", assertion.origin, check=assertion.value, reason=reason, advice=_ADVICE)
    try:
        values = [_value(side, names) for side in sides[::2]]
        for (left, right), sign in zip(pairwise(values), sides[1::2], strict=True):
            if not _holds(left, right, sign):
                return finding("PW431", assertion.origin, check=assertion.value, left=str(left), right=str(right))
    except Missing as error:
        if error.name in broken:
            return None  # reported at the target
        known = error.known if error.scope.startswith("指标.") else tuple(key for key in names if key != "指标")
        reason = f"没有“{error.name}”" + ("" if error.scope.startswith("指标.") else "这个指标")
        place = assertion.origin.find(error.name)
        return finding("PW432", place, check=assertion.value, reason=reason, advice=near(error.name, known))
    except (Forbidden, SyntaxError) as error:
        from planwriter.targets.quantity import MixedUnits

        if isinstance(error, MixedUnits):
            return finding("PW433", assertion.origin, where=f"核验“{assertion.value}”", reason=str(error))
        return finding("PW432", assertion.origin, check=assertion.value, reason=str(error), advice=_ADVICE)
    return None


def plain_signs(expression: str) -> str:
    """An expression with the signs of a Chinese keyboard (≥ ＝ （） ×) replaced by those of the sandbox; a single = compares.

    Names in brackets and quotes stay as they are.
    """
    return _SIGN.sub(lambda sign: _PLAIN_SIGNS.get(sign.group(), sign.group()), expression)


def _value(side: str, names: dict[str, object]) -> Quantity:
    from planwriter.targets.quantity import quantity_of

    return quantity_of(evaluate(side.strip(), names))


def _holds(left: Quantity, right: Quantity, sign: str) -> bool:
    from planwriter.targets.quantity import difference

    return bool(_HOLDS[sign](difference(left, right), 0))
