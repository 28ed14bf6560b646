from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

DAYS = 14
# A bar's evening ends after midnight: the day turns at this hour, local time.
DAY_STARTS_AT = 5


class TibilletDashboard(models.AbstractModel):
    """What a manager sees first. Each section is a method, so that other addons add their lines to it."""

    _name = "tibillet.dashboard"
    _description = "Dashboard"

    @api.model
    @api.readonly
    def read_dashboard(self):
        """Every section in one answer, for the places of the companies in use."""
        self.env["tibillet.card"].check_access("read")
        places = self._places()
        return {
            "title": self.env._("%s places", len(places)) if len(places) > 1 else places.name or self.env.company.name,
            "place_id": places.id if len(places) == 1 else False,
            "is_manager": self.env.user.has_group("tibillet_base.group_manager"),
            "is_network_manager": self.env.user.has_group("tibillet_base.group_network_manager"),
            "tonight": self._tonight(places),
            "days": self._days(places),
            "money": self._money(places),
            "cards": self._cards(places),
            "needs": self._needs(places),
            "steps": self._steps(places),
            "ledger": self._ledger(),
        }

    def _places(self):
        places = self.env["tibillet.place"].search([("company_id", "in", self.env.companies.ids)])
        if not places and self.env.user.has_group("tibillet_base.group_network_manager"):
            places = places.search([("company_id", "!=", False)])
        return places

    def _since(self):
        """Start (UTC, naive) of the evening under way."""
        local = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        start = local.replace(hour=DAY_STARTS_AT, minute=0, second=0, microsecond=0)
        if local < start:
            start -= timedelta(days=1)
        return fields.Datetime.now() - (local - start)

    # What is happening tonight

    def _tonight(self, places):
        """Tiles: {label, value, icon, hint}."""
        sums, wallets, taps = self._moved(places, self._since())
        return [
            {
                "key": "taps",
                "label": self.env._("Payments"),
                "value": str(taps),
                "icon": "fa-hand-o-up",
                "hint": self.env._("since 5 in the morning"),
            },
            {
                "key": "spent",
                "label": self.env._("Spent"),
                "value": self._amounts(sums.get("spend", {})),
                "icon": "fa-glass",
                "hint": self.env._("with the cards, at your places"),
            },
            {
                "key": "top_up",
                "label": self.env._("Topped up"),
                "value": self._amounts(sums.get("top_up", {})),
                "icon": "fa-plus-circle",
                "hint": self.env._("put on cards"),
            },
            {
                "key": "people",
                "label": self.env._("Cards seen"),
                "value": str(wallets),
                "icon": "fa-id-card-o",
                "hint": self.env._("different wallets"),
            },
        ]

    def _moved(self, places, since):
        """({kind: {currency: units}}, number of wallets, number of payments) on the holders' side, money and gifts only."""
        rows = self.env.execute_query(
            SQL(
                """
            SELECT posting.kind, asset.currency_id, sum(abs(posting.amount) / power(10, asset.decimal_places))
              FROM tibillet_ledger_transaction act
              JOIN tibillet_ledger_posting posting ON posting.transaction_id = act.id AND posting.balance_id IS NOT NULL
              JOIN tibillet_asset asset ON asset.id = posting.asset_id AND asset.currency_id IS NOT NULL
             WHERE act.place_id = ANY(%(places)s) AND act.created_at >= %(since)s
             GROUP BY posting.kind, asset.currency_id
        """,
                places=places.ids,
                since=since,
            )
        )
        [[wallets, taps]] = self.env.execute_query(
            SQL(
                """
            SELECT count(DISTINCT posting.wallet_id), count(DISTINCT act.id) FILTER (WHERE act.kind = 'spend')
              FROM tibillet_ledger_transaction act
              JOIN tibillet_ledger_posting posting ON posting.transaction_id = act.id AND posting.balance_id IS NOT NULL
             WHERE act.place_id = ANY(%(places)s) AND act.created_at >= %(since)s
        """,
                places=places.ids,
                since=since,
            )
        )
        sums = {}
        for kind, currency, total in rows:
            sums.setdefault(kind, {})[currency] = total
        return sums, wallets, taps

    def _amounts(self, by_currency):
        """ "12,50 €", several currencies one after the other."""
        currencies = self.env["res.currency"].browse(by_currency or self.env.company.currency_id.ids)
        return " · ".join(currency.format(by_currency.get(currency.id, 0)) for currency in currencies)

    def _days(self, places):
        """The last days: {label, top_up, spend} in the company's currency, and their heights in percent of the highest."""
        currency = self.env.company.currency_id
        start = self._since() - timedelta(days=DAYS - 1)
        rows = self.env.execute_query(
            SQL(
                """
            SELECT floor(extract(epoch FROM act.created_at - %(start)s) / 86400)::int AS day, posting.kind,
                   sum(abs(posting.amount) / power(10, asset.decimal_places))
              FROM tibillet_ledger_transaction act
              JOIN tibillet_ledger_posting posting ON posting.transaction_id = act.id AND posting.balance_id IS NOT NULL
              JOIN tibillet_asset asset ON asset.id = posting.asset_id AND asset.currency_id = %(currency)s
             WHERE act.place_id = ANY(%(places)s) AND act.created_at >= %(start)s AND act.kind IN ('spend', 'top_up')
             GROUP BY 1, 2
        """,
                start=start,
                places=places.ids,
                currency=currency.id,
            )
        )
        found = {(day, kind): float(total) for day, kind, total in rows}
        highest = max(found.values(), default=0) or 1
        return [
            {
                "label": fields.Date.to_string(fields.Datetime.context_timestamp(self, start + timedelta(days=day))),
                **{
                    kind: {
                        "text": currency.format(found.get((day, kind), 0)),
                        "height": round(100 * found.get((day, kind), 0) / highest),
                    }
                    for kind in ("top_up", "spend")
                },
            }
            for day in range(DAYS)
        ]

    # How much money circulates

    def _money(self, places):
        """One line an asset issued here: {id, name, kind, total, held, holders, place}."""
        assets = places.asset_ids.filtered("active")
        return [
            {
                "id": asset.id,
                "name": asset.name,
                "kind": asset.kind,
                "place": asset.place_id.name,
                "total": asset.circulating_text,
                "held": asset.held_text,
                "holders": asset.holder_count,
                "shared": ", ".join(asset.share_ids.federation_id.mapped("name")),
            }
            for asset in assets.sorted(
                lambda asset: (asset.kind != "money", asset.place_id.name, asset.sequence, asset.id)
            )
        ]

    # Cards by state

    def _cards(self, places):
        states = dict(self.env["tibillet.card"]._fields["state"]._description_selection(self.env))
        counts = dict(self.env["tibillet.card"]._read_group([("place_id", "in", places.ids)], ["state"], ["__count"]))
        total = sum(counts.values()) or 1
        return [
            {
                "state": state,
                "label": label,
                "count": counts.get(state, 0),
                "percent": round(100 * counts.get(state, 0) / total),
            }
            for state, label in states.items()
        ]

    # First steps

    def _steps(self, places):
        """What a new venue still has to do: {key, text, done, action (xml id)}; empty once all is done."""
        if not self.env.user.has_group("tibillet_base.group_manager"):
            return []
        steps = [
            {
                "key": "place",
                "text": self.env._("Open a venue"),
                "done": bool(places),
                "action": "tibillet_base.action_venue_wizard",
            },
            {
                "key": "asset",
                "text": self.env._("Create its money"),
                "done": bool(places.asset_ids),
                "action": "tibillet_base.action_asset",
            },
            {
                "key": "cards",
                "text": self.env._("Import or draw the first cards"),
                "action": "tibillet_base.action_card_import",
                "done": bool(self.env["tibillet.card"].search_count([("place_id", "in", places.ids)], limit=1)),
            },
            {
                "key": "federation",
                "text": self.env._("Join or found a federation"),
                "done": bool(places.federation_ids),
                "action": "tibillet_base.action_federation",
            },
        ]
        return [] if all(step["done"] for step in steps) else steps

    def _ledger(self):
        """State of the last verification: {level, text}."""
        last = self.env["tibillet.verification"].search([], limit=1)
        if not last:
            return {"level": "warning", "text": self.env._("Not verified yet.")}
        when = format_datetime(self.env, last.create_date, dt_format="short")
        if not last.ok:
            return {"level": "danger", "text": self.env._("Broken, seen on %s.", when)}
        return {
            "level": "success",
            "text": self.env._("Sound: %(count)s postings checked on %(when)s.", count=last.checked, when=when),
        }
