"""What is decided of a case by its class when it opens: what the web shows of it, and whether it is confidential."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kirjaamo.cases.models import ConfidentialClass
from kirjaamo.cases.models.web import USUAL, WebRule
from kirjaamo.kernel.kept import Kept


@dataclass(frozen=True)
class ClassRule:
    """What is decided of a case by its class."""

    web: str
    confidential: bool


def _rules() -> tuple[dict[str, str], tuple[ConfidentialClass, ...]]:
    """Two statements."""
    return dict(WebRule.objects.values_list("class_code", "level")), tuple(ConfidentialClass.objects.all())


RULES = Kept("class rules", {"cases.webrule", "cases.confidentialclass"}, _rules)
"""The web rules by the code of their class, and the confidential classes."""


def rule_of(code: str, on: dt.date) -> ClassRule:
    """The rule of the nearest class for the web; and whether the class or one above it is confidential on a day."""
    levels, marked = RULES()
    above = [code[:place] for place in range(len(code), 0, -1) if place == len(code) or code[place] == " "]
    web = next((levels[one] for one in above if one in levels), USUAL.value)
    confidential = any(one.code in above and one.valid_from <= on and (one.valid_to is None or one.valid_to >= on) for one in marked)
    return ClassRule(web, confidential)
