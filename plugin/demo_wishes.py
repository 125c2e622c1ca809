"""What the patients of the demo want: the course, its lesions, and what the physician says about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from ..models.rules.vat import Indication
from .services.courses import Assessment, CourseData, LesionData
from .services.treatment_records import SiteRecord


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
    dose: SiteRecord  # of no lesion yet
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


_NO_LESION: Final = 0
_ON_WISH: Final = "auf eigenen Wunsch, ohne Krankheitswert"
_COLD: Final = SiteRecord(_NO_LESION, "Flachsonde 5 mm", Decimal(-80), Decimal(12), 2, 6, Decimal("1.5"))
_LIGHT: Final = SiteRecord(
    _NO_LESION,
    "Handstück 4 mm", spots=12, area_cm2=Decimal(4), wavelength_nm=532, fluence_j_cm2=Decimal("1.8"),
    spot_mm=Decimal(4), pulse_length="6 ns", repetition_hz=Decimal(5), pulses=36,
)  # fmt: skip
_INK: Final = SiteRecord(
    _NO_LESION,
    "Handstück 3 mm", area_cm2=Decimal(18), wavelength_nm=1064, fluence_j_cm2=Decimal("4.2"), spot_mm=Decimal(3),
    pulse_length="6 ns", repetition_hz=Decimal(5), pulses=210,
)  # fmt: skip

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
    "tattoo_laser", "Tätowierung Unterarm", (
        LesionData("tattoo", "Unterarm", "L", Decimal(60), pigmented=False, ink_colours="black"),
    ), (4, 8), Indication.COSMETIC, _ON_WISH, "Ästhetische Behandlung auf Wunsch", "Z41.1", _INK,
    benign_how="Blickdiagnose", reaction="Schwellung, einzelne Blasen",
    risks="Farbreste; eisenhaltige Farben können nachdunkeln",
)  # fmt: skip
SLEEVE: Final = Wish(
    "tattoo_laser", "Tätowierung Oberarm", (
        LesionData(
            "tattoo", "Oberarm", "R", Decimal(80), pigmented=False, ink_colours="black,red,white", ink_may_darken=True
        ),
    ), (2, 8), Indication.COSMETIC, _ON_WISH, "Ästhetische Behandlung auf Wunsch", "Z41.1",
    replace(_INK, area_cm2=Decimal(6)),
    benign_how="Blickdiagnose", reaction="Schwellung, einzelne Blasen",
    risks="Probestelle am Rand; rote und weiße Farbe kann nachdunkeln",
)  # fmt: skip
LENTIGINES: Final = Wish(
    "pigment_laser", "Ausgedehnte Lentigines Schulter", (
        LesionData("pigment_spot", "Schulter", "B", Decimal(60), 14),
    ), (6, 8), Indication.MEDICAL, "nach Strahlentherapie entstanden, entstellend", "Lentigines", "L81.4",
    replace(_LIGHT, area_cm2=Decimal(26)), risks="Aufhellung oder Verdunkelung, Rötung, kleine Blutergüsse",
)  # fmt: skip
