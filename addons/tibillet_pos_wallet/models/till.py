from contextlib import contextmanager

from odoo import api, models

from odoo.addons.tibillet_base import ledger
from odoo.addons.tibillet_pos_nfc.const import row_id
from odoo.addons.tibillet_pos_nfc.models.till import Refusal, answering


class TibilletTill(models.AbstractModel):
    """Payment by phone: the till shows a code, whoever scans it confirms, and the wallet pays as if a card were tapped."""

    _inherit = "tibillet.till"

    @api.model
    def _phone_ask(
        self, session_id, payment_uuid, order_uuid, amount, other_holds=(), units=(), articles=(), gift_room=0
    ):
        """Ask for one payment line by a code to scan; asked again, the former code is over.

        :param: as :meth:`_authorise`, without a tap
        :return: ``{status: asked, request: id, url, seconds}``; what a phone has paid already answers as a tap
        """
        answer = {}
        with answering(answer):
            counter = self._counter(session_id)
            if self._in_training(session_id):
                raise Refusal("training", self.env._("In training no phone pays. Tap a card: nothing is debited."))
            self._check_line(counter, payment_uuid, order_uuid, amount, other_holds, units, articles, gift_room)
            values = {
                "session_id": session_id,
                "payment_uuid": payment_uuid,
                "order_uuid": order_uuid,
                "amount": amount,
                "other_holds": list(other_holds),
                "units": list(units),
                "articles": list(articles),
                "gift_room": gift_room,
                "lang": self.env.user.lang or "en_US",
            }
            with self._phone_requests() as requests:
                request = requests._ask(values)
                answer.update(self._phone_state(request) | {"request": request.id, "url": request._url()})
        return answer

    @api.model
    def _phone_poll(self, session_id, request_id):
        """How far a request of this till is.

        :return: ``{status: asked, seconds}``, then what a tap would have been answered, or a refusal
        """
        answer = {}
        with answering(answer):
            answer.update(self._phone_state(self._phone_request(session_id, request_id)))
        return answer

    @api.model
    def _phone_cancel(self, session_id, request_id):
        """Take a code back; one that a phone has paid in the meantime answers as a tap.

        :return: as :meth:`_phone_poll`
        """
        answer = {}
        with answering(answer):
            request = self._phone_request(session_id, request_id)
            with self._phone_requests() as requests:
                request = requests.browse(request.id)
                request._cancel()
                answer.update(self._phone_state(request))
        return answer

    @contextmanager
    def _phone_requests(self):
        """The requests (sudo) as they are at this moment: a phone changes them while the till asks."""
        with ledger.own_cursor(self.env) as cr:
            requests = self.env["tibillet.phone.payment"].with_env(self.env(cr=cr, su=True))
            yield requests
            requests.flush_model()

    def _phone_request(self, session_id, request_id):
        """A request (sudo) of the till that asks; another's is refused like one that never was."""
        counter, _card = self._at_counter(self.env.cr, session_id)
        request = self.env["tibillet.phone.payment"].sudo().browse(row_id(request_id)).exists()
        if request.session_id.id != counter.session_id:
            raise Refusal("foreign", self.env._("This payment was not started at this till."))
        return request

    def _phone_state(self, request):
        if request.state in ("held", "refused"):
            return request.answer
        if request.state == "cancelled":
            return Refusal("cancelled", self.env._("Cancelled: nothing was debited.")).answer
        if seconds := request._seconds():
            return {"status": "asked", "seconds": seconds}
        late = self.env._("Nobody confirmed in time: nothing was debited. Show a new code.")
        return Refusal("expired", late).answer

    # --- the phone's side: called with the holder's consent ------------------------------------------------------------

    def _authorise_by_phone(self, request, payer):
        """Hold what a request asks on the wallet of who confirmed it, by the same rules as a tap.

        :param request: tibillet.phone.payment, locked
        :param payer: :class:`Tapped` without a card's number
        :return: as :meth:`_authorise`
        """
        answer = {}
        with answering(answer), ledger.statement_cursor(self.env) as cr:
            counter, line = self._phone_line(cr, request)
            answer.update(self._take(cr, counter, payer, line))
        return answer

    def _phone_line(self, cr, request):
        """(:class:`Counter`, :class:`Line`) of a request, at a till that is still open."""
        counter, _card = self._stand_at(cr, request.session_id.id, request.session_id.config_id.company_id.ids)
        asked = (request.payment_uuid, request.order_uuid, request.amount)
        # An empty list is kept as nothing.
        lists = (request.other_holds or [], request.units or [], request.articles or [])
        return counter, self._check_line(counter, *asked, *lists, request.gift_room)

    def _phone_preview(self, request, wallet):
        """What would pay a request, before anybody confirms.

        :return: ``{pays: [{name, text}], missing: minor units, units: [text]}``
        """
        preview = {"pays": [], "missing": request.amount, "units": []}
        counter, line = self._phone_line(self.env.cr, request)
        preview["units"] = [f"{asset.format(amount)} {asset.name}" for asset, amount in line.units.items()]
        balances = ledger.balances(self.env.cr, wallet.id)
        names = self._payable_line(counter, line)
        taken_off = self.env["tibillet.asset"]._taken_off_at(counter.place_id, counter.currency_id)
        room = line.gift_room
        for asset_id in sorted(names, key=lambda asset_id: asset_id not in taken_off):
            amount, held = balances.get(asset_id, (0, 0))
            part = min(amount - held, preview["missing"])
            if asset_id in taken_off:
                part = min(part, room)
                room -= max(part, 0)
            if part > 0:
                preview["pays"].append({"name": names[asset_id], "text": self._money(counter, part)})
                preview["missing"] -= part
        return preview
