"""Who may speak to the box: a page of an allowed origin, under a name that is really the box's."""

import hmac
import logging
from urllib.parse import urlsplit

from aiohttp import web

_logger = logging.getLogger(__name__)

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Requested-With",
    "Access-Control-Allow-Private-Network": "true",
    "Access-Control-Max-Age": "600",
}


def host_name(host):
    """`till.example:8070` -> `till.example`, `[::1]:8070` -> `::1`; empty for nonsense."""
    if not set(host).isdisjoint("@/?#\\"):
        return ""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


class Guard:
    """Checks of one configuration. Raises aiohttp's 403: the answer says what to change on the box."""

    def __init__(self, config):
        self._origins = frozenset(config.origins)
        self._hosts = LOOPBACK | {config.bind} | set(config.hosts)
        self._token = config.token

    @web.middleware
    async def middleware(self, request, handler):
        """Check the host of every request, answer preflights, and let allowed pages read the answers."""
        self.check_host(request)
        if request.method == "OPTIONS":
            self.check_origin(request)
            response = web.Response(status=204, headers=PREFLIGHT)
        else:
            response = await handler(request)
        origin = request.headers.get("Origin")
        if origin in self._origins and not response.prepared:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Vary"] = "Origin"
        return response

    def check_host(self, request):
        """A page of another site whose name was re-bound to this address is betrayed by its Host."""
        if host_name(request.headers.get("Host", "")) not in self._hosts:
            _logger.warning("refused host %.80r", request.headers.get("Host"))
            raise web.HTTPForbidden(text="Unknown host: add it to `hosts` in the box's configuration.")

    def check_origin(self, request):
        """A browser always names the page's origin across sites; a program without one must bring the token."""
        origin = request.headers.get("Origin")
        if origin is None or origin in self._origins:
            return
        _logger.warning("refused origin %.80r", origin)
        raise web.HTTPForbidden(text="Origin not allowed: add it to `origins` in the box's configuration.")

    def check_page(self, request):
        """For the routes of a stock till, which knows no token: an allowed origin, or the token as bearer."""
        self.check_origin(request)
        if "Origin" not in request.headers and not self.is_token(self._bearer(request)):
            raise web.HTTPForbidden(text="Call from an allowed page, or with the pairing token as bearer.")

    def is_token(self, text):
        """Compare in constant time."""
        return isinstance(text, str) and hmac.compare_digest(text.encode(), self._token.encode())

    @staticmethod
    def _bearer(request):
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        return token if scheme.lower() == "bearer" else ""
