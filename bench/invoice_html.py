"""The sample invoice as WeasyPrint draws it: the same text, table, face and GiroCode from a page of HTML."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment
from markupsafe import Markup

from kostenklar.reports.content.formats import day, factor, iban, money, percent
from kostenklar.reports.content.invoice import InvoiceContent
from kostenklar.reports.content.services import explanations
from kostenklar.reports.layout.en16931 import invoice_xml
from kostenklar.reports.layout.factur_x import FILE_NAME
from kostenklar.reports.layout.qr import giro_payload

_FONTS = Path(str(files("font_source_sans_pro"))) / "files"
_STYLE = """
@font-face { font-family: Papers; src: url(SourceSansPro-Regular.ttf); }
@font-face { font-family: Papers; font-weight: 600; src: url(SourceSansPro-Semibold.ttf); }
@page { size: A4; margin: 12mm 20mm 34mm 25mm;
  @bottom-right { content: "Seite " counter(page) " von " counter(pages); font: 8pt Papers; vertical-align: top; } }
body { font: 10pt/13pt Papers; margin: 0; }
p { margin: 0 0 4pt; }
small, .head, .foot { font-size: 8pt; line-height: 10pt; }
h1 { font-size: 14pt; line-height: 18pt; font-weight: 600; margin: 0 0 4pt; }
.head { height: 28mm; border-bottom: 1.2pt solid #0b5c66; }
.head b { font-size: 14pt; line-height: 17pt; font-weight: 600; }
.head div, .window, .info { float: left; width: 100mm; }
.head div + div, .info { width: 65mm; }
.window { height: 58mm; padding-top: 18mm; box-sizing: border-box; width: 100mm; }
.info { margin-top: 9mm; }
.info td, .sums td, .transfer td { padding: 0; }
.info td:first-child { width: 28mm; font-size: 8pt; }
h1 { clear: both; }
table { border-collapse: collapse; width: 100%; }
.lines th { font-size: 8pt; font-weight: 400; text-align: left; border-bottom: .8pt solid; }
.lines td { border-bottom: .2pt solid; vertical-align: top; padding: 3pt 0; }
.figure { text-align: right !important; }
.sums { width: 90mm; margin: 3pt 0 6pt 75mm; }
.sums tr:last-child { font-weight: 600; border-top: .8pt solid; }
img { width: 28mm; height: 28mm; float: left; margin-right: 8mm; }
.transfer td:first-child { width: 32mm; font-size: 8pt; }
.transfer table { width: 100mm; }
.transfer small { clear: both; display: block; padding-top: 5pt; }
.foot { position: fixed; bottom: -24mm; width: 165mm; border-top: .4pt solid; padding-top: 2pt; }
.foot div { float: left; width: 61mm; }
.foot div:last-child { width: 43mm; }
"""
_PAGE = """<!doctype html><html lang="de"><head><title>Rechnung {{ c.number }}</title></head><body>
{% set head = c.letterhead %}{% set bank = head.bank %}
<div class="foot"><div>{{ head.practice }}<br>{{ head.street }}<br>{{ head.city }}</div>
<div>{{ bank.holder }}<br>{{ bank.name }}<br>IBAN {{ iban(bank.iban) }}<br>BIC {{ bank.bic }}</div>
<div>Steuernummer {{ head.tax_number }}</div></div>
<div class="head"><div><b>{{ head.practice }}</b>{% for name in head.physicians %}<br>{{ name }}{% endfor %}</div>
<div>{{ head.street }}<br>{{ head.city }}<br>Telefon {{ head.phone }}<br>{{ head.email }}
<br>{{ head.website }}</div></div>
<div class="window"><small>{{ head.practice }} · {{ head.street }} · {{ head.city }}</small><br>
{% for part in c.recipient %}{{ part }}<br>{% endfor %}</div>
<table class="info">{% for label, value in info %}<tr><td>{{ label }}<td>{{ value }}{% endfor %}</table>
<h1>Rechnung {{ c.number }}</h1>
<p>Für die ärztlichen Leistungen nach der Gebührenordnung für Ärzte (GOÄ) berechnen wir:</p>
<p>Diagnose: {{ c.diagnosis }}</p>
{% for group in c.groups %}<table class="lines"><thead><tr><th>Datum<th>GOÄ<th>Leistung<th class="figure">Anz.
<th class="figure">Faktor<th class="figure">Betrag</thead>
{% for line in group.lines %}<tr><td>{{ day(line.performed_on, "de") }}<td>{{ line.number }}<td>{{ line.service }}
{% for below in explanations(line, "de") %}<br><small>{{ below }}</small>{% endfor %}
<td class="figure">{{ line.quantity }}<td class="figure">{{ factor(line.factor, "de") }}
<td class="figure">{{ money(line.amount, "de") }}{% endfor %}</table>
<table class="sums"><tr><td>Summe netto<td class="figure">{{ money(group.net, "de") }}
<tr><td>zuzüglich {{ percent(group.rate, "de") }} Umsatzsteuer<td class="figure">{{ money(group.vat, "de") }}
{% endfor %}<tr><td>Rechnungsbetrag<td class="figure">{{ money(c.total, "de") }}</table>
<p>{{ c.default_notice }}</p>
<div class="transfer"><img src="{{ code }}"><table><tr><td>Empfänger<td>{{ bank.holder }}
<tr><td>IBAN<td>{{ iban(bank.iban) }}<tr><td>BIC<td>{{ bank.bic }}<tr><td>Betrag<td>{{ money(c.due, "de") }}
<tr><td>Verwendungszweck<td>{{ c.number }}</table><small>{{ caption }}</small></div></body></html>"""


class HtmlInvoices:
    """A WeasyPrint that is warm: template, stylesheet and fonts are read once."""

    def __init__(self) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        self._template = Environment(autoescape=True).from_string(_PAGE)
        self._fonts: Any = FontConfiguration()
        self._style = CSS(string=_STYLE, base_url=_FONTS.as_uri() + "/", font_config=self._fonts)

    def render(self, content: InvoiceContent) -> bytes:
        """The PDF/A-3b with the XML inside; the description of it that Factur-X wants in the XMP is missing."""
        from weasyprint import HTML, Attachment

        assert content.electronic is not None
        xml = invoice_xml(content, content.electronic)
        attached = Attachment(string=xml, name=FILE_NAME, description="Factur-X", relationship="Alternative")
        html = HTML(string=self._filled(content))
        pdf = html.write_pdf(
            stylesheets=[self._style], font_config=self._fonts, pdf_variant="pdf/a-3b", attachments=[attached]
        )
        assert isinstance(pdf, bytes)
        return pdf

    def _filled(self, content: InvoiceContent) -> str:
        from kostenklar.reports.content.words import word

        bank = content.letterhead.bank
        assert bank is not None
        code = segno.make_qr(giro_payload(bank, content.due, content.number), error="m", boost_error=False)
        born = content.patient.birth_date
        assert born is not None
        info = (
            ("Rechnungsnummer", content.number),
            ("Rechnungsdatum", day(content.issued_on, "de")),
            ("Patient/in", content.patient.name),
            ("geb.", day(born, "de")),
            ("Behandlung", content.procedure),
            ("Leistungszeitraum", f"{day(content.period_from, 'de')} – {day(content.period_to, 'de')}"),
            ("Ärztin/Arzt", content.physician),
            ("Kontakt", content.contact),
        )
        formats = {"day": day, "factor": factor, "iban": iban, "money": money, "percent": percent}
        return self._template.render(
            c=content,
            info=info,
            explanations=explanations,
            caption=word("de", "giro_caption"),
            code=Markup(code.svg_data_uri(border=0)),
            **formats,
        )
