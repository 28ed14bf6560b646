"""Print HTML to PDF with a headless Chromium: the stand-in where wkhtmltopdf is not packaged any more."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 90
# Odoo limits its own address space; a browser reserves far more than it uses, so the limit is lifted for it.
UNLIMITED = ("/bin/sh", "-c", 'ulimit -S -v "$(ulimit -H -v)"; exec "$@"', "sh")


class PrintError(Exception):
    """Chromium gave no PDF; the message holds the end of what it said."""


def find():
    """Path of the browser, None when there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def print_pdf(html):
    """PDF (bytes) of a whole HTML document (str); PrintError when the browser fails."""
    with tempfile.TemporaryDirectory(prefix="tibillet.print.") as folder:
        page, output = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        command = [
            *UNLIMITED,
            find(),
            "--headless",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--no-first-run",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
            "--virtual-time-budget=10000",
            f"--print-to-pdf={output}",
            page.as_uri(),
        ]
        if os.geteuid() == 0:
            command.append("--no-sandbox")
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=SECONDS, check=False, text=True, errors="replace"
            )
        except subprocess.TimeoutExpired as error:
            raise PrintError(f"no answer in {SECONDS} seconds") from error
        if done.returncode or not output.exists():
            raise PrintError(done.stderr[-1000:])
        return output.read_bytes()
