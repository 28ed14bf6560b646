from odoo import models, tools

from odoo.addons.tibillet_base import ledger

from ..const import row_id
from .till import Refusal

MAX_ARTICLES = 500


class TibilletTill(models.AbstractModel):
    """Single-purpose money: it pays articles of one tax, and is left alone when the order holds others."""

    _inherit = "tibillet.till"

    def _check_articles(self, articles):
        """What an order sells, as a till says it: ``[{product, taxes: [id]}]``; else a refusal.

        :return: tuple of (product id, frozenset of tax ids)
        """
        listed = isinstance(articles, list | tuple) and len(articles) <= MAX_ARTICLES
        if not listed or not all(self._is_article(article) for article in articles):
            raise Refusal("request", self.env._("The till sent an incomplete payment. Reload the page."))
        return tuple((article["product"], frozenset(article["taxes"])) for article in articles)

    def _is_article(self, article):
        taxes = article.get("taxes") if isinstance(article, dict) else None
        return isinstance(taxes, list) and bool(row_id(article.get("product"))) and all(row_id(tax) for tax in taxes)

    def _payable_line(self, counter, line):
        """{id: name} of the assets that may pay this line, in debit order."""
        assets = self._payable_assets(counter.place_id, counter.currency_id)
        barred = self._barred_vouchers(counter, line)
        return {asset: name for asset, name in assets.items() if asset not in barred}

    def _barred_vouchers(self, counter, line):
        """{single-purpose asset: product that bears another tax, or None} for those that may not pay this line.

        A till that does not say what it sells is paid by no such money.
        """
        barred = {}
        for asset, tax in self._voucher_taxes(counter.place_id).items():
            others = [product for product, taxes in line.articles if taxes != {tax}]
            if others or not line.articles:
                barred[asset] = others[0] if others else None
        return barred

    @tools.ormcache("place_id")
    def _voucher_taxes(self, place_id):
        """{id: tax id} of the single-purpose assets taken at a place; most have none."""
        assets = self.env["tibillet.place"].sudo().browse(place_id)._accepted_assets()
        return {asset.id: asset.voucher_tax_id.id for asset in assets if asset.voucher_kind == "single_purpose"}

    def _short(self, counter, card, short, line=None):
        """Say why money that is on the card does not pay, when it is kept for articles of its tax."""
        answer = super()._short(counter, card, short)
        barred = self._barred_vouchers(counter, line) if line else {}
        held = ledger.balances(self.env.cr, card.wallet_id) if barred else {}
        for asset_id, product_id in barred.items():
            amount, reserved = held.get(asset_id, (0, 0))
            if product_id and amount > reserved:
                asset = self.env["tibillet.asset"].sudo().browse(asset_id)
                product = self.env["product.product"].sudo().browse(product_id).exists()
                answer["voucher"] = self.env._(
                    "Also on this card: %(amount)s. %(why)s",
                    amount=asset.format(amount - reserved),
                    why=asset._voucher_refusal(product),
                )
        return answer
