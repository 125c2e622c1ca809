"""Where things stand on a claim statement for a lawyer."""

from collections.abc import Sequence

from ..content.base import Language
from ..content.claim_statement import ClaimStatementContent
from ..content.formats import day, day_range, money, percent
from ..content.words import word
from .about_invoice import letter_about
from .blocks import body_rows, heading, pairs, paragraph, title
from .flow import Row, space
from .letter import render_letter
from .page import MM, Sheet
from .tables import Column, Item, Sum, sum_block, table


def render(content: ClaimStatementContent) -> bytes:
    """The statement as PDF."""
    name = word(content.language, "claim_title", number=content.number)
    return render_letter(letter_about(content, name, _body(content), dated=False), content)


def _body(content: ClaimStatementContent) -> list[Row]:
    language = content.language
    rows = [*title(word(language, "claim_subject", number=content.invoice_number)), *body_rows(content.body)]
    rows += [*heading(word(language, "claim_named")), *pairs(_named(content))]
    if content.payments:
        rows += [*heading(word(language, "claim_payments")), *_payments(content)]
    if content.letters:
        rows += [*heading(word(language, "claim_letters")), *_letters(content)]
    if content.periods:
        rows += [*heading(word(language, "claim_interest")), *_interest(content)]
    rows += [*heading(word(language, "claim_sum")), *sum_block(_sums(content))]
    return [*rows, space(8), *paragraph(content.note)] if content.note else rows


def _named(content: ClaimStatementContent) -> list[tuple[str, str]]:
    """The claim, so that it can be taken for no other (§ 204 BGB)."""
    language = content.language
    unknown = word(language, "claim_unknown")
    received = day(content.received_on, language) if content.received_on else unknown
    default = day(content.default_since, language) if content.default_since else unknown
    return [
        (word(language, "claim_creditor"), content.letterhead.practice),
        (word(language, "claim_debtor"), ", ".join(content.debtor)),
        (word(language, "claim_ground"), word(language, "claim_ground_value")),
        (word(language, "invoice_number"), content.invoice_number),
        (word(language, "invoice_date"), day(content.invoice_issued_on, language)),
        (word(language, "period"), day_range(content.period_from, content.period_to, language)),
        (word(language, "invoice_total"), money(content.total, language)),
        (word(language, "claim_received"), received),
        (word(language, "claim_due"), day(content.due_on, language)),
        (word(language, "claim_default"), default),
        (
            word(language, "claim_limitation"),
            word(language, "claim_limitation_value", day=day(content.limitation, language)),
        ),
    ]


def _payments(content: ClaimStatementContent) -> list[Row]:
    language = content.language
    columns = _columns(language, ("column_date", "claim_way", "column_amount"), (0, 30, 120, 165))
    items = [Item((day(each.on, language), each.way, money(each.amount, language))) for each in content.payments]
    return table(columns, 1, items)


def _letters(content: ClaimStatementContent) -> list[Row]:
    language = content.language
    columns = _columns(language, ("column_date", "claim_letter", "claim_until", "claim_fee"), (0, 30, 105, 135, 165))
    items = [
        Item(
            (
                day(each.on, language),
                f"{each.name} {each.number}",
                day(each.pay_until, language),
                money(each.fee, language) if each.fee else "",
            )
        )
        for each in content.letters
    ]
    return table(columns, 1, items)


def _interest(content: ClaimStatementContent) -> list[Row]:
    language = content.language
    heads = ("claim_from", "claim_to", "claim_principal", "claim_rate", "claim_interest_amount")
    columns = _columns(language, heads, (0, 35, 70, 105, 130, 165))
    items = [
        Item(
            (
                day(each.first, language),
                day(each.last, language),
                money(each.principal, language),
                percent(each.percent, language),
                money(each.amount, language),
            )
        )
        for each in content.periods
    ]
    return [*table(columns, 0, items), space(3), *paragraph(word(language, "claim_interest_law"))]


def _sums(content: ClaimStatementContent) -> list[Sum]:
    language = content.language
    sums = [Sum(word(language, "claim_open"), money(content.due, language))]
    if content.interest:
        until = day(content.issued_on, language)
        sums.append(Sum(word(language, "claim_interest_until", day=until), money(content.interest, language)))
    if content.fees:
        sums.append(Sum(word(language, "claim_fees"), money(content.fees, language)))
    return [*sums, Sum(word(language, "claim_all"), money(content.claimed, language), total=True)]


def _columns(language: Language, heads: Sequence[str], millimetres: Sequence[int]) -> list[Column]:
    """Columns between these edges; all but dates and words end at the right."""
    edges = [Sheet.left + edge * MM for edge in millimetres]
    words = {"column_date", "claim_way", "claim_letter", "claim_until", "claim_from", "claim_to"}
    return [
        Column(word(language, head), edges[index], edges[index + 1], figures=head not in words)
        for index, head in enumerate(heads)
    ]
