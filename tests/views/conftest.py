"""Who sits before a page, and what happens behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from kostenklar.plugin.actor import acting_as
from kostenklar.tests.people import Cast


@pytest.fixture
def desk(sits: Callable[..., Any]) -> Any:
    """The receptionist's browser."""
    return sits("reception")


@pytest.fixture
def owner(sits: Callable[..., Any]) -> Any:
    """The owner's browser."""
    return sits("owner")


@pytest.fixture
def backstage(app: Flask, cast: Cast) -> Callable[..., Any]:
    """Runs what happens outside the browser: backstage(a_draft, cast)."""

    def run(act: Callable[..., Any], *args: Any, **values: Any) -> Any:
        with app.app_context(), acting_as("user:sabine", name="Sabine Krüger", practices=[cast.practice_id]):
            return act(*args, **values)

    return run
