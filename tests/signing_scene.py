"""Scenes around the tablet: a consent that waits, the tablet that opened it, and a hand that signs."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import select

from kostenklar.models.patient import Patient, Representative
from kostenklar.models.practice import Practice
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services import signings, tablets
from kostenklar.plugin.services.consents import ConsentPlan, prepare_consent
from kostenklar.plugin.services.cost_notices import hand_cost_notice, issue_cost_notice
from kostenklar.plugin.services.tablet_signatures import Drawing
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import COSTS, done

HAND = [[[100 + 8 * step, 200 + (step * 37) % 90, step * 16] for step in range(90)], [[900, 120, 1600]]]
SIGNED = json.dumps(HAND)
DOT = json.dumps([[[600, 200, 0], [602, 201, 8]]])


@dataclass(frozen=True)
class Held:
    """A consent on a tablet: the record, the signing, the cookie of the tablet, how many questions it asks."""

    consent_id: int
    signing_id: int
    cookie: str
    questions: int

    @property
    def answers(self) -> dict[int, bool]:
        return dict.fromkeys(range(self.questions), False)


def a_waiting_consent(cast: Cast, language: str = "de") -> int:
    """The id of a consent whose paper is to be signed."""
    plan = ConsentPlan(3, today() + dt.timedelta(days=300), language)  # type: ignore[arg-type]  # de or en
    return done(lambda: prepare_consent(cast.course_id, None, plan, today())).id


def a_handed_notice(cast: Cast, *, screen: bool) -> int:
    """The id of a statutory patient's cost notice that was handed over; `screen` is the owner's setting."""
    done(lambda: setattr(session().get_one(Practice, cast.practice_id), "sign_agreement_on_screen", screen))
    notice = done(lambda: issue_cost_notice(cast.course_id, None, COSTS, today()))
    done(lambda: hand_cost_notice(notice.id, None, today(), "paper", today()))
    return notice.id


def offered(noun: str, record_id: int) -> signings.Offered:
    return done(lambda: signings.offer(noun, record_id, now()))


def opened(cast: Cast, language: str = "de") -> Held:
    """A consent that a tablet has open."""
    consent_id = a_waiting_consent(cast, language)
    offer = offered("consent", consent_id)
    cookie = tablets.pair(offer.code, "10.0.0.7", now()).cookie
    return Held(consent_id, offer.signing_id, cookie, len(tablets.sheet(cookie, now()).questions))


def drawings(*strokes: str) -> tuple[Drawing, ...]:
    return tuple(Drawing(each) for each in strokes)


def make_minor(cast: Cast, *guardians: str) -> None:
    """Fifteen years old, with these parents on file."""

    def change() -> None:
        session().scalars(select(Patient).where(Patient.id == cast.patient_id)).one().birth_date = (
            today() - dt.timedelta(days=365 * 15)
        )
        session().add_all(
            Representative(practice_id=cast.practice_id, patient_id=cast.patient_id, name=name, kind="parent")
            for name in guardians
        )

    done(change)
