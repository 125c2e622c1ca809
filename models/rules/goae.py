"""The GOÄ: fee, factor and its limits, analogous services, the laser position by area."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .money import ZERO, to_cent
from .severity import Finding, Severity

POINT_VALUE = Decimal("0.0582873")  # euros per point, § 5(1) GOÄ
SINGLE = Decimal(1)
LASER_SURCHARGE_CAP = Decimal("67.49")  # 132 DM, Nr. 441
NO_AGREEMENT_SECTIONS = frozenset("AEMO")  # § 2(3) GOÄ

HALF = Decimal("0.5")
_SATURDAY = 5
_FACTOR_STEP = Decimal("0.0001")
_FACTOR_LIMIT = Decimal(1000)  # beyond any agreement; a slip of the decimal point


class FactorRefused(ValueError):
    """A factor that is none: not positive, not finite, or with more than four decimal places."""


class NoPoints(ValueError):
    """A position without points of its own, such as Nr. 441, has no fee by points."""


class Moment(StrEnum):
    """When a rule is asked: while the line is typed it warns, when the invoice is issued it blocks (domain 10.2)."""

    ENTRY = "entry"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Position:
    """One number of the fee schedule, as valid on the day of the service.

    `threshold` and `maximum` are factors; `fixed` positions are charged at 1.0 only; `agreement_allowed` is false
    in sections A, E, M and O; `points` is None where the fee is a percentage of another one (Nr. 441).
    """

    number: str
    text: str
    points: int | None
    section: str
    threshold: Decimal
    maximum: Decimal
    fixed: bool
    agreement_allowed: bool
    minimum_minutes: int | None = None


def to_factor(value: Decimal) -> Decimal:
    """The factor as the house keeps it: at most four decimal places, no trailing zeros. Raises FactorRefused."""
    if not value.is_finite() or not 0 < value < _FACTOR_LIMIT:
        raise FactorRefused(str(value))
    stepped = value.quantize(_FACTOR_STEP)
    if stepped != value:
        raise FactorRefused(str(value))
    whole = stepped.to_integral_value()
    return whole if whole == stepped else stepped.normalize()


def fee(position: Position, factor: Decimal) -> Decimal:
    """Euros net of one service, rounded once at the end: points x point value x factor (§ 5(1) GOÄ).

    Raises NoPoints for a position charged by percentage, FactorRefused for a factor that is none.
    """
    if position.points is None:
        raise NoPoints(position.number)
    return to_cent(position.points * POINT_VALUE * to_factor(factor))


def check_factor(
    position: Position,
    factor: Decimal,
    *,
    reason: str | None,
    agreement_signed_on: date | None,
    service_on: date,
    agreed_factor: Decimal | None = None,
    moment: Moment = Moment.ISSUE,
) -> list[Finding]:
    """What stands against this factor (§§ 2, 5, 12(3) GOÄ), in reading order; empty where nothing does.

    `agreement_signed_on` is the date on the § 2 paper; `agreed_factor` the factor it names, where known.
    """
    severity = Severity.BLOCK if moment is Moment.ISSUE else Severity.WARN
    facts = _facts(position, factor)
    if position.fixed:
        allowed_here = factor == SINGLE or _half_on_saturday(position, factor, service_on)
        return [] if allowed_here else [Finding("factor_fixed", severity, _fixed_source(position), facts)]
    if agreement_signed_on is not None:
        return _check_agreed(position, factor, agreement_signed_on, service_on, agreed_factor, severity)
    if not SINGLE <= factor <= position.maximum:
        allowed = may_agree(position)
        code = "factor_needs_agreement" if allowed else "factor_out_of_range"
        return [Finding(code, severity, "§ 2 GOÄ" if allowed else "§ 5 GOÄ", facts)]
    return _check_reason(position, factor, reason, severity)


def may_agree(position: Position) -> bool:
    """Whether a § 2 agreement may name this position: no surcharge, not in sections A, E, M, O."""
    return position.agreement_allowed and not position.fixed and position.section not in NO_AGREEMENT_SECTIONS


def _half_on_saturday(position: Position, factor: Decimal, service_on: date) -> bool:
    """Surcharge D GOÄ: within the hours of a Saturday half the rate; who was open then knows it, so both stand."""
    return position.number == "D" and factor == HALF and service_on.weekday() == _SATURDAY


def _check_agreed(
    position: Position,
    factor: Decimal,
    signed_on: date,
    service_on: date,
    agreed_factor: Decimal | None,
    severity: Severity,
) -> list[Finding]:
    facts = _facts(position, factor) | {"signed_on": signed_on.isoformat(), "service_on": service_on.isoformat()}
    if not may_agree(position):
        return [Finding("agreement_not_allowed", severity, "§ 2 Abs. 3 GOÄ", facts)]
    if signed_on > service_on:
        return [Finding("agreement_too_late", severity, "§ 2 Abs. 2 GOÄ", facts)]
    if agreed_factor is not None and agreed_factor != factor:
        return [Finding("agreement_other_factor", severity, "§ 2 GOÄ", facts | {"agreed": plain(agreed_factor)})]
    if signed_on == service_on:  # a date cannot show which came first; the people can
        return [Finding("agreement_same_day", Severity.HINT, "§ 2 Abs. 2 GOÄ", facts)]
    return []


def _check_reason(position: Position, factor: Decimal, reason: str | None, severity: Severity) -> list[Finding]:
    if factor <= position.threshold or (reason and reason.strip()):
        return []
    return [Finding("factor_needs_reason", severity, "§ 12 Abs. 3 GOÄ", _facts(position, factor))]


def _fixed_source(position: Position) -> str:
    return f"Nr. {position.number} GOÄ" if position.number[:1].isdigit() else f"Zuschlag {position.number} GOÄ"


def _facts(position: Position, factor: Decimal) -> dict[str, str]:
    return {
        "number": position.number,
        "factor": plain(factor),
        "threshold": plain(position.threshold),
        "maximum": plain(position.maximum),
    }


def plain(value: Decimal) -> str:
    """A decimal for a fact: no exponent, no trailing zeros, a point ("2.3", "10")."""
    return format(value.normalize() if value else ZERO.to_integral_value(), "f")
