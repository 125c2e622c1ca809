"""How the demo clarifies costs: estimate, a case with each payer, release and Vollmacht, answers, § 2 agreement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select

from ..models.clarification import Clarification
from ..models.estimate import Estimate
from ..models.patient import Policy
from ..models.rules.clarification_clock import AskedBy, payer_role
from ..models.rules.grants import GrantDocument, GrantKind
from ..models.rules.payers import PolicyKind
from ..models.rules.reimbursement import Decision, Verdict
from . import demo_practice as team
from .clock import today
from .demo_file import PatientFile
from .demo_scan import signed_scan
from .extension import session
from .services import (
    case_grants,
    clarification_answers,
    clarification_sending,
    clarifications,
    cost_queries,
    estimates,
    fee_agreements,
    outcomes,
)
from .services.agreement_plans import AgreementPlan, parties_of, proposed_factors
from .services.clarification_answers import AnswerData, LineData
from .services.clarification_sending import Sending
from .services.clarifications import PRACTICE, Way
from .services.cost_plans import planned_chain
from .services.cost_queries import QueryPlan
from .services.estimate_plans import EstimatedFactor, EstimatePlan
from .services.grant_content import GrantPlan

_FOR_PATIENT = Way()
_PURPOSES = {"de": "Klärung der Kosten vor der Behandlung", "en": "Clarifying the costs before the treatment"}
_BY_PRACTICE = Way(route=PRACTICE, asked_by=AskedBy.ATTORNEY.value)


@dataclass
class CostFile(PatientFile):
    """A patient's file with its estimate, its cases by payer ("pkv", "beihilfe") and its fee agreement."""

    estimate_id: int = 0
    agreement_id: int = 0
    cases: dict[str, int] = field(default_factory=dict)

    def estimate(self) -> None:
        chain = planned_chain(self.course_id, today())
        factors = tuple(EstimatedFactor(self.factors.highest, self.factors.reason) for _ in chain)
        until, area = today() + dt.timedelta(days=90), self.wish.dose.area_cm2
        plan = EstimatePlan(*self.wish.sessions, factors, until, self._language, area)
        self.estimate_id = estimates.issue_estimate(self.course_id, None, plan, today()).id

    def hand_estimate(self) -> None:
        estimates.hand_estimate(self.estimate_id, None, today(), "paper", today())

    def open_cases(self, way: Way = _FOR_PATIENT) -> None:
        """One with every payer who can be asked; the private one may be asked by the practice."""
        query = select(Policy).where(Policy.patient_id == self.patient_id).order_by(Policy.id)
        for policy in session().scalars(query):
            role = payer_role(PolicyKind(policy.kind))
            if role is not None:
                chosen = way if role.value == "pkv" else _FOR_PATIENT
                case = clarifications.open_case(self.course_id, None, policy.id, chosen, today())
                self.cases[role.value] = case.id

    def open_cases_for_practice(self) -> None:
        self.open_cases(_BY_PRACTICE)

    def sign_grants(self) -> None:
        """Release and Vollmacht for the private insurer, signed in ink."""
        until = today() + dt.timedelta(days=180)
        asked = (GrantDocument.ESTIMATE, GrantDocument.DIAGNOSIS, GrantDocument.FINDINGS)
        for kind, documents in ((GrantKind.RELEASE, asked), (GrantKind.POWER_OF_ATTORNEY, ())):
            plan = GrantPlan(kind, _PURPOSES[self._language], until, documents, language=self._language)
            grant = case_grants.prepare_grant(self.cases["pkv"], None, plan, today())
            scan = signed_scan(f"{grant.number} Akte {self.patient_id}", today())
            case_grants.sign_grant(grant.id, None, today(), scan, today())

    def write_queries(self) -> None:
        for case_id in self.cases.values():
            cost_queries.issue_cost_query(case_id, None, QueryPlan(self._language), today())

    def give_queries(self) -> None:
        """The patient takes the letters along."""
        for role, case_id in self.cases.items():
            if role != "pkv" or self._case(role).route != PRACTICE:
                clarification_sending.give_to_patient(case_id, None, today())

    def patient_sent(self) -> None:
        """The patient called: all letters with the patient are on their way."""
        for case_id in self.cases.values():
            if session().get_one(Clarification, case_id).state == "with_patient":
                clarification_sending.submit(case_id, None, Sending(today(), "patient"), today())

    def practice_sends(self) -> None:
        clarification_sending.make_ready(self.cases["pkv"], None, today())
        sending = Sending(today(), "registered", "Einschreiben RT 4711 0815")
        clarification_sending.submit(self.cases["pkv"], None, sending, today())

    def received(self) -> None:
        clarification_sending.receive(self.cases["pkv"], None, today(), "Rückschein", today())

    def answered_in_part(self) -> None:
        """The private insurer: four sessions, factor 2.3, until the end of next June."""
        estimate = self._estimate
        capped = Decimal("2.3")
        lines = tuple(
            LineData(line.id, Verdict.ACCEPTED, capped, sessions=max(1, estimate.sessions_max - 2))
            for line in estimate.lines
        )
        sessions = max(1, estimate.sessions_max - 2)
        self._answer(
            "pkv", Decision.PART, lines=lines, amount=estimate.session_gross * sessions, factor_cap=capped,
            sessions=sessions, valid_until=today() + dt.timedelta(days=210),
            conditions="Rechnung mit Diagnose, Behandlung durch eine Fachärztin",
        )  # fmt: skip

    def answered_without_commitment(self) -> None:
        """The Beihilfe decides when it has the invoice."""
        self._answer("beihilfe", Decision.NO_COMMITMENT)

    def told(self) -> None:
        case_id = self.cases.get("pkv") or next(iter(self.cases.values()))
        outcomes.tell_patient(case_id, None, today(), "paper", self._language, today())

    def agree(self) -> None:
        """The § 2 GOÄ agreement: offered after the talk, signed in ink on both copies."""
        parties = parties_of(self.course_id, today())
        plan = AgreementPlan(
            f"{self.data.first_name} {self.data.last_name}", self.house.staff[team.PHYSICIAN], today(),
            tuple(self._agreed(factor) for factor in proposed_factors(parties.services)), self._language,
        )  # fmt: skip
        agreement = fee_agreements.prepare_fee_agreement(self.course_id, None, plan, today())
        self.agreement_id = agreement.id
        scan = signed_scan(f"Honorarvereinbarung Akte {self.patient_id}", today())
        fee_agreements.sign_fee_agreement(agreement.id, None, today(), scan, today())

    def _agreed(self, proposed: Decimal | None) -> Decimal:
        return max(proposed or self.factors.highest, self.factors.highest)

    def _answer(self, role: str, decision: Decision, **more: object) -> None:
        data = AnswerData(today() - dt.timedelta(days=2), today(), "letter", decision, **more)  # type: ignore[arg-type]
        scan = signed_scan(f"Antwort {role} Akte {self.patient_id}", today())
        clarification_answers.record_answer(self.cases[role], None, data, scan, today())

    def _case(self, role: str) -> Clarification:
        return session().get_one(Clarification, self.cases[role])

    @property
    def _estimate(self) -> Estimate:
        return session().get_one(Estimate, self.estimate_id)
