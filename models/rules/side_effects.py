"""Side effects: their kinds, and whether the information before the treatment named such a thing (domain 11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from .procedures import Procedure
from .severity import Finding, Severity

BLISTER_DAYS = 14  # gone after about 2 weeks (domain 11 no. 9)
SCALE_DAYS = 21  # scales fall off within 2 to 3 weeks (no. 4)


class SideEffectKind(StrEnum):
    """What is seen or reported."""

    REDNESS = "redness"
    SWELLING = "swelling"
    BLISTER = "blister"
    BLOODY_BLISTER = "bloody_blister"
    BRUISE = "bruise"
    SCALES = "scales"
    BURN = "burn"
    LIGHTER = "lighter"
    DARKER = "darker"
    SCAR = "scar"
    INFECTION = "infection"
    INK_DARKENED = "ink_darkened"
    OTHER = "other"


class Named(StrEnum):
    """What the information says of a kind: a hint, as only a physician judges what was to be expected."""

    USUAL = "usual"  # belongs to the usual course
    TEMPORARY = "temporary"  # can occur and usually goes by itself
    RISK = "risk"  # named as a risk, not as the usual course
    NOT_NAMED = "not_named"


@dataclass(frozen=True, slots=True)
class Hint:
    """What the information says of one kind after one procedure; `over` where it lasts longer than that says."""

    kind: SideEffectKind
    named: Named
    days: int | None = None
    over: bool = False


_K = SideEffectKind
_ALL: Mapping[SideEffectKind, tuple[Named, int | None]] = {
    _K.REDNESS: (Named.TEMPORARY, None),  # nos 4, 9, 12
    _K.SWELLING: (Named.TEMPORARY, None),  # no. 12
    _K.BRUISE: (Named.TEMPORARY, None),  # no. 12
    _K.LIGHTER: (Named.TEMPORARY, None),  # no. 12
    _K.DARKER: (Named.TEMPORARY, None),  # no. 12
    _K.SCAR: (Named.RISK, None),  # nos 6, 13
}
_COLD: Mapping[SideEffectKind, tuple[Named, int | None]] = {
    _K.BLISTER: (Named.USUAL, None),  # no. 3
    _K.SCALES: (Named.USUAL, SCALE_DAYS),  # no. 4
}
_LIGHT: Mapping[SideEffectKind, tuple[Named, int | None]] = {
    _K.BLISTER: (Named.TEMPORARY, BLISTER_DAYS),  # no. 9
    _K.BLOODY_BLISTER: (Named.TEMPORARY, BLISTER_DAYS),  # no. 9, after long treatments
    _K.BURN: (Named.RISK, None),  # no. 13, rarely
}
_KNOWN: Mapping[Procedure, Mapping[SideEffectKind, tuple[Named, int | None]]] = MappingProxyType(
    {
        Procedure.CRYOPEELING: {**_ALL, **_COLD},
        Procedure.PIGMENT_LASER: {**_ALL, **_LIGHT},
        Procedure.TATTOO_LASER: {**_ALL, **_LIGHT, _K.INK_DARKENED: (Named.RISK, None)},  # no. 11
    }
)


def hint_of(procedure: Procedure, kind: SideEffectKind, treated_on: date, on: date) -> Hint:
    """What the information before the procedure says of such a thing on that day."""
    named, days = _KNOWN[procedure].get(kind, (Named.NOT_NAMED, None))
    return Hint(kind, named, days, over=days is not None and (on - treated_on).days > days)


def report_findings(treated_on: date, reported_on: date, began_on: date | None, today: date) -> list[Finding]:
    """Days that cannot be: nothing is seen before the treatment, and nothing is reported ahead."""
    found = []
    if reported_on > today:
        found.append(Finding("reported_in_future", Severity.BLOCK))
    if reported_on < treated_on:
        found.append(Finding("reported_before_session", Severity.BLOCK, "", {"treated_on": treated_on.isoformat()}))
    if began_on is not None and began_on < treated_on:
        found.append(Finding("began_before_session", Severity.BLOCK, "", {"treated_on": treated_on.isoformat()}))
    if began_on is not None and began_on > reported_on:
        found.append(Finding("began_after_report", Severity.BLOCK))
    return found


def follow_up_findings(follow_up_on: date | None, today: date) -> list[Finding]:
    """A follow-up lies ahead."""
    if follow_up_on is not None and follow_up_on < today:
        return [Finding("follow_up_in_past", Severity.BLOCK)]
    return []
