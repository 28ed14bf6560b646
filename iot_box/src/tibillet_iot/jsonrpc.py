"""The JSON-RPC that Odoo's pages speak: `{"params": …}` in, `{"result": …}` out."""

from aiohttp import web


async def params(request):
    """The call's id and its params (dict). Raises 400 for anything else."""
    try:
        body = await request.json()
    except ValueError:
        raise web.HTTPBadRequest(text="JSON expected.") from None
    values = body.get("params", {}) if isinstance(body, dict) else None
    if not isinstance(values, dict):
        raise web.HTTPBadRequest(text="A JSON-RPC call with named params expected.")
    return body.get("id"), values


def answer(call_id, result):
    """The response of a call that went well."""
    return web.json_response({"jsonrpc": "2.0", "id": call_id, "result": result})


def is_gone(request):
    """Whether the page that asked hung up: a reload, a superseded poll."""
    return request.transport is None or request.transport.is_closing()
