from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

# What says who somebody is; the rest of a partner stays for the books.
PERSONAL = ("email", "phone", "street", "street2", "zip", "city", "vat", "website", "comment", "function", "image_1920")


class ResPartner(models.Model):
    _inherit = "res.partner"

    tibillet_unproven = fields.Boolean(
        "Bought without an account", readonly=True, copy=False, help="Nobody has shown yet that the address is theirs."
    )

    def write(self, vals):
        """An address opens a wallet by mail: nobody gives themselves one of a holder whom they do not keep."""
        if "email" in vals and not self.env.su:
            address = email_normalize(vals["email"] or "")
            changed = self.sudo().filtered(lambda partner: partner.email_normalized != address)
            changed.sudo(False)._check_tibillet_wallets()
        return super().write(vals)

    def _tibillet_erase(self):
        """Erase who this holder is; what they did stays in the ledger and the books, under a pseudonym.

        :raise UserError: somebody of the back office, who is more than a holder
        """
        self.ensure_one()
        partner = self.sudo()
        if partner.user_ids.filtered(lambda user: not user.share):
            raise UserError(self.env._("You also work here: ask your manager to erase your account."))
        partner.tibillet_card_ids._declare_lost()
        self.env["tibillet.card"].sudo().search([("lost_partner_id", "=", partner.id)]).lost_partner_id = False
        partner.tibillet_wallet_ids._forget("erased")
        users = partner.user_ids
        partner._tibillet_erase_mails()
        partner.write({"name": self.env._("Erased holder"), "lang": False, **dict.fromkeys(PERSONAL, False)})
        users._deactivate_portal_user()

    def _tibillet_erase_mails(self):
        """What was written about them goes; what they did on a card's own page stays, without their address."""
        addresses = [*self.user_ids.mapped("login"), self.email_normalized]
        self.env["tibillet.login.link"].sudo().search([("email", "in", addresses)]).unlink()
        messages = self.env["mail.message"].sudo()
        messages.search([("model", "=", "res.partner"), ("res_id", "=", self.id)]).unlink()
        messages.search([("author_id", "=", self.id)]).email_from = False
