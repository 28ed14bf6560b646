"""Who may listen: a paired till, on an allowed page, that calls the box by its own name."""

import asyncio
import subprocess

import aiohttp
import pytest
from till import till

ALLOWED = "http://127.0.0.1:8069"
STRANGER = "https://evil.example"
ROUTES = [
    ("GET", "/hw_proxy/hello"),
    ("POST", "/hw_proxy/handshake"),
    ("POST", "/hw_proxy/status_json"),
    ("POST", "/hw_proxy/scanner"),
    ("POST", "/iot_drivers/action"),
    ("POST", "/iot_drivers/event"),
]


def call(box, method, path, **headers):
    """Status, CORS origin and text of one request."""

    async def scenario():
        async with aiohttp.ClientSession() as session:
            body = {"json": {"params": {}}} if method == "POST" else {}
            async with session.request(method, box.url + path, headers=headers, **body) as response:
                return response.status, response.headers.get("Access-Control-Allow-Origin"), await response.text()

    return asyncio.run(scenario())


def close_code(box, *messages):
    """The code with which the box ends a conversation that opened so."""

    async def scenario():
        async with aiohttp.ClientSession() as session, session.ws_connect(box.ws_url) as socket:
            for message in messages:
                await socket.send_str(message)
            async with asyncio.timeout(5):
                closing = await socket.receive()
            assert closing.type is aiohttp.WSMsgType.CLOSE
            return socket.close_code

    return asyncio.run(scenario())


def handshake_status(box, **options):
    """The HTTP status that refuses a WebSocket."""

    async def scenario():
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
                await session.ws_connect(box.ws_url, **options)
            return refusal.value.status

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    "message",
    [
        '{"type": "hello", "token": "wrong-pairing-token-012345"}',
        '{"type": "hello", "token": ""}',
        '{"type": "hello", "token": null}',
        '{"type": "hello", "token": "\\u00e9"}',
        '{"type": "hello"}',
        '{"type": "read"}',
        "[]",
        "not json",
    ],
)
def test_a_till_without_the_token_is_closed(box, message):
    assert close_code(box, message) == 4401


def test_a_till_that_says_nothing_is_closed_after_three_seconds(box):
    assert close_code(box) == 4401


def test_an_endless_hello_is_closed(box):
    assert close_code(box, "x" * 10_000) in (1009, 4401)


def test_another_origin_hears_nothing(box):
    assert handshake_status(box, origin=STRANGER) == 403
    assert handshake_status(box, origin="null") == 403


def test_a_name_bound_to_our_address_hears_nothing(box):
    host = {"Host": f"evil.example:{box.port}"}
    assert handshake_status(box, headers=host) == 403
    assert handshake_status(box, headers=host, origin=ALLOWED) == 403


def test_an_allowed_page_hears(make_box, reader):
    box = make_box(origins="https://till.example/, https://bar.example", hosts="box.lan")

    async def scenario():
        async with till(box, origin="https://till.example", headers={"Host": f"box.lan:{box.port}"}) as client:
            reader.insert()
            await client.hear("tap")

    asyncio.run(scenario())
    assert handshake_status(box, origin=ALLOWED) == 403


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_the_routes_of_a_stock_till_are_for_allowed_pages(box, method, path):
    assert call(box, method, path, Origin=STRANGER)[:2] == (403, None)
    assert call(box, method, path)[0] == 403
    assert call(box, method, path, Authorization="Bearer wrong-pairing-token")[0] == 403
    assert call(box, method, path, Origin=ALLOWED, Host="evil.example")[0] == 403


def test_a_program_may_bring_the_token_instead_of_an_origin(box):
    assert call(box, "GET", "/hw_proxy/hello", Authorization=f"Bearer {box.token}") == (200, None, "ping")


def test_a_preflight_names_the_allowed_page_only(box):
    assert call(box, "OPTIONS", "/hw_proxy/scanner", Origin=ALLOWED)[:2] == (204, ALLOWED)
    assert call(box, "OPTIONS", "/hw_proxy/scanner", Origin=STRANGER)[:2] == (403, None)


def test_the_box_listens_on_the_loopback_only(box):
    with open("/proc/net/tcp") as table:
        local = [line.split()[1] for line in table if line.split()[1].endswith(f":{box.port:04X}")]
    assert f"0100007F:{box.port:04X}" in local
    assert f"00000000:{box.port:04X}" not in local


def test_a_box_on_the_network_speaks_tls(make_box, reader, tmp_path):
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*request, "-keyout", key, "-out", cert], check=True, capture_output=True)
    box = make_box(tls_cert=cert, tls_key=key)

    async def scenario():
        connector = aiohttp.TCPConnector(ssl=False)
        async with aiohttp.ClientSession(connector=connector) as session:
            async with session.ws_connect(box.ws_url.replace("ws:", "wss:")) as socket:
                await socket.send_json({"type": "hello", "token": box.token})
                assert (await socket.receive_json())["type"] == "ready"

    asyncio.run(scenario())
