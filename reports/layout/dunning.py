"""Where things stand on a dunning letter."""

from ..content.base import Language
from ..content.dunning import DunningContent, InterestPeriod
from ..content.formats import day, day_range, money, percent
from ..content.words import word
from .about_invoice import letter_about
from .blocks import body_rows, heading, title
from .flow import Row, kept_together, kept_with_next, space
from .letter import render_letter
from .page import MM, Sheet
from .tables import Column, Item, Sum, sum_block, table
from .transfer import transfer

_EDGES = (0, 62, 80, 104, 134, 165)
_KEPT_PERIODS = 8  # a longer table may be parted
_HEADS = ("interest_period", "interest_days", "interest_rate", "interest_on", "amount")


def render(content: DunningContent) -> bytes:
    """The letter as PDF."""
    name = word(content.language, f"dunning_title_{content.level}", number=content.number)
    return render_letter(letter_about(content, name, _body(content), content.pay_by), content)


def _body(content: DunningContent) -> list[Row]:
    language = content.language
    subject = word(language, f"dunning_subject_{content.level}", number=content.invoice_number)
    rows = [*title(subject), *body_rows(content.body)]
    rows += [space(4), *sum_block(_sums(content)), space(6), *body_rows(content.closing)]
    if content.has_giro_code and content.letterhead.bank:
        code = transfer(content.letterhead.bank, content.demand, content.invoice_number, language)
        rows += kept_together([space(8), code])
    return [*rows, *_interest(content)] if content.interest else rows


def _sums(content: DunningContent) -> list[Sum]:
    language = content.language
    sums = [Sum(word(language, "invoice_total"), money(content.total, language))]
    if content.paid:
        sums.append(Sum(word(language, "paid"), money(-content.paid, language)))
    if content.interest:
        until = day(content.issued_on, language)
        sums.append(Sum(word(language, "interest_until", day=until), money(content.interest_total, language)))
    if content.fee:
        sums.append(Sum(word(language, "dunning_fee"), money(content.fee, language)))
    return [*sums, Sum(word(language, "due"), money(content.demand, language), total=True)]


def _interest(content: DunningContent) -> list[Row]:
    language = content.language
    edges = [Sheet.left + edge * MM for edge in _EDGES]
    columns = [
        Column(word(language, f"column_{name}"), edges[index], edges[index + 1], figures=index > 0)
        for index, name in enumerate(_HEADS)
    ]
    lines = table(columns, 0, [_item(period, language) for period in content.interest])
    rows = [*kept_with_next(heading(word(language, "interest_heading"))), *lines]
    return [space(8), *(kept_together(rows) if len(content.interest) <= _KEPT_PERIODS else rows)]


def _item(period: InterestPeriod, language: Language) -> Item:
    return Item(
        (
            day_range(period.first, period.last, language),
            str(period.days),
            percent(period.percent, language),
            money(period.principal, language),
            money(period.amount, language),
        )
    )
