"""Fills an empty database: shipped texts, the fee schedule, and a practice with its catalogue of procedures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import insert, select

from ...models.catalogue import goae_rows
from ...models.practice import Practice, Procedure, ProcedurePosition, Site
from ...models.text_version import GoaePosition
from ..extension import session
from .texts import load_shipped

SCHEDULE = "GOÄ 1982"
SCHEDULE_FROM = dt.date(1983, 1, 1)  # in force since; its last change was on 19 July 2023


@dataclass(frozen=True, slots=True)
class NewPractice:
    """What a practice needs before it can write a paper; the rest is asked for on its page."""

    name: str
    street: str
    postcode: str
    city: str
    federal_state: str = "NW"
    site_name: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    legal_form: str = ""
    tax_number: str = ""
    iban: str = ""
    bic: str = ""
    bank_name: str = ""


def load_reference(on: dt.date) -> tuple[int, int]:
    """Load shipped texts and the fee schedule where they are missing. Returns how many (texts, positions) were new."""
    return load_shipped(on), _load_schedule()


def _load_schedule() -> int:
    if session().scalar(select(GoaePosition.id).where(GoaePosition.schedule == SCHEDULE).limit(1)):
        return 0
    rows = [
        {
            "schedule": SCHEDULE,
            "number": row.number,
            "text": row.text,
            "points": row.points,
            "section": "A" if row.in_section_a_list else row.section,  # § 5(3): charged like section A
            "fee_type": row.fee_type,
            "threshold": row.threshold,
            "maximum": row.maximum,
            "fixed": row.fixed,
            "agreement_allowed": row.agreement_allowed,
            "common": row.common,
            "doubtful": "CHECK" in row.notes,
            "minimum_minutes": row.minimum_minutes,
            "notes": row.notes,
            "valid_from": SCHEDULE_FROM,
        }
        for row in goae_rows()
    ]
    session().execute(insert(GoaePosition), rows)
    return len(rows)


def open_practice(data: NewPractice) -> Practice:
    """A practice with its first site and the three procedures of the catalogue."""
    practice = Practice(
        name=data.name,
        legal_form=data.legal_form,
        tax_number=data.tax_number,
        iban=data.iban,
        bic=data.bic,
        bank_name=data.bank_name,
        account_holder=data.name[:70],
        federal_state=data.federal_state,
    )
    session().add(practice)
    session().flush()
    session().add(
        Site(
            practice_id=practice.id,
            name=data.site_name or data.name,
            street=data.street,
            postcode=data.postcode,
            city=data.city,
            telephone=data.telephone,
            email=data.email,
            website=data.website,
        )
    )
    session().add_all(_catalogue(practice.id))
    session().flush()
    return practice


def _catalogue(practice_id: int) -> list[Procedure]:
    """The three procedures; numbers follow the BÄK recommendation of 2002 (domain 1.2), the practice edits them."""
    cryo = Procedure(
        practice_id=practice_id, code="cryopeeling", name_de="Cryopeeling", name_en="Cryopeeling", method="cryo"
    )
    cryo.chain = [_step(practice_id, "740")]
    spots = Procedure(
        practice_id=practice_id,
        code="pigment_laser",
        name_de="Laserbehandlung von Pigmentflecken",
        name_en="Laser treatment of pigment spots",
        method="laser",
        nisv=True,
        talk_lead_warns=True,
    )
    spots.chain = [_step(practice_id, "2440", "Laserbehandlung gutartiger Pigmentflecken")]
    tattoo = Procedure(
        practice_id=practice_id,
        code="tattoo_laser",
        name_de="Laserentfernung einer Tätowierung",
        name_en="Laser tattoo removal",
        method="laser",
        nisv=True,
        talk_lead_warns=True,
        min_interval_days=30,
    )
    tattoo.chain = [_step(practice_id, "2440", "Laserbehandlung einer Tätowierung")]
    return [cryo, spots, tattoo]


def _step(practice_id: int, number: str, analog_service: str = "") -> ProcedurePosition:
    return ProcedurePosition(
        practice_id=practice_id,
        position=1,
        goae_number=number,
        factor=Decimal("2.3"),
        analog_service=analog_service,
    )
