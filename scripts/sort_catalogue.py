#!/usr/bin/env python3
"""Sort the message catalogues by key, so that edits of several hands stay small in diffs. Usage: scripts/sort_catalogue.py"""
import json
import pathlib

for path in sorted((pathlib.Path(__file__).parent.parent / "share/vereda/lang").glob("*.json")):
    entries = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8")
