"""One patient's file in the demo: each method is what somebody does with it at one moment, through the services."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from ..models.invoice import Invoice
from ..models.patient import Patient
from ..models.rules.minors import SignerRole
from ..reports.content.base import Language
from . import demo_practice as team
from .clock import BERLIN, now, today
from .demo_people import Person
from .demo_practice import House
from .demo_scan import signed_scan
from .demo_wishes import Wish
from .extension import session
from .queries.invoice_drafts import draft_of
from .services import consents, cost_notices, invoices, treatment_records, treatments
from .services.consents import ConsentPlan, Signer, Withdrawal
from .services.cost_plans import CostPlan, PlannedFactor
from .services.courses import assess_lesion, open_course
from .services.explanations import TalkData, record_talk
from .services.invoice_cancel import cancel_invoice
from .services.invoice_issue import issue_invoice
from .services.patients import PatientData, RecipientData, change_patient, register_patient
from .services.treatment_records import Record
from .services.treatments import People, Plan, Recheck

USUAL: Final = PlannedFactor(Decimal("2.3"), Decimal("2.3"))
_TALK: Final = dt.timedelta(minutes=15)
_SESSION: Final = dt.timedelta(minutes=20)


@dataclass
class PatientFile:
    """What is known of one patient by now; `performer` treats, an assistant under the supervision of the physician."""

    house: House
    person: Person
    wish: Wish
    factors: PlannedFactor = USUAL
    performer: str = team.PHYSICIAN
    data: PatientData = field(init=False)
    patient_id: int = 0
    course_id: int = 0
    lesion_ids: list[int] = field(default_factory=list)
    consent_id: int = 0
    notice_id: int = 0
    treatment_id: int = 0
    invoice_id: int = 0
    began: dt.time = dt.time()

    def __post_init__(self) -> None:
        self.data = self.person.data

    def register(self) -> None:
        """Who has an age has a birthday in that year; everybody else was born when they were born."""
        self.data = replace(self.person.data, privacy_on=today())
        if self.person.age is not None:
            born = self.data.birth_date.replace(year=today().year - self.person.age)
            self.data = replace(self.data, birth_date=born)
        self.patient_id = register_patient(self.house.practice_id, self.data, self.person.policies)

    def restrict(self) -> None:
        """Art. 18 GDPR: for the desk there is no such patient any more."""
        session().get_one(Patient, self.patient_id).restricted_since = now()

    def name_recipient(self) -> None:
        """The invoices go to somebody else from now on."""
        other = RecipientData(
            name=f"Familie {self.data.last_name}", street="Postfach 4711", postcode="50441", city="Köln"
        )
        change_patient(self.patient_id, None, replace(self.data, recipient=other))

    def open_course(self) -> None:
        procedure_id = self.house.procedures[self.wish.procedure]
        course = open_course(self.patient_id, procedure_id, self.wish.course(today()), self.wish.lesions)
        self.course_id, self.lesion_ids = course.id, [lesion.id for lesion in course.lesions]

    def assess(self, *, decided: bool = True) -> None:
        for lesion_id in self.lesion_ids:
            assess_lesion(lesion_id, None, self.wish.assessment(today(), decided=decided), today())

    def leave_undecided(self) -> None:
        self.assess(decided=False)

    def talk(self) -> None:
        ended = now().astimezone(BERLIN)
        began = max(ended - _TALK, ended.replace(hour=0, minute=0))
        data = TalkData(
            explained_by_id=self.house.staff[team.PHYSICIAN], held_on=ended.date(), started=began.time(),
            ended=ended.time(), language=self.data.language, individual_risks=self.wish.risks,
            copy_handed_on=ended.date(), copy_handed_how="paper",
        )  # fmt: skip
        record_talk(self.course_id, None, data, now())

    def print_consent(self) -> None:
        plan = ConsentPlan(self.wish.sessions[1], today() + dt.timedelta(days=365), self._language)
        self.consent_id = consents.prepare_consent(self.course_id, None, plan, today()).id

    def sign_consent(self) -> None:
        signers = [Signer(f"{self.data.first_name} {self.data.last_name}", SignerRole.PATIENT, "known")]
        signers += [Signer(person.name, SignerRole.GUARDIAN, "document") for person in self.data.representatives]
        scan = signed_scan(f"Einwilligung Akte {self.patient_id}", today())
        consents.sign_consent(self.consent_id, None, today(), tuple(signers), scan, today())

    def withdraw_consent(self) -> None:
        told = Withdrawal(now(), "am Telefon, möchte noch warten", team.TEAM[team.RECEPTION].name)
        consents.withdraw_consent(self.consent_id, None, told, now())

    def print_notice(self) -> None:
        plan = CostPlan(*self.wish.sessions, (self.factors,), self._language)
        self.notice_id = cost_notices.issue_cost_notice(self.course_id, None, plan, today()).id

    def hand_notice(self) -> None:
        how = "email" if self.data.email_consent else "paper"
        cost_notices.hand_cost_notice(self.notice_id, None, today(), how, today())

    def sign_notice(self) -> None:
        scan = signed_scan(f"Kosteninformation Akte {self.patient_id}", today())
        cost_notices.sign_cost_notice(self.notice_id, None, today(), scan, today())

    def plan(self, on: dt.date, at: dt.time) -> None:
        """A session; one whose day has passed is about to be recorded late."""
        people = self._people
        plan = Plan(on, at, self.house.sites[0], people.device_id, people.performer_id, late=on < today())
        self.treatment_id = treatments.plan_treatment(self.course_id, None, plan, today()).id

    def recheck(self) -> None:
        minor = True if self.person.age is not None else None
        answers = Recheck(tan=False, medicines=False, herpes=False, changes=False, minor_capable=minor)
        treatments.recheck(self.treatment_id, None, answers)

    def recheck_tanned(self) -> None:
        sunny = today() - dt.timedelta(days=9)
        answers = Recheck(tan=True, medicines=False, herpes=False, changes=False, last_sun_on=sunny, note="Skiurlaub")
        treatments.recheck(self.treatment_id, None, answers)

    def release_sun(self) -> None:
        reason = "Handrücken war bedeckt, Haut unauffällig"
        treatments.override(self.treatment_id, None, "sun", reason, today())

    def start(self) -> None:
        treatments.start(self.treatment_id, None, self._people, today())
        self.began = now().astimezone(BERLIN).time().replace(second=0, microsecond=0)

    def complete(self) -> None:
        treatment_records.complete(self.treatment_id, None, self._record(self.began))

    def abort(self) -> None:
        sites = self._record(self.began).sites[:1]
        treatment_records.abort(self.treatment_id, None, "Kreislauf, auf Wunsch beendet", sites)

    def call_off(self) -> None:
        treatments.call_off(self.treatment_id, None, "Fieber, meldet sich wieder")

    def record_late(self, on: dt.date, at: dt.time) -> None:
        self.plan(on, at)
        ended = (dt.datetime.combine(on, at) + _SESSION).time()
        record = replace(self._record(at), ended=ended, reason="Rechner war ausgefallen")
        treatment_records.record_late(self.treatment_id, None, on, record)

    def draft(self) -> None:
        self.invoice_id = invoices.draft_invoice(self.treatment_id)

    def issue(self) -> None:
        shown = draft_of(session().get_one(Invoice, self.invoice_id), today()).fingerprint
        issue_invoice(self.invoice_id, None, shown, today())

    def deliver(self) -> None:
        how = "email" if self.data.email_consent else "post"
        invoices.record_delivery(self.invoice_id, None, today(), how)

    def cancel(self) -> None:
        cancel_invoice(self.invoice_id, None, "Rechnungsempfänger war falsch", today())

    @property
    def _language(self) -> Language:
        return "en" if self.data.language == "en" else "de"

    @property
    def _people(self) -> People:
        staff, devices = self.house.staff, self.house.devices
        over = staff[team.PHYSICIAN] if self.performer == team.ASSISTANT else None
        return People(staff[self.performer], over, devices[self.wish.method])

    def _record(self, began: dt.time) -> Record:
        dose = self.wish.dose
        return Record(
            people=self._people, began=began,
            sites=tuple(replace(dose, lesion_id=lesion_id) for lesion_id in self.lesion_ids),
            reaction=self.wish.reaction, eye_protection=self.wish.method == "laser", aftercare_handed=True,
        )  # fmt: skip
