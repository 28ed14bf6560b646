"""A fiscal archive: how its ZIP is written, line by line, and its verification with nothing but the file."""

import hashlib
import json
import zlib
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from . import chain

FORMAT = "tibillet-archive-1"
CLOSINGS, ORDERS, SEALS = "closings.jsonl", "orders.jsonl", "fiscal_chain.jsonl"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
_COLUMNS = (
    "company", "level", "number", "payload", "hash", "previous_hash", "signature", "public_key", "sales", "top_ups",
    "perpetual_sales", "perpetual_top_ups",
)  # fmt: skip


class Writer:
    """Writes texts into a ZIP and keeps the SHA-256 of each file, never more than a line in memory."""

    def __init__(self, stream):
        self._zip = ZipFile(stream, "w", ZIP_DEFLATED)
        self.files = {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._zip.close()

    def add(self, name, lines):
        """Write an iterable of texts, each as a line; return how many."""
        digest, count = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as file:
            for line in lines:
                count += 1
                data = f"{line}\n".encode()
                digest.update(data)
                file.write(data)
        self.files[name] = {"sha256": digest.hexdigest(), "lines": count}
        return count

    def seal(self, said, sign):
        """Write what the manifest says beside the hashes, and `sign` (text -> {signature, public_key})."""
        manifest = chain.payload({"format": FORMAT, **said, "files": self.files})
        self._zip.writestr(MANIFEST, manifest)
        self._zip.writestr(SIGNATURE, chain.payload(sign(manifest)))


def verify(file):
    """Check an archive (a path or a stream): its manifest's signature, each file's hash, and the chains in them.

    :return: :class:`chain.Report`; the first break is the outermost one
    """
    try:
        with ZipFile(file) as opened:
            archive = _Archive(opened)
            breaks = tuple(archive.breaks())
            return chain.Report(not breaks, archive.checked, breaks, tuple(sorted(archive.keys)))
    except (BadZipFile, OSError):
        return chain.Report(False, 0, ("it is no ZIP file, or a part of it is cut off",), ())


class _Archive:
    def __init__(self, opened):
        self.zip = opened
        self.checked = 0
        self.keys = set()

    def breaks(self):
        names = [name for name in self.zip.namelist() if name not in (MANIFEST, SIGNATURE)]
        manifest, signature = self._text(MANIFEST), chain.content(self._text(SIGNATURE))
        said = chain.content(manifest)
        if said.get("format") != FORMAT or not isinstance(said.get("files"), dict):
            yield f"{MANIFEST}: it lacks, or is no manifest of a fiscal archive"
            return
        if not chain.is_signed(manifest, signature.get("signature"), signature.get("public_key")):
            yield f"{MANIFEST}: its signature does not match"
        else:
            self.keys.add(signature["public_key"])
        for name in sorted(set(names) - set(said["files"])):
            yield f"{name}: no part of the archive that was signed"
        if len(names) != len(set(names)):
            yield "a file stands twice in the archive"
        held = set()
        for name, kept in sorted(said["files"].items()):
            self.checked += 1
            if name not in names:
                yield f"{name}: it lacks"
            elif self._digest(name) != kept.get("sha256"):
                yield f"{name}: its content was altered"
            if name in names:
                held.add(name)
        if not held.issuperset((CLOSINGS, ORDERS, SEALS)):
            return
        try:
            yield from self._chains(said)
        except (ValueError, KeyError, TypeError, AttributeError, BadZipFile, zlib.error):
            yield "its lines can no longer be read"

    def _chains(self, said):
        taken = {}
        for order in self._lines(ORDERS):
            taken[order["session"]] = taken.get(order["session"], 0) + round(order["total"] * 100)
        yield from chain.closings_breaks(self._closings(taken), said.get("heads"))
        for number, session, says, made in self.differences:
            yield f"closing session {number}: the orders of {session} make {made / 100:.2f}, it says {says / 100:.2f}"
        yield from self._seals(said.get("chain", {}))

    def _closings(self, taken):
        """Rows for the chain, and on the way what a ticket Z says its orders made, against them."""
        self.differences = []
        for line in self._lines(CLOSINGS):
            row = tuple(line[column] for column in _COLUMNS)
            self.checked += 1
            self.keys.update(filter(None, row[7:8]))
            if line["level"] == "session":
                text = chain.content(line["payload"])
                made, says = taken.get(text["session"], 0), text["figures"]["takings"]
                if made != says:
                    self.differences.append((line["number"], text["session"], says, made))
            yield row

    def _seals(self, before):
        """The chain of French law: each hash is that of the hash before and of the order's text."""
        number, previous = before.get("number"), before.get("hash", "")
        for seal in self._lines(SEALS):
            self.checked += 1
            if seal["number"] != number + 1:
                yield f"order no. {number + 1} of the fiscal chain: it lacks"
            if hashlib.sha256(f"{previous}{seal['text']}".encode()).hexdigest() != seal["hash"]:
                yield f"order no. {seal['number']} of the fiscal chain ({seal['reference']}): it was altered"
            number, previous = seal["number"], seal["hash"]

    def _lines(self, name):
        with self.zip.open(name) as file:
            for line in file:
                yield json.loads(line)

    def _digest(self, name):
        digest = hashlib.sha256()
        try:
            with self.zip.open(name) as file:
                while part := file.read(1 << 16):
                    digest.update(part)
        except (BadZipFile, zlib.error):
            return None
        return digest.hexdigest()

    def _text(self, name):
        try:
            return self.zip.read(name).decode()
        except (KeyError, BadZipFile, zlib.error, UnicodeDecodeError):
            return ""
