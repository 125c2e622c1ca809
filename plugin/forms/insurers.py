"""The form of an insurer, a fund or a Beihilfe authority."""

from __future__ import annotations

import re

from ...models.rules.ik import ik_has_nine_digits
from ..grant_texts import INSURER_KINDS
from ..services.insurers import InsurerData
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import CheckField, PhoneField, RadioRow, TextField, enum_choices
from .validators import Unreadable

_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+")


class IkField(TextField):
    """Nine digits, spaces between them are dropped."""

    inputmode = "numeric"

    def process_formdata(self, valuelist: list[object]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").replace(" ", "")
        if self.data and not ik_has_nine_digits(self.data):
            raise Unreadable(kt("Ein Institutionskennzeichen hat neun Ziffern. Zum Beispiel 108018007."))


class WebField(TextField):
    """The address of a page: with http or https, nothing else that a browser would run."""

    def process_formdata(self, valuelist: list[object]) -> None:
        super().process_formdata(valuelist)
        if self.data and not _WEB.fullmatch(self.data):
            raise Unreadable(kt("Diese Adresse stimmt nicht. Zum Beispiel https://portal.versicherer.de."))


class InsurerForm(KostenklarForm):
    """See InsurerData."""

    name = TextField(lazy_kt("Name"), missing=lazy_kt("Der Name des Versicherers fehlt."))
    kind = RadioRow(lazy_kt("Art"), choices=enum_choices(INSURER_KINDS), default="pkv")
    ik = IkField(lazy_kt("Institutionskennzeichen (IK)"), required=False)
    department = TextField(
        lazy_kt("Abteilung"), required=False, description=lazy_kt("wohin Kostenanfragen gehen, zum Beispiel Leistung")
    )
    street = TextField(lazy_kt("Straße und Hausnummer oder Postfach"), required=False)
    postcode = TextField(lazy_kt("PLZ"), required=False, longest=20)
    city = TextField(lazy_kt("Ort"), required=False)
    fax = PhoneField(lazy_kt("Fax"), required=False)
    portal = WebField(lazy_kt("Portal"), required=False)
    own_release_form = CheckField(
        lazy_kt("Verlangt sein eigenes Formular zur Schweigepflichtentbindung"),
        description=lazy_kt("Beim Vorbereiten einer Entbindung wird daran erinnert."),
    )

    def typed(self) -> InsurerData:
        """The values of a valid form."""
        return InsurerData(**{name: self[name].data or "" for name in _TEXTS}, own_release_form=self._own_form())

    def _own_form(self) -> bool:
        return bool(self.own_release_form.data)


_TEXTS = tuple(name for name in InsurerData.__dataclass_fields__ if name != "own_release_form")
