"""What pages read about the goods that a practice sells."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import false, or_, select

from ...models.practice import Article
from ..access import leading, scoped
from ..errors import NotFound
from ..extension import session

PAGE = 100
_MOST = 500  # [own] what a list to choose from still shows at a glance


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Articles by name, those no longer sold last; `more`: the id that the next page begins behind."""

    rows: tuple[Article, ...]
    more: int | None


def article_page(after: int | None = None, size: int = PAGE) -> ArticlePage:
    """One page of the list; an id that is not there shows its beginning."""
    query = select(Article).where(leading(Article))
    last = session().scalar(scoped(select(Article).where(Article.id == after))) if after is not None else None
    if last is not None:
        behind = Article.active.is_(last.active) & (Article.name > last.name)
        query = query.where(or_(behind, Article.active.is_(False) if last.active else false()))
    found = list(session().scalars(scoped(query.order_by(Article.active.desc(), Article.name).limit(size + 1))))
    return ArticlePage(tuple(found[:size]), found[size - 1].id if len(found) > size else None)


def sold_articles() -> list[Article]:
    """What can be chosen for an invoice, by name."""
    query = select(Article).where(leading(Article), Article.active.is_(True)).order_by(Article.name)
    return list(session().scalars(scoped(query.limit(_MOST))))


def article_record(article_id: int) -> Article:
    """Raises NotFound."""
    found: Article | None = session().scalar(scoped(select(Article).where(Article.id == article_id)))
    if found is None:
        raise NotFound(f"article {article_id}")
    return found
