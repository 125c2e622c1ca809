"""The practice's own data: tax and bank, sites, people, devices. All under the practice's version."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ...models.practice import Device, Physician, Practice, Site, Staff
from ...models.rules.severity import Finding, RuleBroken, Severity
from ..access import practices, scoped
from ..errors import NotFound
from ..extension import session
from ..unit_of_work import locked


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeData:
    """The legal entity with what the law leaves to it; federal_state as in rules.holidays, days and months whole."""

    name: str
    legal_form: str = ""
    group_kind: str = "single"
    tax_number: str = ""
    vat_id: str = ""
    iban: str = ""
    bic: str = ""
    bank_name: str = ""
    account_holder: str = ""
    federal_state: str = "NW"
    vat_regime: str = "standard"
    payment_days: int = 30
    reminder_days: int = 10
    dunning_days: int = 14
    dunning_fee: Decimal = Decimal(0)  # of the second letter: real cost only (§ 309 no. 5 BGB)
    case_reading: str = "month"  # rules.deadlines.CaseReading
    consent_months: int = 12
    tablet_minutes: int = 30
    sign_agreement_on_screen: bool | None = None  # the owner's setting; None leaves it as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteData:
    """A place of the practice: its letterhead."""

    name: str
    street: str
    postcode: str
    city: str
    telephone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhysicianData:
    """What a physician brings along: licence, right to release, proof of qualification (§ 5 NiSV)."""

    specialty: str = ""
    may_override: bool = True
    nisv_kind: str = ""
    nisv_issuer: str = ""
    nisv_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffData:
    """Somebody who works here; actor_key ties the person to a sign-in of the host, "" to none."""

    name: str
    title: str = ""
    employment: str = "employed"
    engaged_from: dt.date | None = None
    engaged_to: dt.date | None = None
    actor_key: str = ""
    physician: PhysicianData | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceData:
    """A device and its limits: {"temperature_min": -89, "seconds_max": 60}, °C and seconds."""

    site_id: int
    method: str
    name: str
    maker: str = ""
    model: str = ""
    serial_number: str = ""
    udi: str = ""
    laser_class: str = ""
    limits: dict[str, Decimal | int] = field(default_factory=dict)
    commissioned_on: dt.date | None = None
    notified_on: dt.date | None = None
    safety_check_due: dt.date | None = None
    retired_on: dt.date | None = None


def change_practice(practice_id: int, version: int | None, data: PracticeData) -> None:
    """Write the practice's settings. Raises NotFound, StalePage."""
    _fill(_locked(practice_id, version), {name: value for name, value in asdict(data).items() if value is not None})


def keep_site(practice_id: int, version: int | None, site_id: int | None, data: SiteData) -> int:
    """Change a site, or add one where site_id is None. Returns its id; raises NotFound, StalePage."""
    _locked(practice_id, version)
    site = _own(Site, practice_id, site_id) if site_id else _added(Site(practice_id=practice_id))
    _fill(site, asdict(data))
    session().flush()
    return int(site.id)


def keep_staff(practice_id: int, version: int | None, staff_id: int | None, data: StaffData) -> int:
    """Change a person, or add one. Returns the id; raises NotFound, StalePage, RuleBroken for a sign-in in use."""
    _locked(practice_id, version)
    _refuse_taken(practice_id, staff_id, data.actor_key)
    staff = _own(Staff, practice_id, staff_id) if staff_id else _added(Staff(practice_id=practice_id))
    for name in ("name", "title", "employment", "engaged_from", "engaged_to"):
        setattr(staff, name, getattr(data, name))
    staff.actor_key = data.actor_key or None
    session().flush()
    _keep_physician(staff, data.physician)
    session().flush()
    return int(staff.id)


def keep_device(practice_id: int, version: int | None, device_id: int | None, data: DeviceData) -> int:
    """Change a device, or add one. Returns its id; raises NotFound (also for a foreign site), StalePage."""
    _locked(practice_id, version)
    _own(Site, practice_id, data.site_id)
    device = _own(Device, practice_id, device_id) if device_id else _added(Device(practice_id=practice_id))
    limits = {name: _figure(value) for name, value in data.limits.items()}
    _fill(device, asdict(data) | {"limits": limits})
    session().flush()
    return int(device.id)


def _keep_physician(staff: Staff, data: PhysicianData | None) -> None:
    physician = session().scalar(scoped(select(Physician).where(Physician.staff_id == staff.id)))
    if data is None:
        if physician:
            session().delete(physician)
        return
    physician = physician or _added(Physician(practice_id=staff.practice_id, staff_id=staff.id))
    _fill(physician, asdict(data))


def _refuse_taken(practice_id: int, staff_id: int | None, actor_key: str) -> None:
    """A sign-in stands for one person."""
    taken = select(Staff.name).where(
        Staff.practice_id == practice_id, Staff.actor_key == actor_key, Staff.id != (staff_id or 0)
    )
    if actor_key and (name := session().scalar(scoped(taken))):
        raise RuleBroken([Finding("sign_in_taken", Severity.BLOCK, "", {"name": name})])


def _locked(practice_id: int, version: int | None) -> Practice:
    if practice_id not in practices():
        raise NotFound(f"practice {practice_id}")
    practice: Practice = locked(Practice, practice_id, version)
    return practice


def _own(model: type[Any], practice_id: int, record_id: int) -> Any:
    found = session().scalar(scoped(select(model).where(model.id == record_id, model.practice_id == practice_id)))
    if found is None:
        raise NotFound(f"{model.__name__} {record_id}")
    return found


def _added(record: Any) -> Any:
    session().add(record)
    return record


def _fill(record: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _figure(value: Decimal | int) -> int | str:
    """As JSON keeps it without a float: whole figures as such, others as text."""
    return int(value) if value == int(value) else str(value)
