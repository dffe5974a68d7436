"""What must hold in a data package: in a row, between tables, and between tables and map."""

from collections.abc import Iterator

from atlas.datapackage.columns import RECORDS
from atlas.datapackage.problems import Problem, problem
from atlas.datapackage.rules import figures, polygons, rows, tables
from atlas.datapackage.rules.tables import Case

RULES = figures.RULES | polygons.RULES | tables.RULES


def check(case: Case, readable: set[str], broken: set[str]) -> Iterator[Problem]:
    """Yield every problem of the readable tables; the `file` of a problem is the table's name.

    A rule is checked where the tables it needs are readable and its optional ones not broken.
    """
    for table in RECORDS:
        for index, row in enumerate(getattr(case.atlas, table)):
            for finding in rows.findings(row, case.today, case.promises):
                yield problem(table, index, *finding)
    for rule, needed_tables in RULES.items():
        if needed_tables <= readable and not broken & tables.OPTIONAL_TABLES.get(rule, set()):
            yield from rule(case)
