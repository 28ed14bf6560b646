"""A mail server on 127.0.0.1 that keeps what it is given, for tests of mails that truly leave."""

from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from launcher.odoo import free_port


class Post:
    """`letters`: the mails that came, as `email.message.EmailMessage`, oldest first; `options`: how Odoo is told of it."""

    def __init__(self):
        self.letters = []
        self._server = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, _server, _session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"

    def __enter__(self):
        self._server.start()
        return self

    def __exit__(self, *_error):
        self._server.stop()

    @property
    def options(self):
        return "--smtp=127.0.0.1", f"--smtp-port={self._server.port}", "--email-from=wallet@venue.example"

    def last(self, address):
        """The HTML of the last mail to an address."""
        letters = [letter for letter in self.letters if address in letter["To"]]
        return letters[-1].get_body(("html",)).get_content()
