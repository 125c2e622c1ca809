"""Where things stand on the cost information and, for statutory patients, the self-payer agreement."""

from ..content.base import Language
from ..content.cost_notice import CostNoticeContent, PlannedService
from ..content.formats import area, count_range, day, factor, money_range, percent
from ..content.parts import Section
from ..content.services import number_shown, on_demand_mark, service_wording
from ..content.words import word
from .blocks import heading, pairs, paragraph, section, signatures, title
from .flow import Row, kept_together, kept_with_next, space
from .letter import Letter, render_letter
from .page import MM, Sheet
from .tables import Column, Item, Sum, sum_block, table

_WIDE = 1
_EDGES = (0, 16, 98, 110, 128, 165)
_EDGES_OF_RANGES = (0, 16, 82, 93, 116, 165)
_HEADS = ("number", "service", "quantity", "factor", "amount")


def render(content: CostNoticeContent) -> bytes:
    """The cost information as PDF."""
    language = content.language
    name = word(language, "cost_notice_gkv_title" if content.agreement else "cost_notice_title")
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=name,
        info=_info(content),
        rows=[*title(name), *_plan(content), *_costs(content), *_statements(content), *_close(content)],
        draft=content.draft,
    )
    return render_letter(letter, content)


def _info(content: CostNoticeContent) -> tuple[tuple[str, str], ...]:
    language, born = content.language, content.patient.birth_date
    return (
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "insurer"), content.insurer),
        (word(language, "physician"), content.physician),
        (word(language, "contact"), content.contact),
        (word(language, "valid_until"), day(content.valid_until, language) if content.valid_until else ""),
    )


def _plan(content: CostNoticeContent) -> list[Row]:
    language = content.language
    sessions = count_range(content.sessions_from, content.sessions_to, language)
    items = (
        (word(language, "procedure"), content.procedure),
        (word(language, "sites"), ", ".join(content.sites)),
        (word(language, "area"), area(content.area_cm2, language) if content.area_cm2 is not None else ""),
        (word(language, "device"), content.device),
        (word(language, "sessions"), word(language, "sessions_planned", count=sessions)),
    )
    return [*paragraph(word(language, "cost_notice_law")), *pairs(items)]


def _costs(content: CostNoticeContent) -> list[Row]:
    language = content.language
    ranged = any(service.amount_from != service.amount_to for service in content.services)
    edges = [Sheet.left + edge * MM for edge in (_EDGES_OF_RANGES if ranged else _EDGES)]
    columns = [
        Column(word(language, f"column_{name}"), edges[index], edges[index + 1], figures=index > _WIDE)
        for index, name in enumerate(_HEADS)
    ]
    lines = table(columns, _WIDE, [_item(service, language) for service in content.services])
    rows = [*heading(word(language, "per_session")), *lines[:-1], *kept_with_next(lines[-1:])]
    rows += [*kept_together([space(3), *sum_block(_sums(content))])]
    return [*rows, space(4), *paragraph(content.exemption)] if content.exemption else rows


def _item(service: PlannedService, language: Language) -> Item:
    wording = service_wording(
        language,
        service.number,
        service.service,
        analog_service=service.analog_service,
        minimum_minutes=service.minimum_minutes,
    )
    lowest, highest = factor(service.factor_from, language), factor(service.factor_to, language)
    cells = (
        number_shown(service.number, service.analog_service),
        wording,
        str(service.quantity),
        lowest if lowest == highest else f"{lowest} – {highest}",
        money_range(service.amount_from, service.amount_to, language),
    )
    marks = (
        on_demand_mark(language) if service.on_demand else "",
        word(language, "needs_agreement") if service.fee_agreement else "",
        service.reason,
    )
    return Item(cells, tuple(mark for mark in marks if mark))


def _sums(content: CostNoticeContent) -> list[Sum]:
    language, lowest, highest = content.language, content.session_from, content.session_to
    count = count_range(content.sessions_from, content.sessions_to, language)
    in_total = "total_gross_one" if content.sessions_to == 1 else "total_gross"
    taxed = []
    if content.vat_rate is not None:
        taxed = [
            Sum(word(language, "net"), money_range(lowest.net, highest.net, language)),
            Sum(
                word(language, "vat", rate=percent(content.vat_rate, language)),
                money_range(lowest.vat, highest.vat, language),
            ),
        ]
    return [
        *taxed,
        Sum(word(language, "session_gross"), money_range(lowest.gross, highest.gross, language), total=True),
        Sum(
            word(language, in_total, count=count) if content.sessions_to > 1 else word(language, in_total),
            money_range(content.total_from, content.total_to, language),
            total=True,
        ),
    ]


def _statements(content: CostNoticeContent) -> list[Row]:
    language = content.language
    rows = section(Section(heading=word(language, "who_pays"), body=content.notice))
    if content.par52:
        rows += section(Section(heading=word(language, "par52"), body=content.par52))
    for note in content.notes:
        rows += paragraph(note)
    return rows


def _close(content: CostNoticeContent) -> list[Row]:
    """The agreement stays on one page with its signatures: nobody signs a page without the words."""
    language = content.language
    rows = section(Section(heading=word(language, "agreement"), body=content.agreement)) if content.agreement else []
    rows += paragraph(content.receipt) if content.receipt else []
    return kept_together([*rows, *signatures(content.signatures, language)])
