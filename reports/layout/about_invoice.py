"""The letter about an invoice: reminders, instalments, correction and claim name it alike in their heads."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from ..content.base import Language
from ..content.formats import day
from ..content.parts import Letterhead, Person
from ..content.words import word
from .flow import Row
from .letter import Letter


class AboutInvoice(Protocol):
    """What such a paper's content has."""

    @property
    def language(self) -> Language: ...
    @property
    def letterhead(self) -> Letterhead: ...
    @property
    def recipient(self) -> tuple[str, ...]: ...
    @property
    def number(self) -> str: ...
    @property
    def issued_on(self) -> date: ...
    @property
    def patient(self) -> Person: ...
    @property
    def invoice_number(self) -> str: ...
    @property
    def invoice_issued_on(self) -> date: ...


def letter_about(
    content: AboutInvoice, name: str, rows: Sequence[Row], pay_by: date | None = None, *, dated: bool = True
) -> Letter:
    """The letter with number, day, invoice and patient in its head, and the day for payment where one is asked for.

    `dated`: the invoice's own day stands beside its number; other letters name it in their text.
    """
    language, born = content.language, content.patient.birth_date
    named = (word(language, "invoice_number"), content.invoice_number)
    if dated:
        invoiced = day(content.invoice_issued_on, language)
        value = word(language, "for_invoice_value", number=content.invoice_number, day=invoiced)
        named = (word(language, "for_invoice"), value)
    info = [
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        named,
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
    ]
    if pay_by:
        info.append((word(language, "please_pay_by"), day(pay_by, language)))
    return Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=name,
        info=tuple(info),
        rows=rows,
    )
