"""What is wrong with a row of a fee schedule's file, as a sentence with its row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..models.rules.schedule_file import Fault, RowFault
from .texts import kt, lazy_kt

_FAULTS: Final[Mapping[Fault, str]] = {
    Fault.UNREADABLE: lazy_kt("Die Datei ist nicht lesbar. Bitte speichern Sie sie als CSV in UTF-8."),
    Fault.EMPTY: lazy_kt("Die Datei enthält keine einzige Leistung."),
    Fault.COLUMNS_MISSING: lazy_kt("Diese Spalten fehlen: {column}."),
    Fault.CELLS: lazy_kt("Die Zeile hat nicht so viele Felder wie die Kopfzeile."),
    Fault.NUMBER: lazy_kt("„{value}“ ist keine Nummer."),
    Fault.TWICE: lazy_kt("Die Nummer {value} steht schon weiter oben."),
    Fault.TEXT: lazy_kt("Der Text in der Spalte {column} fehlt, ist zu lang oder enthält Steuerzeichen."),
    Fault.SECTION: lazy_kt("Der Abschnitt fehlt."),
    Fault.POINTS: lazy_kt("Die Punktzahl „{value}“ ist keine ganze Zahl über null."),
    Fault.FACTOR: lazy_kt("Der Faktor „{value}“ in der Spalte {column} ist keiner. Zum Beispiel 2.3."),
    Fault.FACTORS_BACKWARDS: lazy_kt("Der Höchstfaktor liegt unter dem Schwellenwert."),
    Fault.FLAG: lazy_kt("In der Spalte {column} steht „{value}“, erlaubt sind 0 und 1."),
    Fault.MINUTES: lazy_kt("Die Mindestdauer „{value}“ ist keine ganze Zahl von Minuten."),
}


def fault_sentence(found: RowFault) -> str:
    """ "Zeile 1700: Die Punktzahl „abc“ ist keine ganze Zahl über null." """
    told = kt(_FAULTS[found.fault], column=found.column, value=found.value)
    return kt("Zeile {row}: {told}", row=found.row, told=told) if found.row else told
