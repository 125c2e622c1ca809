"""The gate of a whole day says of each session what the gate of that session alone says."""

from __future__ import annotations

import datetime as dt

import pytest

from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.gate_batch import gates, places_among
from kostenklar.plugin.queries.gate_facts import gate_of
from kostenklar.plugin.queries.gate_links import places
from kostenklar.plugin.queries.tomorrow import day_page
from kostenklar.tests.desk_scene import a_prepared_agreement
from kostenklar.tests.treatment_scene import a_consent, a_plan, a_talk, an_agreement, fresh

pytestmark = pytest.mark.usefixtures("as_reception")


@pytest.mark.parametrize(
    "there",
    [(), (a_talk,), (a_talk, a_consent), (a_talk, a_consent, an_agreement), (an_agreement, a_prepared_agreement)],
)
def test_alone_and_among_others_the_gate_says_the_same(cast, there):
    for paper in there:
        paper(cast)
    on = today() + dt.timedelta(days=1)
    treatment = fresh(a_plan(cast, on))
    records, items = gates([treatment], on, today())[treatment.id]
    assert [(item.code, item.state, item.findings) for item in items] == [
        (item.code, item.state, item.findings) for item in gate_of(treatment, today())
    ]
    page = day_page(on, today())
    assert page.sessions[0].where == places(cast.course_id, treatment.id)
    assert places_among(records, treatment.id, page.sessions[0].where.prepared_agreement_id) == page.sessions[0].where
    session().rollback()
