"""Scenes around a treatment: planned, with some or all of its papers, asked, and the forms' values for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from kostenklar.models.course import Explanation
from kostenklar.models.rules.minors import SignerRole
from kostenklar.models.treatment import Treatment
from kostenklar.plugin.clock import BERLIN, now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.forms.scan import Scan
from kostenklar.plugin.services import treatments
from kostenklar.plugin.services.consents import ConsentPlan, Signer, prepare_consent, sign_consent
from kostenklar.plugin.services.cost_notices import issue_cost_notice, sign_cost_notice
from kostenklar.plugin.services.cost_plans import CostPlan, PlannedFactor
from kostenklar.plugin.services.treatment_records import Record, SiteRecord
from kostenklar.plugin.services.treatments import People, Plan, Recheck
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.people import Cast

Made = TypeVar("Made")
SCAN = Scan(b"%PDF-1.4 signed", "application/pdf")
COSTS = CostPlan(1, 3, (PlannedFactor(Decimal("2.3"), Decimal("2.3")),))
CALM = Recheck(tan=False, medicines=False, herpes=False, changes=False, pregnancy=False)


def done(action: Callable[[], Made]) -> Made:
    """Run one use case in its own transaction."""
    with unit_of_work():
        return action()


def a_plan(cast: Cast, on: dt.date | None = None, **more: Any) -> int:
    """The id of a planned session, today unless told otherwise."""
    plan = Plan(on or today(), device_id=cast.device_id, late=bool(on and on < today()), **more)
    return done(lambda: treatments.plan_treatment(cast.course_id, None, plan, today())).id


def a_talk(cast: Cast, **more: Any) -> None:
    """The explanation talk, an hour ago unless told otherwise."""
    began = now() - dt.timedelta(hours=1)
    values = {"explained_by_id": cast.physician_id, "started_at": began, "ended_at": began + dt.timedelta(minutes=15)}
    talk = Explanation(
        practice_id=cast.practice_id, course_id=cast.course_id, recorded_at=now(), recorded_by="Sabine Krüger",
        **(values | more),
    )  # fmt: skip
    done(lambda: session().add(talk))


def a_consent(cast: Cast, sessions: int = 3, until: dt.date | None = None) -> int:
    """The id of a signed consent whose scan is in the file."""
    plan = ConsentPlan(sessions, until or today() + dt.timedelta(days=300))
    consent = done(lambda: prepare_consent(cast.course_id, None, plan, today()))
    signer = Signer("Gisela Yılmaz-Hofer", SignerRole.PATIENT)
    done(lambda: sign_consent(consent.id, None, today(), (signer,), SCAN, today()))
    return consent.id


def an_agreement(cast: Cast) -> int:
    """The id of a signed cost notice with the self-payer agreement, scanned."""
    notice = done(lambda: issue_cost_notice(cast.course_id, None, COSTS, today()))
    done(lambda: sign_cost_notice(notice.id, None, today(), SCAN, today()))
    return notice.id


def all_papers(cast: Cast) -> None:
    """Talk, consent and agreement: what a cosmetic session of a statutory patient needs."""
    a_talk(cast)
    a_consent(cast)
    an_agreement(cast)


def a_ready_one(cast: Cast) -> int:
    """The id of a session of today that may start."""
    all_papers(cast)
    treatment_id = a_plan(cast)
    done(lambda: treatments.recheck(treatment_id, None, CALM))
    return treatment_id


def a_started_one(cast: Cast) -> int:
    """The id of a session that runs, by the physician."""
    treatment_id = a_ready_one(cast)
    done(lambda: treatments.start(treatment_id, None, doctor(cast), today()))
    return treatment_id


def doctor(cast: Cast) -> People:
    """The physician applies, with the cold probe."""
    return People(cast.physician_id, None, cast.device_id)


def a_record(cast: Cast, **more: Any) -> Record:
    """A usual record of this minute."""
    site = SiteRecord(cast.lesion_id, "flach, 5 mm", Decimal(-60), Decimal(10), 2, 6, Decimal("4.5"))
    values: dict[str, Any] = {
        "people": doctor(cast), "sites": (site,), "began": now().astimezone(BERLIN).time(), "reaction": "Rötung",
    }  # fmt: skip
    return Record(**(values | more))


def fresh(treatment_id: int) -> Treatment:
    """The treatment, read anew."""
    session().expire_all()
    return session().get_one(Treatment, treatment_id)
