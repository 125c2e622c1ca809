"""Forms around the tablet: give a paper to it, take it back, type the code, sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField

from ..services.signable import Line
from ..services.tablet_signatures import Drawing
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import RadioRow, TextField, enum_choices

ANSWERS = {"no": lazy_kt("nein"), "yes": lazy_kt("ja")}


class OfferForm(KostenklarForm):
    """Nothing to fill in: the paper stands in the address."""


class EndForm(KostenklarForm):
    """Nothing to fill in."""


class CodeForm(KostenklarForm):
    """The pairing code as it is read from the desk's screen."""

    code = TextField(
        lazy_kt("Code vom Bildschirm am Empfang"), longest=60, missing=lazy_kt("Der Code fehlt. Er hat zehn Zeichen.")
    )


class OpenForm(KostenklarForm):
    """Nothing to fill in: the code stands in the address."""


class AskForm(KostenklarForm):
    """ "I still have a question"; `proof` binds the page to the tablet's secret."""

    proof = HiddenField()


class SignForm(AskForm):
    """The fields of one paper are put in by `sign_form`: strokes_0, name_0 and so on, answer_0 and so on."""

    def drawings(self, count: int) -> tuple[Drawing, ...]:
        """What arrived for each line."""
        return tuple(
            Drawing(self[f"strokes_{place}"].data or "", self[f"name_{place}"].data if f"name_{place}" in self else "")
            for place in range(count)
        )

    def answers(self, count: int) -> dict[int, bool]:
        """Question, counted from 0 -> yes or no, for those that are answered."""
        found = ((place, self[f"answer_{place}"].data) for place in range(count))
        return {place: answer == "yes" for place, answer in found if answer}


def sign_form(lines: Sequence[Line], questions: Sequence[str]) -> type[SignForm]:
    """The form for these signature lines and questions; a name is asked for where the paper leaves it open."""
    fields: dict[str, Any] = {f"strokes_{line.place}": HiddenField() for line in lines}
    fields |= {
        f"name_{line.place}": TextField(
            lazy_kt("Vor- und Nachname"), required=False, description=lazy_kt("steht unter der Unterschrift")
        )
        for line in lines
        if not line.name
    }
    fields |= {
        f"answer_{place}": RadioRow(
            f"{place + 1}. {text}",
            choices=enum_choices(ANSWERS),
            missing=kt("Bitte beantworten Sie Frage {number}.", number=place + 1),
        )
        for place, text in enumerate(questions)
    }
    return type("PaperSignForm", (SignForm,), fields)
