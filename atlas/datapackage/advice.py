"""The errors of frictionless in plain words that say what to do."""

import re

from frictionless import Error, Row, Schema, errors

# Column, what stands there, what to do.
Advice = tuple[str | None, str | None, str]

TYPES = {
    "number": "Write a number such as 30.67, without unit or thousands separator.",
    "integer": "Write a whole number such as 12.",
    "year": "Write a year such as 2020.",
    "boolean": "Write true or false.",
}
CONSTRAINTS = {
    "required": "The cell is empty: fill it in.",
    "enum": "Write one of: {}.",
    "minimum": "Write a value of at least {}.",
    "maximum": "Write a value of at most {}.",
    "minLength": "Write at least {} characters.",
    "maxLength": "Write at most {} characters.",
    "pattern": "Write it in the form {} (a regular expression), as other rows do.",
}
SWAPPED = "Latitude and longitude stand in each other's column: exchange them."
OTHER = {"latitude": "longitude", "longitude": "latitude"}
LABELS: dict[type[Error], str] = {
    errors.ExtraLabelError: "The descriptor does not know this column: remove or describe it.",
    errors.MissingLabelError: "The column is missing: add it.",
}


def label_advice(error: Error) -> Advice:
    """What to say about an error of the header."""
    extra = isinstance(error, errors.ExtraLabelError)
    column = getattr(error, "label" if extra else "field_name", None)
    return column, None, LABELS.get(type(error), error.note)


def cell_advice(error: Error, row: Row, schema: Schema) -> Advice:
    """What to say about an error of a row or cell."""
    match error:
        case errors.MissingCellError():
            rule = "The row ends before this column: complete it, the file may be cut off."
            return error.field_name, None, rule
        case errors.ExtraCellError():
            return None, error.cell, "More cells than columns: quote texts that hold a comma."
        case errors.TypeError():
            rule = TYPES.get(schema.get_field(error.field_name).type, f"Wrong type: {error.note}.")
            return error.field_name, error.cell, rule
        case errors.ConstraintError():
            rule = SWAPPED if _swapped(error, row, schema) else _constraint(error, schema)
            return error.field_name, row.cells[error.field_number - 1], rule
        case errors.UniqueError():
            return error.field_name, error.cell, _repeated(error.note)
        case errors.PrimaryKeyError():
            values = ", ".join(str(row[name] or "") for name in schema.primary_key)
            return ", ".join(schema.primary_key), values, _repeated(error.note)
        case errors.ForeignKeyError():
            rule = f"{error.reference_name} has no such id: correct it or add the row there."
            return ", ".join(error.field_names), ", ".join(error.field_cells), rule
        case errors.BlankRowError():
            return None, None, "The row is empty: delete it."
    return None, None, error.note


def _swapped(error: errors.ConstraintError, row: Row, schema: Schema) -> bool:
    """Whether a coordinate out of its bounds lies within those of the other one."""
    limits = (
        schema.get_field(OTHER[error.field_name]).constraints if error.field_name in OTHER else {}
    )
    try:
        value = float(row.cells[error.field_number - 1])
        return bool(limits) and limits["minimum"] <= value <= limits["maximum"]
    except (KeyError, TypeError, ValueError):
        return False


def _constraint(error: errors.ConstraintError, schema: Schema) -> str:
    found = re.match(r'constraint "(\w+)"', error.note)
    name = found[1] if found else ""
    wanted = schema.get_field(error.field_name).constraints.get(name)
    shown = ", ".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)
    return CONSTRAINTS.get(name, error.note).format(shown)


def _repeated(note: str) -> str:
    row = re.search(r'row at position "?(\d+)', note)
    if row is None:
        return CONSTRAINTS["required"]
    return f"Row {row[1]} has the same key: give each row its own or delete one."
