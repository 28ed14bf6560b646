"""A canteen voucher. Public: the tills' tests use it."""

from odoo import Command


def make_voucher(env, place, **values):
    """Single-purpose money of `place` at 10 % (the French chart's tax on goods): (asset, tax)."""
    company = place.company_id
    tax = env["account.chart.template"].with_company(company).ref("tva_intermediaire")
    tax.active = True
    asset = env["tibillet.asset"].create(
        {
            "name": "Canteen",
            "code": "CANT",
            "kind": "money",
            "place_id": place.id,
            "currency_id": env.ref("base.EUR").id,
            "refundable": True,
            "voucher_kind": "single_purpose",
            "voucher_tax_id": tax.id,
            **values,
        }
    )
    return asset, tax


def make_meal(env, tax, price=11.0):
    """A meal sold at the till at `price`, before or with its tax as `tax` says."""
    return env["product.product"].create(
        {
            "name": "Test meal",
            "available_in_pos": True,
            "list_price": price,
            "type": "consu",
            "taxes_id": [Command.set(tax.ids)],
        }
    )
