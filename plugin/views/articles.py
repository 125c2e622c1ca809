"""Goods: the list and the form of one."""

from __future__ import annotations

from flask import render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..access import Permission, practices, requires
from ..blueprint import bp
from ..forms.articles import ArticleForm, article_values
from ..forms.base import bound
from ..queries.articles import article_page, article_record
from ..services.articles import keep_article
from .batch_words import read_number
from .sending import carried_out, form_page


@bp.route("/practice/articles")
@requires(Permission.EDIT_PRACTICE)
def articles_list() -> str:
    """What is sold, then what is no longer sold."""
    after = read_number(request.args.get("after", ""))
    page = article_page(after)
    return render_template(
        "kostenklar/articles/list.html", articles=page.rows, more=page.more, started=after is not None
    )


@bp.route("/practice/articles/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def articles_new() -> AnyResponse:
    """A new article."""
    return _kept(None, bound(ArticleForm))


@bp.route("/practice/articles/<int:article_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def articles_edit(article_id: int) -> AnyResponse:
    """Change an article; invoices keep the price they were written with."""
    return _kept(article_id, bound(ArticleForm, **article_values(article_record(article_id))))


def _kept(article_id: int | None, form: ArticleForm) -> AnyResponse:
    def keep() -> str:
        keep_article(practices()[0], article_id, form.version.data, form.typed())
        return url_for("kostenklar.articles_list")

    return carried_out(form, keep) or form_page("articles/form.html", form, article_id=article_id)
