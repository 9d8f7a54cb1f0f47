#!/usr/bin/env python3
"""Sort the message catalogues by key, so that edits of several hands stay small in diffs.

Usage: scripts/sort_catalogue.py [--check]     (--check changes nothing and fails where a file is not sorted)
"""
import json
import pathlib
import sys

unsorted = []
for path in sorted((pathlib.Path(__file__).parent.parent / "share/vereda/lang").glob("*.json")):
    before = path.read_text(encoding="utf-8")
    after = json.dumps(dict(sorted(json.loads(before).items())), ensure_ascii=False, indent=1) + "\n"
    if before == after:
        continue
    unsorted.append(path.name)
    if "--check" not in sys.argv:
        path.write_text(after, encoding="utf-8")

if "--check" in sys.argv and unsorted:
    sys.exit(f"not sorted: {', '.join(unsorted)}; run scripts/sort_catalogue.py")
