"""What a rule noticed, said as a sentence for the desk."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from . import formats
from .finding_texts import SENTENCES, WORDS
from .texts import kt, lazy_kt

if TYPE_CHECKING:
    from ..models.rules.severity import Finding


class UnknownFinding(LookupError):
    """A rule returned a code that has no sentence for its facts."""


def sentence(finding: Finding) -> str:
    """The finding's sentence in the reader's language, its paragraph in brackets at the end; raises UnknownFinding."""
    text = filled(_template(finding.code, finding.facts), finding.facts)
    if not finding.paragraph:
        return text
    return f"{text.removesuffix('.')} ({formats.law(finding.paragraph)})."


def sentences(findings: Iterable[Finding]) -> list[str]:
    """All sentences, in the findings' order."""
    return [sentence(finding) for finding in findings]


def filled(template: str, facts: Mapping[str, str]) -> str:
    """A German template in the reader's language with its facts written as people write them."""
    return kt(template, **{name: _Fact(value) for name, value in facts.items()})


def fitting(templates: Iterable[str], facts: Mapping[str, str]) -> str | None:
    """The first template whose {facts} are all there (a limit may have one end or two); None where none fits."""
    for template in templates:
        wanted = {name for _, name, _, _ in string.Formatter().parse(str.__str__(template)) if name}
        if wanted <= facts.keys():
            return template
    return None


def forbidden(permission: str) -> str:
    """Who may do what this person may not; works for an unknown permission too."""
    return kt(_ONLY.get(permission, _NOT_YOURS))


class _Fact(str):
    """A fact of a finding that knows how it is written: "{amount:money}", "{until:day}", "{value:cm²}"."""

    __slots__ = ()

    def __format__(self, kind: str) -> str:
        text = str.__str__(self)
        if kind == "":
            return text
        if kind in _WRITTEN:
            return _WRITTEN[kind](text)
        return formats.quantity(Decimal(text), kind)


def _word(text: str) -> str:
    """An enum value as a word; what is no enum value of ours stays as it is."""
    return kt(WORDS.get(text, text))


_WRITTEN: Final[Mapping[str, Callable[[str], str]]] = {
    "day": lambda text: formats.day(date.fromisoformat(text)),
    "instant": lambda text: formats.instant(datetime.fromisoformat(text)),
    "money": lambda text: formats.money(Decimal(text)),
    "factor": lambda text: formats.factor(Decimal(text)),
    "area": lambda text: formats.area(Decimal(text)),
    "figure": lambda text: formats.plain_number(Decimal(text)),
    "word": _word,
}

_PHYSICIANS = lazy_kt("Das darf nur eine Ärztin oder ein Arzt.")
_OWNERS = lazy_kt("Das darf nur die Inhaberin oder der Inhaber der Praxis.")
_NOT_YOURS = lazy_kt("Dafür ist Ihr Zugang nicht freigeschaltet. Die Praxisleitung kann das ändern.")
_ONLY: Final[Mapping[str, str]] = {
    "decide_indication": _PHYSICIANS,
    "override_gate": _PHYSICIANS,
    "judge_side_effects": _PHYSICIANS,
    "override_agreement": _OWNERS,
    "enforce_debts": _OWNERS,
    "edit_practice": lazy_kt("Das dürfen nur die Praxisleitung und die Verwaltung."),
}


def _template(code: str, facts: Mapping[str, str]) -> str:
    found = fitting(SENTENCES.get(code, ()), facts)
    if found is None:
        raise UnknownFinding(code)
    return found
