"""What a procedure asks for: talk, interval, area, device; figures that are not law are settings of the practice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from .consent import TALK_LEAD_DAYS
from .goae import plain
from .severity import Finding, Severity
from .sun import BEFORE_DAYS

TATTOO_INTERVAL_DAYS = 30


class Procedure(StrEnum):
    """The procedures of the catalogue."""

    CRYOPEELING = "cryopeeling"
    PIGMENT_LASER = "pigment_laser"
    TATTOO_LASER = "tattoo_laser"


LASERS = frozenset({Procedure.PIGMENT_LASER, Procedure.TATTOO_LASER})


@dataclass(frozen=True, slots=True)
class ProcedureSettings:
    """The practice's figures for one procedure; None switches a rule off or leaves it to the question.

    Days are calendar days; `max_area_cm2` has no shipped value: which area is small, the practice decides.
    """

    talk_lead_days: int = TALK_LEAD_DAYS
    sun_before_days: int | None = BEFORE_DAYS
    interval_days: int | None = None
    max_area_cm2: Decimal | None = None


DEFAULT_SETTINGS = {
    Procedure.CRYOPEELING: ProcedureSettings(),
    Procedure.PIGMENT_LASER: ProcedureSettings(),
    Procedure.TATTOO_LASER: ProcedureSettings(interval_days=TATTOO_INTERVAL_DAYS),
}


@dataclass(frozen=True, slots=True)
class DeviceLimit:
    """What a device may be set to; either end may be open. `unit` is that of the figures, "" for a count."""

    parameter: str
    lowest: Decimal | None = None
    highest: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Dose:
    """One parameter as planned or as used at one site, in the unit of the device's limit."""

    site: str
    parameter: str
    value: Decimal


def lead_severity(procedure: Procedure) -> Severity:
    """How much a short time after the talk weighs: a laser warns, cold hints (domain 10.1 no. 9)."""
    return Severity.WARN if procedure in LASERS else Severity.HINT


def area_findings(procedure: Procedure, area_cm2: Decimal | None, settings: ProcedureSettings) -> list[Finding]:
    """Cryopeeling serves small areas, not the lightening of large ones (domain 11 no. 2).

    Without a limit of the practice it only asks; above the limit it warns and a physician releases. Lasers have none.
    """
    if procedure is not Procedure.CRYOPEELING:
        return []
    if settings.max_area_cm2 is None:
        return [Finding("area_small_question", Severity.HINT)]
    if area_cm2 is None or area_cm2 <= settings.max_area_cm2:
        return []
    return [Finding("area_too_large", Severity.WARN, "", _area_facts(area_cm2, settings.max_area_cm2))]


def interval_findings(last_treated_on: date | None, planned_on: date, settings: ProcedureSettings) -> list[Finding]:
    """A warning where the last session of the course is too near: tattoos by default at least 30 days."""
    if last_treated_on is None or settings.interval_days is None:
        return []
    possible_from = last_treated_on + timedelta(days=settings.interval_days)
    if planned_on >= possible_from:
        return []
    facts = {
        "last_treated_on": last_treated_on.isoformat(),
        "interval_days": str(settings.interval_days),
        "possible_from": possible_from.isoformat(),
    }
    return [Finding("interval_too_short", Severity.WARN, "", facts)]


def limit_findings(doses: Iterable[Dose], limits: Iterable[DeviceLimit], *, recording: bool) -> list[Finding]:
    """Doses beyond the device's limits: refused when planning, accepted with a reason when recording (domain 10.2)."""
    by_parameter = {limit.parameter: limit for limit in limits}
    severity = Severity.WARN if recording else Severity.BLOCK
    return [
        Finding("device_limit_exceeded", severity, "", _limit_facts(dose, limit))
        for dose in doses
        if (limit := by_parameter.get(dose.parameter)) is not None and _outside(dose.value, limit)
    ]


def _outside(value: Decimal, limit: DeviceLimit) -> bool:
    too_low = limit.lowest is not None and value < limit.lowest
    return too_low or (limit.highest is not None and value > limit.highest)


def _limit_facts(dose: Dose, limit: DeviceLimit) -> dict[str, str]:
    facts = {"site": dose.site, "parameter": dose.parameter, "value": plain(dose.value)}
    if limit.unit:
        facts["unit"] = limit.unit
    if limit.lowest is not None:
        facts["lowest"] = plain(limit.lowest)
    if limit.highest is not None:
        facts["highest"] = plain(limit.highest)
    return facts


def _area_facts(area_cm2: Decimal, max_area_cm2: Decimal) -> dict[str, str]:
    return {"area_cm2": plain(area_cm2), "max_area_cm2": plain(max_area_cm2)}
