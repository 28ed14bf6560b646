from odoo import models

from odoo.addons.tibillet_base import ledger

from .till import Refusal, answering


class TibilletTill(models.AbstractModel):
    """What the card desk shows: the card, its balances, what may be paid back and given, a receipt."""

    _inherit = "tibillet.till"

    def _desk_shown(self, counter, card):
        """The card on the reader, as the desk shows it."""
        place = self.env["tibillet.place"].sudo().browse(counter.place_id)
        own = {}
        with answering(own):
            self._check_not_own(card, self._desk_cashier(self.env["pos.session"].browse(counter.session_id)))
        return {
            "card": {
                **self._describe(card),
                "place": card.place_id.name,
                "is_local": card.place_id == place,
                "refusal": own.get("message", ""),
            },
            "balances": self._desk_tiles(counter, card),
            "pay_back": self._desk_pay_back_quote(counter, card),
            "top_ups": self._desk_top_ups(counter),
            "grants": [
                {"asset_id": asset.id, "name": asset.name, "kind": asset.kind} for asset in self._grantable(place)
            ],
            "moves": self._moves(card),
        }

    def _desk_tiles(self, counter, card):
        """The card window's tiles, each saying whether it is paid back."""
        refundable = set(self._refundable(counter).ids)
        return [{**tile, "refundable": tile["asset_id"] in refundable} for tile in self._balances(card, counter)]

    def _refundable(self, counter):
        """Assets (sudo) that are paid back here in money, in debit order."""
        assets = self.env["tibillet.asset"].sudo().browse(self._payable_assets(counter.place_id, counter.currency_id))
        return assets.filtered(lambda asset: asset.kind == "money" and asset.refundable)

    def _desk_top_ups(self, counter):
        """Money that this till sells: ``[{asset_id, name, product_id, bonus: {start, value, name} | False}]``.

        In debit order, what pays one tax only after what pays anything.
        """
        place = self.env["tibillet.place"].sudo().browse(counter.place_id)
        bonuses = self.env["tibillet.top.up.bonus"]
        assets = self._payable_assets(counter.place_id, counter.currency_id)
        products = (
            self.env["product.product"]
            .sudo()
            .search(
                [
                    ("tibillet_asset_id", "in", list(assets)),
                    ("company_id", "=", place.company_id.id),
                    ("available_in_pos", "=", True),
                ]
            )
        )
        sold = {
            product.tibillet_asset_id: product.id for product in products if product.tibillet_asset_id.kind == "money"
        }
        return [
            {
                "asset_id": asset.id,
                "name": asset.name,
                "product_id": product_id,
                "bonus": bonuses._of(place, asset)._shown(),
            }
            for asset, product_id in sorted(
                sold.items(),
                key=lambda item: (item[0].voucher_kind == "single_purpose", list(assets).index(item[0].id)),
            )
        ]

    def _grantable(self, place):
        """Assets (sudo) that this venue may give: its own gift and time."""
        return place.asset_ids.filtered(lambda asset: asset.kind in ("gift", "time"))

    def _free(self, card):
        """{asset id: minor units} that no payment holds."""
        if card.state == "blank":
            return {}
        self.env.flush_all()
        return {
            asset: amount - held
            for asset, (amount, held) in ledger.balances(self.env.cr, card._wallet().id).items()
            if amount - held > 0
        }

    def _desk_pay_back_quote(self, counter, card):
        """What emptying the card hands out and what stays on it: ``{amount, text, kept: [text]}``."""
        free, refundable = self._free(card), self._refundable(counter)
        amount = sum(free.get(asset.id, 0) for asset in refundable)
        rest = self.env["tibillet.asset"].sudo().browse(free) - refundable
        return {
            "amount": amount,
            "text": self._money(counter, amount),
            "kept": [f"{asset.format(free[asset.id])} {asset.name}" for asset in rest],
        }

    # --- receipt ----------------------------------------------------------------------------------------------------

    def _desk_receipt(self, act):
        """What the customer takes away of an act; the same whenever it is asked.

        :return: ``{kind, title, amount_text, lines: [{name, text}], card, holder, method, reason, cashier, approver,
            date (UTC), till, place, order}``
        """
        card = self.env["tibillet.card"].sudo().search([("number", "=", act.card_number)])
        order = self.env["pos.order"].sudo().search([("uuid", "=", act.order_uuid)]) if act.order_uuid else None
        lines = order.lines if order else self.env["pos.order.line"]
        return {
            "kind": act.kind,
            "title": dict(act._fields["kind"]._description_selection(self.env))[act.kind],
            "amount_text": act.amount_text or "",
            "lines": [
                {"name": line.product_id.tibillet_asset_id.sudo().name, "text": self._line_text(line)} for line in lines
            ]
            + [
                {"name": gift.name, "text": gift.format(line.tibillet_bonus)}
                for line in lines.filtered("tibillet_bonus")
                for gift in line.tibillet_bonus_asset_id.sudo()
            ],
            "card": act.card_number,
            "holder": card.partner_id.name or "",
            "method": act.payment_method_id.sudo().name or "",
            "reason": act.reason or "",
            "cashier": act.cashier_id.name,
            "approver": act.approver_id.name or "",
            "date": act.create_date.isoformat(timespec="seconds") + "Z",
            "till": act.config_id.sudo().name,
            "place": act.company_id.sudo().tibillet_place_id.name,
            "order": order.pos_reference if order else "",
        }

    def _line_text(self, line):
        return line.currency_id.format(abs(line.price_subtotal_incl))

    # --- people and lost cards --------------------------------------------------------------------------------------

    def _desk_people(self, session_id, tap, query):
        """People whose name contains the query, or who have this e-mail, for the card in hand to be linked.

        :return: ``{status: ok, people: [{id, name, email (masked), cards (int)}]}`` or a refusal
        """
        answer = {}
        with answering(answer):
            self._counter(session_id)
            self._check_card(self._tapped_card(tap), also=("blank",))
            people = self._people(query)
            answer.update(
                status="ok",
                people=[
                    {
                        "id": person.id,
                        "name": person.name,
                        "email": masked(person.email or ""),
                        "cards": len(person.tibillet_card_ids),
                    }
                    for person in people
                ],
            )
        return answer

    def _desk_lost(self, session_id, tap, query):
        """Cards of this venue that the card in hand may replace: by their printed number, or their holder's name or e-mail.

        :return: ``{status: ok, cards: [{number, state, holder}]}`` or a refusal
        """
        answer = {}
        with answering(answer):
            counter = self._counter(session_id)
            self._check_card(self._tapped_card(tap), also=("blank",))
            self._check_query(query)
            number = "".join(query.split()).upper()
            cards = self.env["tibillet.card"].sudo()
            found = cards.search([("number", "=", number), ("state", "in", ("active", "blocked", "lost"))])
            people = self._people(query)
            found |= cards.search(
                ["|", ("partner_id", "in", people.ids), ("lost_partner_id", "in", people.ids)], limit=8
            )
            found = found.filtered(lambda card: card.place_id.id == counter.place_id and not card.replaced_by_id)
            answer.update(
                status="ok",
                cards=[
                    {
                        "number": card.number,
                        "state": card.state,
                        "holder": (card.partner_id or card.lost_partner_id).name or "",
                    }
                    for card in found
                ],
            )
        return answer

    def _people(self, query):
        """Persons (sudo) of this venue or of nobody; a few, so that the list is no directory."""
        self._check_query(query)
        return (
            self.env["res.partner"]
            .sudo()
            .search(
                [
                    ("is_company", "=", False),
                    ("company_id", "in", [False, self.env.company.id]),
                    "|",
                    ("name", "ilike", query.strip()),
                    ("email", "=ilike", query.strip()),
                ],
                limit=8,
            )
        )

    def _check_query(self, query):
        if not isinstance(query, str) or not 3 <= len(query.strip()) <= 80:
            raise Refusal("query", self.env._("Type three letters or more."))


def masked(email):
    """What tells two persons of one name apart, and gives no address away: ``j…@example.org``."""
    local, at, domain = email.partition("@")
    return f"{local[:1]}…@{domain}" if at else ""
