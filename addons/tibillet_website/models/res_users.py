import contextlib

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request
from odoo.tools import SQL, email_normalize, ormcache


class ResUsers(models.Model):
    """Signing in by a one-time link, through Odoo's own door: its log, its second factor and its cooldown hold."""

    _inherit = "res.users"

    @ormcache("self.id")
    def _get_company_ids(self):
        """A holder is at home on the website of each venue: its events, its shop, and what they bought there."""
        mine = super()._get_company_ids()
        if not self.sudo().has_group("base.group_portal"):
            return mine
        companies = self.env["tibillet.place"].sudo().search([]).company_id
        return tuple(dict.fromkeys((*mine, *companies.filtered("active").ids)))

    def _tibillet_opens_by_mail(self):
        """Whether a link by mail opens this account; people of the back office have a password or a passkey."""
        self.ensure_one()
        return self.share and self.active and bool(email_normalize(self.login))

    def _login(self, credential, user_agent_env):
        if credential["type"] == "tibillet_link":
            user = self.env["tibillet.login.link"]._of_token(credential.get("token"))._user_or_denied()
            credential["login"] = user.login
        users = self.with_context(tibillet_as_slow=credential["type"] == "password")
        return super(ResUsers, users)._login(credential, user_agent_env)

    @contextlib.contextmanager
    def _assert_can_auth(self, user=None):
        """Where stock has no password to verify it answers at once, and says so who has an account here."""
        with super()._assert_can_auth(user=user):
            if self.env.context.get("tibillet_as_slow") and not self._tibillet_has_password(user):
                self._crypt_context().hash("nobody's")
            yield

    def _tibillet_has_password(self, login):
        user = self.sudo().search(self._get_login_domain(login), order=self._get_login_order(), limit=1)
        rows = self.env.execute_query(
            SQL("SELECT 1 FROM res_users WHERE id = %s AND COALESCE(password, '') <> ''", user.id or 0)
        )
        return bool(rows)

    def reset_password(self, login):
        """Whatever was typed, the page says that a mail went: the address alone is told more."""
        self.check_access("write")
        origin = request.httprequest.remote_addr if request else ""
        self.env["tibillet.password.request"]._ask(login, origin)

    def _check_credentials(self, credential, env):
        if credential["type"] != "tibillet_link":
            return super()._check_credentials(credential, env)
        link = self.env["tibillet.login.link"]._of_token(credential.get("token"))
        if link._user_or_denied() != self.env.user or not link._open():
            raise AccessDenied()
        return {"uid": self.env.uid, "auth_method": "tibillet_link", "mfa": "default"}
