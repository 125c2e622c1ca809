"""What one click can put right in a draft: for a finding the changes that would answer it, the best one first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
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


_Make = Callable[[Mapping[str, str]], tuple[Mend, ...]]


def _factor(*names: str) -> _Make:
    """Set the factor to these facts; below the single rate there is none."""

    def make(facts: Mapping[str, str]) -> tuple[Mend, ...]:
        line = int(facts["line"])
        return tuple(Mend(MendKind.SET_FACTOR, line, facts[name]) for name in names if Decimal(facts[name]) >= 1)

    return make


def _within(facts: Mapping[str, str]) -> tuple[Mend, ...]:
    """Back to the nearest factor of § 5 GOÄ: the single rate from below, the maximum from above."""
    value = "1" if Decimal(facts["factor"]) < 1 else facts["maximum"]
    return (Mend(MendKind.SET_FACTOR, int(facts["line"]), value),)


def _single(facts: Mapping[str, str]) -> tuple[Mend, ...]:
    return (Mend(MendKind.SET_FACTOR, int(facts["line"]), "1"),)


def _remove(*names: str) -> _Make:
    return lambda facts: tuple(Mend(MendKind.REMOVE, int(facts[name])) for name in names)


def _once(count: str) -> _Make:
    """One of them: by the count where the line itself has several, else without the line."""

    def make(facts: Mapping[str, str]) -> tuple[Mend, ...]:
        line = int(facts["line"])
        several = int(facts[count]) > 1
        return (Mend(MendKind.SET_QUANTITY, line, "1") if several else Mend(MendKind.REMOVE, line),)

    return make


def _one(facts: Mapping[str, str]) -> tuple[Mend, ...]:
    return (Mend(MendKind.SET_QUANTITY, int(facts["line"]), "1"),)


def _case(facts: Mapping[str, str]) -> tuple[Mend, ...]:
    line = int(facts["line"])
    return Mend(MendKind.REMOVE, line), Mend(MendKind.OTHER_ILLNESS, line)


def _number(facts: Mapping[str, str]) -> tuple[Mend, ...]:
    line = int(facts["line"])
    return (Mend(MendKind.SET_NUMBER, line, facts["proposed"]) if "proposed" in facts else Mend(MendKind.REMOVE, line),)


def _shorter_talk(facts: Mapping[str, str]) -> tuple[Mend, ...]:
    """Nr. 1 may stand where Nr. 3 may not."""
    line = int(facts["line"])
    return Mend(MendKind.SET_NUMBER, line, "1"), Mend(MendKind.REMOVE, line)


def _behind(facts: Mapping[str, str]) -> tuple[Mend, ...]:
    return (Mend(MendKind.MOVE_AFTER, int(facts["line"]), facts["after"]),)


_LINE_GOES = (
    "line_not_in_schedule", "line_without_price", "numbers_exclude_earlier",
    "two_not_beside", "typing_without_report", "twice_in_six_months",
    "surcharge_without_operation", "surcharge_not_beside", "surcharge_beside_analog", "surcharge_operation_unknown",
    "surcharges_exclude", "expense_not_chargeable", "expense_immediate_use", "expense_postage", "expense_lump_sum",
    "practice_costs_covered", "photos_included", "appointment_not_chargeable", "lump_sum",
)  # fmt: skip

_MENDS: Mapping[str, _Make] = MappingProxyType(
    {
        **dict.fromkeys(_LINE_GOES, _remove("line")),
        "factor_needs_reason": _factor("threshold"),
        "factor_needs_agreement": _within,
        "factor_out_of_range": _within,
        "factor_fixed": _single,
        "agreement_not_allowed": _factor("threshold"),
        "agreement_too_late": _factor("maximum"),
        "agreement_other_factor": _factor("agreed"),
        "line_factor_crooked": _factor("lower", "upper"),
        "tariff_cap_exceeded": _factor("cap"),
        "above_insured_factor": _factor("cap"),
        "amount_not_by_factor": _factor("factor"),  # the line is reckoned anew
        "surcharge_amount": _factor("factor"),
        "line_count": _one,
        "once_per_session": _once("own"),
        "clock_time_missing": _once("count"),
        "surcharge_once_a_day": _once("count"),
        "laser_area_counts_once": _once("count"),
        "numbers_exclude": _remove("line", "other_line"),
        "three_not_beside": _shorter_talk,
        "once_per_case": _case,
        "once_per_case_number": _case,
        "repeat_needs_reason": _case,
        "laser_fourth_time": _case,
        "laser_position_by_area": _number,
        "surcharge_by_points": _number,
        "surcharge_not_after_operation": _behind,
    }
)
