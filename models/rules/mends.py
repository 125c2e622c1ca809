"""What one click can put right in a draft: for a finding the changes that would answer it, the best one first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from .severity import Finding


class MendKind(StrEnum):
    """What is changed in the line."""

    SET_FACTOR = "set_factor"  # value: the factor, "2.3"
    SET_NUMBER = "set_number"  # value: the number, "2885"
    SET_QUANTITY = "set_quantity"  # value: the count, "1"
    SET_REASON = "set_reason"  # value: the text
    MOVE_AFTER = "move_after"  # value: the line, counted from 1, behind which it belongs
    OTHER_ILLNESS = "other_illness"  # value: ""
    REMOVE = "remove"  # value: ""


@dataclass(frozen=True, slots=True)
class Mend:
    """One change of one line, counted from 1."""

    kind: MendKind
    line: int
    value: str = ""


def mends(finding: Finding) -> tuple[Mend, ...]:
    """The changes that would answer the finding; none where a person has to find out or decide."""
    make = _MENDS.get(finding.code)
    return make(finding.facts) if make else ()


def _factor(fact: str) -> Callable[[Mapping[str, str]], tuple[Mend, ...]]:
    return lambda facts: (Mend(MendKind.SET_FACTOR, int(facts["line"]), facts[fact]),)


_MENDS: Mapping[str, Callable[[Mapping[str, str]], tuple[Mend, ...]]] = MappingProxyType(
    {
        "factor_needs_reason": _factor("threshold"),
        "factor_needs_agreement": _factor("maximum"),
    }
)
