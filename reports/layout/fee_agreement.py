"""Where things stand on the § 2 GOÄ agreement: a bare sheet."""

from ..content.base import Language
from ..content.fee_agreement import AgreedService, FeeAgreementContent
from ..content.formats import factor, money
from ..content.services import number_shown, service_wording
from ..content.words import word
from .bare import render_bare
from .blocks import paragraph, signatures, title
from .flow import Row, kept_together, space
from .page import MM, Sheet
from .tables import Column, Item, table

_WIDE = 1
_EDGES = (0, 16, 118, 136, 165)
_HEADS = ("number", "service", "factor", "amount")


def render(content: FeeAgreementContent) -> bytes:
    """The agreement as PDF."""
    language = content.language
    name = word(language, "fee_agreement_title")
    rows = [
        *title(name),
        *paragraph(word(language, "fee_agreement_parties", payer=_payer(content), physician=content.physician)),
        *_services(content),
        *_close(content),
    ]
    return render_bare(name, rows, content)


def _payer(content: FeeAgreementContent) -> str:
    if not content.patient:
        return content.payer
    return word(content.language, "fee_agreement_payer_for", payer=content.payer, patient=content.patient)


def _services(content: FeeAgreementContent) -> list[Row]:
    edges = [Sheet.left + edge * MM for edge in _EDGES]
    columns = [
        Column(word(content.language, f"column_{name}"), edges[index], edges[index + 1], figures=index > _WIDE)
        for index, name in enumerate(_HEADS)
    ]
    return table(columns, _WIDE, [_item(service, content.language) for service in content.services])


def _item(service: AgreedService, language: Language) -> Item:
    wording = service_wording(
        language,
        service.number,
        service.service,
        analog_service=service.analog_service,
        minimum_minutes=service.minimum_minutes,
    )
    number = number_shown(service.number, service.analog_service)
    return Item((number, wording, factor(service.factor, language), money(service.amount, language)))


def _close(content: FeeAgreementContent) -> list[Row]:
    """Nobody signs a page without the statement."""
    statement = paragraph(word(content.language, "fee_agreement_statement"))
    return kept_together([space(10), *statement, *signatures(content.signatures, content.language)])
