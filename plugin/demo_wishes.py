"""What the patients of the demo want: the course, its lesions, and what the physician says about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ..models.rules.vat import Indication
from .services.courses import Assessment, CourseData, LesionData
from .services.treatment_records import SiteRecord


@dataclass(frozen=True, slots=True)
class Dose:
    """What is set at each site in a session of this wish."""

    probe: str = ""
    temperature_c: Decimal | None = None
    seconds: Decimal | None = None
    cycles: int | None = None
    spots: int | None = None
    area_cm2: Decimal | None = None

    def at(self, lesion_id: int) -> SiteRecord:
        """The same settings at one lesion."""
        return SiteRecord(
            lesion_id, self.probe, self.temperature_c, self.seconds, self.cycles, self.spots, self.area_cm2
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """A course and the decision about it. Z41.1 where there is no illness: none is invented to gain cover."""

    procedure: str
    title: str
    lesions: tuple[LesionData, ...]
    sessions: tuple[int, int]
    indication: Indication
    reason: str
    diagnosis: str
    icd_code: str
    dose: Dose
    benign_how: str = "Auflichtmikroskopie"
    reaction: str = "leichte Rötung"
    risks: str = "Aufhellung oder Verdunkelung der Stelle, Narben"

    @property
    def method(self) -> str:
        """Which device the practice takes."""
        return "cryo" if self.procedure == "cryopeeling" else "laser"

    def course(self, today: dt.date) -> CourseData:
        """What the desk notes when the course is opened."""
        return CourseData(
            self.title, *self.sessions, diagnosis=self.diagnosis, icd_code=self.icd_code, icd_certainty="G",
            icd_year=today.year,
        )  # fmt: skip

    def assessment(self, today: dt.date, *, decided: bool = True) -> Assessment:
        """The physician's word; undecided where the benign check is all there is so far."""
        if not decided:
            return Assessment(Indication.UNDECIDED, "", today, self.benign_how)
        return Assessment(self.indication, self.reason, today, self.benign_how)


_ON_WISH: Final = "auf eigenen Wunsch, ohne Krankheitswert"
_COLD: Final = Dose("Flachsonde 5 mm", Decimal(-80), Decimal(12), 2, 6, Decimal("1.5"))
_LIGHT: Final = Dose("Handstück 4 mm", spots=30, area_cm2=Decimal(4))

HANDS: Final = Wish(
    "cryopeeling", "Altersflecken Handrücken", (
        LesionData("age_spot", "Handrücken", "R", Decimal(8), 6),
        LesionData("age_spot", "Handrücken", "L", Decimal(6), 4),
    ), (1, 3), Indication.COSMETIC, _ON_WISH, "Ästhetische Behandlung auf Wunsch", "Z41.1", _COLD,
)  # fmt: skip
CHEEK: Final = Wish(
    "cryopeeling", "Altersflecken Wange", (LesionData("age_spot", "Wange", "L", Decimal(7), 3),), (1, 2),
    Indication.COSMETIC, _ON_WISH, "Ästhetische Behandlung auf Wunsch", "Z41.1", _COLD,
)  # fmt: skip
WART: Final = Wish(
    "cryopeeling", "Gereizte Alterswarze Schläfe", (LesionData("age_wart", "Schläfe", "R", Decimal(9)),), (1, 2),
    Indication.MEDICAL, "gereizt, blutet beim Kämmen", "Seborrhoische Keratose", "L82", _COLD,
    reaction="Rötung, kleine Blase",
)  # fmt: skip
SCAR: Final = Wish(
    "cryopeeling", "Narbe Stirn nach Sturz", (LesionData("scar", "Stirn", "", Decimal(20), pigmented=False),), (2, 4),
    Indication.MEDICAL, "juckende Narbe nach Unfall", "Narbe der Haut", "L90.5", _COLD, benign_how="Blickdiagnose",
)  # fmt: skip
BACK: Final = Wish(
    "cryopeeling", "Pigmentfleck Rücken, zu prüfen", (LesionData("mole", "Rücken", "", Decimal(5)),), (1, 1),
    Indication.COSMETIC, _ON_WISH, "Ästhetische Behandlung auf Wunsch", "Z41.1", _COLD,
)  # fmt: skip
FRECKLES: Final = Wish(
    "pigment_laser", "Pigmentflecken Wangen", (LesionData("pigment_spot", "Wangen", "B", Decimal(4), 12),), (1, 2),
    Indication.COSMETIC, _ON_WISH, "Ästhetische Behandlung auf Wunsch", "Z41.1", _LIGHT,
    risks="Bei gebräunter Haut eher Verdunkelung; Sonne vier Wochen vorher und zwei danach meiden",
)  # fmt: skip
TATTOO: Final = Wish(
    "tattoo_laser", "Tätowierung Unterarm", (LesionData("tattoo", "Unterarm", "L", Decimal(60), pigmented=False),),
    (4, 8), Indication.COSMETIC, _ON_WISH, "Ästhetische Behandlung auf Wunsch", "Z41.1", _LIGHT,
    benign_how="Blickdiagnose", reaction="Schwellung, einzelne Blasen",
    risks="Farbreste; eisenhaltige Farben können nachdunkeln",
)  # fmt: skip
