"""Where a measure came from."""

from tests.support.scoring.cases import SOLD, TEN, sales, visits
from tests.support.scoring.lab import (
    Evidence,
    Lab,
    indicator,
    method_of,
)


def test_a_measure_cites_the_cells_it_was_computed_from(lab: Lab) -> None:
    method = method_of(SOLD, indicator("C", "per_visitor", 40, TEN))
    made = lab.one(method, Evidence({**sales(1, 2, None, 3), **visits(2)}))
    by_id = {each.id: each for each in made.measures}
    [cited] = by_id["sold"].evidence
    assert (cited.file, cited.cells, cited.count) == ("submissions/one/sales.csv", "A2:A3, A5", 3)
    assert (by_id["per_visitor"].evidence, by_id["per_visitor"].uses) == ((), ("sold", "visitors"))
    assert [each.table for each in made.extracts] == ["sales", "visits"]
