from odoo import models

LETTER = ("subject", "email_from", "email_to", "body_html", "auto_delete")


class MailMail(models.Model):
    _inherit = "mail.mail"

    def send(self, *args, **kwargs):
        """Into the list ``tibillet_later`` of the context instead, where a page must answer before a mail leaves."""
        later = self.env.context.get("tibillet_later")
        if later is None:
            return super().send(*args, **kwargs)
        later += [{name: mail[name] for name in LETTER} for mail in self]
        return True
