"""What consent and cost notice share: the course with all that stands in a paper's head, and who signs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from ...models.course import Course, Explanation, Lesion, place
from ...models.patient import Patient
from ...models.practice import Practice, Procedure, Site
from ...models.rules.age import is_minor
from ...models.rules.joint import joint_indication
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.vat import Indication
from ...models.treatment import Treatment
from ...reports.content.base import Language
from ...reports.content.parts import Letterhead, Signature
from ..access import scoped
from ..extension import session
from .letterheads import letterhead, physicians

BOTH = 2


@dataclass(frozen=True, slots=True)
class PaperHead:
    """Course, patient, practice and site of a paper that is about to be issued, in the language it will have."""

    course: Course
    patient: Patient
    procedure: Procedure
    practice: Practice
    site: Site
    lesions: tuple[Lesion, ...]
    planned: Treatment | None
    language: Language

    @property
    def letterhead(self) -> Letterhead:
        """The practice with the site where the treatment will be."""
        return letterhead(self.practice, self.site)

    @property
    def procedure_name(self) -> str:
        """The procedure in the paper's language."""
        return self.procedure.name_en if self.language == "en" else self.procedure.name_de

    @property
    def sites(self) -> tuple[str, ...]:
        """Each site once, in the paper's language."""
        return tuple(dict.fromkeys(place(lesion.site, lesion.side, self.language) for lesion in self.lesions))

    @property
    def indication(self) -> Indication:
        """What all lesions share, else undecided: no paper contradicts one of them."""
        return joint_indication(Indication(lesion.indication) for lesion in self.lesions)

    @property
    def treated_on(self) -> dt.date | None:
        """The day of the next session, as planned."""
        return self.planned.planned_on if self.planned else self.course.next_planned_on


def paper_head(course: Course, language: Language) -> PaperHead:
    """Read what the papers of a locked course need. Raises RuleBroken where no lesion says what it is about."""
    if not course.lesions:
        raise RuleBroken([Finding("lesions_missing", Severity.BLOCK)])
    practice = session().get_one(Practice, course.practice_id)
    planned = session().scalar(
        scoped(
            select(Treatment)
            .where(Treatment.course_id == course.id, Treatment.state == "planned")
            .order_by(Treatment.planned_on, Treatment.id)
            .limit(1)
        )
    )
    site = session().get_one(Site, planned.site_id) if planned else practice.sites[0]
    return PaperHead(
        course, course.patient, course.procedure, practice, site, tuple(course.lesions), planned, language
    )  # fmt: skip


def latest_talk(course_id: int) -> Explanation | None:
    """The last talk of the course."""
    talk: Explanation | None = session().scalar(
        scoped(
            select(Explanation)
            .where(Explanation.course_id == course_id)
            .order_by(Explanation.started_at.desc(), Explanation.id.desc())
            .limit(1)
        )
    )
    return talk


def physician_of(head: PaperHead, talk: Explanation | None) -> str:
    """Who answers for the treatment: the one planned for it, else who explained it, else the first of the practice."""
    planned = head.planned.performed_by if head.planned else None
    for staff in (planned, talk.explained_by if talk else None):
        if staff is not None and staff.physician is not None:
            return staff.full_name
    return next(iter(physicians(head.practice.id)), "")


def party_signatures(patient: Patient, today: dt.date) -> tuple[Signature, ...]:
    """Who signs for the patient's side: the patient; for a minor both guardians as well, one with proven sole custody.

    Names come from the representatives on file; a line without a name is filled in by hand.
    """
    own = Signature(role="patient", name=patient.full_name)
    if not is_minor(patient.birth_date, today):
        return (own,)
    return (own, *guardian_signatures(patient))


def guardian_signatures(patient: Patient) -> tuple[Signature, ...]:
    """A line for each guardian (§ 1629 BGB)."""
    guardians = [person for person in patient.representatives if person.kind in ("parent", "guardian")]
    alone = [person for person in guardians if person.sole_custody and person.proof_seen_at]
    if alone:
        return (Signature(role="guardian", name=alone[0].name),)
    names = [person.name for person in guardians[:BOTH]]
    return tuple(Signature(role="guardian", name=name) for name in [*names, *[""] * (BOTH - len(names))])
