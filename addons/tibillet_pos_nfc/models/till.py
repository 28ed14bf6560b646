import re
from contextlib import contextmanager
from typing import NamedTuple

from odoo import api, models, tools
from odoo.exceptions import UserError
from odoo.tools import file_open

from odoo.addons.tibillet_base import ledger
from odoo.addons.tibillet_base.demo.cards import is_demo
from odoo.addons.tibillet_base.models.card_tap import Tapped

from ..const import MAX_AMOUNT, hold_keys, hold_payload, row_id, session_owner

UUID = re.compile(r"[0-9a-fA-F-]{8,64}")


class Counter(NamedTuple):
    """Where a tap happens: ids of the open session, its company's place and its currency."""

    session_id: int
    place_id: int
    currency_id: int


class Line(NamedTuple):
    """What one payment line asks: minor units, keys of the order's other holds, {asset (sudo): amount} of hours and points.

    ``articles``: what the order sells, as (product id, frozenset of tax ids).
    ``gift_room``: up to how much gift credit may lower the order's price.
    """

    payment_uuid: str
    order_uuid: str
    amount: int
    other_holds: tuple
    units: dict
    articles: tuple = ()
    gift_room: int = 0


class Refusal(Exception):
    """A business refusal: a code for the till, a sentence for the cashier."""

    def __init__(self, code, message):
        super().__init__(message)
        self.answer = {"status": "refused", "code": code, "message": message}


@contextmanager
def answering(answer):
    """Turn a refusal raised inside into the answer."""
    try:
        yield
    except Refusal as refusal:
        answer.update(refusal.answer)


class TibilletTill(models.AbstractModel):
    _name = "tibillet.till"
    _description = "What a till asks of a card"

    def init(self):
        with file_open("tibillet_pos_nfc/models/till.sql") as sql:
            self.env.cr.execute(sql.read())

    @api.model
    def _authorise(
        self, session_id, payment_uuid, order_uuid, amount, tap, other_holds=(), units=(), articles=(), gift_room=0
    ):
        """Hold an amount (minor units) on the tapped card for one payment line; asked again, the same answer.

        :param other_holds: holds of the order's other lines: a second card must draw on another wallet
        :param units: hours and points that this card pays whole: ``[{asset, amount}]``, smallest units
        :param articles: what the order sells: ``[{product, taxes: [id]}]``; untold, single-purpose money does not pay
        :param int gift_room: up to how much (minor units) gift credit may lower the order's price
        :return: ``{status: held | short | refused, …}`` as the till's wire says
        """
        answer = {}
        with answering(answer), ledger.statement_cursor(self.env) as cr:
            counter, card = self._at_counter(cr, session_id, tap)
            line = self._check_line(counter, payment_uuid, order_uuid, amount, other_holds, units, articles, gift_room)
            answer.update(self._take(cr, counter, card or self._first_tap(tap), line))
        return answer

    def _take(self, cr, counter, card, line):
        """Hold what a payment line asks on one wallet.

        :param card: :class:`Tapped`, or the like of a wallet that pays without a card
        :param line: :class:`Line`
        :return: the till's answer, ``held`` or ``short``
        :raise Refusal: nothing is held
        """
        assets = self._payable_line(counter, line)
        if card.wallet_id in {hold.wallet_id for hold in ledger.holds(cr, line.other_holds).values()}:
            raise Refusal("same_wallet", self.env._("This card has already paid its part. Tap another card."))
        payload = hold_payload(line.order_uuid, card.number)
        taken = self._hold_units(cr, counter, line.payment_uuid, card.wallet_id, line.units, payload)
        gift = []
        try:
            gift = self._hold_gift(cr, counter, line, card.wallet_id, payload)
            hold = self._hold_euros(cr, counter, line, card.wallet_id, assets, payload, gift)
        except ledger.Insufficient as short:
            self._give_back(cr, [*taken, *gift])
            given = sum(hold.amount for hold in gift)
            return self._short(counter, card, ledger.Insufficient(short.available + given, short.missing), line)
        except Refusal:
            self._give_back(cr, [*taken, *gift])
            raise
        hold = hold or (gift or taken)[0]._replace(lines=(), available=None)
        left = self._available(cr, hold._replace(available=None) if gift else hold, assets)
        hold = hold._replace(lines=sum((part.lines for part in gift), ()) + hold.lines)
        return {**self._held(assets, card, hold, left), **self._held_units(taken), **self._held_gift(gift)}

    @api.model
    def _release(self, session_id, hold):
        """Give back a hold of this till's session.

        :return: ``{status: released | captured}`` or a refusal
        """
        answer = {}
        with answering(answer), ledger.statement_cursor(self.env) as cr:
            counter, _card = self._at_counter(cr, session_id)
            hold = hold if isinstance(hold, str) else ""
            known = ledger.holds(cr, [hold]).get(hold)
            if known is None or known.owner != session_owner(counter.session_id):
                raise Refusal("foreign", self.env._("This payment was not started at this till."))
            answer["status"] = ledger.release(cr, hold)
            self._release_units(cr, counter, hold)
        return answer

    # --- who asks, and for what -------------------------------------------------------------------------------------

    def _counter(self, session_id):
        """The open session that asks, one of the user's companies; else a refusal."""
        return self._at_counter(self.env.cr, session_id)[0]

    def _at_counter(self, cr, session_id, tap=None):
        """Who asks and which card, in one query.

        :return: (:class:`Counter`, :class:`Tapped` or None when :meth:`_first_tap` must say more)
        """
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise Refusal("access", self.env._("Your user may not use the till."))
        chip = None if tap is None else self._digest(tap)
        return self._stand_at(cr, session_id, self.env.companies.ids, chip)

    def _stand_at(self, cr, session_id, company_ids, chip=None):
        """The counter of an open session of these companies, and the card with this chip, as :meth:`_at_counter`."""
        self.env.flush_all()
        cr.execute("SELECT * FROM tibillet_till_at_counter(%s, %s)", [row_id(session_id), chip])
        company, place, currency, *card = cr.fetchone() or [None] * 6
        if company not in company_ids:
            raise Refusal("session", self.env._("This till is closed. Reload the page."))
        if place is None:
            raise Refusal("place", self.env._("This venue has no place yet: open it from TiBillet, Places."))
        return Counter(session_id, place, currency), Tapped(*card) if card[-1] else None

    def _in_training(self, session_id):
        """Whether a session only plays: no money moves."""
        return False

    def _check_line(self, counter, payment_uuid, order_uuid, amount, other_holds, units, articles=(), gift_room=0):
        """What a till asks for one payment line (:class:`Line`), or a refusal of what may not be asked here."""
        units = self._check_units(counter.place_id, units)
        self._check_request(payment_uuid, order_uuid, amount, other_holds, bool(units))
        self._check_gift_room(gift_room)
        if amount and not self._payable_assets(counter.place_id, counter.currency_id):
            raise Refusal("no_asset", self.env._("No card money is accepted here. Take another payment."))
        articles = self._check_articles(articles)
        return Line(payment_uuid, order_uuid, amount, tuple(other_holds), units, articles, gift_room)

    def _check_request(self, payment_uuid, order_uuid, amount, other_holds, has_units=False):
        """Refuse what a till never sends."""
        well_formed = all(isinstance(text, str) and UUID.fullmatch(text) for text in (payment_uuid, order_uuid))
        listed = isinstance(other_holds, list | tuple) and all(isinstance(key, str) for key in other_holds)
        if not well_formed or not listed:
            raise Refusal("request", self.env._("The till sent an incomplete payment. Reload the page."))
        if type(amount) is not int or not (0 < amount <= MAX_AMOUNT or (amount == 0 and has_units)):
            raise Refusal("amount", self.env._("This amount cannot be paid by card."))

    def _uid(self, tap):
        """What the reader gave; it goes no further than the card's hash."""
        tap = tap if isinstance(tap, dict) else {}
        if tap.get("source") == "simulator" and not is_demo(self.env):
            raise Refusal("simulator", self.env._("The simulator only works in a demonstration database."))
        return tap.get("uid")

    def _digest(self, tap):
        """What the tapped card is known by."""
        try:
            return self.env["tibillet.card"]._digest(self._uid(tap))
        except UserError as error:
            raise Refusal("uid", str(error)) from error

    def _tapped_card(self, tap):
        """The card under the reader (sudo, possibly none or several)."""
        try:
            return self.env["tibillet.card"]._resolve(self._uid(tap))
        except UserError as error:
            raise Refusal("uid", str(error)) from error

    def _first_tap(self, tap):
        """Bind the chip or open the wallet of a card that may pay (:class:`Tapped`), or refuse with what is wrong."""
        with ledger.own_cursor(self.env) as cr:
            till = self.with_env(self.env(cr=cr))
            card = till._tapped_card(tap)
            till._check_card(card)
            return card._tapped()

    def _check_card(self, card, also=()):
        refusal = card._refusal()
        if refusal and refusal[0] not in also:
            raise Refusal(*refusal)

    # --- the hold ---------------------------------------------------------------------------------------------------

    @tools.ormcache("place_id", "currency_id", "self.env.lang")
    def _payable_assets(self, place_id, currency_id):
        """{id: name} of the assets that pay a price here, in debit order: money and gift of the till's currency."""
        assets = self.env["tibillet.place"].sudo().browse(place_id)._accepted_assets()
        payable = assets.filtered(lambda a: a.kind in ("money", "gift") and a.currency_id.id == currency_id)
        return {asset.id: asset.name for asset in payable}

    def _hold_euros(self, cr, counter, line, wallet_id, assets, payload, gift):
        """Hold the euros of a payment line within the day's ceiling; None for an order that costs none.

        :param gift: what gift credit takes off the price, list of :class:`ledger.Hold`
        """
        given = sum(hold.amount for hold in gift)
        hold = None
        if line.amount > given:
            taken_off = self.env["tibillet.asset"]._taken_off_at(counter.place_id, counter.currency_id)
            money = [asset for asset in assets if asset not in taken_off]
            hold = self._hold(cr, counter, line.payment_uuid, wallet_id, line.amount - given, money, payload)
        if line.amount:
            self._check_day(cr, counter, [*gift, *([hold] if hold else [])])
        return hold

    def _hold(self, cr, counter, payment_uuid, wallet_id, amount, assets, payload):
        """Hold for a payment line; a former tap of another card or amount on the same line is given back first."""
        owner = session_owner(counter.session_id)
        for key in hold_keys(payment_uuid):
            try:
                hold = ledger.hold(cr, key, wallet_id, amount, assets, counter.place_id, owner, payload)
            except ledger.KeyConflict:
                if ledger.holds(cr, [key])[key].owner != owner:
                    raise Refusal("foreign", self.env._("This payment was not started at this till.")) from None
                if ledger.release(cr, key) == "captured":
                    raise Refusal("paid", self.env._("This line is already paid.")) from None
                continue
            if hold.state == "captured":
                raise Refusal("paid", self.env._("This line is already paid."))
            if hold.state == "held":
                return hold
        raise Refusal("attempts", self.env._("Too many cards were tried. Delete this line and start again."))

    def _available(self, cr, hold, assets):
        """What the wallet can still pay after a hold, minor units; a repeated hold does not say it."""
        if hold.available is not None:
            return hold.available
        balances = ledger.balances(cr, hold.wallet_id)
        return sum(amount - held for asset, (amount, held) in balances.items() if asset in assets)

    # --- words ------------------------------------------------------------------------------------------------------

    def _held(self, assets, card, hold, left):
        return {
            "status": "held",
            "hold": hold.key,
            "card": card.number,
            "holder": card.holder,
            "left": left,
            "lines": [{"asset": assets[asset], "amount": amount} for asset, amount in hold.lines],
        }

    def _short(self, counter, card, short, line=None):
        missing = self._money(counter, short.missing)
        return {
            "status": "short",
            "card": card.number,
            "available": short.available,
            "missing": short.missing,
            "available_text": self._money(counter, short.available),
            "missing_text": missing,
            "message": self.env._(
                "Missing %(amount)s: pay the rest in cash, by bank card, or tap a second card.", amount=missing
            ),
        }

    def _money(self, counter, amount):
        currency = self.env["res.currency"].browse(counter.currency_id)
        return currency.format(amount / 10**currency.decimal_places)
