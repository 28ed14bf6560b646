from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class TibilletCashierCard(models.Model):
    """A card by which a person of the staff opens tills.

    The card keeps paying as any other: its rights are here, and end at once with its state, its expiry or the person.
    """

    _name = "tibillet.cashier.card"
    _description = "Cashier card"
    _rec_name = "user_id"
    _order = "user_id, id"
    _check_company_auto = True

    active = fields.Boolean(default=True)
    card_id = fields.Many2one("tibillet.card", required=True, ondelete="restrict", index=True)
    card_state = fields.Selection(related="card_id.state", string="State of the card", related_sudo=True)
    user_id = fields.Many2one(
        "res.users",
        "Cashier",
        required=True,
        ondelete="cascade",
        index=True,
        domain=lambda self: [("all_group_ids", "in", self.env.ref("point_of_sale.group_pos_user").id)],
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    config_ids = fields.Many2many(
        "pos.config", string="Tills", check_company=True, help="The tills that this card opens; it opens no other."
    )
    expires_on = fields.Date("Valid until", help="Last day on which the card opens a till; empty for no end.")
    manager = fields.Boolean("Manager mode", help="Approves what a cashier alone may not do: gifts, voids, cash-back.")
    ended_on = fields.Datetime(
        "Rights lost on", readonly=True, copy=False, help="When the card was lost, blocked, voided or archived."
    )
    is_valid = fields.Boolean("Opens tills", compute="_compute_is_valid", compute_sudo=True)

    _card_once = models.UniqueIndex("(card_id) WHERE active", "This card is already a cashier's.")

    @api.depends("active", "card_id.state", "user_id.active", "user_id.group_ids", "expires_on")
    def _compute_is_valid(self):
        for record in self:
            record.is_valid = not record._refusal()

    @api.constrains("user_id", "company_id", "card_id")
    def _check_holder(self):
        for record in self:
            holder = record.card_id.sudo().partner_id
            if holder and holder != record.user_id.partner_id:
                raise ValidationError(self.env._("Card %s belongs to someone else.", record.card_id.number))
            if record.company_id not in record.user_id.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work at %(company)s.",
                        user=record.user_id.name,
                        company=record.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.card_id._activate()
        return records

    def write(self, vals):
        if "active" in vals:
            vals = {**vals, "ended_on": False if vals["active"] else fields.Datetime.now()}
        tills = self.config_ids
        result = super().write(vals)
        self._tell_tills(tills)
        return result

    def _tell_tills(self, tills):
        """Tills where one of these cashiers stands without a right lock at once."""
        for till in tills.sudo():
            ended = self.filtered(lambda record, till=till: record._refusal(till))
            if ended:
                till._notify("TIBILLET_CASHIER_ENDED", {"cashiers": ended.user_id.ids})

    @api.model
    def _of_tap(self, uid):
        """The cashier card (sudo) under the reader, valid now; empty for any other card.

        :param str uid: as the reader gave it
        """
        try:
            card = self.env["tibillet.card"]._resolve(uid)
        except UserError:
            return self.sudo().browse()
        record = self._of_card(card)
        return record if record and not record._refusal() else record.browse()

    @api.model
    def _of_card(self, card):
        """The cashier card (sudo) on this card, valid or not."""
        return self.sudo().search([("card_id", "in", card.ids)], limit=1) if len(card) == 1 else self.sudo().browse()

    def _refusal(self, config=None):
        """Why this card does not open a till (`config`, or any), as (code, sentence), or None.

        Codes: unknown, lost, blocked, void, expired, user, till.
        """
        self = self.sudo()
        if not self or not self.active:
            return "unknown", self.env._("This is not a cashier card. Tap yours, or ask a manager for one.")
        if self.card_id.state != "active":
            return self.card_id._refusal()
        if self.expires_on and self.expires_on < fields.Date.context_today(self):
            return "expired", self.env._("This cashier card has expired. Ask a manager to renew it.")
        if not self.user_id.active or not self.user_id.has_group("point_of_sale.group_pos_user"):
            return "user", self.env._("%s may not use the tills any more. Call a manager.", self.user_id.name)
        if config and config not in self.config_ids:
            return "till", self.env._(
                "This cashier card does not open %(till)s. Ask a manager to allow it.", till=config.name
            )
        return None

    def _ended_before(self, moment):
        """Whether the rights had ended at `moment` (UTC)."""
        self = self.sudo()
        ended = [self.ended_on] if self.ended_on else []
        if self.expires_on:
            ended.append(fields.Datetime.end_of(fields.Datetime.to_datetime(self.expires_on), "day"))
        return bool(ended) and min(ended) < moment

    def action_open_card(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "tibillet.card",
            "res_id": self.card_id.id,
            "views": [[False, "form"]],
        }


class TibilletCard(models.Model):
    _inherit = "tibillet.card"

    tibillet_cashier_card_ids = fields.One2many("tibillet.cashier.card", "card_id", "Cashier cards")

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            ended = False if vals["state"] == "active" else fields.Datetime.now()
            cards = self.env["tibillet.cashier.card"].sudo().search(Domain("card_id", "in", self.ids))
            cards.write({"ended_on": ended})
        return result

    def action_open_cashier_card(self):
        """The cashier card on this card, else a new one to fill."""
        self.ensure_one()
        known = self.env["tibillet.cashier.card"].search([("card_id", "=", self.id)], limit=1)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cashier card"),
            "res_model": "tibillet.cashier.card",
            "res_id": known.id,
            "views": [[False, "form"]],
            "context": {"default_card_id": self.id},
        }


class ResUsers(models.Model):
    _inherit = "res.users"

    tibillet_cashier_card_ids = fields.One2many("tibillet.cashier.card", "user_id", "Cashier cards")
    tibillet_cashier_card_count = fields.Integer("Number of cashier cards", compute="_compute_tibillet_cashier_cards")

    @api.depends("tibillet_cashier_card_ids")
    def _compute_tibillet_cashier_cards(self):
        for user in self:
            user.tibillet_cashier_card_count = len(user.tibillet_cashier_card_ids)

    def action_open_tibillet_cashier_cards(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_pos_nfc.action_cashier_card")
        return {**action, "domain": [("user_id", "=", self.id)], "context": {"default_user_id": self.id}}
