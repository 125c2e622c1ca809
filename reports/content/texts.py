"""From the body of a text version to what stands on the paper: placeholders filled, headings and questions parted."""

import re
from collections.abc import Mapping

from .parts import Question, Section

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class PlaceholderUnknown(ValueError):
    """A text names a placeholder that this paper cannot fill."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def placeholders(body: str) -> frozenset[str]:
    """The names that `filled` will ask for, so that a practice's own text can be checked when it is saved."""
    return frozenset(_PLACEHOLDER.findall(body))


def filled(body: str, values: Mapping[str, str]) -> str:
    """Put values into `{name}`; other braces stay as typed, and values are not read again.

    Raises PlaceholderUnknown.
    """

    def value_of(match: re.Match[str]) -> str:
        try:
            return values[match[1]]
        except KeyError:
            raise PlaceholderUnknown(match[1]) from None

    return _PLACEHOLDER.sub(value_of, body)


def section_of(body: str) -> Section:
    """A text whose first line may be a heading ("# Risiken"); without one the heading is empty."""
    first, _, rest = body.strip().partition("\n")
    if first.startswith("# "):
        return Section(heading=first[2:].strip(), body=rest.strip())
    return Section(heading="", body=body.strip())


def questions_of(body: str) -> tuple[Question, ...]:
    """One unanswered question for each bullet of a text."""
    return tuple(Question(text=line[2:].strip()) for line in body.splitlines() if line.startswith("- "))
