"""Where things stand on an estimate."""

from ..content.base import Language
from ..content.estimate import EstimateContent, EstimatedService
from ..content.formats import area, count_range, day, factor, money, money_range, percent
from ..content.parts import Section
from ..content.services import number_shown, on_demand_mark, service_wording
from ..content.words import word
from .blocks import heading, pairs, paragraph, section, title
from .flow import Row, kept_together, kept_with_next, space
from .letter import Letter, render_letter
from .page import MM, Sheet
from .tables import Column, Item, Sum, sum_block, table

_WIDE = 1
_EDGES = (0, 16, 108, 118, 134, 165)
_HEADS = ("number", "service", "quantity", "factor", "amount")


def render(content: EstimateContent) -> bytes:
    """The estimate as PDF."""
    language = content.language
    name = word(language, "estimate_title", number=content.number)
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=name,
        info=_info(content),
        rows=[*title(name), *_plan(content), *_costs(content), *_statements(content)],
        draft=content.draft,
    )
    return render_letter(letter, content)


def _info(content: EstimateContent) -> tuple[tuple[str, str], ...]:
    language, born = content.language, content.patient.birth_date
    return (
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "valid_until"), day(content.valid_until, language)),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "insurer"), content.insurer),
        (word(language, "physician"), content.physician),
        (word(language, "contact"), content.contact),
    )


def _plan(content: EstimateContent) -> list[Row]:
    language = content.language
    sessions = count_range(content.sessions_from, content.sessions_to, language)
    items = (
        (word(language, "procedure"), content.procedure),
        (word(language, "estimate_diagnosis"), content.diagnosis),
        (word(language, "sites"), ", ".join(content.sites)),
        (word(language, "area"), area(content.area_cm2, language) if content.area_cm2 is not None else ""),
        (word(language, "sessions"), word(language, "sessions_planned", count=sessions)),
    )
    return [*paragraph(word(language, "estimate_lead")), *pairs(items)]


def _costs(content: EstimateContent) -> list[Row]:
    language = content.language
    edges = [Sheet.left + edge * MM for edge in _EDGES]
    columns = [
        Column(word(language, f"column_{name}"), edges[index], edges[index + 1], figures=index > _WIDE)
        for index, name in enumerate(_HEADS)
    ]
    lines = table(columns, _WIDE, [_item(service, language) for service in content.services])
    rows = [*heading(word(language, "per_session")), *lines[:-1], *kept_with_next(lines[-1:])]
    rows += kept_together([space(3), *sum_block(_sums(content))])
    return [*rows, space(4), *paragraph(content.exemption)] if content.exemption else rows


def _item(service: EstimatedService, language: Language) -> Item:
    wording = service_wording(
        language,
        service.number,
        service.service,
        analog_service=service.analog_service,
        minimum_minutes=service.minimum_minutes,
    )
    cells = (
        number_shown(service.number, service.analog_service),
        wording,
        str(service.quantity),
        factor(service.factor, language),
        money(service.amount, language),
    )
    marks = (
        on_demand_mark(language) if service.on_demand else "",
        word(language, "needs_agreement") if service.fee_agreement else "",
        word(language, "estimate_reason", reason=service.reason) if service.reason else "",
    )
    return Item(cells, tuple(mark for mark in marks if mark))


def _sums(content: EstimateContent) -> list[Sum]:
    language, session = content.language, content.session
    count = count_range(content.sessions_from, content.sessions_to, language)
    in_total = word(language, "total_gross", count=count)
    if content.sessions_to == 1:
        in_total = word(language, "total_gross_one")
    taxed = []
    if content.vat_rate is not None:
        taxed = [
            Sum(word(language, "net"), money(session.net, language)),
            Sum(word(language, "vat", rate=percent(content.vat_rate, language)), money(session.vat, language)),
        ]
    return [
        *taxed,
        Sum(word(language, "session_gross"), money(session.gross, language), total=True),
        Sum(in_total, money_range(content.total_from, content.total_to, language), total=True),
    ]


def _statements(content: EstimateContent) -> list[Row]:
    language = content.language
    rows = section(Section(heading=word(language, "who_pays"), body="\n\n".join(content.coverage)))
    if content.par52:
        rows += section(Section(heading=word(language, "par52"), body=content.par52))
    for note in content.notes:
        rows += paragraph(note)
    return [*rows, *paragraph(content.terms)]
