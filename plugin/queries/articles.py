"""What pages read about the goods that a practice sells."""

from __future__ import annotations

from sqlalchemy import select

from ...models.practice import Article
from ..access import leading, scoped
from ..errors import NotFound
from ..extension import session

_MOST = 500


def articles(*, active: bool | None = None) -> list[Article]:
    """All articles by name, those no longer sold last; `active` narrows them."""
    query = select(Article).where(leading(Article)).order_by(Article.active.desc(), Article.name, Article.id)
    if active is not None:
        query = query.where(Article.active.is_(active))
    return list(session().scalars(scoped(query.limit(_MOST))))


def article_record(article_id: int) -> Article:
    """Raises NotFound."""
    found: Article | None = session().scalar(scoped(select(Article).where(Article.id == article_id)))
    if found is None:
        raise NotFound(f"article {article_id}")
    return found
