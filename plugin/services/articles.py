"""The goods that a practice sells beside its services."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal

from sqlalchemy import select

from ...models.practice import Article
from ...models.rules.severity import Finding, RuleBroken, Severity
from ..access import practices, scoped
from ..errors import NotFound
from ..extension import session
from ..unit_of_work import locked


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleData:
    """Goods: euros net for one unit, VAT in per cent; inactive ones are no longer offered."""

    name: str
    unit: str
    net_price: Decimal
    vat_rate: Decimal
    active: bool = True


def keep_article(practice_id: int, article_id: int | None, version: int | None, data: ArticleData) -> int:
    """Change an article, or add one. Returns its id; raises NotFound, StalePage, RuleBroken for a name in use."""
    if practice_id not in practices():
        raise NotFound(f"practice {practice_id}")
    article = locked(Article, article_id, version) if article_id else Article(practice_id=practice_id)
    taken = select(Article.id).where(
        Article.practice_id == practice_id, Article.name == data.name, Article.id != (article_id or 0)
    )
    if session().scalar(scoped(taken)):
        raise RuleBroken([Finding("article_name_taken", Severity.BLOCK, "", {"name": data.name})])
    for name, value in asdict(data).items():
        setattr(article, name, value)
    session().add(article)
    session().flush()
    return int(article.id)
