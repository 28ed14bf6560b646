import io
import uuid
from unittest.mock import patch

import lxml.html
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tools.pdf import PdfReader

from odoo.addons.tibillet_base.models.ir_actions_report import IrActionsReport

from ..figures import median, merge
from .common import ClosingCase

ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "cash",
                "bank",
                "card",
                "mixed",
                "fill",
                "back",
                "refund",
                "in",
                "out",
                "correct",
                "cup",
                "cup_back",
                "offer",
            ]
        ),
        st.integers(1, 3999),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=14,
)


class TestClosingReport(ClosingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cup = cls._make_cup()
        cls.manager.with_user(cls.manager).tibillet_pin = "4821"

    def test_each_figure_of_an_evening(self):
        card = self._card(gift=200)
        self._fill(card, 20.0)
        self._pay_back(self._fill(self._card(), 8.0, "bank"))
        self._sell(6.0)
        self._sell(12.0, "bank")
        self._pay_by_card(card, 600)
        f = self._figures()
        self.assertEqual(self._paid(f), {"cash": 1800, "bank": 2000, "nfc": 600})
        self.assertEqual((f["sales"], f["takings"], f["orders"], f["baskets"], f["cards"]), (2400, 4400, 6, 3, 2))
        self.assertEqual((f["top_ups"], f["pay_backs"]), ({"count": 2, "amount": 2800}, {"count": 1, "amount": -800}))
        gift, money = sorted(f["assets"].values(), key=lambda row: row["kind"])
        self.assertEqual((gift["spend"], money["spend"], money["top_up"], money["cash_out"]), (-200, -400, 2800, -800))
        self.assertEqual([(row["base"], row["amount"]) for row in f["vat"].values()], [(2000, 400)])
        [beer] = f["products"].values()
        self.assertEqual((beer["qty"], beer["untaxed"], beer["total"]), (3000, 2000, 2400))
        self.assertEqual([(row["count"], row["amount"]) for row in f["cashiers"].values()], [(6, 4400)])
        self.assertEqual(f["cash"]["expected"], 1800)

    def test_what_was_closed_is_what_was_counted_before(self):
        self._sell(6.0)
        self._fill(self._card(), 15.0, "bank")
        before = self._figures()
        ticket = self._close_till(counted=5.0)
        after = ticket._content()["figures"]
        self.assertEqual(after.pop("cash"), {**before.pop("cash"), "counted": 500, "difference": -100})
        self.assertEqual(after, before)

    def test_on_screen_and_paper(self):
        self._sell(6.0)
        self._fill(self._card(), 15.0)
        ticket = self._close_till().with_user(self.manager)
        text = lxml.html.fromstring(str(ticket.report_html)).text_content()
        reports = self.env["ir.actions.report"].with_user(self.manager).with_context(force_report_rendering=True)
        texts, widths = [text], []
        with patch.object(IrActionsReport, "_has_wkhtmltopdf", lambda report: False):
            for name in ("report_closing_a4", "report_closing_80mm"):
                content, _kind = reports._render_qweb_pdf(f"tibillet_pos_closing.{name}", ticket.ids)
                pages = PdfReader(io.BytesIO(content)).pages
                texts.append("".join(page.extract_text() for page in pages))
                widths.append(round(float(pages[0].mediabox.width) / 72 * 25.4))
        self.assertEqual(widths, [210, 80])
        for shown in texts:
            squeezed = "".join(shown.split())
            for words in ("TicketZno.1", "Cash", "Sales", "Top-ups", "21.00", "15.00", "Margin", "Testbeer"):
                self.assertIn(words, squeezed)

    def test_a_cashier_does_not_see_the_margin(self):
        self._sell(6.0)
        shown = self.pos_session.with_user(self.cashier).tibillet_report()["html"]
        self.assertIn("Should be there", shown)
        self.assertNotIn("Margin", shown)

    def test_periods_merge_by_adding(self):
        day = {"sales": 2, "cash": {"in": 1}, "cashiers": {"7": {"name": "Ann", "count": 1}}}
        other = {"sales": 3, "cash": {"in": 4}, "cashiers": {"7": {"name": "Ann", "count": 2}, "8": {"name": "Bob"}}}
        total = merge(merge({}, day), other)
        cashiers = {"7": {"name": "Ann", "count": 3}, "8": {"name": "Bob"}}
        self.assertEqual(total, {"sales": 5, "cash": {"in": 5}, "cashiers": cashiers})

    def test_median(self):
        self.assertEqual(median({}), 0)
        self.assertEqual(median({"1000": 1, "2000": 1, "5000": 1}), 2000)
        self.assertEqual(median({"1000": 3, "5000": 1}), 1000)

    # --- any day ----------------------------------------------------------------------------------------------------

    @settings(
        max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True, phases=[Phase.generate]
    )
    @given(acts=ACTS)
    def test_any_day_adds_up_to_the_ledger_and_to_the_entries(self, acts):
        savepoint = self.env.cr.savepoint()
        try:
            self._live(acts)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
            self.env.cr.precommit.data.pop("sequence.mixin", None)

    def _live(self, acts):
        session = self.pos_session
        self.card = self._card()
        self.refundable = self.env["pos.order"]
        for act in acts:
            self._act(session, *act)
        self.env.flush_all()
        ticket = self._close_till(session)
        if not ticket:
            self.assertFalse(session.order_ids)
            return
        f = ticket._content()["figures"]
        self._check_orders(session, f)
        self._check_ledger(session, f)
        self._check_entries(session, f)

    def _act(self, session, kind, cents, qty):
        amount = cents / 100
        match kind:
            case "cash" | "bank":
                order = self._sell_cents(session, kind, cents, qty)
                self.refundable |= order if kind == "cash" else self.env["pos.order"]
            case "fill":
                self._fill(self.card, amount, "cash" if qty % 2 else "bank", session)
            case "card" | "mixed":
                self._spend_on_card(session, cents, kind == "mixed")
            case "cup" | "cup_back":
                self._lend(session, qty if kind == "cup" else -qty)
            case "offer":
                self._offer(session, qty)
            case "in" | "out":
                session.try_cash_in_out(kind, amount, "change", False, {})
            case "correct" if self.refundable:
                cash = session.payment_method_ids.filtered("is_cash_count")
                corrections = self.env["tibillet.payment.correction"]
                order = self.refundable[-1]
                if cash in corrections._paid_by(order):
                    corrections._correct(order, cash, self.bank, "wrong button")
            case "refund" if self.refundable:
                self._refund_order(session, self.refundable[-1])
                self.refundable = self.refundable[:-1]

    def _lend(self, session, qty):
        line = self._top_up_line(None, 1.0, product=self.cup, qty=qty)
        line.update(price_subtotal=qty, price_subtotal_incl=qty)
        payment = self._payment(session.config_id, "cash", float(qty))
        self._sync(self._order([line], [payment], session=session), self.env.user)

    def _offer(self, session, qty):
        order_uuid, line = str(uuid.uuid4()), self._beer_line(qty, 0.0, tibillet_offered=True)
        till = self.env["tibillet.till"].with_user(self.cashier)
        till._offer(session.id, order_uuid, line["uuid"], 500 * qty, {"pin": "4821"}, "birthday")
        self._sync(self._order([line], (), order_uuid, session))

    def _sell_cents(self, session, kind, cents, qty):
        line = self._beer_line(qty=qty, price=cents / 100)
        total = round(line["price_subtotal_incl"], 2)
        line["price_subtotal_incl"], line["price_subtotal"] = total, round(line["price_subtotal"], 2)
        return self._sync(
            self._order([line], [self._payment(session.config_id, kind, total)], session=session), self.env.user
        )

    def _spend_on_card(self, session, cents, mixed):
        line = self._beer_line(price=cents / 100)
        total = round(line["price_subtotal_incl"] * 100)
        by_card = min(self._held(self.card)[0], total // 2 if mixed else total)
        order_uuid = f"00000000-0000-4000-8000-{len(session.order_ids):012}"
        payments = [self._nfc_payment(order_uuid, self.card, by_card, session)] if by_card else []
        if total > by_card:
            payments.append(self._payment(session.config_id, "cash", (total - by_card) / 100))
        line["price_subtotal_incl"] = total / 100
        self._sync(self._order([line], payments, order_uuid, session), self.env.user)

    def _refund_order(self, session, order):
        [sold] = order.lines
        total = order.amount_total
        line = {
            **self._beer_line(qty=-sold.qty, price=sold.price_unit),
            "price_subtotal": -sold.price_subtotal, "price_subtotal_incl": -total, "refunded_orderline_id": sold.id,
        }  # fmt: skip
        self._sync(
            self._order([line], [self._payment(session.config_id, "cash", -total)], session=session), self.env.user
        )

    def _check_orders(self, session, f):
        orders = session.order_ids
        cents = sum(round(order.amount_total * 100) for order in orders)
        self.assertEqual((f["orders"], f["takings"]), (len(orders), cents))
        self.assertEqual(sum(self._paid(f).values()), cents)
        fillings = f["top_ups"]["amount"] + f["pay_backs"]["amount"]
        self.assertEqual(f["sales"] + fillings + self._deposits(f), cents)
        acts = self.env["tibillet.till.act"].search([("session_id", "=", session.id), ("kind", "=", "offered")])
        products, approved = f["products"].values(), [row for row in f["acts"].values() if row["kind"] == "offered"]
        self.assertEqual(sum(row["offered_worth"] for row in products), sum(acts.mapped("amount")))
        self.assertEqual(sum(row["offered"] for row in products), sum(acts.mapped("amount")) * 2)
        self.assertEqual([row["approver"] for row in approved], [self.manager.name] * bool(acts))
        self.assertEqual(sum(row["amount"] for row in f["vat"].values()), round(sum(orders.mapped("amount_tax")) * 100))
        self.assertEqual(sum(row["total"] for row in f["products"].values()), f["sales"])

    def _check_ledger(self, session, f):
        spent = sum(-row["spend"] - row["refund"] for row in f["assets"].values())
        self.assertEqual(spent, self._paid(f).get("nfc", 0))
        filled = sum(row["top_up"] + row["cash_out"] for row in f["assets"].values())
        self.assertEqual(filled, f["top_ups"]["amount"] + f["pay_backs"]["amount"])
        self.assertEqual(filled - spent, self._held(self.card)[0])

    def _check_entries(self, session, f):
        lines = (session._get_related_account_moves() | session.statement_line_ids.move_id).line_ids

        def cents(kept):
            return round(sum(lines.filtered(kept).mapped("balance")) * 100)

        def cents_of(prefix):
            return cents(lambda item: item.account_id.code.startswith(prefix))

        cash, vat, assets = f["cash"], f["vat"].values(), f["assets"].values()
        drawer = session.cash_journal_id.default_account_id
        self.assertEqual(cents(lambda item: item.account_id == drawer), cash["expected"] - cash["float"])
        self.assertEqual(cents_of("4457"), -sum(row["amount"] for row in vat))
        self.assertEqual(cents_of("70"), -sum(row["base"] for row in vat))
        self.assertEqual(f["sales"], sum(row["base"] + row["amount"] for row in vat))
        self.assertEqual(cents_of("4196"), -self._deposits(f))
        wallets = sum(-row["spend"] - row["refund"] - row["top_up"] - row["cash_out"] for row in assets)
        self.assertEqual(cents(lambda item: item.account_id == self.bar_euro.account_id), wallets)
        self.assertEqual(cents(lambda item: item.account_id == self._receivable()), 0)

    def _deposits(self, f):
        return f["deposits_out"]["amount"] + f["deposits_back"]["amount"]

    def _receivable(self):
        return self.bar.account_default_pos_receivable_account_id
