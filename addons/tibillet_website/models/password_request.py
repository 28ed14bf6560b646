import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger

_logger = logging.getLogger(__name__)
KEPT = timedelta(days=1)
LONGEST = 254


class TibilletPasswordRequest(models.Model):
    """A password that somebody says they forgot: the page writes it down for whomever, a job looks who that is.

    So the page takes as long for a known address as for another, and sends nobody a hundred mails.
    """

    _name = "tibillet.password.request"
    _description = "Forgotten password"
    _inherit = ["tibillet.asked.mixin"]
    _order = "id"

    is_answered = fields.Boolean("Answered", readonly=True, index=True)

    @api.model
    def _ask(self, login, origin):
        """Note what was typed.

        :param str login: login or address; one asked for too often is not noted again
        :param str origin: network address of who asks
        """
        with ledger.own_cursor(self.env) as cr:
            # READ COMMITTED: each counts what others have just asked for.
            self.with_env(self.env(cr=cr, su=True))._note(login.strip()[:LONGEST], origin)

    def _note(self, login, origin):
        origin = self._keyed(origin)
        if self._is_asked_too_often(login, origin):
            return
        self.create({"email": login, "origin": origin})
        self.env.ref("tibillet_website.cron_answer_passwords")._trigger()

    @api.model
    def _cron_answer(self):
        """Mail whoever has an account; each request once, whatever becomes of its mail."""
        asked = self.search([("is_answered", "=", False)])
        for left, request in zip(reversed(range(len(asked))), asked, strict=True):
            request.is_answered = True
            self.env["ir.cron"]._commit_progress()
            try:
                with self.env.cr.savepoint():
                    request._answer()
            except UserError as error:
                _logger.info("No mail for a forgotten password: %s", error)
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break

    def _answer(self):
        users = self.env["res.users"]
        users = users.search(users._get_login_domain(self.email)) or users.search(users._get_email_domain(self.email))
        if len(users) == 1 and users.email:
            users.action_reset_password()

    @api.autovacuum
    def _gc_requests(self):
        """A request that is over says who asked when: it is not kept."""
        self.search([("create_date", "<", fields.Datetime.now() - KEPT)]).unlink()
