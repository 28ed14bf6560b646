from odoo import api, models

from odoo.addons.tibillet_base import ledger

from .till import answering


class TibilletTill(models.AbstractModel):
    """The card window: what a card holds and did, whoever issued it."""

    _inherit = "tibillet.till"

    @api.model
    def _card(self, session_id, tap):
        """Read a card.

        :return: ``{status: ok, card: {number, state, holder}, balances: […], moves: […]}`` or a refusal
        """
        answer = {}
        with answering(answer):
            counter = self._counter(session_id)
            card = self._tapped_card(tap)
            self._check_card(card, also=("blank",))
            balances = self._balances(card, counter)
            answer.update(status="ok", card=self._describe(card), balances=balances, moves=self._moves(card))
        return answer

    def _describe(self, card):
        return {"number": card.number, "state": card.state, "holder": card.partner_id.name or ""}

    def _balances(self, card, counter):
        """Tiles of the card window: money first, what is not taken here last; an empty tile only for what pays here."""
        held = {} if card.state == "blank" else ledger.balances(self.env.cr, card._wallet().id)
        accepted = self.env["tibillet.place"].sudo().browse(counter.place_id)._accepted_assets()
        payable = self._payable_assets(counter.place_id, counter.currency_id)
        tiles = []
        for asset in accepted | self.env["tibillet.asset"].sudo().browse(held):
            amount, reserved = held.get(asset.id, (0, 0))
            if amount or (asset.kind == "money" and asset.id in payable):
                tiles.append(
                    {
                        "asset_id": asset.id,
                        "name": asset.name,
                        "kind": asset.kind,
                        "amount": amount - reserved,
                        "text": asset.format(amount - reserved),
                        "accepted": asset in accepted,
                    }
                )
        return sorted(tiles, key=lambda tile: (not tile["accepted"], tile["kind"] != "money"))

    def _moves(self, card, limit=6):
        """The card's last movements, newest first: ``{date (UTC), label, amount, text}``."""
        if card.state == "blank":
            return []
        self.env.cr.execute(
            """SELECT p.created_at, p.kind, p.asset_id, p.amount, place.name
                 FROM tibillet_ledger_balance b
                CROSS JOIN LATERAL (SELECT * FROM tibillet_ledger_posting
                                     WHERE balance_id = b.id ORDER BY seq DESC LIMIT %s) p
                 JOIN tibillet_place place ON place.id = p.place_id
                WHERE b.wallet_id = %s ORDER BY p.id DESC LIMIT %s""",
            [limit, card._wallet().id, limit],
        )
        rows = self.env.cr.fetchall()
        assets = self.env["tibillet.asset"].sudo().browse(asset for _at, _kind, asset, _amount, _place in rows)
        return [
            {
                "date": at.isoformat(timespec="seconds") + "Z",
                "label": self._label(kind, place, asset),
                "amount": amount,
                "text": asset.format(amount),
            }
            for (at, kind, _asset, amount, place), asset in zip(rows, assets, strict=True)
        ]

    def _label(self, kind, place, asset):
        words = {
            "issue": self.env._("Given"),
            "top_up": self.env._("Top-up"),
            "refund": self.env._("Refund"),
            "cash_out": self.env._("Paid back"),
            "transfer": self.env._("Transfer"),
            "merge": self.env._("Linked card"),
            "reversal": self.env._("Correction"),
            "void": self.env._("Voided"),
        }
        parts = [words.get(kind), place, asset.name if asset.kind != "money" else None]
        return " · ".join(part for part in parts if part)
