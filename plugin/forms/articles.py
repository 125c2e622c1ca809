"""The form of an article: goods that the practice sells."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ...models.practice import Article
from ..services.articles import ArticleData
from ..texts import lazy_kt
from .base import KostenklarForm
from .fields import CheckField, TextField
from .typed import AmountField, DecimalTextField


class ArticleForm(KostenklarForm):
    """Name, unit, net price, and the VAT that goods have of their own."""

    name = TextField(lazy_kt("Bezeichnung"), missing=lazy_kt("Die Bezeichnung fehlt. Zum Beispiel Sonnencreme LSF 50."))
    unit = TextField(lazy_kt("Einheit"), longest=60, default="Stück")
    net_price = AmountField(lazy_kt("Preis netto"))
    vat_rate = DecimalTextField(lazy_kt("Umsatzsteuer"), most=99, unit="%", default=Decimal(19))
    active = CheckField(lazy_kt("Wird verkauft"), default=True)

    def typed(self) -> ArticleData:
        """The values of a valid form."""
        return ArticleData(**{name: self[name].data for name in ArticleData.__dataclass_fields__})


def article_values(article: Article) -> dict[str, Any]:
    """What the form of an article starts with."""
    return {name: getattr(article, name) for name in (*ArticleData.__dataclass_fields__, "version")}
