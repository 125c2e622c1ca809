"""Rows on pages: what is mere space begins no page, and no page is left without a word."""

from __future__ import annotations

import pytest

from kostenklar.reports.layout.flow import Row, paginated, space


def strip(height: float) -> Row:
    """A row that says something."""
    return Row(height, lambda _pen, _top: None)


@pytest.mark.parametrize("full", [690.0, 695.0, 700.0])
def test_space_behind_a_full_page_opens_no_empty_one(full: float) -> None:
    assert len(paginated([strip(full), space(9), space(4)], 0, 0, 700)) == 1


def test_what_follows_the_space_stands_on_the_next_page() -> None:
    first, second = paginated([strip(695), space(9), strip(30)], 0, 50, 700)
    assert [placed.top for placed in first] == [0]
    assert [placed.top for placed in second] == [50]


def test_a_paper_without_rows_still_has_its_sheet() -> None:
    assert paginated([], 0, 0, 700) == [[]]
