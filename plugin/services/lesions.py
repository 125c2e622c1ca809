"""Corrects a lesion and takes it out again, as long as no paper and no session rests on it."""

from __future__ import annotations

from dataclasses import fields

from ...models.course import Course, Lesion
from ...models.rules.severity import Finding, RuleBroken, Severity
from ..extension import session
from ..queries.lesions import is_used, lesion_record
from ..unit_of_work import locked
from .courses import LesionData

_WHAT = ("kind", "site", "side", "pigmented")
"""What a physician judges and a paper names; the rest may become better known later: size, count, inks."""


def change_lesion(lesion_id: int, version: int | None, data: LesionData) -> Lesion:
    """Correct what was entered; `version` is the course's. Another place or kind wants to be judged anew.

    Raises NotFound, StalePage, and RuleBroken where a paper or a session names what would change.
    """
    lesion = _locked(lesion_id, version)
    other = any(getattr(lesion, name) != getattr(data, name) for name in _WHAT)
    if other and is_used(lesion):
        raise RuleBroken([Finding("lesion_in_use", Severity.BLOCK)])
    if other:
        lesion.benign_on, lesion.benign_how, lesion.benign_by_id = None, "", None
        lesion.indication, lesion.indication_reason = "undecided", ""
        lesion.indication_by_id, lesion.indication_at = None, None
    for each in fields(data):
        setattr(lesion, each.name, getattr(data, each.name))
    return lesion


def remove_lesion(lesion_id: int, version: int | None) -> int:
    """Take it out; returns the course's id. Raises NotFound, StalePage, RuleBroken where something rests on it."""
    lesion = _locked(lesion_id, version)
    if is_used(lesion):
        raise RuleBroken([Finding("lesion_in_use", Severity.BLOCK)])
    course_id = lesion.course_id
    session().delete(lesion)
    session().flush()
    return course_id


def _locked(lesion_id: int, version: int | None) -> Lesion:
    lesion = lesion_record(lesion_id)
    locked(Course, lesion.course_id, version)
    session().refresh(lesion)
    return lesion
