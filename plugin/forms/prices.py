"""The questions about prices: they change nothing, so they are sent by GET and carry no token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import request

from ...models.rules.vat import Indication
from ...models.rules.wished_price import Wish
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import ListField, RadioRow, TextField, choices, enum_choices
from .typed import AmountField, DecimalTextField, WholeNumberField

INDICATIONS = {Indication.COSMETIC: lazy_kt("kosmetisch"), Indication.MEDICAL: lazy_kt("medizinisch")}
KINDS = (("gross", lazy_kt("was der Patient zahlt (brutto)")), ("net", lazy_kt("netto")))


class AskingForm(KostenklarForm):
    """A form that only asks."""

    class Meta(KostenklarForm.Meta):
        """Nothing is written, so nothing has to be guarded, and the address can be kept."""

        csrf = False


_Form = TypeVar("_Form", bound=AskingForm)


def asked(form_class: type[_Form], **values: Any) -> _Form:
    """The form with what stands in the address, else with `values`."""
    named = set(request.args) & {name for name in vars(form_class) if not name.startswith("_")}
    return form_class(formdata=request.args if named else None, **values)


class PriceForm(AskingForm):
    """Which treatment, how large, how often; give (id, name) pairs of the procedures."""

    procedure = ListField(lazy_kt("Behandlungsart"), coerce=int)
    indication = RadioRow(lazy_kt("Indikation"), choices=enum_choices(INDICATIONS), coerce=Indication)
    area = DecimalTextField(
        lazy_kt("Fläche"), required=False, most=2000, unit="cm²", description=lazy_kt("Beim Laser, je Sitzung")
    )
    least = WholeNumberField(lazy_kt("Sitzungen von"), least=1, most=50)
    most = WholeNumberField(lazy_kt("Sitzungen bis"), least=1, most=50)

    def __init__(self, *args: Any, procedures: Sequence[tuple[int, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.procedure.choices = choices(procedures)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that the most is no fewer than the least."""
        sound: bool = super().validate(extra_validators)
        if sound and self.most.data < self.least.data:
            self.add_problem("most", kt("Das sind weniger Sitzungen als bei „von“. Bitte prüfen Sie beide Zahlen."))
            return False
        return sound


class WishForm(AskingForm):
    """The price somebody has in mind for a chain or a number; `line` is the service whose factor is looked for."""

    number = TextField(lazy_kt("Nummer"), required=False, longest=10)
    procedure = ListField(lazy_kt("Behandlungsart"), coerce=int, required=False)
    line = ListField(lazy_kt("Faktor suchen für"), coerce=int, required=False)
    price = AmountField(
        lazy_kt("Wunschpreis einer Sitzung"), missing=lazy_kt("Der Wunschpreis fehlt. Zum Beispiel 80.")
    )
    kind = RadioRow(lazy_kt("Der Preis ist"), choices=choices(KINDS))
    indication = RadioRow(lazy_kt("Indikation"), choices=enum_choices(INDICATIONS), coerce=Indication)

    stops = ""  # why neither a chain nor a number can be priced; the view knows

    def __init__(self, *args: Any, procedures: Sequence[tuple[int, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.procedure.choices = choices([("", kt("nur diese Nummer")), *procedures])

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that there is something to price."""
        sound: bool = super().validate(extra_validators)
        if self.stops and not self.number.errors and not self.procedure.errors:
            self.add_problem("number", self.stops)
            return False
        return sound

    def wish(self, rate: Any) -> Wish:
        """The values of a valid form; the rate in per cent comes from the practice."""
        return Wish(self.price.data, self.kind.data == "gross", rate)
