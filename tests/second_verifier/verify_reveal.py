#!/usr/bin/env python3
"""Checks revealed fields of a vereda ledger without vereda: verify_reveal.py FILE [--checkpoint FILE]
Prints the fields and ends with 0, or with 6 where they are not those that were committed to. Stands beside verify_ledger.py."""
import json, sys
import verify_ledger as ledger

def root_by_path(leaf, index, size, path):
    """RFC 6962 section 2.1.1, from the leaf up; None for a path of another length."""
    if size == 1 or not path:
        return leaf if size == 1 and index == 0 and not path else None
    split = 1 << (size - 1).bit_length() - 1
    inner = root_by_path(leaf, *((index, split) if index < split else (index - split, size - split)), path[:-1])
    return inner and (ledger.node(inner, path[-1]) if index < split else ledger.node(path[-1], inner))

def commitments_of(line):
    entry = ledger.entry_of(line)
    while entry and entry[1] == "F":
        entry = ledger.entry_of(entry[4][0])
    return ledger.items(entry[4][{"G": 2, "E": 1, "R": 6}[entry[1]]]) if entry and entry[1] in "GER" else []

def commitment(field):
    name, value = field["name"].encode(), field["value"].encode()
    parts = b"".join(len(part).to_bytes(4, "little") + part for part in (name, value))
    return ledger.sha(b"vereda field 1\0" + bytes.fromhex(field["salt"]) + parts)

def holds(told, kept):
    digests = dict(enumerate(commitments_of(told["line"])))
    if not told["fields"] or any(digests.get(field["position"]) != commitment(field) for field in told["fields"]):
        return False
    root = root_by_path(ledger.leaf_of(told["line"]), told["entry"], told["size"], told["path"])
    head = ledger.head_of(told["head"]) if "head" in told else None
    if "head" in told and not (head and head["holds"] and head["size"] == told["size"] and head["says"][1] == root):
        return False
    same_ledger = not kept or not head or head["says"][0].startswith(kept[0])
    return root is not None and same_ledger and (kept[1:3] == (told["size"], root) if kept else head is not None)

def main(arguments):
    kept = ledger.checkpoint_in(open(arguments[2]).read()) if arguments[1:2] == ["--checkpoint"] else None
    told = json.load(open(arguments[0], encoding="utf-8"))
    if not holds(told, kept):
        print("does not hold")
        return 6
    for field in told["fields"]:
        print(f'{field["name"]}: {json.dumps(field["value"], ensure_ascii=False)}')
    return 0
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
