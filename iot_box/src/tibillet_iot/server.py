"""The box as an aiohttp application: the watcher feeds the hub, the fronts serve it."""

import asyncio
import logging
import signal
import ssl

from aiohttp import web

from tibillet_iot.desk import Desk
from tibillet_iot.guards import Guard
from tibillet_iot.hub import Hub
from tibillet_iot.hw_proxy import HwProxyFront
from tibillet_iot.iot_drivers import IotDriversFront
from tibillet_iot.taps import TapsFront
from tibillet_iot.watcher import Watcher

_logger = logging.getLogger(__name__)

MAX_BODY = 64 * 1024


def application(config, hub):
    """The routes of this box on an aiohttp application."""
    guard = Guard(config)
    desk = Desk(hub)
    app = web.Application(middlewares=[guard.middleware], client_max_size=MAX_BODY)
    taps = TapsFront(hub, desk, guard, config.queue_size)
    taps.add_routes(app.router)
    stock = HwProxyFront(hub, guard, config.barcode_prefix)
    stock.add_routes(app.router)
    drivers = IotDriversFront(hub, desk, guard, config.queue_size)
    drivers.add_routes(app.router)
    # Without it, polls that wait for a tap would hold the box's end up for a minute.
    app.on_shutdown.extend([taps.close, stock.close, drivers.close])
    app.cleanup_ctx.extend([_hearing(hub, stock.hear), _hearing(hub, drivers.hear)])
    return app


def _hearing(hub, listener):
    async def context(_app):
        with hub.listening(listener):
            yield

    return context


def tls(config):
    """The TLS context of the configuration, None for plain HTTP."""
    if not config.tls_cert:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(config.tls_cert, config.tls_key)
    return context


async def serve(config):
    """Run the box until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    hub = Hub()
    watcher = Watcher(lambda event: loop.call_soon_threadsafe(hub.publish, event), config.ignored_readers)
    # aiohttp's access log stays off: it would write each request of each till for ever.
    runner = web.AppRunner(application(config, hub), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, config.bind, config.port, ssl_context=tls(config)).start()
        watcher.start()
        _logger.info("listening on %s:%s", config.bind, config.port)
        await stopping.wait()
    finally:
        if watcher.is_alive():
            await asyncio.to_thread(watcher.stop)
        await runner.cleanup()
