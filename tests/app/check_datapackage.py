"""Holds a data package against the specification (Data Package 1.0, Tabular Data Resource, Table Schema): exits 1 with what is wrong.

Usage: check_datapackage.py FOLDER_OF_DATAPACKAGE_JSON
"""
import csv
import datetime
import hashlib
import json
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
name = re.compile(r"^[-a-z0-9._/]+$")
wrong = []


def expect(condition, what):
    if not condition:
        wrong.append(what)


def parses(cell, kind):
    try:
        if kind == "integer":
            int(cell)
        elif kind == "number":
            float(cell)
            return re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", cell) is not None
        elif kind == "date":
            datetime.date.fromisoformat(cell)
    except ValueError:
        return False
    return True


expect(package.get("profile") == "tabular-data-package", "profile of the package")
expect(name.match(package.get("name", "")), "name of the package")
expect(len({r["name"] for r in package["resources"]}) == len(package["resources"]), "two resources of one name")
for resource in package["resources"]:
    where = resource["name"]
    expect(name.match(where), f"{where}: name")
    expect(resource["profile"] == "tabular-data-resource", f"{where}: profile")
    expect(not pathlib.PurePosixPath(resource["path"]).is_absolute() and ".." not in resource["path"], f"{where}: path")
    data = (folder / resource["path"]).read_bytes()
    expect(resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest(), f"{where}: hash")
    expect(resource["bytes"] == len(data), f"{where}: bytes")
    fields = resource["schema"]["fields"]
    expect(len({f["name"] for f in fields}) == len(fields), f"{where}: two fields of one name")
    rows = list(csv.reader(data.decode("utf-8").splitlines(keepends=True)))
    expect(rows[0] == [f["name"] for f in fields], f"{where}: header")
    for row in rows[1:]:
        expect(len(row) == len(fields), f"{where}: a row of {len(row)} cells")
        for cell, field in zip(row, fields):
            expect(field["type"] in ("string", "integer", "number", "date"), f"{where}.{field['name']}: type")
            expect(cell == "" or parses(cell, field["type"]), f"{where}.{field['name']}: {cell!r}")
for what in wrong[:20]:
    print(what)
sys.exit(1 if wrong else 0)
