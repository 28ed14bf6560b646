from odoo import models
from odoo.exceptions import AccessDenied
from odoo.tools import email_normalize


class ResUsers(models.Model):
    """Signing in by a one-time link, through Odoo's own door: its log, its second factor and its cooldown hold."""

    _inherit = "res.users"

    def _tibillet_opens_by_mail(self):
        """Whether a link by mail opens this account; people of the back office have a password or a passkey."""
        self.ensure_one()
        return self.share and self.active and bool(email_normalize(self.login))

    def _login(self, credential, user_agent_env):
        if credential["type"] == "tibillet_link":
            user = self.env["tibillet.login.link"]._of_token(credential.get("token"))._user_or_denied()
            credential["login"] = user.login
        return super()._login(credential, user_agent_env)

    def _check_credentials(self, credential, env):
        if credential["type"] != "tibillet_link":
            return super()._check_credentials(credential, env)
        link = self.env["tibillet.login.link"]._of_token(credential.get("token"))
        if link._user_or_denied() != self.env.user or not link._open():
            raise AccessDenied()
        return {"uid": self.env.uid, "auth_method": "tibillet_link", "mfa": "default"}
