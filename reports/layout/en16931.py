"""An invoice or its cancellation as EN 16931 XML: the facts of the pages, none that stands only here."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ...models.rules.invoice import LineKind
from ...models.rules.vat import Exemption
from ..content.cancellation import CancellationContent
from ..content.electronic import Electronic
from ..content.formats import day as day_said
from ..content.formats import factor
from ..content.invoice import NOTHING, InvoiceContent
from ..content.services import ServiceLine, VatGroup, explanations, net_of, number_shown, service_wording, vat_of
from ..content.words import word
from .cii import address, amount, category, day, group, period, rate, text

_INVOICE, _CORRECTION = "380", "384"  # UNTDID 1001: a cancellation corrects the invoice, it credits nothing
_TRANSFER = "58"  # UNTDID 4461: SEPA credit transfer
_ONE = ' unitCode="C62"'  # UN/ECE Recommendation 20
# § 4 no. 14 a UStG rests on article 132(1)(c) of directive 2006/112/EC; § 19 UStG has no code of its own.
_REASON_CODES = {Exemption.HEALING: "VATEX-EU-132-1C"}
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">'
    "<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>"
    "<ram:ID>urn:cen.eu:en16931:2017</ram:ID>"
    "</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>"
)

Paper = InvoiceContent | CancellationContent


def invoice_xml(content: Paper, parties: Electronic) -> str:
    """The whole document; what is typed is escaped."""
    lines = [(line, taxed) for taxed in content.groups for line in taxed.lines]
    performed = group("ActualDeliverySupplyChainEvent", day("OccurrenceDateTime", content.period_to))
    return "".join(
        (
            _HEAD,
            f"<rsm:ExchangedDocument>{_document(content)}</rsm:ExchangedDocument>",
            "<rsm:SupplyChainTradeTransaction>",
            *(_line(index, line, taxed, content) for index, (line, taxed) in enumerate(lines, start=1)),
            group("ApplicableHeaderTradeAgreement", _seller(content, parties), _buyer(parties)),
            group("ApplicableHeaderTradeDelivery", performed),
            group("ApplicableHeaderTradeSettlement", *_settlement(content)),
            "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>",
        )
    )


def _document(content: Paper) -> str:
    kind = _INVOICE if isinstance(content, InvoiceContent) else _CORRECTION
    notes = (group("IncludedNote", text("Content", note)) for note in _notes(content))
    head = text("ID", content.number), text("TypeCode", kind), day("IssueDateTime", content.issued_on)
    return "".join((*head, *notes))


def _notes(content: Paper) -> Iterator[str]:
    """What the pages say and the standard has no field for."""
    language, patient = content.language, content.patient
    born = word(language, "born", day=day_said(patient.birth_date, language)) if patient.birth_date else ""
    yield f"{word(language, 'patient')}: {', '.join(filter(None, (patient.name, born)))}"
    yield f"{word(language, 'procedure')}: {content.procedure}"
    if content.physician:
        yield f"{word(language, 'physician')}: {content.physician}"
    if content.diagnosis:
        yield word(language, "diagnosis", text=content.diagnosis)
    if isinstance(content, CancellationContent):
        issued = day_said(content.cancelled_issued_on, language)
        yield word(language, "cancellation_subject", number=content.cancelled_number, day=issued)
        if content.reason:
            yield word(language, "cancellation_reason", reason=content.reason)
    yield from content.notes


def _line(index: int, line: ServiceLine, taxed: VatGroup, content: Paper) -> str:
    return group(
        "IncludedSupplyChainTradeLineItem",
        group(
            "AssociatedDocumentLineDocument",
            text("LineID", str(index)),
            group("IncludedNote", text("Content", _note(line, content))),
        ),
        group("SpecifiedTradeProduct", *_service(line, content)),
        group(
            "SpecifiedLineTradeAgreement",
            group("NetPriceProductTradePrice", amount("ChargeAmount", line.single)),
        ),
        group(
            "SpecifiedLineTradeDelivery",
            text("BilledQuantity", str(line.quantity if line.amount >= 0 else -line.quantity), _ONE),
        ),
        group(
            "SpecifiedLineTradeSettlement",
            group("ApplicableTradeTax", text("TypeCode", "VAT"), category(taxed), rate(taxed)),
            period(line.performed_on, line.performed_on),
            group("SpecifiedTradeSettlementLineMonetarySummation", amount("LineTotalAmount", line.amount)),
        ),
    )


def _service(line: ServiceLine, content: Paper) -> tuple[str, str]:
    """The number as printed, and the wording that § 12 GOÄ asks for."""
    wording = service_wording(
        content.language,
        line.number,
        line.service,
        analog_service=line.analog_service,
        minimum_minutes=line.minimum_minutes,
    )
    number = number_shown(line.number, line.analog_service) if line.kind is LineKind.GOAE else ""
    return text("SellerAssignedID", number), text("Name", wording)


def _note(line: ServiceLine, content: Paper) -> str:
    language = content.language
    said = f"{word(language, 'column_factor')} {factor(line.factor, language)}" if line.factor is not None else ""
    return "; ".join(filter(None, (said, *explanations(line, language))))


def _seller(content: Paper, parties: Electronic) -> str:
    head = content.letterhead
    contact = group(
        "DefinedTradeContact",
        text("PersonName", content.physician),
        group("TelephoneUniversalCommunication", text("CompleteNumber", head.phone)),
        group("EmailURIUniversalCommunication", text("URIID", head.email)),
    )
    return group(
        "SellerTradeParty",
        text("ID", head.tax_number or head.vat_id),  # BR-CO-26: the tax number's own field is not identification
        text("Name", parties.seller.name),
        contact,
        address(parties.seller),
        _registration("FC", head.tax_number),
        _registration("VA", head.vat_id),
    )


def _registration(scheme: str, number: str) -> str:
    return group("SpecifiedTaxRegistration", text("ID", number, f' schemeID="{scheme}"'))


def _buyer(parties: Electronic) -> str:
    return group("BuyerTradeParty", text("Name", parties.buyer.name), address(parties.buyer))


def _settlement(content: Paper) -> Iterator[str]:
    yield text("PaymentReference", content.number)
    yield text("InvoiceCurrencyCode", "EUR")
    yield _transfer(content)
    yield from (_tax(taxed) for taxed in content.groups)
    yield period(content.period_from, content.period_to)
    if isinstance(content, InvoiceContent):
        due_on = day("DueDateDateTime", content.pay_by) if content.pay_by else ""
        yield group("SpecifiedTradePaymentTerms", text("Description", content.default_notice), due_on)
        yield _sums(content, content.paid, content.due)
    else:
        yield _sums(content, NOTHING, content.total)
        issued = day("FormattedIssueDateTime", content.cancelled_issued_on, "qdt")
        yield group("InvoiceReferencedDocument", text("IssuerAssignedID", content.cancelled_number), issued)


def _transfer(content: Paper) -> str:
    """Only where the paper carries the GiroCode, too."""
    bank = content.letterhead.bank
    if not isinstance(content, InvoiceContent) or not content.has_giro_code or bank is None:
        return ""
    account = text("IBANID", "".join(bank.iban.split())), text("AccountName", bank.holder)
    return group(
        "SpecifiedTradeSettlementPaymentMeans",
        text("TypeCode", _TRANSFER),
        group("PayeePartyCreditorFinancialAccount", *account),
        group("PayeeSpecifiedCreditorFinancialInstitution", text("BICID", bank.bic)),
    )


def _tax(taxed: VatGroup) -> str:
    return group(
        "ApplicableTradeTax",
        amount("CalculatedAmount", taxed.vat),
        text("TypeCode", "VAT"),
        text("ExemptionReason", taxed.exemption),
        amount("BasisAmount", taxed.net),
        category(taxed),
        text("ExemptionReasonCode", _REASON_CODES.get(taxed.exempt, "") if taxed.exempt else ""),
        rate(taxed),
    )


def _sums(content: Paper, paid: Decimal, due: Decimal) -> str:
    net = net_of(content.groups)
    return group(
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        amount("LineTotalAmount", net),
        amount("TaxBasisTotalAmount", net),
        amount("TaxTotalAmount", vat_of(content.groups), ' currencyID="EUR"'),
        amount("GrandTotalAmount", content.total),
        amount("TotalPrepaidAmount", paid),
        amount("DuePayableAmount", due),
    )
