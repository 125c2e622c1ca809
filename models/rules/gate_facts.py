"""What the gate before the start of a treatment knows, and what it says: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from .consent import ConsentFacts, TalkFacts
from .costs import AgreementFacts, CostNoticeFacts, FeeAgreementFacts
from .payers import PayerKind
from .procedures import DeviceLimit, Dose, Procedure, ProcedureSettings
from .risks import RiskClause
from .severity import Finding, Severity
from .vat import Indication


class GateState(StrEnum):
    """How an item stands, in the words of the screen: offen, wartet, überfällig, erledigt, blockiert."""

    OPEN = "open"
    WAITING = "waiting"
    OVERDUE = "overdue"
    DONE = "done"
    BLOCKED = "blocked"


class Stops(StrEnum):
    """What an item holds back until it is solved."""

    NOTHING = "nothing"
    START = "start"
    INVOICE = "invoice"


class Override(StrEnum):
    """Who may go on in spite of an item, with a reason that is kept."""

    NOBODY = "nobody"
    PHYSICIAN = "physician"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class GateItem:
    """One line of "Was fehlt noch": its subject, how it stands, what it holds back and who may go on all the same.

    `findings` says what is wrong; `severity`, `paragraph` and `facts` are those of the weightiest one.
    """

    code: str
    state: GateState
    findings: tuple[Finding, ...] = ()
    stops: Stops = Stops.NOTHING
    override: Override = Override.NOBODY
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity | None:
        """The weight of the weightiest finding, None where all is well."""
        return self.findings[0].severity if self.findings else None

    @property
    def paragraph(self) -> str:
        """The source of the weightiest finding."""
        return self.findings[0].paragraph if self.findings else ""


@dataclass(frozen=True, slots=True)
class LesionFacts:
    """One lesion to be treated; `benign_on` is the day a physician confirmed that it is benign, and how."""

    site: str
    indication: Indication = Indication.UNDECIDED
    pigmented: bool = False
    benign_on: date | None = None
    benign_how: str = ""
    area_cm2: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RecheckFacts:
    """The short questions of this session; `remarks` are the answers a physician must look at (tan, herpes ...)."""

    on: date
    remarks: tuple[str, ...] = ()
    last_sun_on: date | None = None


@dataclass(frozen=True, slots=True)
class PerformerFacts:
    """Who applies: `nisv_proof_on` is the date of the proof of qualification (§ 5 NiSV)."""

    physician: bool
    nisv_proof_on: date | None = None
    supervised: bool = False  # a physician is named who answers for an assistant


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """The device planned for the session; `check_due_on` is the last day of its safety check."""

    check_due_on: date | None = None
    limits: tuple[DeviceLimit, ...] = ()
    doses: tuple[Dose, ...] = ()


@dataclass(frozen=True, slots=True)
class GateFacts:
    """Everything the gate looks at.

    `starts_at` is the aware instant of the (planned) start, `planned_on` its legal date. `sessions_done` counts the
    treatments of the course, `consent_sessions_done` those under the consent (by default the same).
    `cover_certain`: full cover by a third party is certain, so no cost information is due (§ 630c(3) BGB).
    `overridden` holds the item codes for which a logged override exists; it counts only where one is allowed.
    """

    procedure: Procedure
    planned_on: date
    starts_at: datetime
    born_on: date
    payer: PayerKind
    lesions: tuple[LesionFacts, ...]
    settings: ProcedureSettings = field(default_factory=ProcedureSettings)
    sessions_done: int = 0
    consent_sessions_done: int | None = None
    consent: ConsentFacts | None = None
    risk_clauses: tuple[RiskClause, ...] = ()  # what the consent must name, by the facts of today
    test_spot: bool = False  # one is entered for this session
    talk: TalkFacts | None = None
    sole_custody_proof: bool = False
    minor_capable: bool | None = None
    cost_notice: CostNoticeFacts = field(default_factory=CostNoticeFacts)
    agreement: AgreementFacts = field(default_factory=AgreementFacts)
    fee_agreement: FeeAgreementFacts = field(default_factory=FeeAgreementFacts)
    cover_certain: bool = False
    recheck: RecheckFacts | None = None
    performer: PerformerFacts | None = None
    device: DeviceFacts | None = None
    last_treated_on: date | None = None
    overridden: frozenset[str] = frozenset()
