from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _tibillet_invitation_url(self):
        """Where an invited person chooses a password; the login page when nobody can sign up by mail."""
        self.ensure_one()
        partner = self.sudo().partner_id
        if not hasattr(partner, "signup_prepare"):
            return f"{self.get_base_url()}/web/login"
        partner.signup_prepare(signup_type="signup")
        return partner._get_signup_url_for_action()[partner.id]

    def _tibillet_invite(self):
        """Send each of these users the address where they choose a password."""
        template = self.env.ref("tibillet_base.mail_template_user_invitation")
        for user in self.filtered("email"):
            template.sudo().send_mail(user.id)
