#!/usr/bin/env python3
"""Verifies vereda ledgers without vereda, after docs/ledger-format.md: verify_ledger.py DIR... [--checkpoint FILE]
prints for each "holds N entries" or the first file and entry at fault, and ends with 0, or 6 where one fails. Python 3.8."""
import functools, hashlib, io, os, re, sys
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032 section 5.1
D, ROOT_OF_MINUS_1 = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def times(n, p):
    rest = times(n >> 1, add(p, p)) if n else (0, 1, 1, 0)
    return add(rest, p) if n & 1 else rest
def point(data):
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x if (x * x - x2) % P == 0 else x * ROOT_OF_MINUS_1 % P
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P) if y < P and (x * x - x2) % P == 0 else None
BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
@functools.lru_cache(maxsize=4096)
def signature_holds(key, signature, text):
    key, signature = bytes.fromhex(key), bytes.fromhex(signature)
    a, s = point(key), int.from_bytes(signature[32:], "little")
    if a is None or s >= L or times(8, a)[0] == 0:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    r = add(times(s, BASE), times(h, (P - a[0], a[1], 1, P - a[3])))
    x, y = (c * pow(r[2], -1, P) % P for c in r[:2])
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32] and times(8, r)[0] != 0
sha = lambda data: hashlib.sha256(data).hexdigest()  # hashes and the tree: RFC 6962 section 2.1
leaf_of = lambda line: sha(b"\0" + line.encode("latin-1"))
node = lambda left, right: sha(b"\1" + bytes.fromhex(left) + bytes.fromhex(right))
def tree_root(leaves):
    split = 1 << (len(leaves) - 1).bit_length() >> 1 if len(leaves) > 1 else 0
    return node(tree_root(leaves[:split]), tree_root(leaves[split:])) if split else leaves[0]
ZERO, HASH, NUMBER, PLACE = "0" * 64, "[0-9a-f]{64}", "(?:0|[1-9][0-9]{0,18})", "(?:0|[1-9][0-9]{0,8})"  # one way to write
listed = lambda item: f"(-|{item}(?:,{item})*)"
PART, PARTS, HASHES = f"(-|{NUMBER}:{HASH})", listed(f"{NUMBER}:{HASH}"), listed(HASH)
BODY = {"G": f"({HASH}) {PART} {HASHES}", "E": f"{PART} {HASHES} {PARTS}", "M": "(.+)", "F": "(.+)",
        "R": f"({HASH}) ({HASH}) {listed(PLACE)} {PARTS} {PART} {PART} {HASHES}",
        "K": f"(add|revoke) ({HASH}) ({HASH}) ([0-9a-f]{{128}})"}
TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
LINE = re.compile(f"({NUMBER}) ([GERKMF]) ({TIME}) ({HASH}) (.+)", re.DOTALL)
HEAD = re.compile(f"(vereda-ledger-head 1\nledger ({HASH})\nsize ({NUMBER})\nroot ({HASH})\npeaks ({HASH}(?:,{HASH})*)\n"
                  f"tip ({HASH})\nsealed ({NUMBER})\ntime [^\n]*\n)((?:signature {HASH} [0-9a-f]{{128}}\n)*)")
items = lambda text: [] if text == "-" else text.split(",")
def entry_of(line):
    """(sequence, kind, time, previous, parts of the rest), or None."""
    match = LINE.fullmatch(line)
    body = match and re.fullmatch(BODY[match[2]], match[5], re.DOTALL)
    removed = [int(n) for n in items(body[3])] if body and match[2] == "R" else []
    return (int(match[1]), *match.groups()[1:4], body.groups()) if body and sorted(set(removed)) == removed else None
def head_of(text):
    match = HEAD.fullmatch(text)
    peaks, size = (match[5].split(","), int(match[3])) if match else ([], 0)
    signatures = [line.split()[1:] for line in match[8].splitlines()] if match else []
    keys, root = [key for key, _ in signatures], functools.reduce(lambda b, a: node(a, b), peaks[::-1] or [ZERO])
    if not size or bin(size).count("1") != len(peaks) or root != match[4] or sorted(set(keys)) != keys:
        return None
    by = [key for key, signature in signatures if signature_holds(key, signature, match[1].encode("latin-1"))]
    return {"size": size, "tip": match[6], "says": (match[2], match[4], int(match[7])), "by": by, "holds": by == keys != []}
def pending_of(data):
    """(bytes of entries.log and sealed.dat before, lines, sealed bytes, head, parts emptied, objects removed), or None."""
    if len(data) <= 65 or data[-65:] != sha(data[:-65]).encode() + b"\n":
        return None
    rest = io.BytesIO(data[:-65])
    number, first = lambda: int(rest.readline()), rest.readline()
    told = (number(), number(), rest.read(number()), rest.read(number()), rest.read(number()),
            [(number(), number()) for _ in range(number())], [rest.readline().decode()[:-1] for _ in range(number())])
    inside = all(at + size <= told[1] + len(told[3]) for at, size in told[5])
    return told if inside and all(re.fullmatch(HASH + "[.]sealed", name) for name in told[6]) else None
def faults_of_chain(entries, leaves, head):
    """The lines that were altered, dropped, repeated or swapped."""
    faults, offset, excused, run = [], 0, False, []
    def end_run():
        faults.extend(run[:-1] if len(run) > 1 else [i - 1 for i in run])
        run.clear()
    for i, entry in enumerate(entries):
        now = entry[0] - i if entry else offset
        broken = entry and now == offset and not excused and entry[3] != (leaves[i - 1] if i else ZERO)
        if not entry or now not in (offset, 0) or (entry[1] == "G") != (i == 0) or (broken and i == 0):
            faults.append(i)
        run.append(i) if broken and i else end_run()
        offset, excused = now, entry is None
    told = head and head["holds"] and head["size"] == len(leaves) and not offset and not excused
    run.extend([len(leaves)] if told and head["tip"] != leaves[-1] else [])
    end_run()
    return faults
class Content:
    """What chained lines amount to: keys, parts of sealed.dat [entry, offset, length, hash, emptied], objects."""
    def __init__(self, entries, leaves):
        self.ledger, self.faults, self.keys, self.parts, self.size, self.objects = leaves[0], [], {}, [], 0, {}
        self.removed, self.holders, self.known, self.group = {}, {}, {}, None
        for i, (entry, leaf) in enumerate(zip(entries, leaves)):
            self.take(i, entry, leaf)
            self.known.setdefault(leaf, entry[3])
        self.end_group()
    def take(self, i, entry, leaf):
        foreign, unheard = entry[1] == "F", True
        if not foreign:
            self.end_group()
        else:
            inner, last = entry_of(entry[4][0]), self.group and self.group[2]
            if not inner or not self.group or not (inner[3] == last if last else inner[3] in self.known):
                return self.faults.append(i)
            self.group[2] = leaf_of(entry[4][0])
        while entry and entry[1] == "F":
            entry, leaf = entry_of(entry[4][0]), leaf_of(entry[4][0])
            unheard = leaf not in self.known
            self.known.setdefault(leaf, entry and entry[3])
        kind, body = entry[1:5:3] if entry else ("G", ())
        if foreign and kind == "G" or kind == "R" and unheard and body[1] not in self.holders:
            return self.faults.append(i)
        if kind in "GE":
            self.keys.update({body[0]: True} if kind == "G" else {})
            self.add_part(i, body[kind == "G"], leaf, not unheard)
            for told in items(body[2]) if kind == "E" and unheard else []:
                self.objects.setdefault(told[-64:] + ".sealed", (i, told))
        elif kind == "R":
            holder = self.holders[body[1]] if unheard else [None, True]
            late, holder[1] = holder[1], True
            if unheard:
                self.parts[holder[0]][4] = True
                self.removed = {**{told[-64:] + ".sealed": i for told in items(body[3])}, **self.removed}
            self.add_part(i, body[4], leaf, late)
            self.add_part(i, body[5], None, not unheard)
        elif kind == "K" and unheard:
            text = f"vereda ledger key 1\n{self.ledger}\n{entry[0]} {entry[2]} {entry[3]}\n{' '.join(body[:3])}\n"
            holds = self.keys.get(body[2]) and signature_holds(body[2], body[3], text.encode())
            self.keys.update({body[1]: body[0] == "add"} if holds else {})
            self.faults.extend([] if holds or foreign else [i])
        elif kind == "M" and not foreign:
            head = head_of(body[0].replace(";", "\n"))
            self.group = [i, head, None] if head and head["says"][0] == self.ledger else None
            self.faults.extend([] if self.group else [i])
    def add_part(self, i, told, leaf, emptied):
        if told != "-":
            self.holders.setdefault(leaf, [len(self.parts), emptied])
            self.parts.append([i, self.size, int(told[:-65]), told[-64:], emptied])
            self.size += int(told[:-65])
    def end_group(self):
        (i, head, last), self.group = self.group or (0, None, None), None
        chain, leaf = [], head and head["tip"]
        while head and len(chain) < head["size"] and leaf in self.known:
            chain.append(leaf)
            leaf = self.known[leaf]
        if head and (len(chain) != head["size"] or leaf != ZERO or last not in (None, head["tip"]) or
                     tree_root(chain[::-1]) != head["says"][1] or not any(key in self.keys for key in head["by"])):
            self.faults.append(i)
def first_fault(path, kept):
    """(file, entry or None) of the first fault, or (None, number of entries)."""
    read = lambda name: open(f"{path}/{name}", "rb").read() if os.path.isfile(f"{path}/{name}") else None
    entries, sealed, head, pending = (read(name) or b"" for name in ("entries.log", "sealed.dat", "head.txt", "pending"))
    a, b, lines, parts, new_head, emptied, removed = pending_of(pending) or (0, 0, b"", b"", b"", [], [])
    if new_head:
        if a + b and not (len(entries) >= a and lines.startswith(entries[a:]) and len(sealed) >= b
                          and parts.startswith(sealed[b:])):
            return "pending", None
        entries, sealed, head = entries[:a] + lines, sealed[:b] + parts, new_head
    *lines, tail = entries.decode("latin-1").split("\n")
    parsed, head = [entry_of(line) for line in lines] + [None] * bool(tail), head_of(head.decode("latin-1"))
    leaves = [leaf_of(line) for line in lines + [tail] * bool(tail)]
    chain = faults_of_chain(parsed, leaves, head)
    content = Content(parsed, leaves) if leaves and not chain else None
    cut = head and head["holds"] and head["size"] != len(leaves)
    if found := chain or cut and [min(head["size"], len(leaves))] or content and content.faults:
        return "entries.log", min(found)
    if not (head and head["holds"] and any(map(content.keys.get, head["by"]))
            and head["says"] == (content.ledger, tree_root(leaves), content.size)):
        return "head.txt", None
    for i, at, length, digest, zeros in content.parts + [[None, content.size, 0, sha(sealed[content.size:]), False]]:
        part = sealed[at:at + length]
        if (at, length) not in emptied and (len(part) != length or (any(part) if zeros else sha(part) != digest)):
            return "sealed.dat", i
    wanted = [(name, *told) for name, told in sorted(content.objects.items()) if name not in content.removed]
    for name, i, told in wanted + [(name, i, "") for name, i in sorted(content.removed.items()) if name not in removed]:
        if told != ("" if (there := read("objects/" + name)) is None else f"{len(there)}:{sha(there)}"):
            return "objects/" + name, i
    if kept and not leaves[0].startswith(kept[0]):
        return "checkpoint", None
    if kept and (kept[1] > len(leaves) or tree_root(leaves[:kept[1]]) != kept[2]):
        last = ([n for n, digits in kept[3] if n < len(leaves) and not leaves[n].startswith(digits)] + [kept[1] - 1])[0]
        first = max([0] + [n for n, _ in kept[3] if n < min(last, len(leaves))]) + 1
        return "entries.log", len(leaves) if last >= len(leaves) else min(first, last)
    return None, len(leaves)
def checkpoint_in(text):
    at = re.search(r"vereda1\s+([0-9a-f]{16})\s+([0-9]+)\s+((?:[0-9a-f]\s*){64})((?:[0-9]+:[0-9a-f]{4,64}\s*)*)", text.lower())
    marks = {int(n): digits for n, digits in re.findall("([0-9]+):([0-9a-f]+)", at[4]) if int(n) < int(at[2])}
    return at[1], int(at[2]), re.sub(r"\s", "", at[3]), sorted(marks.items())
def main(folders, kept=None):
    if folders[-2:-1] == ["--checkpoint"]:
        folders, kept = folders[:-2], checkpoint_in(open(folders[-1]).read())
    told = [first_fault(path, kept) for path in folders]
    for path, (file, entry) in zip(folders, told):
        print(f"{path}:", f"holds {entry} entries" if not file else file if entry is None else f"{file} entry {entry}")
    return 6 if any(file for file, _ in told) else 0
if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
