"""What pages read about the practice: its name and place, its settings, its people and its devices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...models.practice import Device, Physician, Practice, Site, Staff
from ..access import practices, scoped
from ..errors import NotFound
from ..extension import extension, session


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody who works here; `physician` says that there is a licence, nisv_on dates the proof for the laser."""

    id: int
    title: str
    name: str
    employment: str
    engaged_to: dt.date | None
    actor_key: str | None
    physician: bool
    nisv_kind: str | None
    nisv_on: dt.date | None

    @property
    def full_name(self) -> str:
        """Title and name."""
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device at one of the sites; limits as in models.practice.Device."""

    id: int
    name: str
    method: str
    maker: str
    serial_number: str
    site: str
    safety_check_due: dt.date | None
    retired_on: dt.date | None
    limits: dict[str, Any]


def place(practice_id: int) -> tuple[str, str]:
    """(the practice's name, its first site's name) for the top bar; ("", "") outside the own practices."""
    if practice_id not in practices():
        return "", ""
    query = (
        select(Practice.name, Site.name)
        .join(Site, Site.practice_id == Practice.id, isouter=True)
        .where(Practice.id == practice_id)
        .order_by(Site.id)
        .limit(1)
    )
    row = session().execute(query).first()
    return (row[0], row[1] or "") if row else ("", "")


def forget_places() -> None:
    """After a change: the top bar reads its words anew."""
    extension().state.pop("places", None)


def own_practice() -> Practice:
    """The practice whose settings the acting person sees, with its sites. Raises NotFound for people without one."""
    found = session().scalar(
        select(Practice).where(Practice.id.in_(practices()[:1])).options(selectinload(Practice.sites))
    )
    if found is None:
        raise NotFound("practice")
    return found


def site_record(site_id: int) -> Site:
    """Raises NotFound."""
    found: Site = _one(Site, site_id)
    return found


def device_record(device_id: int) -> Device:
    """Raises NotFound."""
    found: Device = _one(Device, device_id)
    return found


def staff_record(staff_id: int) -> tuple[Staff, Physician | None]:
    """Raises NotFound."""
    query = select(Staff, Physician).join(Physician, Physician.staff_id == Staff.id, isouter=True)
    row = session().execute(scoped(query.where(Staff.id == staff_id))).first()
    if row is None:
        raise NotFound(f"staff {staff_id}")
    return row[0], row[1]


def staff_rows(practice_id: int) -> list[StaffRow]:
    """Everybody of one practice: who is here first, owners before others."""
    query = (
        select(
            Staff.id, Staff.title, Staff.name, Staff.employment, Staff.engaged_to, Staff.actor_key,
            Physician.id.is_not(None), Physician.nisv_kind, Physician.nisv_on,
        )
        .join(Physician, Physician.staff_id == Staff.id, isouter=True)
        .where(Staff.practice_id == practice_id)
        .order_by(Staff.engaged_to.is_not(None), Staff.employment != "owner", Physician.id.is_(None), Staff.id)
    )  # fmt: skip
    return [StaffRow(*row) for row in session().execute(scoped(query))]


def device_rows(practice_id: int) -> list[DeviceRow]:
    """All devices of one practice, retired ones last."""
    query = (
        select(
            Device.id, Device.name, Device.method, Device.maker, Device.serial_number, Site.name,
            Device.safety_check_due, Device.retired_on, Device.limits,
        )
        .join(Site, Site.id == Device.site_id)
        .where(Device.practice_id == practice_id)
        .order_by(Device.retired_on.is_not(None), Device.method, Device.id)
    )  # fmt: skip
    return [DeviceRow(*row) for row in session().execute(scoped(query))]


def _one(model: type[Any], record_id: int) -> Any:
    found = session().scalar(scoped(select(model).where(model.id == record_id)))
    if found is None:
        raise NotFound(f"{model.__name__} {record_id}")
    return found
