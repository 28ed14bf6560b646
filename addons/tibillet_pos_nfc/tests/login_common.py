"""A bar whose till asks for a cashier card."""

from odoo import Command
from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class LoginCase(TillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till.tibillet_cashier_login = True
        cls.zoe = cls._account_user("till_zoe", cls.bar, "tibillet_base.group_cashier")
        cls.zoe_card, cls.customer_card = cls._card(), cls._card(5000)
        cls.zoe_rights = cls._rights(cls.zoe_card, cls.zoe)

    @classmethod
    def _rights(cls, card, user, **vals):
        """The rights of `user` at the bar's till, on `card`."""
        return cls.env["tibillet.cashier.card"].create(
            {
                "card_id": card.id,
                "user_id": user.id,
                "company_id": cls.bar.id,
                "config_ids": [Command.set(cls.till.ids)],
                **vals,
            }
        )
