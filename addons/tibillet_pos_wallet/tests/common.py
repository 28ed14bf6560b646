import uuid

from odoo.addons.tibillet_pos_nfc.tests.common import TillCase


class PhoneCase(TillCase):
    """A holder with a wallet and a portal account, and a till that asks them to pay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.holder, cls.other = (cls._holder(name) for name in ("anna", "bruno"))

    @classmethod
    def _holder(cls, name, cents=2000):
        user = (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": name,
                    "login": f"{name}@people.example",
                    "password": f"{name}@people.example",
                    "group_ids": [(6, 0, cls.env.ref("base.group_portal").ids)],
                }
            )
        )
        cls._card(cents, partner=user.partner_id)
        return user

    def _ask(self, amount, payment=None, order=None, session=None, user=None, **params):
        """Answer of the till's call that shows a code."""
        return (
            self.env["tibillet.till"]
            .with_user(user or self.cashier)
            ._phone_ask(
                (session or self.pos_session).id,
                payment or str(uuid.uuid4()),
                order or str(uuid.uuid4()),
                amount,
                **params,
            )
        )

    def _poll(self, answer, user=None, session=None):
        till = self.env["tibillet.till"].with_user(user or self.cashier)
        return till._phone_poll((session or self.pos_session).id, answer["request"])

    def _request(self, answer):
        return self.env["tibillet.phone.payment"].sudo().browse(answer["request"])

    def _confirm(self, answer, holder=None):
        """The holder confirms; what the till is answered."""
        self._request(answer)._confirm((holder or self.holder).partner_id)
        return self._poll(answer)

    def _wallet_of(self, holder):
        """(amount, held) of a holder's euros, cents."""
        return self._held(holder.partner_id.tibillet_card_ids[:1])
