"""Scenes around a laser: a course of tattoo or pigment laser for the cast's patient, its device, a record of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from kostenklar.models.course import Course, Lesion
from kostenklar.models.practice import Device, Procedure
from kostenklar.plugin.clock import BERLIN, now
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.treatment_records import Record, SiteRecord
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import doctor, done

SHOT: dict[str, Any] = {
    "probe": "Handstück 4 mm", "wavelength_nm": 1064, "fluence_j_cm2": Decimal("4.5"), "spot_mm": Decimal(4),
    "pulse_length": "10 ns", "repetition_hz": Decimal(2), "pulses": 240, "cycles": 1, "area_cm2": Decimal(12),
}  # fmt: skip


LIMITS = {"wavelength_min": 532, "wavelength_max": 1064, "fluence_max": 12, "pulses_max": 500}


def a_laser_course(cast: Cast, procedure: str = "tattoo_laser", **lesion: Any) -> Cast:
    """The same cast before a laser course: a black tattoo on the left forearm, cosmetic, with a laser device."""
    values: dict[str, Any] = {
        "kind": "tattoo", "site": "Unterarm", "side": "L", "size_mm": Decimal(60), "pigmented": False,
        "ink_colours": "black",
    } | lesion  # fmt: skip

    def make() -> Cast:
        found = select(Procedure).where(Procedure.practice_id == cast.practice_id, Procedure.code == procedure)
        device = Device(
            practice_id=cast.practice_id, site_id=cast.site_id, method="laser", name="Nd:YAG-Laser", maker="Photon",
            laser_class="4", limits=dict(LIMITS),
        )  # fmt: skip
        course = Course(
            practice_id=cast.practice_id, patient_id=cast.patient_id, procedure=session().scalars(found).one(),
            title="Tätowierung Unterarm", sessions_min=2, sessions_max=6,
        )  # fmt: skip
        session().add_all([device, course])
        session().flush()
        spot = Lesion(
            practice_id=cast.practice_id, course_id=course.id, indication="cosmetic", indication_reason="auf Wunsch",
            indication_by_id=cast.physician_id, indication_at=dt.datetime(2026, 10, 19, 9, 0, tzinfo=dt.UTC),
            benign_how="Blickdiagnose", benign_by_id=cast.physician_id, benign_on=dt.date(2026, 10, 19), **values,
        )  # fmt: skip
        session().add(spot)
        session().flush()
        return replace(
            cast, course_id=course.id, lesion_id=spot.id, device_id=device.id, procedure_id=course.procedure_id
        )

    return done(make)


def a_laser_record(cast: Cast, **more: Any) -> Record:
    """A usual laser record of this minute."""
    values: dict[str, Any] = {
        "people": doctor(cast), "sites": (SiteRecord(cast.lesion_id, **SHOT),), "eye_protection": True,
        "began": now().astimezone(BERLIN).time(), "reaction": "Rötung",
    }  # fmt: skip
    return Record(**(values | more))


def shot(cast: Cast, **more: str) -> dict[str, str]:
    """What is typed into the fields of one site."""
    typed = {
        "probe": "Handstück 4 mm", "wavelength_nm": "1064", "fluence_j_cm2": "4,5", "spot_mm": "4",
        "pulse_length": "10 ns", "repetition_hz": "2", "pulses": "240", "cycles": "1", "area_cm2": "12",
    }  # fmt: skip
    return {f"s{cast.lesion_id}_{name}": value for name, value in {**typed, **more}.items()}
