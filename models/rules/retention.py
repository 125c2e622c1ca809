"""How long each class of records is kept (domain 10.4)."""

from datetime import date
from enum import StrEnum

from .deadlines import add_months


class RetentionKind(StrEnum):
    """The classes; a legal hold stops the clock of each and is no matter of arithmetic."""

    INVOICE = "invoice"
    BOOKS = "books"
    LETTER = "letter"
    PATIENT_FILE = "patient_file"
    NISV_RECORD = "nisv_record"


# Years to the end of a calendar year.
_YEARS = {
    RetentionKind.INVOICE: 8,  # § 14b UStG, § 147(3) AO
    RetentionKind.BOOKS: 10,  # § 147(3) AO, § 257 HGB
    RetentionKind.LETTER: 6,  # § 147(3) AO
    RetentionKind.NISV_RECORD: 10,  # § 3(2) NiSV: deleted at the end of the year in which ten years end
}
_PATIENT_FILE_MONTHS = 10 * 12  # § 630f(3) BGB


def retain_until(kind: RetentionKind, from_date: date) -> date:
    """Last day of keeping. `from_date` is the issue of a paper, the day of documentation (NiSV),
    or the end of the treatment (patient file, § 630f(3) BGB: ten years to the day).
    """
    if kind is RetentionKind.PATIENT_FILE:
        return add_months(from_date, _PATIENT_FILE_MONTHS)
    return date(from_date.year + _YEARS[kind], 12, 31)
