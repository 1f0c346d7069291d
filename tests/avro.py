#!/usr/bin/env python3
"""Tell what a real reader makes of pairs of Avro schemas.

    python3 tests/avro.py FOLDER < pairs

FOLDER holds fastavro. Each line of the input is a JSON object: `writer` and `reader` are schemas,
`contained` says whether every value that the writer writes is claimed to be read, `witnesses` are
values in Avro's JSON encoding that are claimed to be refused, and `seed` picks the values that are
tried. For each line one is printed: an empty list, or what is not so.
"""

import io
import json
import random
import sys

VALUES = 40


def read(fastavro, writer, reader, value):
    """What becomes of a value: nothing when it is read, else the name of the error."""
    buffer = io.BytesIO()
    fastavro.schemaless_writer(buffer, writer, value)
    buffer.seek(0)
    try:
        fastavro.schemaless_reader(buffer, writer, reader)
    except UnicodeDecodeError:
        # Bytes that are no text: a warning of its own, and no question of resolution.
        return None
    except Exception as error:  # noqa: BLE001 - every way to fail is a refusal
        return f"{type(error).__name__}: {error}"
    return None


def decoded(schema, value, names):
    """A value of Avro's JSON encoding as fastavro takes it; a branch of a union keeps its name."""
    if isinstance(schema, str):
        schema = names.get(schema, schema)
    if isinstance(schema, list):
        if value is None:
            return None
        ((name, inner),) = value.items()
        for branch in schema:
            kind = branch if isinstance(branch, str) else branch["type"]
            own = branch if isinstance(branch, str) else branch.get("name", kind)
            if own == name:
                made = decoded(branch, inner, names)
                # Without its name an empty text of bytes would be taken for an empty list.
                is_told = name == "bytes" or (isinstance(branch, dict) and kind == "record")
                return (name, made) if is_told else made
        raise ValueError(f"no branch {name}")
    kind = schema if isinstance(schema, str) else schema["type"]
    if kind in ("bytes", "fixed"):
        return value.encode("latin-1")
    if kind in ("float", "double"):
        return float(value)
    if kind == "array":
        return [decoded(schema["items"], item, names) for item in value]
    if kind == "map":
        return {key: decoded(schema["values"], item, names) for key, item in value.items()}
    if kind == "record":
        fields = schema["fields"]
        return {field["name"]: decoded(field["type"], value[field["name"]], names) for field in fields}
    if isinstance(kind, (dict, list)):
        return decoded(kind, value, names)
    return value


def judge(fastavro, utils, pair):
    problems = []
    writer = fastavro.parse_schema(pair["writer"])
    reader = fastavro.parse_schema(pair["reader"])
    for text in pair["witnesses"]:
        value = decoded(pair["writer"], json.loads(text), {})
        if read(fastavro, writer, reader, value) is None:
            problems.append(f"the witness {text} is read")
    if pair["contained"]:
        random.seed(pair["seed"])
        for value in utils.generate_many(writer, VALUES):
            error = read(fastavro, writer, reader, value)
            if error is not None:
                problems.append(f"{value!r} is refused: {error}")
                break
    return problems


def main():
    sys.path.insert(0, sys.argv[1])
    import fastavro
    from fastavro import utils

    for line in sys.stdin:
        print(json.dumps(judge(fastavro, utils, json.loads(line))))


if __name__ == "__main__":
    main()
