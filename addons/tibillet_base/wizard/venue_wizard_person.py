from odoo import Command, fields, models
from odoo.exceptions import UserError

ROLES = {
    "manager": "tibillet_base.group_manager",
    "cashier": "tibillet_base.group_cashier",
    "accountant": "tibillet_base.group_accountant",
}


class TibilletVenueWizardPerson(models.TransientModel):
    _name = "tibillet.venue.wizard.person"
    _description = "Person invited to a new venue"

    wizard_id = fields.Many2one("tibillet.venue.wizard", required=True, ondelete="cascade")
    name = fields.Char(required=True)
    email = fields.Char(required=True)
    role = fields.Selection(
        [("manager", "Association manager"), ("cashier", "Cashier"), ("accountant", "Accountant")],
        required=True,
        default="cashier",
    )

    def _check_emails(self):
        for person in self:
            if "@" not in (person.email or ""):
                raise UserError(self.env._("%s needs an e-mail address to be invited.", person.name))

    def _open_users(self, company):
        users = self.env["res.users"].with_context(no_reset_password=True)
        opened = users.browse()
        for person in self:
            login = person.email.strip().lower()
            group = self.env.ref(ROLES[person.role])
            user = users.search([("login", "=", login)])
            if user:
                user.write({"company_ids": [Command.link(company.id)], "group_ids": [Command.link(group.id)]})
            else:
                user = users.create(
                    {
                        "name": person.name,
                        "login": login,
                        "email": login,
                        "company_id": company.id,
                        "company_ids": [Command.set(company.ids)],
                        "group_ids": [Command.link(self.env.ref("base.group_user").id), Command.link(group.id)],
                    }
                )
            opened |= user
        opened._tibillet_invite()
        return opened
