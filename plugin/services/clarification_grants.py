"""What a withdrawn release does to its case."""

from __future__ import annotations

from ...models.clarification import Clarification
from ...models.rules.case_states import ClarificationState
from ..clock import today
from ..unit_of_work import locked
from .clarification_sending import hand_over


def release_withdrawn(clarification_id: int) -> None:
    """A case that was ready goes back to the patient (domain 10.1 no. 10): the practice sends nothing any more.

    Within the unit of work that takes the release back. Raises NotFound.
    """
    case: Clarification = locked(Clarification, clarification_id)
    if case.state == ClarificationState.READY.value:
        hand_over(case, today(), "Schweigepflichtentbindung widerrufen")
