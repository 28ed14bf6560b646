from odoo import api, models

from ..figures import HUNDREDTHS, SessionFigures, median


class TibilletClosingReport(models.AbstractModel):
    """The closing report in words: the same page on screen, on A4 and on the till's paper."""

    _name = "tibillet.closing.report"
    _description = "Closing report"

    @api.model
    def _of_session(self, session):
        """What the report shows of a session as it stands, before its ticket Z."""
        session = session.sudo()
        return self._present(
            SessionFigures(session).all(),
            company=session.company_id,
            title=self.env._("So far, before the ticket Z"),
            till=session.config_id.name,
            session=session.name,
            date_from=session.start_at,
            date_to=False,
            level="session",
            training=session.tibillet_training,
        )

    @api.model
    def _of_closing(self, closing):
        """What the report shows of a closing: what was signed, nothing counted again."""
        closing = closing.sudo()
        content = closing._content()
        return self._present(
            content["figures"],
            company=closing.company_id,
            title=closing.display_name,
            till=closing.config_id.name,
            session=closing.session_id.name,
            date_from=closing.date_from,
            date_to=closing.date_to,
            level=closing.level,
            tickets=closing.last and f"{closing.first} – {closing.last}",
            perpetual=[closing.currency_id.format(amount / HUNDREDTHS) for amount in content["perpetual"]],
            closing=closing,
            copy=self.env.context.get("tibillet_copies", {}).get(closing.id, 0),
        )

    @api.model
    def _html(self, shown):
        return self.env["ir.qweb"]._render("tibillet_pos_closing.closing_figures", {"r": shown})

    def _present(self, figures, company, **head):
        """What the template reads: `figures` with their rows in order and what is not added up: averages, labels."""
        return {
            **head,
            "company": company,
            "f": figures,
            "money": lambda amount: company.currency_id.format(amount / HUNDREDTHS),
            "qty": self._qty,
            "payments": self._by(figures["payments"], "amount"),
            "corrected": any(row["corrected"] for row in figures["payments"].values()),
            "assets": self._assets(figures["assets"]),
            "gift": sum(-row["spend"] for row in self._gifts(figures)),
            # A ticket that was signed before prices were lowered does not say it.
            "gift_off": figures.get("gift_off", 0),
            "vat": sorted(figures["vat"].values(), key=lambda row: row["name"]),
            "categories": self._categories(figures["products"].values()),
            "offered": {
                key: sum(row[key] for row in figures["products"].values()) for key in ("offered", "offered_worth")
            },
            "cost": sum(row["cost"] for row in figures["products"].values()),
            "untaxed": sum(row["untaxed"] for row in figures["products"].values()),
            "basket": figures["sales"] // figures["baskets"] if figures["baskets"] else 0,
            "median": median(figures["top_up_amounts"]),
            "cashiers": self._by(figures["cashiers"], "amount"),
            "acts": self._acts(figures["acts"].values()),
            "sees_costs": self._sees_costs(),
        }

    def _sees_costs(self):
        return any(map(self.env.user.has_group, ("tibillet_base.group_manager", "tibillet_base.group_accountant")))

    def _by(self, rows, key):
        return sorted(rows.values(), key=lambda row: (-row[key], row["name"]))

    def _gifts(self, figures):
        return [row for row in figures["assets"].values() if row["kind"] == "gift"]

    def _assets(self, rows):
        """Rows with amounts written as each currency of the cards writes them."""
        browse = self.env["tibillet.asset"].sudo().browse
        return [
            {
                "id": id_,
                **row,
                **{key: browse(int(id_)).format(value) for key, value in row.items() if type(value) is int},
            }
            for id_, row in sorted(rows.items(), key=lambda item: item[1]["name"])
        ]

    def _categories(self, products):
        """[(name, its rows by what they brought, untaxed, total)], by what they brought."""
        names = {row["category"] for row in products}
        grouped = [(name, [row for row in products if row["category"] == name]) for name in names]
        shown = [
            (
                name or self.env._("Without category"),
                sorted(rows, key=lambda row: (-row["total"], row["name"])),
                sum(row["untaxed"] for row in rows),
                sum(row["total"] for row in rows),
            )
            for name, rows in grouped
        ]
        return sorted(shown, key=lambda group: (-group[3], group[0]))

    def _acts(self, rows):
        labels = dict(self.env["tibillet.till.act"]._fields["kind"]._description_selection(self.env))
        shown = [{**row, "label": labels.get(row["kind"], row["kind"])} for row in rows]
        return sorted(shown, key=lambda row: (row["label"], row["approver"]))

    def _qty(self, thousandths):
        return f"{thousandths / 1000:g}"
