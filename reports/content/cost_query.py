"""What stands on the letter that asks a payer before the treatment (domain 4.3 and 10.5)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .base import PaperContent, PaperContradictsItself
from .parts import Letterhead, Person, Signature

Voice = Literal["policyholder", "attorney", "practice"]
Asked = Literal["pkv", "beihilfe", "gkv"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostQueryContent(PaperContent):
    """The letter in one of its voices: the policyholder's own, the practice's with Vollmacht, the practice's alone.

    `statutory` says that § 192(8) VVG is invoked. `request` and `ask` are the wording with its figures; `assessment` is
    the physician's one line, `reason` the why. `holder_address` is where the answer to the policyholder goes, in lines.
    """

    kind: ClassVar[str] = "cost_query"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    case_number: str
    issued_on: date
    patient: Person
    holder: Person
    holder_address: tuple[str, ...]
    payer: Asked
    voice: Voice
    statutory: bool
    request: str
    ask: str
    assessment: str
    physician: str
    procedure: str
    sites: tuple[str, ...]
    sessions: str
    enclosures: tuple[str, ...]
    contract_no: str = ""
    insured_no: str = ""
    tariff: str = ""
    diagnosis: str = ""
    reason: str = ""
    urgent_reason: str = ""
    contact: str = ""
    signatures: tuple[Signature, ...] = ()
    draft: bool = False

    def __post_init__(self) -> None:
        if self.statutory and (self.payer != "pkv" or self.voice == "practice"):
            raise PaperContradictsItself("§ 192(8) VVG is the policyholder's right against a private insurer")
