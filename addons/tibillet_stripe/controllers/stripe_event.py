import stripe
from werkzeug.exceptions import BadRequest, Forbidden

from odoo import http
from odoo.http import request


class StripeEvent(http.Controller):
    @http.route(
        "/payment/stripe/tibillet/<int:provider_id>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def stripe_event(self, provider_id):
        """What Stripe has to say to one provider; kept before it is answered, so that it need not be said again."""
        provider = request.env["payment.provider"].sudo().browse(provider_id).exists()
        if provider.code != "stripe" or provider.state == "disabled":
            raise request.not_found()
        signature = request.httprequest.headers.get("Stripe-Signature", "")
        body = request.httprequest.get_data(as_text=True)
        try:
            request.env["tibillet.stripe.event"]._receive(provider, body, signature)
        except stripe.SignatureVerificationError as error:
            raise Forbidden() from error
        except (ValueError, KeyError, IndexError) as error:
            raise BadRequest() from error
        return request.make_json_response("")
