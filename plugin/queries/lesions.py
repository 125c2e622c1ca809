"""What rests on a lesion: papers that name its place, and sessions in which it was treated."""

from __future__ import annotations

from sqlalchemy import select

from ...models.consent import Consent
from ...models.course import Lesion
from ...models.rules.states import ConsentState
from ...models.side_effect import SideEffect
from ...models.treatment import TreatmentSite
from ..access import scoped
from ..errors import NotFound
from ..extension import session


def lesion_record(lesion_id: int) -> Lesion:
    """The lesion. Raises NotFound."""
    found: Lesion | None = session().scalar(scoped(select(Lesion).where(Lesion.id == lesion_id)))
    if found is None:
        raise NotFound(f"lesion {lesion_id}")
    return found


def is_used(lesion: Lesion) -> bool:
    """Whether a consent that was not put aside names its place, or something was recorded or planned for it."""
    not_void = Consent.state != ConsentState.VOID.value
    papers = select(Consent.sites).where(Consent.course_id == lesion.course_id, not_void)
    if any(lesion.place in sites.splitlines() for sites in session().scalars(scoped(papers))):
        return True
    kept = (
        select(TreatmentSite.id).where(TreatmentSite.lesion_id == lesion.id).limit(1),
        select(SideEffect.id).where(SideEffect.lesion_id == lesion.id).limit(1),
    )
    return any(session().scalar(scoped(query)) is not None for query in kept)
