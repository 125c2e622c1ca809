"""All kinds of papers, and the way back from stored content to the right one."""

from typing import Any

from .aftercare import AftercareContent
from .base import PaperContent, UnreadableContent
from .cancellation import CancellationContent
from .case_grant import PowerOfAttorneyContent, ReleaseContent
from .claim_statement import ClaimStatementContent
from .consent import ConsentContent
from .correction_letter import CorrectionLetterContent
from .cost_notice import CostNoticeContent
from .cost_query import CostQueryContent
from .dunning import DunningContent
from .estimate import EstimateContent
from .fee_agreement import FeeAgreementContent
from .instalment_plan import InstalmentPlanContent
from .invoice import InvoiceContent
from .outcome import OutcomeContent
from .receipt import ReceiptContent
from .reminder import ReminderContent

CONTENT_CLASSES: dict[str, type[PaperContent]] = {
    cls.kind: cls
    for cls in (
        InvoiceContent,
        CancellationContent,
        ReceiptContent,
        ReminderContent,
        CorrectionLetterContent,
        InstalmentPlanContent,
        ClaimStatementContent,
        DunningContent,
        CostNoticeContent,
        EstimateContent,
        CostQueryContent,
        OutcomeContent,
        FeeAgreementContent,
        ConsentContent,
        AftercareContent,
        ReleaseContent,
        PowerOfAttorneyContent,
    )
}


def content_from_dict(stored: dict[str, Any]) -> PaperContent:
    """The content of an issued paper as it was frozen. Raises UnreadableContent."""
    try:
        cls = CONTENT_CLASSES[stored["kind"]]
    except KeyError:
        raise UnreadableContent(f"no paper of the kind {stored.get('kind')!r}") from None
    return cls.from_dict(stored)
