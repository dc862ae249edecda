#!/usr/bin/env python3
"""Checks an evidence pack from its bytes: signature, tree, entries, details. Uses openssl alone."""
import base64, hashlib, json, os, subprocess, sys, tempfile

here = os.path.dirname(os.path.abspath(__file__))


def sha256(data):
    return hashlib.sha256(data).digest()


def fail(why):
    print("NOT GOOD:", why)
    sys.exit(1)


def canonical(value):  # RFC 8785 for the values that entries have: no fractions
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def tile_path(index):
    groups = ["%03d" % (index % 1000)]
    while index >= 1000:
        index //= 1000
        groups.insert(0, "x%03d" % (index % 1000))
    return os.path.join(*groups)


with open(os.path.join(here, "ledger/checkpoint"), encoding="utf-8") as file:
    text, signatures = file.read().split("\n\n", 1)
text += "\n"
origin, size, root = text.split("\n")[:3]
signature = next(l for l in signatures.splitlines() if l.startswith("— " + origin + " "))
with tempfile.TemporaryDirectory() as temp:
    note, sig = os.path.join(temp, "note"), os.path.join(temp, "sig")
    with open(note, "wb") as file:
        file.write(text.encode())
    with open(sig, "wb") as file:
        file.write(base64.b64decode(signature.split(" ")[2])[4:])
    key = os.path.join(here, "ledger-key.pem")
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin"]
    if subprocess.run(command + ["-in", note, "-sigfile", sig], capture_output=True).returncode:
        fail("the ledger key has not signed the checkpoint")

stack, leaves = [], []  # of (height, hash): RFC 6962, section 2.1
for index in range((int(size) + 255) // 256):
    width = min(256, int(size) - index * 256)
    name = tile_path(index) if width == 256 else tile_path(index) + ".p/%d" % width
    with open(os.path.join(here, "ledger/tile/entries", name), "rb") as file:
        bundle = file.read()
    at = 0
    for _ in range(width):
        length = int.from_bytes(bundle[at : at + 2], "big")
        leaf = sha256(b"\0" + bundle[at + 2 : at + 2 + length])
        at += 2 + length
        leaves.append(leaf)
        height = 0
        while stack and stack[-1][0] == height:
            leaf, height = sha256(b"\1" + stack.pop()[1] + leaf), height + 1
        stack.append((height, leaf))
    if at != len(bundle):
        fail("bytes are left over in bundle %d" % index)
top = stack.pop()[1] if stack else sha256(b"")
while stack:
    top = sha256(b"\1" + stack.pop()[1] + top)
if base64.b64encode(top).decode() != root:
    fail("the entries do not lead to the root that was signed")

told = erased = 0
with open(os.path.join(here, "entries.ndjson"), encoding="utf-8") as file:
    for line in file:
        told += 1
        row = json.loads(line)
        if sha256(b"\0" + canonical(row["entry"])) != leaves[int(row["number"])]:
            fail("entry %s is not the one in the tree" % row["number"])
        if "details" not in row:
            erased += 1
        elif (
            base64.urlsafe_b64encode(sha256(canonical(row["details"]))).decode().rstrip("=")
            != row["entry"]["details"]
        ):
            fail("the details of entry %s are not those that were hashed" % row["number"])
print("good: %s entries signed, %d told, %d of them erased" % (size, told, erased))
