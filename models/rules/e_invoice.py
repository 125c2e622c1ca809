"""When an invoice to a company has to be electronic: § 14(2) and § 27(38) UStG. Patients never need one."""

from datetime import date
from enum import StrEnum

HOME = "DE"
TRANSITION_UNTIL = date(2026, 12, 31)  # § 27(38) no. 1 UStG
SMALL_TURNOVER_UNTIL = date(2027, 12, 31)  # § 27(38) no. 2: where last year's turnover was at most EUR 800,000


class EInvoiceDuty(StrEnum):
    """What the practice should know about the recipient before it issues."""

    NONE = "none"
    BY_TURNOVER = "by_turnover"  # due only above EUR 800,000 last year, which this program does not know
    DUE = "due"
    ABROAD = "abroad"  # a company abroad: where the service is taxed is a question to the tax adviser


def e_invoice_duty(*, company: bool, country: str, taxed: bool, on: date) -> EInvoiceDuty:
    """The duty for an invoice of a day; exempt services (§ 4 no. 8 to 29, § 19 UStG) need none."""
    if not company or not taxed:
        return EInvoiceDuty.NONE
    if country != HOME:
        return EInvoiceDuty.ABROAD
    if on <= TRANSITION_UNTIL:
        return EInvoiceDuty.NONE
    return EInvoiceDuty.BY_TURNOVER if on <= SMALL_TURNOVER_UNTIL else EInvoiceDuty.DUE
