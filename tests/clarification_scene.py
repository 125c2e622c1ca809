"""Scenes of a clarification: a privately insured patient with an estimate, and a case at any state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select

from kostenklar.models.clarification import Clarification
from kostenklar.models.course import Lesion
from kostenklar.models.estimate import Estimate, EstimateLine
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Insurer, Policy
from kostenklar.models.rules.grants import GrantDocument
from kostenklar.models.rules.reimbursement import Decision
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services import clarification_answers as answers
from kostenklar.plugin.services import clarification_ends as ends
from kostenklar.plugin.services import clarification_sending as sending
from kostenklar.plugin.services import clarifications, cost_queries
from kostenklar.plugin.services.clarifications import Way
from kostenklar.plugin.services.cost_notices import issue_cost_notice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.grant_scene import a_signed_one
from kostenklar.tests.invoice_scene import PLAN
from kostenklar.tests.people import Cast

Made = TypeVar("Made")
DAY = dt.timedelta(days=1)
HOLDER: dict[str, Any] = {
    "holder_name": "Hakan Yılmaz", "holder_street": "Ring 1", "holder_postcode": "50668", "holder_city": "Köln",
    "holder_birth_date": dt.date(1955, 4, 1),
}  # fmt: skip
BY_ATTORNEY = Way("practice", "attorney")
BY_PRACTICE = Way("practice", "practice")


def done(action: Callable[[], Made]) -> Made:
    """Run one use case in its own transaction."""
    with unit_of_work():
        return action()


def a_policy(cast: Cast, kind: str = "pkv_full", *, name: str = "Albatros Kranken", **more: Any) -> int:
    """The id of a policy of the first patient with an insurer whose address is known."""
    with unit_of_work():
        insurer = Insurer(
            practice_id=cast.practice_id, name=name, kind="beihilfe" if kind == "beihilfe" else "pkv",
            department="Leistung", street="Hafen 1", postcode="20457", city="Hamburg",
        )  # fmt: skip
        session().add(insurer)
        session().flush()
        policy = Policy(
            practice_id=cast.practice_id, patient_id=cast.patient_id, insurer_id=insurer.id, kind=kind,
            contract_no="71-440982", insured_no="01", **more,
        )  # fmt: skip
        session().add(policy)
        session().flush()
        return policy.id


def an_estimate(cast: Cast, gross: str = "2086.30", *, indication: str = "medical", **more: Any) -> int:
    """The id of an estimate over exactly this total, of one session, with two lines; the lesions say the same."""
    total = Decimal(gross)
    with unit_of_work():
        for lesion in session().scalars(select(Lesion).where(Lesion.course_id == cast.course_id)):
            lesion.indication = indication
        paper = session().scalar(select(IssuedPaper.id).where(IssuedPaper.kind == "cost_notice"))  # any PDF will do
        paper = paper or issue_cost_notice(cast.course_id, None, PLAN, today()).paper_id
        count = len(session().scalars(select(Estimate.id)).all())
        estimate = Estimate(
            **{
                "practice_id": cast.practice_id, "patient_id": cast.patient_id, "course_id": cast.course_id,
                "number": f"KV-{today().year}-{count + 1:04d}", "paper_id": paper, "indication": indication,
                "issued_on": today(), "valid_until": today() + 90 * DAY, "sessions_min": 1, "sessions_max": 1,
                "session_net": total, "session_vat": Decimal(0), "session_gross": total, "gross_min": total,
                "gross_max": total, **more,
            }
        )  # fmt: skip
        estimate.lines = [
            EstimateLine(
                practice_id=cast.practice_id, position=position, goae_number=number, service=service, points=100,
                factor=Decimal("2.3"), net=net, indication=indication, vat_rate=None, on_demand=False,
            )
            for position, number, service, net in (
                (1, "2440", "Laserbehandlung", total - Decimal("10.00")),
                (2, "5", "Untersuchung", Decimal("10.00")),
            )
        ]  # fmt: skip
        session().add(estimate)
        session().flush()
        return estimate.id


def a_case(
    cast: Cast, way: Way | None = None, *, gross: str = "2086.30", indication: str = "medical", **policy: Any
) -> int:
    """The id of a case with its estimate, before anything is written or sent."""
    policy_id = a_policy(cast, **policy)
    an_estimate(cast, gross, indication=indication)
    return done(lambda: clarifications.open_case(cast.course_id, None, policy_id, way or Way(), today())).id


def released(case_id: int) -> int:
    """Sign the release for the case, for all that its papers show; the grant's id."""
    return a_signed_one(case_id, documents=(GrantDocument.ESTIMATE, GrantDocument.DIAGNOSIS, GrantDocument.FINDINGS))


def written(case_id: int) -> IssuedPaper:
    """Write the cost query letter."""
    return done(lambda: cost_queries.issue_cost_query(case_id, None, cost_queries.QueryPlan(), today()))


def sent(case_id: int, on: dt.date | None = None, channel: str = "registered", proof: str = "RR 123") -> None:
    """By its way: handed in by the patient, or sent by the practice with release and letter."""
    way = fresh(case_id).route
    if way == "patient":
        done(lambda: sending.give_to_patient(case_id, None, today()))
    else:
        released(case_id)
        written(case_id)
        done(lambda: sending.make_ready(case_id, None, today()))
    done(lambda: sending.submit(case_id, None, sending.Sending(on or today(), channel, proof), today()))


def an_answer(decision: str = "part", **more: Any) -> answers.AnswerData:
    """A letter of today."""
    values: dict[str, Any] = {"dated_on": today(), "received_on": today(), "form": "letter"} | more
    return answers.AnswerData(decision=Decision(decision), **values)


def answered(case_id: int, decision: str = "part", **more: Any) -> int:
    """File an answer; its id."""
    confirmed = more.pop("above_confirmed", False)
    data = an_answer(decision, **more)
    return done(lambda: answers.record_answer(case_id, None, data, None, today(), above_confirmed=confirmed)).id


def late(case_id: int, days: int = 40) -> None:
    """Let it be a while since it was sent, as if the days had passed."""
    with unit_of_work():
        case = session().get_one(Clarification, case_id)
        back = dt.timedelta(days=days)
        case.sent_on = case.sent_on - back if case.sent_on else None
        case.due_on = case.due_on - back if case.due_on else None


def fresh(case_id: int) -> Clarification:
    """The case, read anew."""
    session().expire_all()
    return session().get_one(Clarification, case_id)


def brought_to(cast: Cast, state: str) -> int:
    """The id of a case in this state, by allowed moves only."""
    case_id = a_case(cast) if state not in ("not_required", "draft") else _bare(cast, state)
    steps = _WAYS[state]
    for step in steps:
        step(case_id)
    assert fresh(case_id).state == state
    return case_id


def _bare(cast: Cast, state: str) -> int:
    policy_id = a_policy(cast)
    query = state == "draft"
    return done(lambda: clarifications.open_case(cast.course_id, None, policy_id, Way(), today(), query=query)).id


def _ready(case_id: int) -> None:
    with unit_of_work():
        clarifications.change_way(case_id, None, Way("practice", "policyholder"))
    released(case_id)
    written(case_id)
    done(lambda: sending.make_ready(case_id, None, today()))


def _given(case_id: int) -> None:
    done(lambda: sending.give_to_patient(case_id, None, today()))


def _received(case_id: int) -> None:
    done(lambda: sending.receive(case_id, None, today(), "Rückschein", today()))


def _asked(case_id: int) -> None:
    done(lambda: sending.ask_documents(case_id, None, today(), "Befundbericht", today()))


def _late(case_id: int) -> None:
    from kostenklar.plugin.services.clarification_dates import fall_overdue

    late(case_id)
    done(lambda: fall_overdue(today()))


def _answered(case_id: int) -> None:
    answered(case_id, amount=Decimal("1800.00"))


def _ran_out(case_id: int) -> None:
    done(lambda: ends.expire(case_id, None, today() + 91 * DAY))


_WAYS: dict[str, tuple[Callable[[int], Any], ...]] = {
    "not_required": (),
    "draft": (),
    "estimate_issued": (),
    "with_patient": (_given,),
    "ready": (_ready,),
    "submitted": (sent,),
    "acknowledged": (sent, _received),
    "documents_requested": (sent, _asked),
    "overdue": (sent, _late),
    "presumed": (sent, _late, lambda case_id: done(lambda: ends.presume(case_id, None, today()))),
    "answered": (sent, _answered),
    "objection": (sent, _answered, lambda case_id: done(lambda: answers.object_to(case_id, None, "nein", today()))),
    "closed": (sent, _answered, lambda case_id: done(lambda: ends.close(case_id, None, "", today()))),
    "expired": (_ran_out,),
    "cancelled": (lambda case_id: done(lambda: ends.cancel(case_id, None, "doch nicht", today())),),
}
STATES = tuple(_WAYS)
