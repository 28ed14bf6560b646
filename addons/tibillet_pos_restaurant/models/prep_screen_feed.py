from collections import defaultdict

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

OPEN_FIRST = ("to_prepare", "ready", "served")
EPSILON = 1e-6


class PrepScreen(models.Model):
    """How a screen follows the orders: it compares what is wanted with what it has. The same news twice changes nothing."""

    _inherit = "tibillet.prep.screen"

    def _follow(self, orders):
        """Bring the tickets of these screens up to what the orders want now, in the orders' own transaction.

        Additions of every order come first: what moved from one order to another is then missed by neither.
        """
        touched = self.browse()
        works = [
            (screen, order, order._tibillet_wanted(screen))
            for order in orders
            for screen in self & order.config_id.tibillet_prep_screen_ids
        ]
        for screen, order, wanted in works:
            if screen._add(order, wanted):
                touched |= screen
        for screen, order, _wanted in works:
            screen._check_let_go(order)
        for screen, order, wanted in works:
            if screen._take_back(order, wanted) | screen._relabel(order):
                touched |= screen
        touched._notify()

    def _lines_of(self, order):
        return self.env["tibillet.prep.line"].search([("screen_id", "=", self.id), ("order_uuid", "=", order.uuid)])

    def _add(self, order, wanted):
        """What is wanted and not here yet, and the notes that changed. Whether anything was."""
        known = self._lines_of(order).grouped("line_uuid")
        lacking, changed = defaultdict(list), False
        for line_uuid, want in wanted.items():
            lines = known.get(line_uuid, self.env["tibillet.prep.line"])
            lack = want.qty - sum(lines.mapped("qty"))
            for origin, qty in want.moved.items():
                came = sum(lines.filtered(lambda line, origin=origin: line.moved_uuid == origin).mapped("moved_qty"))
                taken = self._bring(order, line_uuid, origin, min(lack, qty - came))
                lack, changed = lack - taken, changed or bool(taken)
            if lack > 0:
                lacking[want.course].append((line_uuid, want, lack))
            renoted = lines.filtered(
                lambda line, want=want: line.note != want.note and line.ticket_id.state != "served" and line.qty
            )
            renoted.write({"note": want.note, "is_changed": True, "is_done": False})
            changed = changed or bool(renoted)
        for course, additions in lacking.items():
            self._write_down(order, course, additions)
        return changed or bool(lacking)

    def _bring(self, order, line_uuid, origin, qty):
        """Give this order what another one had sent, where it is being prepared. How much was found."""
        found = 0
        if qty <= 0:
            return found
        sources = self.env["tibillet.prep.line"].search([("screen_id", "=", self.id), ("line_uuid", "=", origin)])
        for source in sources.sorted(lambda line: (line.is_cancelled, OPEN_FIRST.index(line.ticket_id.state))):
            part = min(qty - found, source.qty or source.qty_seen)
            if part > 0:
                source._rename(order.uuid, line_uuid, part)
                found += part
        return found

    def _write_down(self, order, course, additions):
        """Onto the ticket that nobody has finished, else onto a new one."""
        ticket = self.env["tibillet.prep.ticket"].search(
            [
                ("screen_id", "=", self.id),
                ("order_uuid", "=", order.uuid),
                ("course", "=", course),
                ("state", "=", "to_prepare"),
            ],
            limit=1,
        )
        is_new = not ticket
        ticket = ticket or self._new_ticket(order, course)
        for line_uuid, want, qty in additions:
            here = ticket.line_ids.filtered(lambda line, line_uuid=line_uuid: line.line_uuid == line_uuid)[:1]
            if here:
                here._change(here.qty + qty)
                continue
            self.env["tibillet.prep.line"].create(
                {
                    "ticket_id": ticket.id,
                    "order_uuid": order.uuid,
                    "line_uuid": line_uuid,
                    "product_id": want.product_id,
                    "name": want.name,
                    "note": want.note,
                    "qty": qty,
                    "qty_seen": qty if is_new else 0,
                    "is_changed": not is_new,
                }
            )

    def _new_ticket(self, order, course):
        day = self._today()
        return self.env["tibillet.prep.ticket"].create(
            {
                "screen_id": self.id,
                "number": self.env["tibillet.prep.counter"]._next(self, day),
                "day": day,
                "order_id": order.id,
                "order_uuid": order.uuid,
                "config_id": order.config_id.id,
                "course": course,
                "sent_at": fields.Datetime.now(),
                **order._tibillet_prep_label(),
            }
        )

    def _take_back(self, order, wanted):
        """What is here and no longer wanted: first what nobody began. Whether anything was."""
        changed, kept = False, order._tibillet_sent_unknown()
        for line_uuid, lines in self._lines_of(order).grouped("line_uuid").items():
            if line_uuid in kept:
                continue
            surplus = sum(lines.mapped("qty")) - (wanted[line_uuid].qty if line_uuid in wanted else 0)
            for line in lines.sorted(lambda line: OPEN_FIRST.index(line.ticket_id.state)):
                part = min(surplus, line.qty)
                if part > 0:
                    line._change(line.qty - part)
                    surplus, changed = surplus - part, True
        return changed

    def _check_let_go(self, order):
        """What the kitchen was told is cancelled with a manager's word only; a manager who cancels gives it.

        :raise UserError: a sentence for the cashier
        """
        if not order.config_id.tibillet_cancel_approval or self.env.uid == SUPERUSER_ID:
            return
        charged = order._tibillet_charged()
        for line_uuid, lines in self._lines_of(order).grouped("line_uuid").items():
            gone = sum(lines.mapped("qty")) - charged.get(line_uuid, 0)
            if gone - sum(lines.mapped("qty_let_go")) < EPSILON:
                self._use_let_go(lines, gone)
                continue
            if not self.env.user.has_group("tibillet_base.group_manager"):
                raise UserError(
                    self.env._(
                        "%s is in the kitchen already: a manager must approve that it is cancelled. "
                        "Take it off again, and tap the manager's card.",
                        lines[0].name,
                    )
                )
            self._log_let_go(order, lines, gone)

    def _use_let_go(self, lines, gone):
        """A manager's word counts once."""
        for line in lines.filtered("qty_let_go"):
            used = max(min(gone, line.qty_let_go), 0)
            line.qty_let_go -= used
            gone -= used

    def _log_let_go(self, order, lines, gone):
        self.env["tibillet.till.act"]._log(
            order.session_id,
            "cancel_line",
            approver_id=self.env.uid,
            reason=f"{gone:g} × {lines[0].name}",
            order_uuid=order.uuid,
        )

    def _relabel(self, order):
        """Tickets follow their order to another table; a ticket whose lines all went to this order follows it too."""
        tickets = self._lines_of(order).ticket_id
        for ticket in tickets.filtered(lambda ticket: ticket.order_uuid != order.uuid):
            if set(ticket.line_ids.mapped("order_uuid")) == {order.uuid}:
                ticket.write({"order_id": order.id, "order_uuid": order.uuid})
        label = order._tibillet_prep_label()
        stale = tickets.filtered(
            lambda ticket: (
                ticket.order_uuid == order.uuid
                and ticket.state != "served"
                and any((ticket[name] or "") != value for name, value in label.items())
            )
        )
        stale.write(label)
        return bool(stale)
