"""What stands on a release from secrecy and on a power of attorney: each for one case and one insurer (domain 4.2)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .base import PaperContent, PaperContradictsItself
from .parts import Letterhead, Person, Section, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGrantContent(PaperContent):
    """What both papers share; `insurer` is name, department and address, `terms` stand before what is signed."""

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    case_number: str
    insurer: tuple[str, ...]
    contract_no: str
    insured_no: str
    procedure: str
    sites: tuple[str, ...]
    purpose: str
    valid_until: date
    declaration: Section
    terms: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    contact: str = ""

    def __post_init__(self) -> None:
        if self.valid_until < self.issued_on:
            raise PaperContradictsItself("what is granted ends before its paper is there")
        if not (self.insurer and self.purpose):
            raise PaperContradictsItself("a release or a power of attorney names its insurer and its purpose")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseContent(CaseGrantContent):
    """The patient's release; `shown` are codes of models.rules.grants.GrantDocument."""

    kind: ClassVar[str] = "release"

    shown: tuple[str, ...]
    photos: bool = False

    def __post_init__(self) -> None:
        CaseGrantContent.__post_init__(self)
        if not self.shown:
            raise PaperContradictsItself("a release names what may be shown")


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerOfAttorneyContent(CaseGrantContent):
    """The policyholder's power of attorney; the holder may be another person than the patient."""

    kind: ClassVar[str] = "power_of_attorney"

    holder: Person
