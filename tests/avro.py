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


def judge(fastavro, utils, pair):
    problems = []
    writer = fastavro.parse_schema(pair["writer"])
    reader = fastavro.parse_schema(pair["reader"])
    for text in pair["witnesses"]:
        value = next(iter(fastavro.json_reader(io.StringIO(text), writer)))
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
