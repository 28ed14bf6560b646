"""The server's own access log says who came when; what opens a wallet has no place in it."""

import logging
import re

TOKEN = re.compile(r"(/wallet/in/)[\w-]{43}")


def hidden(part):
    """`part` of a log line with its tokens struck out."""
    return TOKEN.sub(r"\1…", part) if isinstance(part, str) else part


class HideTokens(logging.Filter):
    def filter(self, record):
        record.msg = hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(hidden, record.args))
        return True


logging.getLogger("werkzeug").addFilter(HideTokens())
