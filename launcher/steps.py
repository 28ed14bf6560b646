"""What the user sees: steps with their seconds, and errors of one sentence."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

HEARTBEAT = 30  # seconds between two lines of a long step where no terminal shows it live
PATIENCE = 60  # seconds that an interrupted program has to clean up
TAIL = 15  # lines of a failed program's log that are shown


out = None  # where steps are shown, standard output if None; the bench's is data, so `cli` sends its steps elsewhere


class Stop(Exception):
    """An error told to the user in one sentence that says what to do."""


def say(text: str = "") -> None:
    """Print a line at once, whatever the output is connected to."""
    print(text, file=out, flush=True)


@contextmanager
def step(title: str, detail=None):
    """Show `title` with elapsed seconds while the block runs.

    :param detail: a callable giving a short text on the progress, or nothing.
    """
    started = time.monotonic()
    over = threading.Event()
    ticker = threading.Thread(target=_tick, args=(title, detail, started, over), daemon=True)
    ticker.start()
    mark = "failed"
    try:
        yield
        mark = "ok"
    finally:
        over.set()
        ticker.join()
        clear = "\r\033[K" if _live() else ""
        say(f"{clear}[{mark:>6}] {title} ({time.monotonic() - started:.1f} s)")


def _live():
    return (out or sys.stdout).isatty()


def _tick(title, detail, started, over):
    live = _live()
    while not over.wait(1 if live else HEARTBEAT):
        line = f"[{time.monotonic() - started:4.0f} s] {title} {detail() if detail else ''}".rstrip()
        if live:
            print(f"\r\033[K{line}", end="", file=out, flush=True)
        else:
            say(line)


def run(command, log: Path, *, hint: str = "", **options) -> None:
    """Run a program with its output appended to `log`.

    :raise Stop: with the end of the log when the program fails; `hint` says what to do.
    """
    with log.open("ab") as output:
        code = subprocess.run(
            [os.fspath(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            **options,
        ).returncode
    if code:
        raise Stop(failure(command, code, log, hint))


def attend(process: subprocess.Popen, signal_number: int = signal.SIGINT) -> int:
    """Return the exit code of a process; when this program is interrupted, ask the process to end and wait for it."""
    try:
        return process.wait()
    except BaseException:
        ask_to_end(process, signal_number)
        raise


def ask_to_end(process: subprocess.Popen, signal_number: int = signal.SIGINT) -> None:
    """Ask a process to end and wait for it; one that does not is killed."""
    process.send_signal(signal_number)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def failure(command, code: int, log: Path, hint: str = "") -> str:
    """Return the sentence for a program that ended with `code`, and the end of its log."""
    lines = log.read_text(errors="replace").splitlines()[-TAIL:]
    name = Path(os.fspath(command[0])).name
    tail = "".join(f"\n    {line}" for line in lines)
    return f"{hint or f'{name} ended with code {code}'}; its output is in {log}:{tail}"
