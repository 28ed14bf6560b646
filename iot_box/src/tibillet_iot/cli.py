"""The command `tibillet-iot`: serve (default), pair, check."""

import argparse
import asyncio
import logging
import os
import sys

from tibillet_iot import __version__, config

INSTALL = "PC/SC is missing: run `apt install pcscd libccid python3-pyscard` (or `pip install pyscard`)."


def parser():
    """The command line."""
    root = argparse.ArgumentParser(prog="tibillet-iot", description="Pushes each NFC tap to the point of sale.")
    root.add_argument("--version", action="version", version=__version__)
    root.add_argument("--dir", type=config.Path, help="folder of config.toml and token")
    commands = root.add_subparsers(dest="command")
    serve = commands.add_parser("serve", help="run the box (default)")
    serve.add_argument("--bind")
    serve.add_argument("--port")
    serve.add_argument("--origins", help="allowed pages, comma-separated")
    serve.add_argument("--log-level", dest="log_level")
    pair = commands.add_parser("pair", help="print the token to enter in the point of sale, made at need")
    pair.add_argument("--new", action="store_true", help="replace the token: every till must be paired again")
    commands.add_parser("check", help="say whether pcscd answers and which readers it sees")
    return root


def main(argv=None):
    """Run one command; returns the exit code."""
    options = vars(parser().parse_args(argv))
    folder = options.pop("dir") or config.directory()
    command = options.pop("command") or "serve"
    try:
        return {"serve": _serve, "pair": _pair, "check": _check}[command](folder, options)
    except config.ConfigError as error:
        print(f"tibillet-iot: {error}", file=sys.stderr)
        return 2
    except ImportError as error:
        print(f"tibillet-iot: {error}. {INSTALL}", file=sys.stderr)
        return 3


def _serve(folder, options):
    settings = config.load(folder, os.environ, options)
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    from tibillet_iot import server

    try:
        asyncio.run(server.serve(settings))
    except OSError as error:
        print(f"tibillet-iot: cannot listen on {settings.bind}:{settings.port}: {error}", file=sys.stderr)
        return 4
    return 0


def _pair(folder, options):
    path = folder / "token"
    token = "" if options["new"] else config.read_token(path)
    print(token or config.write_token(path))
    return 0


def _check(_folder, _options):
    from tibillet_iot import pcsc

    try:
        with pcsc.context() as handle:
            names = pcsc.readers(handle)
    except pcsc.PcscError as error:
        print(f"pcscd does not answer ({error}). {INSTALL}", file=sys.stderr)
        return 1
    print("\n".join(names) or "pcscd answers, but sees no reader.")
    return 0 if names else 1
