"""The table of services and its sums, as invoices and cancellations show them."""

from collections.abc import Sequence
from decimal import Decimal

from ...models.rules.invoice import LineKind
from ..content.base import Language
from ..content.formats import factor, money, percent, short_day
from ..content.services import ServiceLine, VatGroup, explanations, number_shown, service_wording
from ..content.words import word
from .blocks import line_rows
from .flow import Row, kept_together, kept_with_next, space
from .page import MM, Sheet
from .tables import Column, Item, Sum, sum_block, table

_WIDE = 2
_EDGES = (0, 21, 35, 108, 119, 135, 165)
_HEADS = ("date", "number", "service", "quantity", "factor", "amount")


def _columns(language: Language) -> list[Column]:
    edges = [Sheet.left + edge * MM for edge in _EDGES]
    return [
        Column(word(language, f"column_{name}"), edges[index], edges[index + 1], figures=index > _WIDE)
        for index, name in enumerate(_HEADS)
    ]


def _item(line: ServiceLine, language: Language) -> Item:
    wording = service_wording(
        language,
        line.number,
        line.service,
        analog_service=line.analog_service,
        minimum_minutes=line.minimum_minutes,
    )
    cells = (
        short_day(line.performed_on, language),
        _number(line, language),
        wording,
        str(line.quantity),
        factor(line.factor, language) if line.factor is not None else "",
        money(line.amount, language),
    )
    return Item(cells, explanations(line, language))


def _number(line: ServiceLine, language: Language) -> str:
    """Goods have none; an expense names its paragraph instead."""
    if line.kind is LineKind.GOODS:
        return ""
    if line.kind is LineKind.EXPENSE:
        return word(language, "expense")
    return number_shown(line.number, line.analog_service)


def lead(groups: Sequence[VatGroup], language: Language) -> str:
    """What is charged: services of the GOÄ, goods, or both."""
    kinds = {line.kind is LineKind.GOODS for group in groups for line in group.lines}
    if True not in kinds:
        return word(language, "invoice_lead")
    return word(language, "mixed_lead" if False in kinds else "goods_lead")


def service_groups(groups: Sequence[VatGroup], language: Language, closing: Sequence[Sum]) -> list[Row]:
    """Each VAT group with its lines, its sums and the reason of an exemption, then the closing sums.

    Sums stay on the page of the last line they sum up.
    """
    rows: list[Row] = []
    for group in groups:
        lines = table(_columns(language), _WIDE, [_item(line, language) for line in group.lines])
        last = group is groups[-1]
        sums = sum_block(_group_sums(group, language)) if len(groups) > 1 or group.rate is not None else []
        reason = [space(4), *line_rows(group.exemption), space(3)] if group.exemption else []
        below = [space(3), *sums, *reason, *(sum_block(closing) if last else ())]
        rows += [*lines[:-1], *kept_with_next(lines[-1:]), *kept_together(below), space(6 if last else 9)]
    return rows


def _group_sums(group: VatGroup, language: Language) -> list[Sum]:
    if group.rate is None:
        return [Sum(word(language, "group_sum"), money(group.net, language))]
    return [
        Sum(word(language, "net"), money(group.net, language)),
        Sum(word(language, "vat", rate=percent(group.rate, language)), money(group.vat, language)),
    ]


def closing_sums(language: Language, label: str, total: Decimal, paid: Decimal, due: Decimal) -> list[Sum]:
    """The total, and what is left of it where something was paid before."""
    sums = [Sum(word(language, label), money(total, language), total=True)]
    if paid:
        sums.append(Sum(word(language, "paid"), money(-paid, language)))
        sums.append(Sum(word(language, "due"), money(due, language), total=True))
    return sums
