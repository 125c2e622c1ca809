"""Where things stand on an agreement on instalments."""

from ..content.formats import day, money
from ..content.instalment_plan import InstalmentPlanContent
from ..content.words import word
from .about_invoice import letter_about
from .blocks import body_rows, signatures, title
from .flow import Row, kept_together, space
from .letter import render_letter
from .page import MM, Sheet
from .services import closing_sums
from .tables import Column, Item, Sum, sum_block, table

_EDGES = (0, 20, 95, 165)


def render(content: InstalmentPlanContent) -> bytes:
    """The agreement as PDF."""
    name = word(content.language, "instalment_title", number=content.number)
    return render_letter(letter_about(content, name, _body(content)), content)


def _body(content: InstalmentPlanContent) -> list[Row]:
    language = content.language
    edges = [Sheet.left + edge * MM for edge in _EDGES]
    heads = ("instalment_no", "instalment_due", "column_amount")
    columns = [
        Column(word(language, head), edges[index], edges[index + 1], figures=head == "column_amount")
        for index, head in enumerate(heads)
    ]
    items = [
        Item((str(number), day(each.due_on, language), money(each.amount, language)))
        for number, each in enumerate(content.instalments, start=1)
    ]
    open_sums = closing_sums(language, "invoice_total", content.total, content.paid, content.due)
    together = Sum(word(language, "instalment_sum"), money(content.due, language), total=True)
    rows = [*title(word(language, "instalment_subject", number=content.invoice_number)), *body_rows(content.body)]
    rows += [space(2), *sum_block(open_sums), space(6), *table(columns, 1, items)]
    rows += kept_together([space(3), *sum_block([together])])
    return [*rows, space(14), *signatures(content.signatures, language)]
