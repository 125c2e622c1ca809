"""How much a finding weighs, the finding itself, and the exception that carries findings out of an action."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_NO_FACTS: Mapping[str, str] = MappingProxyType({})


class Severity(StrEnum):
    """What a finding does: stop the action, ask for a look, or just tell."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule noticed; the sentence for its code stands in plugin/sentences.py.

    `paragraph` cites the source as it is printed ("§ 12 Abs. 3 GOÄ", "" where there is none).
    `facts` are machine-readable strings for the sentence: amounts and factors with a point, dates as ISO.
    """

    code: str
    severity: Severity
    paragraph: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: _NO_FACTS)


class RuleBroken(Exception):
    """A rule stops an action; `findings` says which and why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__(", ".join(finding.code for finding in self.findings))


def blocks(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop the action, in their order."""
    return tuple(finding for finding in findings if finding.severity is Severity.BLOCK)


def refuse_blocked(findings: Iterable[Finding]) -> None:
    """Raise RuleBroken with the blocking findings; return quietly where there are none."""
    if stopping := blocks(findings):
        raise RuleBroken(stopping)
