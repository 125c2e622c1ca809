"""From a draft to what stands on its paper: § 12 GOÄ, § 14 UStG, § 286(3) BGB, in the patient's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from ...models.course import Course
from ...models.invoice import InvoiceLine
from ...models.rules.billing import characters_missing
from ...models.rules.invoice import InvoiceLine as RuleLine
from ...models.rules.invoice import LineKind
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.vat import Exemption, line_vat, undecided_finding
from ...models.rules.vat import VatGroup as RuleGroup
from ...reports.content.base import Language, PaperContent
from ...reports.content.invoice import InvoiceContent, payment_notice
from ...reports.content.services import ServiceLine, VatGroup
from ..queries.invoice_drafts import Draft
from .letterheads import electronic, invoice_address, letterhead, person
from .texts import wordings

_DEFAULT = "notice.default286"
_EXEMPT = {
    Exemption.HEALING: "invoice.exempt_healing",
    Exemption.SMALL_BUSINESS: "invoice.exempt_small_business",
}


def language_of(draft: Draft) -> Language:
    """The language of the patient's papers."""
    return "en" if draft.invoice.patient.language == "en" else "de"


def invoice_content(draft: Draft, issued_on: dt.date, *, preview: bool = False) -> InvoiceContent:
    """What the invoice says, still without its number. Raises RuleBroken while a line is undecided: it has no amount.

    A preview says "Entwurf" and asks for no payment.
    """
    if draft.totals is None:
        raise RuleBroken(undecided_finding(index) for index, _ in enumerate(draft.lines, start=1))
    invoice, patient, language = draft.invoice, draft.invoice.patient, language_of(draft)
    texts = wordings(invoice.practice_id, [_DEFAULT, *_EXEMPT.values()], language, issued_on)
    days = [line.service_on for line in draft.lines]
    return InvoiceContent(
        language=language,
        letterhead=letterhead(draft.practice, draft.site),
        recipient=invoice_address(patient),
        number="",
        issued_on=issued_on,
        patient=person(patient),
        physician=draft.physician.full_name if draft.physician else "",
        procedure=procedure_name(invoice.course, language) if draft.treatments else "",  # goods tell no treatment
        period_from=min(days, default=issued_on),
        period_to=max(days, default=issued_on),
        groups=tuple(_group(draft, group, texts) for group in draft.totals.groups),
        total=draft.totals.gross,
        due=draft.totals.gross,
        pay_by=None if preview else draft.pay_by,
        default_notice="" if preview else payment_notice(texts[_DEFAULT], language, draft.pay_by),
        diagnosis=draft.diagnosis,
        draft=preview,
        electronic=None if preview else electronic(draft.practice, draft.site, patient),
    )


def refuse_unprintable(content: PaperContent) -> None:
    """Raise RuleBroken for characters without a shape, before a number is drawn for the paper."""
    from ...reports.render import missing_characters

    if missing := missing_characters("\n".join(content.texts())):
        raise RuleBroken([characters_missing(missing)])


@contextmanager
def said_in_a_sentence() -> Iterator[None]:
    """Turn what the renderer refuses into a broken rule, which rolls back whatever was drawn."""
    from ...reports.layout.fonts import CharactersMissing
    from ...reports.layout.qr import NoValidIban

    try:
        yield
    except CharactersMissing as missing:
        raise RuleBroken([characters_missing(missing.characters)]) from missing
    except NoValidIban as wrong:
        raise RuleBroken([Finding("issuer_iban_wrong", Severity.BLOCK)]) from wrong


def procedure_name(course: Course, language: str) -> str:
    """The procedure as patients know it."""
    return course.procedure.name_en if language == "en" else course.procedure.name_de


def _group(draft: Draft, group: RuleGroup, texts: dict[str, str]) -> VatGroup:
    lines = tuple(
        _service(record, line)
        for record, line in zip(draft.invoice.lines, draft.lines, strict=True)
        if line_vat(line, draft.regime) == (group.rate, group.exemption)
    )
    return VatGroup(
        rate=None if group.exemption else group.rate,
        net=group.amount.net,
        vat=group.amount.vat,
        lines=lines,
        exemption=texts[_EXEMPT[group.exemption]] if group.exemption else "",
        exempt=group.exemption,
    )


def _service(record: InvoiceLine, line: RuleLine) -> ServiceLine:
    by_schedule = line.kind is LineKind.GOAE
    return ServiceLine(
        performed_on=record.service_on,
        number=record.goae_number if by_schedule else "",
        service=record.service,
        amount=line.net,
        factor=record.factor if by_schedule else None,
        quantity=record.quantity,
        clock_time=record.clock_time,
        analog_service=record.analog_service,
        minimum_minutes=line.position.minimum_minutes if line.position else None,
        site=record.body_site,
        reason=record.reason,
        on_demand=line.on_demand,
        agreement_on=line.agreement_signed_on,
        kind=line.kind,
        receipt=line.receipt,
    )
