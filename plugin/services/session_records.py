"""Writes what was set and seen into a session's record, and asks for a reason where something is unusual."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal

from ...models.rules.procedures import limit_findings
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.treatment import Treatment, TreatmentSite
from ..access import Permission, may
from ..clock import BERLIN, now
from ..errors import NotFound
from ..extension import actor
from ..queries.doses import doses_of, limits_of
from ..unit_of_work import SYSTEM
from .treatments import People, name_people


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """What was set at one lesion; None for what is not known. °C, seconds, cm²; nm, J/cm², mm and Hz of a laser."""

    lesion_id: int
    probe: str = ""
    temperature_c: Decimal | None = None
    seconds: Decimal | None = None
    cycles: int | None = None
    spots: int | None = None
    area_cm2: Decimal | None = None
    wavelength_nm: int | None = None
    fluence_j_cm2: Decimal | None = None
    spot_mm: Decimal | None = None
    pulse_length: str = ""
    repetition_hz: Decimal | None = None
    pulses: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What was done and seen. `reason` explains what is unusual about it (device limit, late entry, no supervisor)."""

    people: People
    sites: tuple[SiteRecord, ...]
    began: dt.time | None = None
    ended: dt.time | None = None
    reaction: str = ""
    test_spot: str = ""
    anaesthetic: str = ""
    eye_protection: bool = False
    note: str = ""
    aftercare_handed: bool = False
    reason: str = ""


def write(treatment: Treatment, record: Record) -> None:
    """People, what was seen, and the parameters of every site."""
    name_people(treatment, record.people)
    treatment.immediate_reaction, treatment.note = record.reaction, record.note
    treatment.test_spot, treatment.anaesthetic = record.test_spot, record.anaesthetic
    treatment.eye_protection, treatment.aftercare_handed = record.eye_protection, record.aftercare_handed
    write_sites(treatment, record.sites)


def write_sites(treatment: Treatment, records: tuple[SiteRecord, ...]) -> None:
    """The parameters; a site that is not among them goes. Raises NotFound for another course's lesion."""
    lesions = {lesion.id: lesion for lesion in treatment.course.lesions}
    if unknown := {record.lesion_id for record in records} - lesions.keys():
        raise NotFound(f"lesion {min(unknown)}")
    there = {site.lesion_id: site for site in treatment.sites}
    treatment.sites = [
        _filled(
            there.get(record.lesion_id)
            or TreatmentSite(practice_id=treatment.practice_id, lesion=lesions[record.lesion_id]),
            record,
        )
        for record in records
    ]


def _filled(site: TreatmentSite, record: SiteRecord) -> TreatmentSite:
    for each in fields(record):
        if each.name != "lesion_id":
            setattr(site, each.name, getattr(record, each.name))
    return site


def limits(treatment: Treatment, *, recording: bool) -> list[Finding]:
    """What lies beyond the device's limits."""
    doses = doses_of((site.lesion.place, site) for site in treatment.sites)
    return limit_findings(doses, limits_of(treatment.device), recording=recording)


def unsupervised(treatment: Treatment) -> list[Finding]:
    """An assistant without a physician who answers for it."""
    alone = not (treatment.performed_by and treatment.performed_by.physician) and treatment.supervised_by is None
    return [warn("supervisor_missing", "§ 4 Abs. 2 GOÄ")] if alone else []


def documented_later(treatment: Treatment, day: dt.date) -> list[Finding]:
    """An entry that was made on a later day."""
    assert treatment.documented_at is not None
    later = treatment.documented_at.astimezone(BERLIN).date() > day
    return [warn("documented_later", happened_on=day.isoformat())] if later else []


def explain(treatment: Treatment, unusual: list[Finding], reason: str) -> None:
    """Flag what is unusual; a physician's reason is the reason, the desk's stays in the history until one is given."""
    if not unusual:
        return
    if not reason:
        raise RuleBroken([*unusual, Finding("reason_needed", Severity.BLOCK)])
    treatment.irregular = True
    if may(Permission.OVERRIDE_GATE):
        treatment.irregular_reason, treatment.irregular_by = reason, (actor() or SYSTEM).name


def documented(treatment: Treatment) -> None:
    """Who wrote it down, and when."""
    treatment.documented_at, treatment.documented_by = now(), (actor() or SYSTEM).name


def warn(code: str, paragraph: str = "", **facts: str) -> Finding:
    """Something unusual, which is recorded all the same."""
    return Finding(code, Severity.WARN, paragraph, facts)
