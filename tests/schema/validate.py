#!/usr/bin/python3
"""Validates real reports against the schema, and the schema against what it promises.

usage: validate.py PROGRAM SCHEMA SAMPLES

Output is TAP.

SPDX-License-Identifier: MIT
"""

import copy
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not installed")
    sys.exit(0)

AS_OF = "2026-06-01"


def no_float(text):
    raise ValueError(f"a floating point number: {text}")


def no_twin(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key stands twice: {keys}")
    return dict(pairs)


def parse(text):
    return json.loads(text, parse_float=no_float, parse_constant=no_float,
                      object_pairs_hook=no_twin)


def reports(program, *arguments):
    """The reports of a run, as one line each; the pretty form must say the same."""
    command = [program, "--as-of", AS_OF, *map(str, arguments)]
    lines = subprocess.run([*command, "--format", "jsonl"], stdin=subprocess.DEVNULL, check=False,
                           stdout=subprocess.PIPE).stdout.decode("utf-8").split("\n")
    pretty = subprocess.run([*command, "--format", "json"], stdin=subprocess.DEVNULL, check=False,
                            stdout=subprocess.PIPE).stdout.decode("utf-8")
    if lines.pop() != "":
        raise ValueError("the last line has no end")
    found = [parse(line) for line in lines]
    if found != [parse(text) for text in pretty.replace("\n}\n{\n", "\n}\0{\n").split("\0")
                 if text]:
        raise ValueError("json and jsonl differ")
    return found


def in_order(schema, value, root):
    """Every object has all its members, in the schema's order."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, dict):
        if list(value) != list(schema["properties"]):
            raise ValueError(f"{list(value)} instead of {list(schema['properties'])}")
        for key, member in value.items():
            in_order(schema["properties"][key], member, root)
    elif isinstance(value, list):
        for item in value:
            in_order(schema["items"], item, root)


def objects(schema):
    """Every object schema inside a schema."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for member in schema.values():
            yield from objects(member)
    elif isinstance(schema, list):
        for item in schema:
            yield from objects(item)


def check_strict(schema):
    for one in objects(schema):
        if one.get("additionalProperties") is not False:
            raise ValueError(f"members beyond {list(one['properties'])} are allowed")
        if one["required"] != list(one["properties"]):
            raise ValueError(f"not all of {list(one['properties'])} are required")


def damaged(report):
    """Reports that must not be valid, and what is wrong with each."""
    def change(what, path, value):
        one = copy.deepcopy(report)
        at = one
        for key in path[:-1]:
            at = at[key]
        if value is None:
            del at[path[-1]]
        else:
            at[path[-1]] = value
        return what, one

    yield change("another schema", ["schema"], "winver6003-report-2")
    yield change("no verdict", ["verdict"], None)
    yield change("a state of its own", ["verdict", "state"], "fine")
    yield change("exit code 66", ["verdict", "exit_code"], 66)
    yield change("a build as text", ["version", "build"], "6003")
    yield change("a member of its own", ["machine", "colour"], "grey")
    yield change("a fact without grade", ["facts", 0, "grade"], None)
    yield change("a field of its own", ["facts", 0, "field"], "height")
    yield change("a date of another form", ["as_of"], "01.06.2026")
    yield change("a digest that is none", ["evidence", 0, "sha256"], "abc")


def main(program, schema_path, samples):
    schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    samples = sorted(path for path in pathlib.Path(samples).iterdir()
                     if path.suffix not in (".py", ".csv"))
    runs = [[path] for path in samples]
    runs += [["--digest", "--redact", *samples], ["--together", *samples],
             ["--batch", *pathlib.Path(samples[0]).parent.glob("*.csv")]]
    failed = 0

    def result(number, name, problems):
        print(f"{'not ok' if problems else 'ok'} {number} - {name}", flush=True)
        for problem in problems:
            print(f"# {problem}")
        return bool(problems)

    print(f"1..{len(runs) + 2}")
    for number, arguments in enumerate(runs, 1):
        problems = []
        try:
            found = reports(program, *arguments)
            if not found:
                problems.append("no report")
            for report in found:
                problems += [f"{error.json_path}: {error.message}"
                             for error in validator.iter_errors(report)]
                in_order(schema, report, schema)
        except (ValueError, KeyError) as problem:
            problems.append(str(problem))
        name = " ".join(path.name if isinstance(path, pathlib.Path) else path
                        for path in arguments[:2])
        failed += result(number, name, problems)

    problems = []
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
        check_strict(schema)
    except (ValueError, jsonschema.SchemaError) as problem:
        problems.append(str(problem))
    failed += result(len(runs) + 1, "the schema is strict", problems)

    whole = next(report for report in reports(program, *samples) if report["facts"])
    problems = [f"valid with {what}" for what, report in damaged(whole)
                if validator.is_valid(report)]
    failed += result(len(runs) + 2, "the schema refuses what is wrong", problems)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
